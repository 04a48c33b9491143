"""案件: what it is, who is in it, what was done, and the one next step; every part is edited where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from station_app.domain.case import Case, text
from station_app.domain.clocks.clock import Clock
from station_app.domain.clocks.firsts import First
from station_app.domain.course import allowed
from station_app.domain.course.services import MEDIATION, service_of, steps_fit
from station_app.domain.court.finding import Finding
from station_app.services import clocks, papers, performance
from station_app.services.changes import Changes
from station_app.services.loop import board, colours, firsts, hand_offs
from station_app.services.loop.board import LoopLine
from station_app.services.loop.colours import View
from station_app.services.loop.hand_offs import Holder
from station_app.services.papers import Card
from station_app.services.performance import Due
from station_app.services.reading import history, notes
from station_app.services.reading.history import Deed
from station_app.services.station import Station
from station_app.services.travel import conflicts
from station_app.services.travel import erasing as travelled
from station_app.services.travel.conflicts import Conflict
from station_app.services.travel.erasing import Erased
from station_app.ui import keys, words
from station_app.ui.case import acts, assigning, confirming, difficult, sections
from station_app.ui.case.around import access, erasing, links, turning
from station_app.ui.case.around.links import Around
from station_app.ui.case.firsts import FirstsLine
from station_app.ui.case.records import Records
from station_app.ui.case.service import Service
from station_app.ui.court import places
from station_app.ui.court.chip import CourtChip
from station_app.ui.desk import Desk, Page
from station_app.ui.papers import showing
from station_app.ui.rounds import evaluating
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, row
from station_app.ui.widgets.layout import text as label
from sync.contract.states import steps_from


@dataclass(slots=True)
class Look:
    """Everything the page shows of a case, read in one go."""

    case: Case
    cards: list[Card]
    dues: list[Due]
    deeds: list[Deed]
    rivals: list[Conflict]
    clocks: list[Clock]
    firsts: list[First]
    warning: View
    loop: list[LoopLine]
    holder: Holder
    around: Around
    erased: Erased | None = None
    held_back: int = 0

    @property
    def closed(self) -> bool:
        """Whether nothing more is done in it: it goes on in another case, or was erased."""
        return self.around.merged or self.erased is not None


def look(station: Station, rec: str) -> Look:
    """Read a case for the page (read lane)."""
    view = station.case(rec)
    return Look(
        view,
        papers.list_papers(station, case=rec),
        performance.dues_of(view),
        history.of_case(station, case=rec),
        [c for c in conflicts.conflicts(station) if c.case == rec],
        clocks.of_case(station, case=rec),
        firsts.of_case(station, case=rec),
        colours.look(station, case=rec),
        board.of_case(station, view),
        hand_offs.holder_of(station, view),
        links.read(station, view),
        travelled.erased_case(station, rec),
        notes.held_back(station, view),
    )


class CasePage(Page):
    """The page of one case; opening another case shows that one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rec = ""
        self.seen: Look | None = None
        self.name = label("", "page", wrap=True)
        self.stage = label("")
        self.number = label("", "muted")
        self.next = button("", self._next, kind="primary")
        self.papers = button(self.tr("文书"), self._papers, picture="papers", hint=keys.shown("print"))
        self.agreement = button(self.tr("协议"), self._agreement, picture="edit")
        self.more = button(self.tr("更多"), lambda: None)
        self.more.setAccessibleName(self.tr("其他办理事项"))
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.court = CourtChip(self, desk)
        self.canvas = Canvas(most=1100)
        self.parts = sections.build(self)
        self.records = next(part for part in self.parts if isinstance(part, Records))
        self.firsts = FirstsLine(self)
        self.service = next(part for part in self.parts if isinstance(part, Service))
        for part in self.parts:
            self.canvas.column.addWidget(part)
        self.canvas.column.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(S5, S4, S5, 0)
        head.setSpacing(S3)
        head.addWidget(self.name)
        self._standing = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._standing.setSpacing(S3)
        self._standing.addWidget(self.stage)
        self._standing.addWidget(self.number)
        line = row(None, self.court, self.more, self.agreement, self.papers, self.next, spacing=S3)
        line.insertLayout(0, self._standing)
        head.addLayout(line)
        head.addWidget(self.firsts)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.canvas, 1)
        held = self.canvas.sizePolicy()
        held.setRetainSizeWhenHidden(True)  # the head stays where it is while a case is read
        self.canvas.setSizePolicy(held)
        self._empty()
        keys.bind(self, "print", self._papers)
        keys.bind(self, "refresh", self.refresh)
        keys.bind(self, "add_party", lambda: acts.add_party(self))
        keys.bind(self, "paste_roster", self._paste_roster)
        showing.bind(self, lambda: (self.rec if self.seen else "", ""))

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.name.text() or self.tr("案件")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument and argument != self.rec:
            self.rec = argument
            self._empty()
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and (not changes.case or self.rec in changes.cases):
            self.refresh()

    def narrow(self, yes: bool) -> None:
        """The number gives the buttons room."""
        way = QBoxLayout.Direction
        self._standing.setDirection(way.TopToBottom if yes else way.LeftToRight)
        self._standing.setSpacing(0 if yes else S3)

    def first_field(self) -> QWidget:
        return self.next if self.seen else self.papers

    def refresh(self) -> None:
        """Read the case anew."""
        station, rec = self.station, self.rec
        if rec:
            self.tasks.read(lambda: look(station, rec), done=self._show, failed=self.notices.error, key="case")

    def _empty(self) -> None:
        """Until the case is read, nothing of the one before it can be seen or pressed."""
        self.seen = None
        for words_of in (self.name, self.stage, self.number):
            words_of.setText("")
        for part in (self.next, self.agreement, self.canvas, self.firsts):
            part.setVisible(False)
        self.more.setEnabled(False)

    def _show(self, found: Look) -> None:
        first = self.seen is None and self.papers.hasFocus()
        if self.seen is None:
            self._keep_opened(found.case)
        self.seen = found
        self.canvas.setVisible(True)
        view = found.case
        self.name.setText(text(view.record, "title"))
        self.stage.setText(words.state(view.case_state))
        set_tone(self.stage, words.tone(view.case_state))
        self.number.setText(text(view.record, "number") or self.tr("未编号"))
        if found.around.merged:
            self.stage.setText(words.code("link_kinds", "merged_into"))
        if found.erased is not None:
            self.stage.setText(self.tr("已依法删除"))
            self.number.setText(f"{self.number.text()}　{erasing.said(found.erased)}")
        self.papers.setVisible(found.erased is None)
        step = None if found.closed else acts.next_step(found)
        self.next.setText(step.title if step else "")
        self.next.setAccessibleName(self.next.text() or self.tr("下一步"))
        self.next.setVisible(step is not None)
        made = view.agreement is not None or allowed.may(view, allowed.AGREEMENT)
        self.agreement.setVisible(not found.erased and service_of(view) == MEDIATION and made)
        self.records.fill(view)
        self._fill_menu(view)
        self.more.setEnabled(found.erased is None and bool(self.menu.actions()))
        self.firsts.show_case(found)
        self.firsts.setVisible(True)
        for part in self.parts:
            part.show_case(found)
        self.court.setVisible(False)
        if view.agreement is not None:
            self.court.show_case(self.rec)
        if first and step is not None:
            self.next.setFocus()
        finding = self.desk.landing(self.rec)
        if isinstance(finding, Finding):
            places.on_case(self, finding)

    def _keep_opened(self, view: Case) -> None:
        """Who is shown notes of one side or psychological notes is kept in the access log, once for each opening."""
        if notes.shown(view):
            station = self.station
            self.tasks.write(lambda: notes.opened(station, view), done=lambda _n: None, failed=self.notices.error)

    def _fill_menu(self, view: Case) -> None:
        self.menu.clear()
        for rule in steps_from(view.case_state):
            if self.station.can(rule.verb) and steps_fit(view, rule.verb):
                action = QAction(words.code("verbs", rule.verb), self.menu)
                action.triggered.connect(lambda _on=False, verb=rule.verb: acts.step(self, verb))
                self.menu.addAction(action)
        self.menu.addSeparator()
        for title, act in (
            *confirming.entries(self, view),
            *turning.entries(self, view),
            *difficult.entries(self, view),
            *erasing.entries(self, view),
            *access.entries(self),
        ):
            action = QAction(title, self.menu)
            action.triggered.connect(lambda _on=False, run=act: run())
            self.menu.addAction(action)
        self.menu.addSeparator()
        action = QAction(self.tr("打印评价单"), self.menu)
        action.triggered.connect(lambda _on=False: evaluating.slip(self, self.desk, case=self.rec))
        self.menu.addAction(action)
        if self.station.can("reassign") and allowed.may(view, allowed.REASSIGN):
            action = QAction(self.tr("调整承办人"), self.menu)
            action.triggered.connect(lambda _on=False: assigning.one(self, self.desk, case=self.rec))
            self.menu.addAction(action)
        gone = bool(view.get("discarded"))
        action = QAction(self.tr("从回收站恢复") if gone else self.tr("移入回收站"), self.menu)
        action.triggered.connect(lambda _on=False: acts.discard(self, back=gone))
        self.menu.addAction(action)

    def _next(self) -> None:
        step = acts.next_step(self.seen) if self.seen and not self.seen.closed else None
        if step is not None:
            step.act(self)

    def _papers(self) -> None:
        self.desk.go("case_papers", (self.rec, ""))

    def _paste_roster(self) -> None:
        """Ctrl+Shift+V: the window of the roster with what is on the clipboard."""
        from station_app.ui.case.roster import RosterDialog

        if self.seen is not None and not self.seen.case.sealed and not self.seen.closed:
            made = RosterDialog(self, self.desk, case=self.rec)
            made.open()
            made.take_clipboard()

    def _agreement(self) -> None:
        self.desk.go("agreement", self.rec)
