"""待签、待对方签字、待盖章: the agreements of all cases that wait; Enter opens the sign desk of the case."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.signdesk import board
from station_app.services.signdesk.board import Waiting
from station_app.ui import keys, words
from station_app.ui.desk import Desk, Page
from station_app.ui.pages.today import Section
from station_app.ui.signdesk.lines import board_line
from station_app.ui.style.tokens import S4
from station_app.ui.widgets.layout import Canvas, button, row, text

TOUCHING: Final = ("signature", "paper", "paper_mark", "agreement", "case", "obligation", "party")


class SigningPage(Page):
    """The three lists."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        canvas = Canvas(most=1100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)
        papers = button(self.tr("文书管理"), lambda: desk.go("papers"), kind="quiet", picture="papers")
        canvas.column.addLayout(row(text(self.tr("待签、待盖章"), "page"), None, papers, spacing=S4))
        self.sections = {kind: Section(words.code("sign_waits", kind), desk) for kind in board.KINDS}
        for section in self.sections.values():
            section.hide()
            canvas.column.addWidget(section)
        self.empty = text(self.tr("没有待签署、待盖章的协议。"), "muted")
        self.empty.hide()
        canvas.column.addWidget(self.empty)
        canvas.column.addStretch(1)
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("待签、待盖章")

    def opened(self, argument: object = None) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and (not changes.kinds or changes.concerns(*TOUCHING)):
            self.refresh()

    def refresh(self) -> None:
        """Read the lists anew."""
        station = self.station
        self.tasks.read(lambda: board.waiting(station), done=self._show, key="signing")

    def _show(self, found: list[Waiting]) -> None:
        for kind, section in self.sections.items():
            section.show_lines([board_line(self.station, w) for w in found if w.waits == kind])
        self.empty.setVisible(not found)

    def first_field(self) -> QWidget | None:
        return next((s.view for s in self.sections.values() if s.isVisibleTo(self)), None)
