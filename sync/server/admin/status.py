"""What the district holds, in figures and lists: status, cases, problems."""

from __future__ import annotations

from sync.contract.canonical import Json
from sync.server.server import EPOCH, Server, meta
from sync.server.storage.port import Tx

CASE_KEYS = (
    "rec stream station title service channel type labour place people amount state colour number found_at"
    " registered_at accepted_at resolved_at confirmed_at fedback_at applicants respondents conflicts discarded demo"
).split()
_FLAGS = frozenset({"labour", "discarded", "demo"})


def status(server: Server) -> dict[str, Json]:
    """Figures of the district; times in ms."""
    with server.storage.read() as tx:
        return {
            "district": server.district.name,
            "device": server.district.device,
            "epoch": int(meta(tx, EPOCH, "1")),
            "database": server.storage.dialect,
            "time": server.clock.now_ms(),
            "communities": _count(tx, "SELECT count(*) FROM stream"),
            "stations": _count(tx, "SELECT count(*) FROM station"),
            "devices": _count(tx, "SELECT count(*) FROM device WHERE revoked = 0"),
            "revoked": _count(tx, "SELECT count(*) FROM device WHERE revoked = 1"),
            "ops": _count(tx, "SELECT count(*) FROM op"),
            "blobs": _count(tx, "SELECT count(*) FROM blob"),
            "blob_bytes": _count(tx, "SELECT coalesce(sum(size), 0) FROM blob"),
            "streams": {str(c): int(r) for c, r in tx.rows("SELECT code, rev FROM stream WHERE rev > 0 ORDER BY code")},
            "cases": _count(tx, "SELECT count(*) FROM case_row WHERE discarded = 0"),
            "states": {
                str(state): int(n)
                for state, n in tx.rows(
                    "SELECT coalesce(state, ''), count(*) FROM case_row WHERE discarded = 0 GROUP BY 1 ORDER BY 1"
                )
            },
            "papers": _count(tx, "SELECT count(*) FROM paper_mark"),
            "numbers": _count(tx, "SELECT count(*) FROM number_row"),
            "clashes": _count(tx, "SELECT count(*) FROM number_row WHERE clash = 1"),
            "problems": _count(tx, "SELECT count(*) FROM problem WHERE settled = 0"),
            "last_contact": _count(tx, "SELECT coalesce(max(seen), 0) FROM device"),
        }


def _count(tx: Tx, sql: str) -> int:
    row = tx.row(sql)
    return int(row[0]) if row else 0


def cases(server: Server, *, station: str = "") -> list[dict[str, Json]]:
    """Register facts of every case (of one station), oldest first; amounts in 分; absent facts are null."""
    where, values = ("WHERE station = ? ", (station,)) if station else ("", ())
    with server.storage.read() as tx:
        rows = tx.rows(
            f"SELECT {', '.join(CASE_KEYS)} FROM case_row {where}ORDER BY coalesce(registered_at, found_at, ''), rec",
            values,
        )
    return [
        {name: bool(value) if name in _FLAGS else value for name, value in zip(CASE_KEYS, row, strict=True)}
        for row in rows
    ]


def problems(server: Server, *, settled: bool = False) -> list[dict[str, Json]]:
    """What was stored but cannot be applied, newest first."""
    with server.storage.read() as tx:
        rows = tx.rows(
            "SELECT op, code, detail, stream, case_rec, device, at FROM problem WHERE settled = ? ORDER BY at DESC, op",
            (int(settled),),
        )
    keys = ("op", "code", "detail", "stream", "case", "device", "at")
    return [dict(zip(keys, row, strict=True)) for row in rows]
