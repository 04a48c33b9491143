"""Controls typed on several lines: a long text, several texts one a line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from station_app.ui.forms.controls.base import Control
from sync.contract.canonical import Json


class LongControl(Control):
    """Lines of text in a box that grows with them; Tab leaves it."""

    def __init__(self, lines: int = 3, most: int = 16) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box)
        self._least, self._most = lines, most
        self.box.setTabChangesFocus(True)
        self.box.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.box.document().contentsChanged.connect(self._grow)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._changed)
        self._silent = False
        self._grow()

    def _changed(self) -> None:
        if not self._silent:
            self.edited.emit()

    def _grow(self) -> None:
        rows = min(self._most, max(self._least, int(self.box.document().size().height())))
        height = rows * self.box.fontMetrics().lineSpacing() + 2 * int(self.box.document().documentMargin()) + 12
        if self.box.height() != height:
            self.box.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field is left; or became wider, so that its lines break elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._grow()
        return super().eventFilter(watched, event)

    def value(self) -> Json:
        return self.box.toPlainText().rstrip() or None

    def set_value(self, value: Json) -> None:
        self._silent = True
        self.box.setPlainText("" if value is None else str(value))
        self._silent = False

    def raw(self) -> Json:
        return self.box.toPlainText()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)

    def set_hint(self, text: str) -> None:
        self.box.setPlaceholderText(text)

    def set_read_only(self, yes: bool) -> None:
        self.box.setReadOnly(yes)

    def caret(self) -> int:
        return self.box.textCursor().position()

    def set_caret(self, place: int) -> None:
        cursor = self.box.textCursor()
        cursor.setPosition(min(place, len(self.box.toPlainText())))
        self.box.setTextCursor(cursor)


class TextsControl(LongControl):
    """Several texts, one a line."""

    def value(self) -> Json:
        lines: list[Json] = [line.strip() for line in self.box.toPlainText().splitlines() if line.strip()]
        return lines or None

    def set_value(self, value: Json) -> None:
        super().set_value("\n".join(map(str, value)) if isinstance(value, list) else value)
