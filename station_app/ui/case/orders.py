"""发令与移交 on the page of a case: each order with its line 发令 → 签收 → 到场 → 办结 → 评价 and what comes next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout

from station_app.domain.case import text as field
from station_app.domain.course import allowed
from station_app.domain.sentences import sentence
from station_app.services.loop import board, outside, state
from station_app.services.loop.board import LoopLine
from station_app.ui import words
from station_app.ui.case import order_acts
from station_app.ui.case.part import Part
from station_app.ui.desk import Desk
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, SHAPES
from station_app.ui.widgets.layout import allow, button, clear, row, text
from station_app.ui.words import Tone

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_FIRST: Final = frozenset({"receive", "accept"})
"""Steps whose button stands out."""
_TONES: Final[dict[str, Tone]] = {
    "unsent": "amber",
    "sent": "amber",
    "offered": "amber",
    "received": "amber",
    "arrived": "amber",
    "resolved": "green",
    "rated": "green",
    "accepted": "green",
    "declined": "red",
}


def state_shown(line: LoopLine) -> tuple[str, Tone]:
    """The state in words with its tone; late ones say so."""
    said = line.state_words(words.lang())
    if line.new:
        said = (
            QCoreApplication.translate("Orders", "新发令，待签收")
            if line.kind == board.ORDER
            else QCoreApplication.translate("Orders", "新移交，待答复")
        )
        return said, "red"
    if line.late:
        return "　".join((said, QCoreApplication.translate("Orders", "超时"))), "red"
    return said, _TONES.get(line.state, "none")


def between(line: LoopLine) -> str:
    """Who gave it and to whom, as far as the reader does not know it himself."""
    issuer = field(line.record, "issuer")
    return f"{issuer} → {line.unit}" if line.mine and issuer and issuer != line.unit else line.unit


def hint(line: LoopLine) -> str:
    """What the state means for the person in front of it, "" where it needs no word."""
    outside = not line.record.get("sent_to")
    if line.state == state.UNSENT and not line.mine:
        return QCoreApplication.translate(
            "Orders", "尚未发送至{unit}，联网后自动发送。现在没有网络的，请先电话联系并记录。"
        ).format(unit=line.unit)
    if outside and line.state in (state.SENT, state.OFFERED):
        return QCoreApplication.translate(
            "Orders", "{unit}未接入本系统，请打印送达，对方签收、答复的情况由本站登记。"
        ).format(unit=line.unit)
    return ""


class LoopCard(QFrame):
    """One order or hand-off in full, with its buttons."""

    def __init__(self, desk: Desk, line: LoopLine, *, framed: bool = True) -> None:
        super().__init__()
        self.line = line
        if framed:
            self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*([S3] * 4 if framed else [0] * 4))
        column.setSpacing(S2)
        said, tone = state_shown(line)
        mark = text(f"{SHAPES[tone]} {said}" if tone != "none" else said)
        set_tone(mark, tone)
        kind = words.code("order_steps", "issue" if line.kind == board.ORDER else "offer")
        column.addWidget(text(f"{kind}　{between(line)}", "title", wrap=True))
        column.addWidget(mark)
        column.addWidget(text(line.no or words.short_moment(line.at), "muted", wrap=True))
        column.addWidget(text(line.words, wrap=True))
        for said in self._details():
            column.addWidget(text(said, "muted", wrap=True))
        self.buttons = {
            step: button(
                words.code("order_steps", step),
                partial(order_acts.step, self, desk, line, step),
                kind="primary" if step in _FIRST else "",
            )
            for step in line.steps
        }
        buttons = list(self.buttons.values())
        self.outside = button(
            QCoreApplication.translate("Orders", "登记外单位"),
            partial(order_acts.outside_unit, self, desk, line),
            kind="quiet",
        )
        if line.kind == board.ORDER and line.open and not line.mine and desk.station.can("order"):
            buttons.append(self.outside)
        if buttons:
            column.addLayout(row(*buttons, None))

    def _details(self) -> list[str]:
        record = self.line.record
        if self.line.kind == board.HAND_OFF:
            answer = [
                field(record, "answered_by"),
                words.short_moment(field(record, "answered_at")),
                field(record, "note"),
            ]
            return [said for said in ("　".join(a for a in answer if a), hint(self.line)) if said]
        return [
            said
            for said in (
                self._way(),
                *self._parts(),
                *self._outside(),
                self._limits(),
                *self._chased(),
                hint(self.line),
            )
            if said
        ]

    def _parts(self) -> list[str]:
        """协办 区人力资源局　已签收: each joint unit with its own state."""
        return [
            "　".join(p for p in (words.label("order_part.unit"), name, words.code("order_states", where), result) if p)
            for name, where, result in self.line.parts
        ]

    def _outside(self) -> list[str]:
        """外单位 区供电局　张工　…: whom to call, and the answer by paper."""
        head = QCoreApplication.translate("Orders", "外单位")
        return [f"{head}　{outside.words(unit)}" for unit in self.line.outside]

    def _way(self) -> str:
        """发令 11-20 08:52 → 签收 09:01 王敏 → 到场 … ."""
        parts = []
        for stop in board.stops(self.line.record):
            done = stop.at or (stop.who if stop.step == "rate" else "")
            who = stop.who if stop.step in ("receive", "arrive", "rate") else ""
            said = " ".join(p for p in (words.code("order_steps", stop.step), words.short_moment(stop.at), who) if p)
            late = QCoreApplication.translate("Orders", "（超时）") if stop.late else ""
            parts.append(f"{said}{late}" if done else f"{said} …")
        result = field(self.line.record, "result")
        return " → ".join(parts) + (f"\n{words.label('order.result')}：{result}" if result else "")

    def _limits(self) -> str:
        record, unset = self.line.record, QCoreApplication.translate("Orders", "未设定")
        said = [
            f"{words.label('order.' + name)} {words.short_moment(field(record, name)) or unset}"
            for name in ("report_by", "resolve_by")
        ]
        joint = "、".join(str(u) for u in j) if isinstance(j := record.get("joint"), list) else ""
        if joint:
            said.append(f"{words.label('order.joint')} {joint}")
        if rank := field(record, "attend_rank"):
            said.append(f"{words.label('order.attend_rank')} {rank}")
        return "　".join(said)

    def _chased(self) -> list[str]:
        record = self.line.record
        whys = {"remind": "remind_reason", "raise": "raise_reason", "notice": "notice_reason"}
        whom = {"remind": "", "raise": field(record, "raised_to"), "notice": field(record, "noticed_to")}
        found = []
        for step in state.CHASE:
            at = field(record, state.DONE_AT[step])
            if at:
                said = (words.code("order_steps", step), whom[step], words.short_moment(at), field(record, whys[step]))
                found.append("　".join(s for s in said if s))
        for name in ("late_reason", "withdraw_reason"):
            if why := field(record, name):
                found.append(f"{words.label('order.' + name)}：{why}")
        return found


class Orders(Part):
    """The part of the page of a case."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("Orders", "发令与移交"))
        self.holder = text("", "muted")
        self.issue = button(QCoreApplication.translate("Orders", "发令"), self._issue, kind="quiet", picture="orders")
        self.offer = button(QCoreApplication.translate("Orders", "移交"), self._offer, kind="quiet", picture="swap")
        for widget in (self.holder, self.issue, self.offer):
            self.head.addWidget(widget)
        self.issue.setVisible(page.station.can("order"))
        self.offer.setVisible(page.station.can("hand_off"))
        self.cards: list[LoopCard] = []
        self.rows = QVBoxLayout()
        self.rows.setSpacing(S3)
        self.body.addLayout(self.rows)

    def show_case(self, found: Look) -> None:
        clear(self.rows)
        self.cards = [LoopCard(self.page.desk, line) for line in found.loop]
        for made in self.cards:
            self.rows.addWidget(made)
        holder = found.holder
        away = holder.code != self.page.station.store.setting("station.code")
        self.holder.setText(
            QCoreApplication.translate("Orders", "现由{who}承办").format(who=holder.name) if away else ""
        )
        self.holder.setVisible(away)
        why = allowed.refusal(found.case, allowed.HAND_OFF)
        allow(self.offer, not away and why is None, self.holder.text() or (sentence(why, words.lang()) if why else ""))
        why = allowed.refusal(found.case, allowed.ORDER)
        allow(self.issue, why is None, sentence(why, words.lang()) if why else "")

    def _issue(self) -> None:
        if self.page.seen is not None:
            order_acts.issue(self, self.page.desk, self.page.seen.case)

    def _offer(self) -> None:
        if self.page.seen is not None:
            order_acts.offer(self, self.page.desk, self.page.seen.case)
