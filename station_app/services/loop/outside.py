"""Units that do not work with this program, at an order: whom to call, and what they answered by paper.

What is noted is the word of who notes it. It is no receipt: state, attendance and limits of the order follow from what
units of the program sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain.case import Case, text
from station_app.domain.checks import check_values
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.loop import orders, reach
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

KIND = "order_outside"


@dataclass(frozen=True, slots=True)
class Outside:
    """One unit: whom to call, and its answer by paper (`answered_on` "" while there is none)."""

    rec: str
    unit: str
    contact: str
    phone: str
    answered_on: str
    answered_by: str
    answer: str


def note(station: Station, *, case: str, order: str, values: Values) -> Changes:
    """登记外单位: `unit` with contact, telephone and, once it came, the answer by paper; one noted before is corrected.

    E-216 without a unit, or an answer without words; E-294 for a unit that works with this program; E-209 … as the
    catalogue says.
    """
    view, record = station.case(case), orders.find(station, case, order)
    given = {n: v.strip() if isinstance(v, str) else v for n, v in values.items()}
    given = {n: v for n, v in given.items() if v not in (None, "")}
    unit = str(given.get("unit") or "")
    if not unit:
        raise KnownError("E-216", field=f"{KIND}.unit")
    if reach.code_of(station, view, unit):
        raise KnownError("E-294", unit=unit)
    if (given.get("answered_on") or given.get("answered_by")) and not given.get("answer"):
        raise KnownError("E-216", field=f"{KIND}.answer")
    if given.get("answer"):
        given.setdefault("answered_on", station.clock.today().isoformat())
    clean, errors = check_values(KIND, given, today=station.clock.today())
    if errors:
        raise errors[0].error
    clean = {name: value for name, value in clean.items() if value is not None}
    before = next((r for r in _of(view, record) if text(r, "unit") == unit), None)
    changed = {n: v for n, v in clean.items() if before is not None and before.get(n) != v}
    if before is not None and not changed:
        return Changes(frozenset(), (), (), case)
    with station.write("order") as tx:
        op = tx.op("order", "register", case=case)
        if before is None:
            op.new(KIND, {"order": record.id, "by": station.user.person or None, **clean})
        else:
            op.put(overwrite(before, changed))
    return changes_of(tx, label="登记外单位")


def of_order(view: Case, order: Record) -> tuple[Outside, ...]:
    """The units noted at an order, as they were noted."""
    names = ("unit", "contact", "phone", "answered_on", "answered_by", "answer")
    return tuple(Outside(r.id, *(text(r, name) for name in names)) for r in _of(view, order))


def _of(view: Case, order: Record) -> list[Record]:
    return [r for r in view.kind(KIND) if text(r, "order") == order.id]


def words(unit: Outside) -> str:
    """“区供电局　张工　0755-…　11-21 书面答复：…” in one line."""
    parts = [unit.unit, unit.contact, unit.phone]
    parts.append(f"{unit.answered_on}书面答复：{unit.answer}" if unit.answered_on else "尚无书面答复")
    return "　".join(p for p in parts if p)
