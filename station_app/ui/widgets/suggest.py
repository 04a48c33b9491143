"""A list of suggestions under a line while it is typed in: Down and Up choose, Enter takes, Esc closes.

It lies over the page and takes no focus, so that typing (and an input method) is never interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from station_app.ui.style.tokens import S1, TYPING_MS
from station_app.ui.widgets.lines import Line, LinesView

_WIDTH: Final = 460


class Suggest(QObject):
    """`ask(text)` starts a look-up that ends in `show`. *Signals:* `taken` (the argument of the chosen line)."""

    taken = Signal(object)

    def __init__(self, line: QLineEdit, name: str, ask: Callable[[str], object]) -> None:
        super().__init__(line)
        self._line, self._name, self._ask = line, name, ask
        self.results: LinesView | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(lambda: self._ask(self._line.text()))
        line.textEdited.connect(lambda _text: self._pause.start())
        line.installEventFilter(self)
        self.destroyed.connect(self._gone)

    @property
    def shown(self) -> bool:
        """Whether the list is on the screen."""
        return self.results is not None and self.results.isVisible()

    def show(self, lines: Sequence[Line]) -> None:
        """Offer these while the line is still being typed in; none: close."""
        if not lines or not self._line.hasFocus():
            self.close()
            return
        window: Any = self._line.window()
        if self.results is None:
            self.results = LinesView(self._name, fit=True, parent=window)
            self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.results.marked = True
            self.results.opened.connect(self._take)
        self.results.show_lines(lines)
        place = window.mapFromGlobal(self._line.mapToGlobal(QPoint(0, self._line.height() + S1)))
        width = min(max(self._line.width(), _WIDTH), window.width() - place.x() - S1)
        below = window.height() - place.y() - self.results.height()
        if below < 0:
            place.setY(place.y() - self._line.height() - 2 * S1 - self.results.height())
        self.results.setFixedWidth(width)
        self.results.move(place)
        self.results.raise_()
        self.results.show()
        self._line.setProperty("escape", True)

    def close(self) -> None:
        """Take the list away."""
        self._pause.stop()
        if self.results is not None:
            self.results.hide()
        self._line.setProperty("escape", False)

    def _take(self, line: Line) -> None:
        self.close()
        self.taken.emit(line.argument)

    def _gone(self) -> None:
        if self.results is not None:
            self.results.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list; it goes when the line is left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.shown:
            acts: dict[int, Callable[[], object]] = {
                Qt.Key.Key_Down: lambda: self._move(1),
                Qt.Key.Key_Up: lambda: self._move(-1),
                Qt.Key.Key_Return: self._enter,
                Qt.Key.Key_Enter: self._enter,
                Qt.Key.Key_Escape: self.close,
            }
            act = acts.get(event.key())
            if act is not None:
                act()
                return True
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            QTimer.singleShot(0, self, lambda: self.close() if not self._line.hasFocus() else None)
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        assert self.results is not None
        lines = self.results.lines
        row = max(0, min(self.results.currentIndex().row() + step, len(lines.lines) - 1))
        self.results.setCurrentIndex(lines.index(row, 0))

    def _enter(self) -> None:
        assert self.results is not None
        row = self.results.currentIndex().row()
        if 0 <= row < len(self.results.lines.lines):
            self._take(self.results.lines.lines[row])
