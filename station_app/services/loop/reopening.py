"""恢复办理: a closed case is taken up again; why, at whose wish and from which end stay on record, and make a paper."""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from sync.contract.errors import KnownError

KIND: Final = "reopening"


def reopen(station: Station, *, case: str, reason: str, asked_by: str = "", at: str = "") -> Changes:
    """恢复办理, now or recorded later (`at`, YYYY-MM-DDTHH:MM): the case is accepted again, what was done stays.

    E-408 without a reason, E-405 where the case is not closed, E-285 for a time to come, else as `cases.put_step`.
    """
    with station.write("reopen") as tx:
        put(station, tx, station.case(case), reason=reason, asked_by=asked_by, at=at)
    return changes_of(tx, label="恢复办理")


def put(station: Station, tx: Tx, view: Case, *, reason: str, asked_by: str, at: str) -> None:
    """The step and its record in one group."""
    when, before = at or cases.moment(station), view.case_state
    if when > cases.moment(station):
        raise KnownError("E-285", field="reopening.at")
    cases.put_step(station, tx, view, "reopen", at=when, reason=reason)
    values: Values = {"at": when, "from": before, "reason": reason.strip(), "asked_by": asked_by.strip() or None}
    values["by"] = station.user.person or None
    tx.op("reopen", "content", case=view.id).new(KIND, values)
