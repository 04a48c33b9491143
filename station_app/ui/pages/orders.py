"""社区发令: orders and hand-offs of all cases, new ones first; at the right the one chosen, in full."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QCheckBox, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.loop import board
from station_app.services.loop.board import LoopLine
from station_app.ui import keys, words
from station_app.ui.case import order_acts
from station_app.ui.case.orders import LoopCard, between, state_shown
from station_app.ui.desk import Desk, Page
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, clear, nothing, row, text
from station_app.ui.widgets.lines import Line, LinesView


class OrdersPage(Page):
    """The board of orders."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[LoopLine] = []
        self.chosen = ""
        self.fresh = text("", "title", wrap=True)
        self.everything = QCheckBox(self.tr("包括已办结的"))
        self.everything.setAccessibleName(self.tr("包括已办结的"))
        self.everything.toggled.connect(lambda _on: self.refresh())
        self.lines = LinesView(self.tr("发令和移交"), fit=False)
        self.lines.marked = True
        self.lines.opened.connect(lambda _line: self._open_case())
        self.lines.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.empty = nothing(self.tr("没有需要办理的发令和移交。发令在案件的“发令与移交”中制作。"))
        self.side = Canvas(margin=S3)
        self.card: LoopCard | None = None
        self.body = body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        body.setSpacing(S4)
        body.addWidget(self.lines)
        body.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        self.units = button(self.tr("登记单位"), lambda: order_acts.note_unit(self, desk), picture="plus")
        column.addLayout(row(text(self.tr("社区发令"), "page"), None, self.everything, self.units, spacing=S4))
        self.units.setVisible(self.station.can("order"))
        column.addWidget(self.fresh)
        column.addWidget(self.empty)
        column.addLayout(body, 1000)
        column.addStretch(1)
        self.fresh.hide()
        self.empty.hide()
        keys.bind(self, "refresh", self.refresh)
        self.narrow(False)

    def title_text(self) -> str:
        return self.tr("社区发令")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument:
            self.chosen = argument
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and (not changes.kinds or changes.concerns("order", "order_part", "hand_off", "case")):
            self.refresh()

    def narrow(self, yes: bool) -> None:
        way = QBoxLayout.Direction
        self.body.setDirection(way.TopToBottom if yes else way.LeftToRight)
        self.body.setStretch(0, 2 if yes else 3)
        self.body.setStretch(1, 3 if yes else 2)

    def first_field(self) -> QWidget | None:
        return self.lines

    def refresh(self) -> None:
        """Read the board anew."""
        station, everything = self.station, self.everything.isChecked()
        self.tasks.read(lambda: board.lines(station, everything=everything), done=self._show, key="orders")

    def _show(self, found: list[LoopLine]) -> None:
        self.found = found
        new = sum(line.new for line in found)
        self.fresh.setText(self.tr("▲ 有 {n} 件新的发令、移交等待签收或者答复").format(n=new))
        self.fresh.setVisible(bool(new))
        set_tone(self.fresh, "red" if new else "none")
        self.empty.setVisible(not found)
        self.lines.setVisible(bool(found))
        self.side.setVisible(bool(found))
        wanted = self.chosen
        self.lines.show_lines([self._line(line) for line in found])
        place = next((i for i, line in enumerate(found) if line.rec == wanted), 0)
        if found:
            self.lines.setCurrentIndex(self.lines.lines.index(place, 0))
        self._choose()
        self.desk.counted.emit("orders", new)

    def _line(self, line: LoopLine) -> Line:
        said, tone = state_shown(line)
        when = words.short_moment(line.at)
        return Line(f"{between(line)}　{line.words.splitlines()[0]}", f"{said}　{when}", tone, "case", line.case)

    def _choose(self) -> None:
        """Show the chosen one in full."""
        place = self.lines.currentIndex().row()
        clear(self.side.column)
        self.card = None
        if not 0 <= place < len(self.found):
            return
        line = self.found[place]
        self.chosen = line.rec
        self.card = LoopCard(self.desk, line)
        self.side.column.addWidget(text(line.title, "muted", wrap=True))
        self.side.column.addWidget(self.card)
        open_case = button(self.tr("打开案件"), self._open_case, picture="cases")
        papers = button(self.tr("文书"), lambda: self.desk.go("case_papers", (line.case, "")), picture="papers")
        self.side.column.addLayout(row(open_case, papers, None))
        self.side.column.addStretch(1)

    def _open_case(self) -> None:
        place = self.lines.currentIndex().row()
        if 0 <= place < len(self.found):
            self.desk.go("case", self.found[place].case)
