"""The parts of the page of a case, one card each; a part without content says so or stays away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from station_app.domain.case import Case, Party, number, text
from station_app.domain.course.services import MEDIATION, service_of
from station_app.domain.idcard import mask
from station_app.domain.money import capitals
from station_app.domain.phone import mask_phone
from station_app.services import cases
from station_app.services.loop.colours import View
from station_app.services.travel.conflicts import Conflict
from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.around.hidden import Hidden
from station_app.ui.case.around.links import Links
from station_app.ui.case.around.newer import Newer, act_name
from station_app.ui.case.clocks import Clocks
from station_app.ui.case.contacts import Contacts
from station_app.ui.case.dossier import Dossier
from station_app.ui.case.gallery import Gallery
from station_app.ui.case.orders import Orders
from station_app.ui.case.part import ListPart, Part
from station_app.ui.case.records import Records
from station_app.ui.case.service import Service
from station_app.ui.case.warning import WarningDialog
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S4
from station_app.ui.widgets.layout import allow, button, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line
from sync.contract.fold import Record

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Facts(Part):
    """基本情况: pairs of words and values."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "基本情况"))
        self.consent = button(
            QCoreApplication.translate("CasePage", "征求意见"), lambda: acts.consent(page), kind="quiet"
        )
        self.edit = button(
            QCoreApplication.translate("CasePage", "修改"), lambda: acts.edit_case(page), kind="quiet", picture="edit"
        )
        self.colour = button("", self._why, kind="quiet")
        for widget in (self.colour, self.consent, self.edit):
            self.head.addWidget(widget)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(S4)
        self.grid.setVerticalSpacing(S2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(3, 1)
        self.body.addLayout(self.grid)

    def show_case(self, found: Look) -> None:
        view = found.case
        record, facts = view.record, view.facts
        short = [
            ("case.service", words.field_code("case.service", record.get("service"))),
            ("case.type", words.field_code("case.type", record.get("type"))),
            ("case.channel", words.field_code("case.channel", record.get("channel"))),
            ("case.key_area", words.field_code("case.key_area", record.get("key_area"))),
            ("case.amount", words.yuan(record.get("amount"))),
            ("case.people", str(record.get("people") or "")),
            ("case.place", text(record, "place")),
            ("case.finding", _found(self.page, record)),
            ("case.registered_at", text(record, "registered_at").replace("T", " ")),
            ("case.accepted_at", text(record, "accepted_at").replace("T", " ")),
            ("case.consent_applicant", words.field_code("case.consent_applicant", record.get("consent_applicant"))),
            ("case.consent_respondent", words.field_code("case.consent_respondent", record.get("consent_respondent"))),
            ("case.state_reason", text(record, "state_reason")),
            ("case.difficult", text(record, "difficult_reason") if record.get("difficult") else ""),
        ]
        long = [("facts.summary", text(facts, "summary")), ("facts.story", text(facts, "story")),
                ("facts.request", text(facts, "request"))]  # fmt: skip
        self.colour.setText(_colour(found.warning))
        self.colour.setAccessibleName(self.colour.text())
        set_tone(self.colour, words.warning(found.warning.level)[1])
        self.consent.setVisible(service_of(view) == MEDIATION)
        clear(self.grid)
        place = 0
        for path, value in long:
            if value:
                self._pair(place // 2, 0, path, value, span=3)
                place += 2
        for path, value in short:
            if value:
                self._pair(place // 2, 2 * (place % 2), path, value)
                place += 1

    def _why(self) -> None:
        """The reasons are said on demand: whoever sits at the counter can read the screen."""
        WarningDialog(self.page).open()

    def _pair(self, line: int, column: int, path: str, value: str, *, span: int = 1) -> None:
        name = label(words.label(path), "muted")
        self.grid.addWidget(name, line, column, Qt.AlignmentFlag.AlignTop)  # beside the first of several lines
        self.grid.addWidget(label(value, wrap=True), line, column + 1, 1, span)


def _found(page: CasePage, record: Record) -> str:
    """The words of the finding an appeal came from; "" for none."""
    rec = text(record, "finding")
    return text(page.station.store.reference().records.get(rec), "text") if rec else ""


def _colour(seen: View) -> str:
    """ "▲ 红色预警 · 查看原因": the colour by shape and word, and what a person should decide about it."""
    shown = words.warning(seen.level)[0] or QCoreApplication.translate("CasePage", "没有预警")
    if seen.asked is not None:
        return f"{shown} · {QCoreApplication.translate('CasePage', '等待复核')}"
    if seen.rising:
        to = words.warning(seen.today.level)[0]
        return f"{shown} · {QCoreApplication.translate('CasePage', '按规则应为{to}').format(to=to)}"
    return f"{shown} · {QCoreApplication.translate('CasePage', '查看原因')}" if seen.level else shown


class Parties(ListPart):
    """当事人: who is in the case; Enter opens one."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "当事人"),
            QCoreApplication.translate("CasePage", "还没有当事人。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "添加"), lambda: acts.add_party(page), kind="quiet", picture="plus"
        )
        self.roster = button(
            QCoreApplication.translate("CasePage", "导入名册"), self._roster, kind="quiet", picture="table"
        )
        self.attendance = button(
            QCoreApplication.translate("CasePage", "按考勤计算工资"), self._attendance, kind="quiet", picture="calendar"
        )
        self.head.addWidget(self.attendance)
        self.head.addWidget(self.roster)
        self.head.addWidget(self.add)
        self.lines.opened.connect(self._open)
        self.parties: dict[str, Party] = {}

    def show_case(self, found: Look) -> None:
        self.parties = {p.id: p for p in found.case.parties}
        self.attendance.setVisible(found.case.labour)
        for widget in (self.add, self.roster, self.attendance):
            allow(widget, not found.case.sealed, QCoreApplication.translate("CasePage", "协议已有签署，当事人不再增减"))
        self.put([_party_line(p) for p in self.parties.values()])

    def _open(self, line: Line) -> None:
        party = self.parties.get(str(line.argument))
        if party is not None:
            acts.edit_party(self.page, party)

    def _roster(self) -> None:
        from station_app.ui.case.roster import RosterDialog

        RosterDialog(self.page, self.page.desk, case=self.page.rec).open()

    def _attendance(self) -> None:
        from station_app.ui.case.attendance import AttendanceDialog

        AttendanceDialog(self.page, self.page.desk, case=self.page.rec).open()


def _party_line(party: Party) -> Line:
    identity = party.identity
    role = words.field_code("party.role", party.role)
    known = [mask(text(identity, "id_number")) if text(identity, "id_number") else "",
             mask_phone(text(identity, "phone")) if text(identity, "phone") else ""]  # fmt: skip
    owed = number(party.wage, "owed")
    money = f"{words.label('wage.owed')} {words.yuan(owed)}" if owed else ""
    return Line(f"{role}　{party.name}", "　".join(k for k in (*known, money) if k), "none", "party", party.id)


class Sessions(ListPart):
    """调解记录."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "调解记录"),
            QCoreApplication.translate("CasePage", "还没有调解记录。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "添加"), lambda: acts.add_session(page), kind="quiet", picture="plus"
        )
        self.head.addWidget(self.add)
        self.lines.opened.connect(self._open)
        self._case: Case | None = None

    def show_case(self, found: Look) -> None:
        self._case = found.case
        self.setVisible(service_of(found.case) == MEDIATION or bool(found.case.kind("session")))
        self.add.setVisible(found.case.case_state not in ("registered", "refused"))
        self.put(
            [
                Line(
                    QCoreApplication.translate("CasePage", "第 {n} 次").format(n=number(r, "no"))
                    + "　"
                    + text(r, "record").replace("\n", " "),
                    f"{text(r, 'from').replace('T', ' ')}　{words.field_code('session.result', r.get('result'))}",
                    "none",
                    "session",
                    r.id,
                )
                for r in found.case.kind("session")
            ]
        )

    def _open(self, line: Line) -> None:
        if self._case is not None:
            acts.edit_session(self.page, self._case.state.records[str(line.argument)])


class Agreement(ListPart):
    """协议: the sum in figures and capitals, rows, how far the signing is."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "调解协议"),
            QCoreApplication.translate("CasePage", "还没有制作调解协议书。"),
        )
        self.sum = label("", wrap=True)
        self.body.insertWidget(1, self.sum)
        self.lines.opened.connect(lambda _line: page.desk.go("agreement", page.rec))

    def show_case(self, found: Look) -> None:
        view = found.case
        self.setVisible(service_of(view) == MEDIATION or view.agreement is not None)
        total = number(view.agreement, "total")
        self.sum.setText(f"{words.yuan(total)} 元（{capitals(total)}）" if total else "")
        self.sum.setVisible(bool(total))
        names = {p.id: p.name for p in view.parties}
        lines = []
        for row_ in view.obligations:
            payers = row_.get("payers")
            who = "、".join(names.get(str(p), "") for p in payers) if isinstance(payers, list) else ""
            amount = words.yuan(row_.get("amount"))
            lines.append(Line(f"{who}　{text(row_, 'what')}　{amount}", text(row_, "due"), "none", "agreement"))
        signed = len(view.signed)
        if signed:
            lines.append(
                Line(
                    QCoreApplication.translate("CasePage", "已登记签署 {n} 项").format(n=signed),
                    "",
                    "green",
                    "agreement",
                )
            )
        self.put(lines)


class Papers(ListPart):
    """文书: what was issued and what is still missing."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "文书"),
            QCoreApplication.translate("CasePage", "本案没有适用的文书。"),
        )
        self.lines.opened.connect(lambda line: page.desk.go("case_papers", (page.rec, str(line.argument or ""))))

    def show_case(self, found: Look) -> None:
        lines = []
        for card in found.cards:
            if not (card.applies or card.paper):
                continue
            tone: words.Tone = "green" if card.paper and not card.stale else "amber" if card.required else "none"
            missing = (
                QCoreApplication.translate("CasePage", "待补充 {n} 项").format(n=len(card.missing))
                if card.missing
                else ""
            )
            state = words.code("paper_states", card.state)
            lines.append(Line(card.title, missing if missing and not card.paper else state, tone, "paper", card.paper))
        self.put(lines)


class Dues(ListPart):
    """履行情况: each instalment of each payee."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "履行情况"),
            QCoreApplication.translate("CasePage", "没有应履行的款项。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "记录履行"), lambda: acts.pay(page), kind="quiet", picture="check"
        )
        self.head.addWidget(self.add)

    def show_case(self, found: Look) -> None:
        self.setVisible(found.case.sealed and bool(found.dues))
        names = {p.id: p.name for p in found.case.parties}
        left = any(d.left for d in found.dues)
        allow(self.add, left, QCoreApplication.translate("CasePage", "应履行的款项已全部付清"))
        lines = []
        for due in sorted(found.dues, key=lambda d: (not d.failed, d.left == 0, d.due)):
            tone: words.Tone = "red" if due.failed else "amber" if due.left else "green"
            said = (
                QCoreApplication.translate("CasePage", "被退回")
                if due.failed
                else QCoreApplication.translate("CasePage", "待付")
                if due.left
                else QCoreApplication.translate("CasePage", "已付")
            )
            lines.append(Line(f"{names.get(due.party, '')}　{words.yuan(due.amount)} 元", f"{due.due}　{said}", tone))
        self.put(lines)


class Rivals(Part):
    """两处修改不一致: each value with the button that takes it."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "两处修改不一致，请选用"))
        self.rows = QVBoxLayout()
        self.rows.setSpacing(S2)
        self.body.addLayout(self.rows)

    def show_case(self, found: Look) -> None:
        self.setVisible(bool(found.rivals))
        clear(self.rows)
        for conflict in found.rivals:
            self.rows.addWidget(label(conflict.sentence, wrap=True))
            for rival in conflict.rivals:
                mine = (
                    QCoreApplication.translate("CasePage", "采用本站内容")
                    if rival.here
                    else QCoreApplication.translate("CasePage", "采用对方内容")
                )
                use = button(mine, partial(self._use, conflict, dict(rival.values)))
                self.rows.addLayout(row(label(f"{rival.who}：{rival.shown}", wrap=True), None, use))

    def _use(self, conflict: Conflict, values: dict[str, object]) -> None:
        station, rec = self.page.station, self.page.rec
        chosen = {k: v for k, v in values.items() if v is None or isinstance(v, str | int | bool | list | dict)}
        acts.do(
            self.page,
            lambda: cases.settle(station, case=rec, rec=conflict.rec, values=chosen),
            QCoreApplication.translate("CasePage", "已选用。"),
        )


class Course(ListPart):
    """办理过程: who did what, when."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "办理过程"), "")

    def show_case(self, found: Look) -> None:
        self.put([Line(act_name(d.verb), f"{d.who}　{words.stamp(d.at)}") for d in found.deeds])


def build(page: CasePage) -> list[Part]:
    """All parts in the order of the page."""
    kinds = (
        Rivals,
        Newer,
        Hidden,
        Facts,
        Service,
        Clocks,
        Parties,
        Links,
        Sessions,
        Agreement,
        Papers,
        Gallery,
        Dossier,
        Dues,
        Contacts,
        Orders,
        Records,
        Course,
    )
    return [kind(page) for kind in kinds]
