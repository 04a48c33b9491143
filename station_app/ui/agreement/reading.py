"""What the agreement page shows, read in one go; and the rows it writes back."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain.agreement.grid import Grid
from station_app.domain.agreement.obligations import Duty, duties
from station_app.domain.case import Case, number
from station_app.domain.checks import FieldError
from station_app.services import agreements, signing
from station_app.services.cases import Values
from station_app.services.signing import Status
from station_app.services.station import Station


@dataclass(slots=True)
class Look:
    """A case with its agreement: the payments as a grid, all other promises, findings, and how far the signing is."""

    case: Case
    grid: Grid
    payments: list[Duty]
    others: list[Duty]
    owed: int
    findings: list[FieldError]
    status: Status | None


def look(station: Station, rec: str) -> Look:
    """Read it (read lane)."""
    view = station.case(rec)
    if view.agreement is None:
        return Look(view, Grid((), ()), [], [], _owed(view), [], None)
    rows = duties(view)
    return Look(
        view,
        agreements.grid_of(station, case=rec),
        [d for d in rows if d.money],
        [d for d in rows if not d.money],
        _owed(view),
        agreements.check(station, case=rec),
        signing.status(station, case=rec),
    )


def _owed(view: Case) -> int:
    """What the roster says is owed in all, else the sum of the case."""
    owed = sum(v for p in view.parties if p.wage and isinstance(v := p.wage.get("owed"), int))
    amount = view.get("amount")
    return owed or (amount if isinstance(amount, int) else 0)


def last_filled(view: Case, grid: Grid) -> Grid:
    """末期补齐: the last instalment takes what the roster says is left of each. Errors as `Grid.with_last_filled`."""
    owed = {p.id: number(p.wage, "owed") for p in view.parties}
    return grid.with_last_filled([owed.get(p) or sum(grid.cells[i]) for i, p in enumerate(grid.payees)])


def other_row(duty: Duty) -> Values:
    """A promise that is no payment, as `set_obligations` takes it."""
    row: Values = {
        "kind": duty.kind,
        "payers": list(duty.payers),
        "shares": dict(duty.shares),
        "what": duty.what,
        "due": duty.due or None,
        "consequence": duty.consequence or None,
    }
    return row
