"""今日待办: short lists, most urgent first; each line one sentence and one key."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.clock import shanghai_date, shanghai_time
from station_app.domain.case import text as field
from station_app.services.changes import Changes
from station_app.services.local.drafts import Draft
from station_app.services.loop import attention
from station_app.services.loop import board as orders
from station_app.services.loop.attention import Over, Overdue, Second
from station_app.services.loop.board import LoopLine
from station_app.services.meeting import decisions
from station_app.services.meeting.decisions import Decision
from station_app.services.reading import lists
from station_app.services.reading.lists import CaseLine, Filter, Today
from station_app.services.review import queue
from station_app.services.review.queue import Queue, Reviewable
from station_app.services.rounds import diary
from station_app.services.rounds.diary import Entry
from station_app.services.selfentry import entries
from station_app.services.selfentry.entries import Entry as Said
from station_app.services.signdesk import board
from station_app.services.signdesk.board import Waiting
from station_app.services.station import Station
from station_app.ui import keys, words
from station_app.ui.case import quick
from station_app.ui.case.orders import between, state_shown
from station_app.ui.desk import Desk, Page
from station_app.ui.pages.today_head import TodayHead
from station_app.ui.rounds.selfentries import line_of
from station_app.ui.signdesk.lines import board_line
from station_app.ui.style.tokens import S2
from station_app.ui.widgets.layout import Canvas, button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from station_app.ui.words import Tone
from sync.contract.permissions import CONSULTANT, menu
from sync.contract.states import OPEN

_MOST = 12
_OPEN = Filter(states=tuple(sorted(OPEN)))


class Section(QWidget):
    """A titled short list that hides when it is empty."""

    def __init__(self, title: str, desk: Desk) -> None:
        super().__init__()
        self._title = title
        self._head = text(title, "title")
        self.view = LinesView(title)
        self.view.opened.connect(lambda line: desk.go(line.key, line.argument) if line.key else None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        column.addWidget(self._head)
        column.addWidget(self.view)

    def show_lines(self, lines: list[Line], total: int | None = None) -> None:
        """Show the lines and how many there are."""
        count = len(lines) if total is None else total
        self._head.setText(f"{self._title}  {count}")
        self.view.show_lines(lines)
        self.setVisible(bool(lines))


class TodayPage(Page):
    """The first page after log-in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._counts: dict[str, int] = {}
        canvas = Canvas(most=1100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)
        self.head = TodayHead(self, desk)
        canvas.column.addWidget(self.head)
        self._begins = False
        self.loop = Section(self.tr("新发令、超时发令"), desk)
        self.decided = Section(self.tr("到期的会商决定"), desk)
        self.due = Section(self.tr("今日到期、已超期"), desk)
        self.torn = Section(self.tr("两处修改不一致"), desk)
        self.plans = Section(self.tr("待联系、待回访"), desk)
        self.plans.view.opened.connect(self._do_plan)
        self.drafts = Section(self.tr("草稿"), desk)
        self.review = Section(self.tr("待法律审查"), desk)
        self.second = Section(self.tr("待复核的降低预警申请"), desk)
        self.firsts = Section(self.tr("超过五个第一时间时限"), desk)
        self.review.view.opened.connect(self._go_on)
        self.open = Section(self.tr("在办诉求"), desk)
        self.signing = Section(self.tr("待签、待盖章"), desk)
        self.said = Section(self.tr("居民自助登记"), desk)
        first = (self.loop, self.said, self.decided, self.due, self.firsts, self.second, self.torn)
        self.sections = (*first, self.plans, self.review, self.signing, self.drafts, self.open)
        for section in self.sections:
            section.hide()
            canvas.column.addWidget(section)
        self.all = button(self.tr("查看全部在办诉求"), lambda: desk.go("cases", _OPEN), kind="link")
        self.all.hide()
        canvas.column.addLayout(row(self.all, None))
        self.empty = text(self.tr("没有到期的事项，也没有草稿和在办诉求。"), "muted")
        self.empty.hide()
        canvas.column.addWidget(self.empty)
        canvas.column.addStretch(1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        desk.draft_saved.connect(lambda _ms: self._soon.start(0) if self.isVisible() else None)
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("今日待办")

    def opened(self, argument: object = None) -> None:
        self._begins = True
        self.refresh()

    def changed(self, changes: Changes) -> None:
        self._soon.start(0)

    def refresh(self) -> None:
        """Read the lists anew."""
        today = self.station.clock.today()
        self.head.day.setText(day_words(today))
        station = self.station
        self.tasks.read(
            lambda: (lists.today(station), lists.count(station, flt=_OPEN), diary.due(station)),
            done=self._show,
            key="today",
        )
        self.tasks.read(lambda: board.waiting(station), done=self._show_signing, key="today_signing")
        if station.can(entries.VERB):
            self.tasks.read(lambda: entries.attention(station), done=self._show_said, key="today_selfentries")
        if "orders" in menu(station.user.roles):
            self.tasks.read(lambda: orders.lines(station), done=self._show_loop, key="today_orders")
        if CONSULTANT in station.user.roles:
            self.tasks.read(lambda: queue.page(station), done=self._show_review, key="review")
        if self.station.can("decide"):
            self.tasks.read(lambda: decisions.followed(station), done=self._show_decided, key="today_decided")
        if self.station.can("lower_colour"):
            self.tasks.read(lambda: attention.second_opinions(station), done=self._show_second, key="today_second")
            self.tasks.read(lambda: attention.firsts_over(station), done=self._show_firsts, key="today_firsts")

    def _show_loop(self, found: list[LoopLine]) -> None:
        """New orders and late ones; Enter opens one on the board, where one key signs for it."""
        urgent = [line for line in found if line.new or line.late]
        lines = []
        for line in urgent[:_MOST]:
            said, tone = state_shown(line)
            what = f"{between(line)}　{line.words.splitlines()[0]}"
            lines.append(Line(what, said, tone, "orders", line.rec))
        self.loop.show_lines(lines, len(urgent))
        if urgent:
            self.empty.hide()

    def _show_said(self, found: list[Said]) -> None:
        """What residents wrote; Enter opens one, where one key makes an appeal of it."""
        self.said.show_lines([line_of(entry) for entry in found[:_MOST]], len(found))
        if found:
            self.empty.hide()

    def _show_decided(self, found: list[Decision]) -> None:
        """Decisions of the meeting whose day has come; Enter opens the meeting, where what became of one is noted."""
        today = self.station.clock.today()
        due = [one for one in found if one.until and one.until <= today.isoformat()]
        lines = []
        for one in due[:_MOST]:
            late = one.late(today)
            note = self.tr("{day} 前，已逾期") if late else self.tr("今日到期")
            said = note.format(day=words.day(one.until))
            lines.append(Line(f"{one.who}　{one.words}", said, "red" if late else "amber", "meeting"))
        self.decided.show_lines(lines, len(due))
        if due:
            self.empty.hide()

    def _show_signing(self, found: list[Waiting]) -> None:
        self.signing.show_lines([board_line(self.station, w) for w in found[:_MOST]], len(found))
        if found:
            self.empty.hide()

    def _show(self, found: tuple[Today, int, list[Entry]]) -> None:
        now, total, planned = found
        self.plans.show_lines([self._plan_line(e) for e in planned[:_MOST]], len(planned))
        today = self.station.clock.today()
        self.due.show_lines([self._due_line(*entry, today) for entry in now.due[:_MOST]], len(now.due))
        self.torn.show_lines(
            [Line(c.title, self.tr("请选用"), "red", "travel", "conflicts") for c in now.conflicts[:_MOST]]
        )
        self.drafts.show_lines([self._draft_line(d) for d in now.drafts[:_MOST]])
        self.open.show_lines([self._open_line(c, today) for c in now.open_cases[:_MOST]], total)
        self.all.setVisible(total > _MOST)
        nothing = not any(section.isVisibleTo(self) for section in self.sections)
        self.empty.setVisible(nothing)
        self._count("lists", len(now.due) + len(now.conflicts) + len(now.drafts) + len(planned))
        self._take_caret()

    def _take_caret(self) -> None:
        """Once the lists are read after the page was opened, Enter acts on the most urgent line, without a Tab."""
        begins, self._begins = self._begins, False
        at = self.window().focusWidget()
        if begins and self.isVisible() and (at is None or at is self or not at.isVisible()):
            (self.first_field() or self.head.new).setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self, part: str, count: int) -> None:
        """The figure in the menu: what is due, planned or begun, warnings to judge, limits passed."""
        self._counts[part] = count
        self.desk.counted.emit("today", sum(self._counts.values()))

    def _plan_line(self, entry: Entry) -> Line:
        """ "待联系 刘成 · 田志强与某公司纠纷": Enter opens the small form with its four keys."""
        kind = {
            "contact": self.tr("待联系"),
            "visit": self.tr("待回访"),
            "relief": self.tr("帮扶后续"),
            "psych": self.tr("心理服务"),
        }[entry.kind]
        who = f" {entry.who}" if entry.kind == "contact" and entry.who != entry.title else ""
        late = entry.day < self.station.clock.today().isoformat()
        return Line(f"{kind}{who}　{entry.title}", entry.day, "red" if late else "amber", "", entry)

    def _do_plan(self, line: Line) -> None:
        entry = line.argument
        if not isinstance(entry, Entry):
            return
        if entry.kind == "contact":
            quick.contact(self, self.desk, case=entry.case, party=_party(self.station, entry))
        elif entry.kind == "visit" and self.station.can("visit"):
            quick.visit(self, self.desk, case=entry.case)
        else:
            self.desk.go("case", entry.case)

    def _show_second(self, found: list[Second]) -> None:
        """What another person has to judge; Enter opens the case, where its warning is answered."""
        lines = []
        for one in found[:_MOST]:
            to = words.code("colours", one.to)
            said = self.tr("申请降为{colour}").format(colour=to)
            note = self.tr("由他人复核") if one.own else self.tr("请复核")
            tone: Tone = "none" if one.own else "amber"
            lines.append(Line(f"{one.case.title}　{said}：{one.reason}", note, tone, "case", one.case.rec))
        self.second.show_lines(lines, len(found))
        self._count("second", sum(not one.own for one in found))
        if found:
            self.empty.hide()

    def _show_firsts(self, found: Overdue) -> None:
        """Limits of the five firsts that have passed, the longest first; the head says how many there are in all."""
        self.firsts.show_lines([_over_line(one) for one in found.lines[:_MOST]], found.total)
        self._count("firsts", found.total)
        if found.total:
            self.empty.hide()

    def _show_review(self, seen: Queue, before: tuple[Reviewable, ...] = ()) -> None:
        """The consultant's queue; Enter opens the agreement, on the last line it looks further back."""
        found = sorted((*before, *seen.found), key=lambda w: -w.stops)
        lines = [self._review_line(w) for w in found[: max(_MOST, len(before) + _MOST)]]
        if seen.left:
            more = self.tr("另有 {n} 件在办案件未查看，回车继续查看").format(n=seen.left)
            lines.append(Line(more, self.tr("更早的案件"), "none", "", (seen.before, tuple(found))))
        self.review.show_lines(lines, len(found))
        self.empty.setVisible(not any(section.isVisibleTo(self) for section in self.sections))

    def _go_on(self, line: Line) -> None:
        """The next part of the queue, behind what was found."""
        if line.key or not isinstance(line.argument, tuple):
            return
        (before, found), station = line.argument, self.station
        self.tasks.read(
            lambda: queue.page(station, before=before),
            done=lambda seen: self._show_review(seen, found),
            owner=self,
            key="review",
        )

    def _review_line(self, waiting: Reviewable) -> Line:
        said = [self.tr("审查后有改动")] if waiting.again else []
        said += [self.tr("阻止 {n}").format(n=waiting.stops)] if waiting.stops else []
        said += [self.tr("提醒 {n}").format(n=waiting.warns)] if waiting.warns else []
        said += [self.tr("{n} 条修改意见").format(n=waiting.proposals)] if waiting.proposals else []
        tone: Tone = "red" if waiting.stops else "amber" if waiting.warns else "none"
        return Line(waiting.case.title, "  ".join(said), tone, "agreement", waiting.case.rec)

    def _draft_line(self, draft: Draft) -> Line:
        key, argument = draft_place(draft)
        return Line(draft.title or self.tr("未命名"), self._kept(draft.saved), "none", key, argument)

    def _kept(self, ms: int) -> str:
        same = shanghai_date(ms) == self.station.clock.today()
        at = shanghai_time(ms).strftime("%H:%M" if same else "%m-%d %H:%M")
        return self.tr("{at} 保存").format(at=at)

    def _due_line(self, case: CaseLine, due: str, amount: int, today: date) -> Line:
        late = (today - date.fromisoformat(due)).days
        said = self.tr("已超期 {n} 天").format(n=late) if late else self.tr("今日到期")
        money = self.tr("{yuan} 元").format(yuan=words.yuan(amount)) if amount else ""
        tone: Tone = "red" if late else "amber"
        return Line(case.title, "  ".join(p for p in (money, said) if p), tone, "case", case.rec)

    def _open_line(self, case: CaseLine, today: date) -> Line:
        begun = (case.accepted_at or case.registered_at)[:10]
        days = (today - date.fromisoformat(begun)).days + 1 if begun else 1
        sign, tone = words.warning(case.colour)
        said = self.tr("{state}，第 {n} 日").format(state=words.code("case_states", case.state), n=days)
        if tone not in ("red", "amber"):
            return Line(case.title, said, "none", "case", case.rec)
        return Line(case.title, f"{sign[2:]}  {said}", tone, "case", case.rec)

    def first_field(self) -> QWidget | None:
        for section in self.sections:
            if section.isVisibleTo(self):
                return section.view
        return None


def draft_place(draft: Draft) -> tuple[str, object]:
    """Which page goes on with a draft, and with what."""
    return (draft.kind, draft.record or None) if draft.kind != "intake" else ("intake", draft.id)


def day_words(day: date) -> str:
    """2026年11月24日 星期二."""
    from station_app.domain.dates import date_cn, weekday_cn

    if words.lang() == "en_US":
        return day.strftime("%A, %Y-%m-%d")
    return f"{date_cn(day)} {weekday_cn(day)}"


def _party(station: Station, entry: Entry) -> str:
    """Whom a planned contact is meant for."""
    return field(station.case(entry.case).state.records.get(entry.rec), "party")


def _over_line(one: Over) -> Line:
    """A case past a limit, by how much."""
    hours = one.minutes // 60
    late = QCoreApplication.translate("TodayPage", "{first}超时 {n} 小时")
    if not hours:
        late = QCoreApplication.translate("TodayPage", "{first}超时 {n} 分钟")
    note = late.format(first=words.code("firsts", one.code), n=hours or one.minutes)
    return Line(one.case.title, note, "red", "case", one.case.rec)
