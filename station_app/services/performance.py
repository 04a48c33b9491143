"""Verbs after the agreement: payments instalment by instalment and payee by payee, failed transfers, return visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from station_app.domain.agreement.obligations import Duty, duties
from station_app.domain.case import Case, effective_date, number, text
from station_app.domain.checks import check_values
from station_app.domain.course import allowed
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.states import may_step

PAID, FAILED, PENDING = "paid", "failed", "pending"
_VISIT_FROM: Final = "visit_done"


@dataclass(frozen=True, slots=True)
class Due:
    """What one payee gets of one instalment and how much of it arrived, in 分; `failed`: the last one came back."""

    obligation: str
    party: str
    due: str
    amount: int
    paid: int
    failed: bool

    @property
    def left(self) -> int:
        """Still to be paid."""
        return max(0, self.amount - self.paid)


def dues(station: Station, *, case: str) -> list[Due]:
    """Every instalment of every payee of the agreement in force, in the order of rows and payees."""
    return dues_of(station.case(case))


def dues_of(view: Case) -> list[Due]:
    """As `dues`, from a case at hand."""
    rows: dict[tuple[str, str], list[Record]] = {}
    for record in view.kind("performance"):
        rows.setdefault((text(record, "obligation"), text(record, "party")), []).append(record)
    return [
        _due(duty, party, fen, rows.get((duty.rec, party), []))
        for duty in duties(view)
        for party, fen in duty.shares.items()
        if duty.money
    ]


def _due(duty: Duty, party: str, fen: int, rows: list[Record]) -> Due:
    paid = sum(number(r, "amount") for r in rows if text(r, "outcome") not in (FAILED, PENDING))
    failed = bool(rows) and text(rows[-1], "outcome") == FAILED
    return Due(duty.rec, party, duty.due, fen, paid, failed and paid < fen)


def pay(
    station: Station,
    *,
    case: str,
    obligation: str,
    parties: Mapping[str, int] | None = None,
    on: str = "",
    manner: str = "",
    outcome: str = PAID,
    note: str = "",
) -> Changes:
    """履行登记: what was paid on one instalment. `parties`: payee -> 分; None means everybody who is still owed.

    `outcome` `failed` for transfers that came back, `pending` for ones not verified. When everything is paid the case
    reaches 已履行 where its state allows. E-223 unknown instalment, E-211 who is no payee of it.
    """
    view = station.case(case)
    duty = next((d for d in duties(view) if d.rec == obligation), None)
    if duty is None:
        raise KnownError("E-223", what=obligation)
    owing = {d.party: d.left for d in dues_of(view) if d.obligation == obligation and d.left}
    given = dict(parties) if parties is not None else owing
    for party in given:
        if party not in duty.shares:
            raise KnownError("E-211", name=party, why="payee")
    day = on or station.clock.today().isoformat()
    common: Values = {"on": day, "manner": manner or duty.method or None, "outcome": outcome, "note": note or None}
    rows = [_row(station, {**common, "obligation": obligation, "party": p, "amount": fen}) for p, fen in given.items()]
    if not rows:
        return Changes(frozenset(), (), (), case)
    with station.write("perform") as tx:
        op = tx.op("perform", "content", case=case)
        for row in rows:
            op.new("performance", row)
        _follow(station, tx, case, day)
    return changes_of(tx, label="履行登记")


def done(station: Station, *, case: str, obligation: str, on: str = "", note: str = "") -> Changes:
    """A promise that is no payment was kept."""
    if all(d.rec != obligation for d in duties(station.case(case))):
        raise KnownError("E-223", what=obligation)
    day = on or station.clock.today().isoformat()
    row = _row(station, {"obligation": obligation, "on": day, "outcome": PAID, "note": note or None})
    with station.write("perform") as tx:
        tx.op("perform", "content", case=case).new("performance", row)
        _follow(station, tx, case, day)
    return changes_of(tx, label="履行登记")


def correct(station: Station, *, case: str, performance: str, values: Values) -> Changes:
    """Correct a payment on record, for example a transfer that came back later (`outcome` `failed`)."""
    view = station.case(case)
    record = view.state.records.get(performance)
    if record is None or record.kind != "performance":
        raise KnownError("E-223", what=performance)
    changed = {k: v for k, v in _row(station, values).items() if record.get(k) != v}
    if not changed:
        return Changes(frozenset(), (), (), case)
    with station.write("perform") as tx:
        tx.op("perform", "content", case=case).put(overwrite(record, changed))
        _follow(station, tx, case, station.clock.today().isoformat())
    return changes_of(tx, label="更正履行登记")


def plan_visit(station: Station, *, case: str, on: str) -> Changes:
    """计划回访: the day of the next return visit; "" takes the plan back. E-285 for a day that is over, E-244
    before it was accepted.
    """
    clean, errors = check_values("case", {"visit_on": on or None}, today=station.clock.today())
    if errors:
        raise errors[0].error
    day = clean.get("visit_on")
    if isinstance(day, str) and day < station.clock.today().isoformat():
        raise KnownError("E-285", field="case.visit_on")
    view = station.case(case)
    if view.get("visit_on") == day:
        return Changes(frozenset(), (), (), case)
    if day:
        allowed.guard(view, allowed.VISIT)
    with station.write("visit") as tx:
        tx.op("visit", "register", case=case).put(overwrite(view.record, {"visit_on": day}))
    return changes_of(tx, label="计划回访")


def visit(station: Station, *, case: str, values: Values, last: bool = False, next_on: str = "") -> Changes:
    """回访: one return visit; `last` also records that the visits are done where the state allows. A planned visit is
    done by it; `next_on` (YYYY-MM-DD) plans another one. E-285 for a visit in the future, E-244 as `plan_visit`,
    E-274 for a satisfaction told by who mediated the case.
    """
    clean, errors = check_values("visit", values, today=station.clock.today())
    if errors:
        raise errors[0].error
    clean = {"at": cases.moment(station), "visitor": station.user.person or None, **_given(clean)}
    if str(clean["at"]) > cases.moment(station):
        raise KnownError("E-285", field="visit.at")
    planned = check_values("case", {"visit_on": next_on or None}, today=station.clock.today())[0].get("visit_on")
    if clean.get("satisfaction"):
        from station_app.services.rounds import satisfaction

        satisfaction.guard_own(station, station.case(case))
    with station.write("visit") as tx:
        view = station.case(case, tx)
        allowed.guard(view, allowed.VISIT)
        tx.op("visit", "content", case=case).new("visit", clean)
        if view.get("visit_on") != planned:
            tx.op("visit", "register", case=case).put(overwrite(view.record, {"visit_on": planned}))
            view = station.case(case, tx)
        if last and may_step(_VISIT_FROM, view.case_state):
            under = "" if station.can(_VISIT_FROM) else "visit"
            cases.put_step(station, tx, view, _VISIT_FROM, at=str(clean["at"]), under=under)
    return changes_of(tx, label="回访")


def put_sums(tx: Tx, view: Case, *, verb: str, on: str) -> None:
    """The sums the district may read: agreed and performed, number of payees (no names), once the agreement stands."""
    line = next(iter(view.kind("sum_line")), None)
    effective = bool(effective_date(view))
    if line is None and not effective:
        return
    rows = dues_of(view)
    values: dict[str, Json] = {
        "agreed": number(view.agreement, "total") if effective else 0,
        "performed": sum(min(d.amount, d.paid) for d in rows),
        "payees": len({d.party for d in rows}),
    }
    if line is None:
        tx.op(verb, "register", case=view.id).new("sum_line", {"on": on, **values})
    elif any(line.get(name) != value for name, value in values.items()):
        tx.op(verb, "register", case=view.id).put(overwrite(line, {"on": on, **values}))


def all_kept(view: Case) -> bool:
    """True when every payment arrived whole and every other promise is on record as kept."""
    rows = duties(view)
    kept = {text(r, "obligation") for r in view.kind("performance") if text(r, "outcome") == PAID}
    return bool(rows) and all(not d.left for d in dues_of(view)) and all(r.money or r.rec in kept for r in rows)


def _follow(station: Station, tx: Tx, case: str, day: str) -> None:
    """Sums, and 已履行 when nothing is left."""
    view = station.case(case, tx)
    put_sums(tx, view, verb="perform", on=day)
    if all_kept(view) and may_step("perform_all", view.case_state):
        cases.put_step(station, tx, view, "perform_all", at=cases.moment_of(station, day))


def _row(station: Station, values: Values) -> Values:
    clean, errors = check_values("performance", values, today=station.clock.today())
    if errors:
        raise errors[0].error
    return _given(clean)


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}
