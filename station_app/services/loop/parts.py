"""协办单位 sign for their own part of an order: receipt, attendance, result, each in a record of their own.

The leading unit's answers stand in the order; a joint unit's never touch them, so two that sign with no network never
conflict. A record `order_part` belongs to one unit by its code.
"""

from __future__ import annotations

from station_app.domain.case import Case, names, text
from station_app.domain.checks import check_values
from station_app.services.cases import Values, moment
from station_app.services.changes import Changes
from station_app.services.loop import state
from station_app.services.loop.reach import name_of, own_code
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

STEPS = ("receive", "arrive", "resolve")


def is_joint(order: Record, code: str) -> bool:
    """Whether the station with this code is a joint unit of an order, not the leading one."""
    sent_to = names(order, "sent_to")
    return bool(code) and code in sent_to[1:] and sent_to[0] != code


def part_of(view: Case, order: Record, code: str) -> Record | None:
    """What a joint unit answered so far; None for nothing. Of two that two of its PCs made, the first counts."""
    found = [r for r in view.kind("order_part") if text(r, "order") == order.id and text(r, "code") == code]
    return found[0] if found else None


def parts_of(view: Case, order: Record) -> list[tuple[str, Record | None]]:
    """(name, answers) of the joint units that work with this program, as the order names them."""
    return [(text(part, "unit") or code, part) for code in names(order, "sent_to")[1:]
            for part in (part_of(view, order, code),)]  # fmt: skip


def state_of(part: Record | None, order: Record, *, confirmed: bool) -> str:
    """Where a joint unit stands: a code of order_states."""
    if order.get("withdrawn_at"):
        return state.WITHDRAWN
    for step, reached in (("resolve", state.RESOLVED), ("arrive", state.ARRIVED), ("receive", state.RECEIVED)):
        if part is not None and part.get(state.DONE_AT[step]):
            return reached
    return state.SENT if confirmed else state.UNSENT


def steps_of(part: Record | None, order: Record) -> tuple[str, ...]:
    """What a joint unit may do next."""
    if order.get("withdrawn_at"):
        return ()
    if part is None or not part.get("received_at"):
        return ("receive",)
    if part.get("resolved_at"):
        return ()
    return ("resolve",) if part.get("arrived_at") else ("arrive", "resolve")


def answer(station: Station, view: Case, order: Record, *, step: str, values: Values) -> Changes:
    """签收, 到场 or 办结 of the own part. E-370 out of order, E-371 twice, E-372 for a time before the step it follows
    or in the future.
    """
    code = own_code(station)
    part = part_of(view, order, code)
    field = state.DONE_AT[step]
    if part is not None and part.get(field):
        raise KnownError("E-371", step=step, at=text(part, field).replace("T", " "))
    if step not in steps_of(part, order):
        raise KnownError("E-370", step=step, at=state_of(part, order, confirmed=True))
    clean, errors = check_values("order_part", values, today=station.clock.today())
    if errors:
        raise errors[0].error
    now, before = moment(station), text(part, "received_at") or text(order, "issued_at")
    if clean[field] == now:
        clean[field] = max(now, before)
    at = str(clean[field])
    if at < before or at > max(now, before):
        raise KnownError("E-372", step=step, before=before.replace("T", " "))
    from station_app.domain import codes

    with station.write("order_answer") as tx:
        op = tx.op("order_answer", "register", case=view.id)
        if part is None:
            op.new("order_part", {"order": order.id, "code": code, "unit": name_of(station, code), **clean})
        else:
            op.put(overwrite(part, clean))
    return changes_of(tx, label=codes.label("order_steps", step))
