"""书记会商: what the meeting looks at and why, decisions recorded on the case and followed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.meeting import agenda as agendas
from station_app.services.meeting import decisions, paper
from station_app.services.meeting.agenda import Agenda, Topic
from station_app.services.meeting.decisions import Decision
from station_app.services.station import Station
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.reports.beside import BesidePage
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import button, card, clear, nothing, row, text
from station_app.ui.widgets.lines import Line, LinesView
from station_app.ui.words import Tone
from sync.contract.canonical import Json

_DECIDE: Final = FormSpec(
    "meeting_decision",
    (
        Section(
            "",
            (
                Item("decision.matter", required=True, span=2),
                Item("decision.unit", required=True),
                Item("decision.person"),
                Item("decision.until", required=True),
                Item("decision.on"),
            ),
            2,
        ),
    ),
)
_DONE: Final = FormSpec(
    "meeting_done", (Section("", (Item("decision.result", required=True, span=2), Item("decision.done_on")), 2),)
)
_FOLLOWED: Final = 5
"""Decisions that are seen at once; the topics have the rest of the room."""
_TONES: Final[dict[str, Tone]] = {"red": "red", "amber": "amber"}


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    agenda: Agenda
    followed: list[Decision]


def _read(station: Station) -> _Found:
    return _Found(agendas.name_of(station), agendas.agenda(station), decisions.followed(station))


class MeetingPage(BesidePage):
    """The weekly meeting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: _Found | None = None
        self.dialog: SheetDialog | FormDialog | None = None
        self.head = text(self.tr("书记会商"), "page")
        self.counts = text("", "muted", wrap=True)
        self.topics = self.list_of(self.tr("会商议题"))
        self.follow_head = text(self.tr("待落实的会商决定"), "title")
        self.follow = LinesView(self.tr("待落实的会商决定"), fit=False)
        self.follow.opened.connect(self._open_follow)
        self.empty = nothing(self.tr("没有需要会商的案件，也没有待落实的会商决定。"))
        self.decide = button(self.tr("记录决定"), self._decide, kind="primary")
        self.print = button(self.tr("打印议题单"), self._print, picture="printer", hint=keys.shown("print"))
        left = QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(S3)
        lists.addWidget(self.topics, 1)
        lists.addWidget(self.follow_head)
        lists.addWidget(self.follow)
        self.beside(left)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        column.addLayout(row(self.head, None, self.print, self.decide, spacing=S3))
        column.addWidget(self.counts)
        column.addWidget(self.empty)
        column.addLayout(self.body, 1)
        self.empty.hide()
        keys.bind(self, "print", self._print)
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("书记会商")

    def refresh(self) -> None:
        """Read agenda and decisions anew."""
        station = self.station
        self.tasks.read(lambda: _read(station), done=self._show, owner=self, key="meeting")

    def _show(self, found: _Found) -> None:
        self.found = found
        topics, today = found.agenda.topics, self.station.clock.today()
        self.head.setText(found.name)
        red, amber, overdue = found.agenda.counts()
        total = len(topics) + found.agenda.left_out
        said = self.tr("需会商 {n} 件：▲红色 {red} 件，◆黄色 {amber} 件，超过时限 {late} 件。")
        self.counts.setText(said.format(n=total, red=red, amber=amber, late=overdue))
        self.topics.show_lines([self._line(t) for t in topics])
        self.follow.show_lines([self._follow_line(d) for d in found.followed])
        self.follow.setVisible(bool(found.followed))
        few = min(len(found.followed), _FOLLOWED)
        self.follow.setFixedHeight(few * max(1, self.follow.sizeHintForRow(0)) + 2 * self.follow.frameWidth())
        self.follow_head.setVisible(bool(found.followed))
        self.follow_head.setText(
            self.tr("待落实的会商决定　{n} 项，逾期 {late} 项").format(
                n=len(found.followed), late=sum(d.late(today) for d in found.followed)
            )
        )
        self.empty.setVisible(not topics and not found.followed)
        self.topics.setVisible(bool(topics))
        self.side.setVisible(bool(topics))
        if topics and not self.topics.currentIndex().isValid():
            self.topics.setCurrentIndex(self.topics.lines.index(0, 0))
        self._choose()

    def _line(self, topic: Topic) -> Line:
        note = self.tr("第 {n} 日").format(n=topic.days + 1)
        return Line(topic.title, note, _TONES.get(topic.colour, "none"), "case", topic.case)

    def _follow_line(self, decision: Decision) -> Line:
        late = decision.late(self.station.clock.today())
        by = words.day(decision.until)
        note = self.tr("{day} 前，已逾期").format(day=by) if late else self.tr("{day} 前").format(day=by)
        return Line(f"{decision.words}　{decision.who}", note, "red" if late else "none", "follow", decision)

    def _topic(self) -> Topic | None:
        place = self.topics.currentIndex().row()
        topics = self.found.agenda.topics if self.found else ()
        return topics[place] if 0 <= place < len(topics) else None

    def _choose(self) -> None:
        """The one chosen, with every reason."""
        clear(self.side.column)
        topic = self._topic()
        self.decide.setVisible(topic is not None and self.station.can("decide"))
        if topic is None:
            return
        self.side.column.addWidget(text(topic.title, "title", wrap=True))
        where = "　".join(part for part in (topic.number, topic.station) if part)
        if where:
            self.side.column.addWidget(text(where, "muted", wrap=True))
        reasons = [text(f"· {reason}", wrap=True) for reason in topic.why]
        if reasons:
            self.side.column.addWidget(card(*reasons, title=self.tr("列入理由")))
        standing = [text(f"· {d.words}（{d.who}，{words.day(d.until)}）", wrap=True) for d in topic.standing]
        if standing:
            self.side.column.addWidget(card(*standing, title=self.tr("尚未落实的决定")))
        open_case = button(self.tr("打开案件"), lambda: self.desk.go("case", topic.case), picture="cases")
        self.side.column.addLayout(row(open_case, None))
        self.side.column.addStretch(1)

    def _decide(self) -> None:
        topic, station = self._topic(), self.station
        if topic is None:
            return
        case = topic.case

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            return decisions.decide(station, case=case, values=values["decision"])

        self.dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("记录会商决定"),
            spec=_DECIDE,
            values={"decision.on": station.clock.today().isoformat()},
            save=save,
            intro=topic.title,
        )
        self.dialog.open()

    def _open_follow(self, line: Line) -> None:
        decision, station = line.argument, self.station
        if not isinstance(decision, Decision):
            return

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["decision"]
            return decisions.done(
                station,
                case=decision.case,
                rec=decision.rec,
                result=str(given.get("result") or ""),
                on=str(given.get("done_on") or ""),
            )

        self.dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("会商决定的落实情况"),
            spec=_DONE,
            values={"decision.done_on": station.clock.today().isoformat()},
            save=save,
            intro=f"{decision.title}：{decision.words}",
        )
        self.dialog.open()

    def _print(self) -> None:
        station = self.station
        name = self.tr("{meeting}议题单").format(meeting=self.found.name if self.found else "")
        self.dialog = SheetDialog(self, self.desk, name=name, make=lambda no, _said: paper.sheet(station, no=no))
        self.dialog.open()
