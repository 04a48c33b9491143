"""What can be done with orders and hand-offs, from the page 社区发令 and from a case: a click or a small form."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from station_app.domain.case import Case
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.loop import hand_offs, orders, outside, reach
from station_app.services.loop.board import LoopLine
from station_app.services.station import Station
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from sync.contract.canonical import Json

Given = dict[str, str]

_LATE: Final = Item("order.late_reason", span=2)
_STEPS: Final[dict[str, tuple[Item, ...]]] = {
    "arrive": (
        Item("order.arrived_by", required=True),
        Item("order.arrived_rank", required=True),
        Item("order.arrived_at"),
    ),
    "resolve": (Item("order.result", required=True, span=2), Item("order.resolved_at")),
    "rate": (Item("order.rating", required=True), Item("order.rating_note", span=2)),
    "remind": (Item("order.remind_reason", required=True, span=2),),
    "raise": (Item("order.raised_to", required=True, span=2), Item("order.raise_reason", required=True, span=2)),
    "notice": (Item("order.noticed_to", required=True, span=2), Item("order.notice_reason", required=True, span=2)),
    "withdraw": (Item("order.withdraw_reason", required=True, span=2),),
    "decline": (Item("hand_off.note", required=True, span=2),),
}
_ISSUE: Final = (
    Item("order.lead", required=True),
    Item("order.level"),
    Item("order.joint", type="names", hint=QT_TRANSLATE_NOOP("Forms", "多个单位用顿号隔开"), span=2),
    Item("order.matter", required=True, span=2),
    Item("order.place"),
    Item("order.people"),
    Item("order.attend_rank", span=2),
    Item("order.report_by"),
    Item("order.resolve_by"),
)
_OUTSIDE: Final = (
    Item("order_outside.unit", required=True, span=2),
    Item("order_outside.contact"),
    Item("order_outside.phone"),
    Item("order_outside.answered_on"),
    Item("order_outside.answered_by"),
    Item("order_outside.answer", span=2),
)
_OFFER: Final = (
    Item("hand_off.to", required=True),
    Item("hand_off.to_kind"),
    Item("hand_off.reason", required=True, span=2),
)


def step(parent: QWidget, desk: Desk, line: LoopLine, name: str) -> None:
    """One step of an order or a hand-off: receipt, acceptance and taking back at once, the others by a form."""
    station, case, rec = desk.station, line.case, line.rec
    if name == "receive":
        _do(parent, desk, lambda: orders.receive(station, case=case, rec=rec))
        return
    if name == "accept":
        _do(parent, desk, lambda: hand_offs.accept(station, case=case, rec=rec))
        return
    if name == "withdraw" and line.kind == "hand_off":
        _do(parent, desk, lambda: hand_offs.take_back(station, case=case, rec=rec))
        return
    late = (_LATE,) if line.late and name in ("arrive", "resolve") else ()
    now = cases.moment(station)
    shown: Values = {"order.arrived_at": now, "order.resolved_at": now}
    items = (*_STEPS[name], *late)
    FormDialog(
        parent,
        desk,
        title=words.code("order_steps", name),
        spec=FormSpec(f"order_{name}", (Section("", items, 2),)),
        values={i.path: shown[i.path] for i in items if i.path in shown},
        save=lambda values: _store(station, line, name, _texts(values)),
    ).open()


def issue(parent: QWidget, desk: Desk, view: Case) -> None:
    """发令 from a case; what the pack and the case know is filled in."""
    station, case = desk.station, view.id
    filled = orders.defaults(station, view)
    intro = QCoreApplication.translate("Orders", "没有联网也可以制作，联网后自动发送。")
    units = "、".join(name for _, name in reach.open_to(station, view))
    if units:
        intro += QCoreApplication.translate("Orders", "可以直接送达：{units}。其他单位请打印发令单送达。").format(
            units=units
        )
    if "report_by" not in filled or "resolve_by" not in filled:
        intro += QCoreApplication.translate("Orders", "本区尚未设定的时限，请按发令要求填写，不填写的不计时。")
    FormDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Orders", "发令"),
        spec=FormSpec("order_issue", (Section("", _ISSUE, 2),)),
        values={f"order.{name}": value for name, value in filled.items()},
        save=lambda values: orders.issue(station, case=case, values=values["order"]),
        intro=intro,
    ).open()


def note_unit(parent: QWidget, desk: Desk) -> FormDialog:
    """登记单位: under which code the district knows a street, a department or a station of another community."""
    station = desk.station
    known = "、".join(f"{name}（{code}）" for code, name in reach.receivers(station))
    intro = QCoreApplication.translate(
        "Orders", "填写区级平台给该单位的站点代码和名称，发令、移交时即可按名称直接送达；名称空白的为移除。"
    )
    if known:
        intro += QCoreApplication.translate("Orders", "现可直接送达：{units}。").format(units=known)

    def save(values: dict[str, dict[str, Json]]) -> Changes:
        given = {name: str(value or "") for name, value in values["station"].items()}
        reach.note_unit(station, code=given["code"], name=given["name"])
        return Changes(frozenset(), (), ())

    items = (Item("station.code", required=True), Item("station.name"))
    made = FormDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Orders", "登记单位"),
        spec=FormSpec("unit", (Section("", items, 2),)),
        values={},
        save=save,
        intro=intro,
    )
    made.open()
    return made


def outside_unit(parent: QWidget, desk: Desk, line: LoopLine) -> FormDialog:
    """登记外单位: whom to call at a unit without this program, and its answer by paper."""
    station, case, rec = desk.station, line.case, line.rec
    made = FormDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Orders", "登记外单位"),
        spec=FormSpec("order_outside", (Section("", _OUTSIDE, 2),)),
        values={},
        save=lambda values: outside.note(station, case=case, order=rec, values=values["order_outside"]),
        intro=QCoreApplication.translate(
            "Orders", "不使用本系统的协办单位。名称相同的，补充原登记；书面答复只作记录，不作为签收。"
        ),
    )
    made.open()
    return made


def offer(parent: QWidget, desk: Desk, view: Case) -> None:
    """移交 a case."""
    station, case = desk.station, view.id

    def save(values: dict[str, dict[str, Json]]) -> Changes:
        given = _texts(values)
        return hand_offs.offer(
            station, case=case, to=given["to"], reason=given["reason"], to_kind=given.get("to_kind", "")
        )

    FormDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Orders", "移交"),
        spec=FormSpec("hand_off_offer", (Section("", _OFFER, 2),)),
        values={},
        save=save,
        intro=QCoreApplication.translate("Orders", "对方接收以前仍由本站承办，期限照常计算。"),
    ).open()


def _do(parent: QWidget, desk: Desk, act: object) -> None:
    assert callable(act)
    desk.tasks.write(
        act,
        done=lambda changes: desk.did(
            QCoreApplication.translate("Orders", "{what}已登记。").format(what=changes.label), changes
        ),
        failed=desk.notices.error,
        owner=parent,
    )


def _texts(values: dict[str, dict[str, Json]]) -> Given:
    return {name: str(v) for part in values.values() for name, v in part.items() if v not in (None, "", [])}


def _store(station: Station, line: LoopLine, name: str, given: Given) -> Changes:
    """Call the verb of a form."""
    case, rec, late = line.case, line.rec, given.get("late_reason", "")
    if name == "arrive":
        by, rank = given.get("arrived_by", ""), given.get("arrived_rank", "")
        at = given.get("arrived_at", "")
        return orders.arrive(station, case=case, rec=rec, by=by, rank=rank, at=at, late_reason=late)
    if name == "resolve":
        result, at = given.get("result", ""), given.get("resolved_at", "")
        return orders.resolve(station, case=case, rec=rec, result=result, at=at, late_reason=late)
    if name == "rate":
        note = given.get("rating_note", "")
        return orders.rate(station, case=case, rec=rec, rating=given.get("rating", ""), note=note)
    if name == "decline":
        return hand_offs.decline(station, case=case, rec=rec, note=given.get("note", ""))
    if name == "withdraw":
        return orders.withdraw(station, case=case, rec=rec, reason=given.get("withdraw_reason", ""))
    if name == "remind":
        return orders.remind(station, case=case, rec=rec, reason=given.get("remind_reason", ""))
    if name == "raise":
        to, why = given.get("raised_to", ""), given.get("raise_reason", "")
        return orders.raise_(station, case=case, rec=rec, to=to, reason=why)
    to, why = given.get("noticed_to", ""), given.get("notice_reason", "")
    return orders.notice(station, case=case, rec=rec, to=to, reason=why)
