"""Verbs on orders (社区发令): issue, receive, arrive, resolve, rate; supervise, raise, notify; withdraw.

What the receiver answers stands in units of its own, so that a receipt signed with no network never conflicts with what
the community writes meanwhile. Limits come from the rules pack, else from the person, else there are none.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, names, number, text
from station_app.domain.checks import check_values
from station_app.domain.course import allowed
from station_app.domain.rules import load_rules
from station_app.services.cases import Values, moment
from station_app.services.changes import Changes
from station_app.services.loop import parts, state
from station_app.services.loop.reach import code_of, confirmed, own_code, share, unshare
from station_app.services.paperwork.numbers import record_values
from station_app.services.station import Station, changes_of
from station_app.store import numbers
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

GIVEN: Final = (
    "level", "matter", "place", "people", "lead", "joint", "issuer", "attend_rank", "report_by", "resolve_by",
)  # fmt: skip
"""What a person says of an order; the rest the program writes."""
_LOW: Final = frozenset({"1", "2"})
"""Ratings that need a word of why."""
_WAITS: Final = {"remind": "order.remind_after", "raise": "order.raise_after", "notice": "order.notice_after"}
"""Step -> hours after the step before it (of 督办: after the limit) that the pack asks for."""


def issue(station: Station, *, case: str, values: Values) -> Changes:
    """发令: to the leading unit and the joint ones; those that work with this program are granted the case with it.

    `values`: fields of GIVEN. E-216 without matter or lead; E-372 for limits that lie before the order or cross;
    E-306 without a number series; E-244 for a case that is done with. Limits that are not given come from the pack,
    counted from now, or stay open.
    """
    given = _clean(station, values)
    for name in ("matter", "lead"):
        if not given.get(name):
            raise KnownError("E-216", field=f"order.{name}")
    view, at = station.case(case), moment(station)
    allowed.guard(view, allowed.ORDER)
    filled = {**defaults(station, view), **given, "issued_at": at}
    _check_limits(filled, at)
    sent_to = _sent_to(station, view, filled)
    filled["sent_to"] = list(sent_to)
    year = station.clock.today().year
    with station.write("order") as tx:
        drawn = numbers.draw(
            station.store, tx.con, short=station.store.setting("committee.short"), kind="order", year=year
        )
        printed = drawn.text(brackets=station.store.setting("number.brackets") or "（）")
        op = tx.op("order", "register", case=case)
        op.new("order", {"no": printed, **{n: v for n, v in filled.items() if v not in (None, "", [])}})
        op.new("number", record_values(drawn, printed))
        share(station, tx, view, sent_to, reason=f"社区发令 {printed}")
    return changes_of(tx, label="发令")


def _sent_to(station: Station, view: Case, values: Values) -> list[str]:
    """The codes of the units that work with this program: the leading one first ("" where it does not), then the joint
    ones; [] where none does, or where the case may not be opened to them.
    """
    joint = values.get("joint")
    others = [code_of(station, view, str(name)) for name in joint] if isinstance(joint, list) else []
    lead = code_of(station, view, str(values["lead"]))
    found = [lead, *(code for code in dict.fromkeys(others) if code not in ("", lead))]
    return found if any(found) else []


def defaults(station: Station, view: Case) -> Values:
    """What an order begins with: place and people of the case, who gives it, and the limits the pack sets from now."""
    rules, at = load_rules(), moment(station)
    rank = rules.setting("order.attend_rank").value
    found: Values = {
        "place": text(view.record, "place") or None,
        "people": number(view.record, "people") or None,
        "issuer": station.store.setting("station.name") or None,
        "attend_rank": rank if isinstance(rank, str) else None,
    }
    if minutes := rules.count("order.report_in"):
        found["report_by"] = state.after(at, minutes=minutes)
    if hours := rules.count("order.resolve"):
        found["resolve_by"] = state.after(at, minutes=60 * hours)
    return {name: value for name, value in found.items() if value is not None}


def unset_limits(order: Record) -> list[str]:
    """The limits an order does not have, because neither the pack nor the person set them: fields of the catalogue."""
    return [name for name in ("report_by", "resolve_by") if not order.get(name)]


def receive(station: Station, *, case: str, rec: str, by: str = "", at: str = "") -> Changes:
    """签收 by the leading unit; works with no network and travels with the next upload. `by`: who signed.

    E-370 out of order, E-371 twice, E-372 for a time before the order or in the future, E-377 by another station.
    """
    values: Values = {"received_at": at or moment(station), "received_by": by.strip() or station.user.name}
    return _answer(station, case, rec, step="receive", values=values)


def arrive(
    station: Station, *, case: str, rec: str, by: str, rank: str, at: str = "", late_reason: str = ""
) -> Changes:
    """到场: who came, with which rank, E-216 without; E-374 past the limit without a reason; else as `receive`."""
    for name, said in (("arrived_by", by), ("arrived_rank", rank)):
        if not said.strip():
            raise KnownError("E-216", field=f"order.{name}")
    values: Values = {"arrived_at": at or moment(station), "arrived_by": by.strip(), "arrived_rank": rank.strip()}
    return _answer(station, case, rec, step="arrive", values=values, late_reason=late_reason)


def resolve(station: Station, *, case: str, rec: str, result: str, at: str = "", late_reason: str = "") -> Changes:
    """办结反馈: what was done. E-216 without it; E-374 past the limit without a reason; else as `receive`."""
    if not result.strip():
        raise KnownError("E-216", field="order.result")
    values: Values = {"resolved_at": at or moment(station), "result": result.strip()}
    return _answer(station, case, rec, step="resolve", values=values, late_reason=late_reason)


def rate(station: Station, *, case: str, rec: str, rating: str, note: str = "") -> Changes:
    """社区评价 of the result, by the side that gave the order. E-217 unknown rating; E-216 a low one without a word.

    E-377 by a receiver; E-370 before there is a result, E-371 twice.
    """
    order = find(station, case, rec)
    if rating in _LOW and not note.strip():
        raise KnownError("E-216", field="order.rating_note")
    values: Values = {"rating": rating, "rating_note": note.strip() or None}
    return _by_giver(station, case, order, step="rate", values=values)


def remind(station: Station, *, case: str, rec: str, reason: str) -> Changes:
    """督办: only of an order that is late (E-373), with its reason (E-216); E-370, E-371 out of order."""
    order = find(station, case, rec)
    return _chase(station, case, order, step="remind", values={"remind_reason": reason})


def raise_(station: Station, *, case: str, rec: str, to: str, reason: str) -> Changes:
    """提级 to a higher unit, after 督办; as `remind`. E-216 without the unit."""
    order = find(station, case, rec)
    return _chase(station, case, order, step="raise", values={"raised_to": to, "raise_reason": reason})


def notice(station: Station, *, case: str, rec: str, to: str, reason: str) -> Changes:
    """通报 within a circle, after 提级; as `remind`. E-216 without whom it goes to."""
    order = find(station, case, rec)
    return _chase(station, case, order, step="notice", values={"noticed_to": to, "notice_reason": reason})


def withdraw(station: Station, *, case: str, rec: str, reason: str) -> Changes:
    """撤回 before it was received, with a reason (E-216); the number stays used, and the case is closed to
    those it was opened to for this order. E-370 once it was received."""
    if not reason.strip():
        raise KnownError("E-216", field="order.withdraw_reason")
    order = find(station, case, rec)
    values: Values = {"withdrawn_at": moment(station), "withdraw_reason": reason.strip()}
    return _by_giver(station, case, order, step="withdraw", values=values, close=names(order, "sent_to"))


def chase_from(order: Record, step: str) -> str:
    """From which moment the pack allows 督办, 提级 or 通报; "" where what the step waits for is not there."""
    earlier = {"remind": "", "raise": "reminded_at", "notice": "raised_at"}[step]
    start = text(order, earlier) if earlier else state.late_since(order, "9999")
    hours = load_rules().count(_WAITS[step])
    return state.after(start, minutes=60 * hours) if start else ""


def find(station: Station, case: str, rec: str) -> Record:
    """An order of a case; E-223 where there is none."""
    record = station.case(case).state.records.get(rec)
    if record is None or record.kind != "order" or record.get("removed"):
        raise KnownError("E-223", what=rec)
    return record


def _answer(station: Station, case: str, rec: str, *, step: str, values: Values, late_reason: str = "") -> Changes:
    order = find(station, case, rec)
    if parts.is_joint(order, own_code(station)):
        return parts.answer(station, station.case(case), order, step=step, values=values)
    if not state.answered_by(order, own_code(station)):
        raise KnownError("E-377", step=step, who=text(order, "lead"))
    _in_order(order, step)
    clean = _clean(station, values)
    field, before, now = state.DONE_AT[step], text(order, state.DONE_AT[state.BEFORE[step]]), moment(station)
    if clean[field] == now:
        clean[field] = max(now, before)  # a clock that is slow here, or fast there, keeps nobody from signing
    at = str(clean[field])
    if at < before or at > max(now, before):
        raise KnownError("E-372", step=step, before=before.replace("T", " "))
    limit = {"arrive": "report_by", "resolve": "resolve_by"}.get(step, "")
    if limit and state.passed(order, limit, at):
        if not late_reason.strip() and not text(order, "late_reason"):
            raise KnownError("E-374", limit=text(order, limit).replace("T", " "))
        if late_reason.strip():
            clean["late_reason"] = late_reason.strip()
    return _put(station, case, order, verb="order_answer", step=step, values=clean)


def _by_giver(
    station: Station, case: str, order: Record, *, step: str, values: Values, close: list[str] | None = None
) -> Changes:
    if state.is_to(order, own_code(station)):
        raise KnownError("E-377", step=step, who=text(order, "issuer"))
    _in_order(order, step)
    return _put(station, case, order, verb="order", step=step, values=_clean(station, values), close=close)


def _chase(station: Station, case: str, order: Record, *, step: str, values: Values) -> Changes:
    for name, said in values.items():
        if not str(said or "").strip():
            raise KnownError("E-216", field=f"order.{name}")
    _in_order(order, step)
    now = moment(station)
    if not state.late(order, now, confirmed=confirmed(station, order.id)):
        raise KnownError("E-373", step=step)
    may_from = chase_from(order, step)
    if may_from > now:
        raise KnownError("E-373", step=step, at=may_from.replace("T", " "))
    at = state.DONE_AT[step]
    return _by_giver(station, case, order, step=step, values={at: now, **values})


def _in_order(order: Record, step: str) -> None:
    if state.done(order, step):
        raise KnownError(
            "E-371", step=step, at=text(order, state.DONE_AT[step]).replace("T", " ") if step != "rate" else ""
        )
    if not state.may(order, step):
        raise KnownError("E-370", step=step, at=state.state_of(order, confirmed=True))


def _put(
    station: Station, case: str, order: Record, *, verb: str, step: str, values: Values, close: list[str] | None = None
) -> Changes:
    from station_app.domain import codes

    with station.write(verb) as tx:
        tx.op(verb, "register", case=case).put(overwrite(order, values))
        for code in close or ():
            unshare(tx, station.case(case), code=code, but=order.id)
    return changes_of(tx, label=codes.label("order_steps", step))


def _check_limits(values: Values, at: str) -> None:
    report, result = str(values.get("report_by") or ""), str(values.get("resolve_by") or "")
    if (report and report < at) or (result and result < (report or at)):
        raise KnownError("E-379", at=at.replace("T", " "))


def _clean(station: Station, values: Values) -> Values:
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    unknown = set(given) - set(KINDS["order"].fields)
    if unknown:
        raise KnownError("E-214", key=sorted(unknown)[0], where="发令单")
    clean, errors = check_values("order", given, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean


def joint_of(order: Record) -> str:
    """The joint units in one line."""
    return "、".join(names(order, "joint"))
