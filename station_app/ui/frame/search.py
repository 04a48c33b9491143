"""Search of the whole desk (Ctrl+K): appeals while typing, and the desk's own functions. Enter opens the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.services.reading import lists
from station_app.services.reading.lists import CaseLine
from station_app.ui import keys, words
from station_app.ui.desk import Desk
from station_app.ui.frame.pages import BELONGS, OTHER_TITLES, menu_title
from station_app.ui.style.icons import icon
from station_app.ui.style.tokens import S1, TYPING_MS
from station_app.ui.widgets.lines import Line, LinesView

_MOST: Final = 12


def case_line(line: CaseLine) -> Line:
    """A case as one line: title; stage and number to the right."""
    note = "  ".join(part for part in (line.number, words.state(line.state)) if part)
    return Line(line.title, note, "none", "case", line.rec)


def _beside(pages: list[str]) -> list[str]:
    """Pages that stand beside the menu, for whoever has the entry they belong to; what was issued (day logs too) for
    whoever has the first page.
    """
    return [key for key in OTHER_TITLES if ("today" if key == "issued" else BELONGS[key]) in pages]


class SearchBox(QLineEdit):
    """The field in the header; its results lie over the page while it is used."""

    def __init__(self, desk: Desk, pages: list[str], overlay: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._functions = [("intake", self.tr("新登记"))] if desk.station.can("register") else []
        self._functions += [(key, menu_title(key)) for key in (*pages, *_beside(pages))]
        self._overlay = overlay
        self.setPlaceholderText(self.tr("搜索诉求、当事人、文书、功能　{key}").format(key=keys.shown("search")))
        self.setAccessibleName(self.tr("搜索"))
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMaximumWidth(520)
        self.setMinimumWidth(160)
        self.results = LinesView(self.tr("搜索结果"), fit=True, parent=overlay)
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.marked = True
        self.results.hide()
        self.results.opened.connect(self._open)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.installEventFilter(self)

    def _ask(self) -> None:
        text = self.text().strip()
        if not text:
            self._hide()
            return
        station = self._desk.station
        self._desk.tasks.read(
            lambda: lists.find(station, text, limit=_MOST), done=lambda found: self._show(text, found), owner=self,
            key="search",
        )  # fmt: skip

    def _show(self, text: str, found: list[CaseLine]) -> None:
        if text != self.text().strip():
            return
        functions = [
            Line(self.tr("打开：{page}").format(page=t), "", "none", k) for k, t in self._functions if text in t
        ]
        lines = [case_line(line) for line in found] + functions
        if not lines:
            lines = [Line(self.tr("没有找到“{text}”。").format(text=text))]
        self.results.show_lines(lines)
        place = self._overlay.mapFromGlobal(self.mapToGlobal(QPoint(0, self.height() + S1)))
        width = max(self.width(), min(560, self._overlay.width() - place.x() - 16))
        self.results.setFixedWidth(width)
        self.results.move(place)
        self.results.raise_()
        self.results.show()
        self.setProperty("escape", True)

    def _open(self, line: Line) -> None:
        if line.key:
            self._hide()
            self.blockSignals(True)
            self.clear()
            self.blockSignals(False)
            self._desk.go(line.key, line.argument)

    def _hide(self) -> None:
        self.results.hide()
        self.setProperty("escape", False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down, Enter and Esc while typing; the list goes when the field is left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.results.isVisible():
            acts: dict[int, Callable[[], object]] = {
                Qt.Key.Key_Down: lambda: self._move(1),
                Qt.Key.Key_Up: lambda: self._move(-1),
                Qt.Key.Key_Return: self._enter,
                Qt.Key.Key_Enter: self._enter,
                Qt.Key.Key_Escape: self._hide,
            }
            act = acts.get(event.key())
            if act is not None:
                act()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, lambda: self._hide() if not self.hasFocus() else None)
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        row = self.results.currentIndex().row() + step
        self.results.setCurrentIndex(self.results.lines.index(max(0, min(row, len(self.results.lines.lines) - 1)), 0))

    def _enter(self) -> None:
        row = self.results.currentIndex().row()
        if 0 <= row < len(self.results.lines.lines):
            self._open(self.results.lines.lines[row])
