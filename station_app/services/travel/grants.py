"""Verbs on grants: open a case to another station, and close it again (what was received there stays there)."""

from __future__ import annotations

from station_app.domain.dates import parse_date
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite


def grant(station: Station, *, case: str, station_code: str, reason: str, until: str = "") -> Changes:
    """Open a case to another station until a day (inclusive; "" without end); it travels with the next upload.

    E-216 without a station, E-408 without a reason, E-209 for a day that is none, E-404 by role.
    """
    code = station_code.strip()
    if not code or code == station.store.setting("station.code"):
        raise KnownError("E-216", field="grant.station")
    if not reason.strip():
        raise KnownError("E-408", step="grant")
    day = parse_date(until).isoformat() if until else ""
    view = station.case(case)
    with station.write("grant") as tx:
        op = tx.op("grant", "register", case=case)
        standing = [r for r in grants_of(view.state.of_kind("grant")) if r.get("station") == code]
        values = {"station": code, "until": day or None, "reason": reason.strip()}
        if standing:
            op.put(overwrite(standing[0], {**values}))
        else:
            op.new("grant", {**values})
    return changes_of(tx, label="授权其他站点办理")


def revoke(station: Station, *, case: str, rec: str, reason: str) -> Changes:
    """End a grant; E-223 where the case has no such grant, E-408 without a reason."""
    if not reason.strip():
        raise KnownError("E-408", step="grant")
    record = station.case(case).state.records.get(rec)
    if record is None or record.kind != "grant":
        raise KnownError("E-223", what=rec)
    with station.write("grant") as tx:
        tx.op("grant", "register", case=case).put(overwrite(record, {"revoked": True, "reason": reason.strip()}))
    return changes_of(tx, label="收回授权")


def grants_of(records: list[Record], today: str = "") -> list[Record]:
    """The grants that stand: not revoked, and (where a day is given) not past their last day."""
    return [
        r for r in records if not r.get("revoked") and not (today and r.get("until") and str(r.get("until")) < today)
    ]
