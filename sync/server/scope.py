"""Who may see what, computed here from folded grants: cases born at the own station, and cases granted to it."""

from __future__ import annotations

from collections.abc import Iterable

from sync.contract.op import inst_of
from sync.server.clock import legal_day
from sync.server.ingest import NOBODY
from sync.server.storage.port import Tx


def grants_of(tx: Tx, station: str, now_ms: int) -> list[tuple[str, str]]:
    """(case, stream) of every case granted to a station today: not revoked, not past its last day."""
    rows = tx.rows(
        "SELECT DISTINCT case_rec, stream FROM case_grant WHERE station = ? AND revoked = 0"
        " AND (until = '' OR until >= ?) ORDER BY stream, case_rec",
        (station, legal_day(now_ms).isoformat()),
    )
    return [(str(case), str(stream)) for case, stream in rows]


def origins(tx: Tx, cases: Iterable[str]) -> dict[str, int]:
    """Number of the station where each case was born: that of the device owning the case's incarnation; -1 unknown."""
    wanted = set(cases)
    test, value = tx.among("i.inst", sorted({inst_of(case) for case in wanted}))
    found = {
        str(inst): int(no)
        for inst, no in tx.rows(
            f"SELECT i.inst, d.station_no FROM inst i JOIN device d ON d.id = i.device WHERE {test}", (value,)
        )
    }
    return {case: found.get(inst_of(case), NOBODY) for case in wanted}


def streams_of(tx: Tx, cases: Iterable[str]) -> dict[str, str]:
    """Stream of each case that is there."""
    wanted = sorted(set(cases))
    if not wanted:
        return {}
    test, value = tx.among("rec", wanted)
    return {
        str(rec): str(stream) for rec, stream in tx.rows(f"SELECT rec, stream FROM case_row WHERE {test}", (value,))
    }
