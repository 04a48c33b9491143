"""Devices as the district sees them: listed, and revoked with a reason (their ops are kept, shown to nobody)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.server.clock import DAY_MS
from sync.server.own import OwnOp
from sync.server.projection.reference import folded
from sync.server.server import REPORT, Server, note
from sync.server.storage.port import Row, Tx

CLOCK_LIMIT_MS: Final = 5 * 60 * 1000
LEAST_FREE_GB: Final = 2


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device. Times in ms, 0 for never; `clock_ms`: how far its clock was ahead at the last hello."""

    device: str
    station: str
    name: str
    program: str
    enrolled: int
    seen: int
    clock_ms: int
    until: int
    revoked: bool
    reason: str
    version: str = ""
    free_gb: int = -1
    waiting: int = -1
    """As the PC said itself at its last full hello; -1 where it never did."""
    fell: str = ""
    """The version that did not start there and was gone back from, "" for none."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """What somebody should look at: `clock` off by five minutes, `disk` below 2 GB, an `update` that did not
        start; none for a revoked device.
        """
        if self.revoked:
            return ()
        found: tuple[str, ...] = ("clock",) if abs(self.clock_ms) > CLOCK_LIMIT_MS else ()
        found += ("disk",) if 0 <= self.free_gb < LEAST_FREE_GB else ()
        return found + (("update",) if self.fell else ())


def all_devices(server: Server, *, station: str = "", silent_days: int = 0) -> list[DeviceRow]:
    """Every device ever enrolled, by station; of one station, or those not heard of for so many days."""
    with server.storage.read() as tx:
        rows = tx.rows(
            "SELECT d.id, s.code, d.name, d.program, d.enrolled, d.seen, d.wall, d.until, d.revoked, d.reason"
            " FROM device d JOIN station s ON s.no = d.station_no ORDER BY s.code, d.enrolled, d.id"
        )
        told = {
            str(key).removeprefix(REPORT): json.loads(str(value))
            for key, value in tx.rows("SELECT key, value FROM meta WHERE key LIKE ?", (REPORT + "%",))
        }
    found = [_row(row, told.get(str(row[0]), {})) for row in rows]
    since = server.clock.now_ms() - silent_days * DAY_MS if silent_days else None
    return [
        d
        for d in found
        if (not station or d.station == station) and (since is None or (d.seen < since and not d.revoked))
    ]


def bare(server: Server) -> list[tuple[str, str]]:
    """(code, name) of the stations where no device works yet."""
    with server.storage.read() as tx:
        rows = tx.rows(
            "SELECT s.code, s.name FROM station s WHERE NOT EXISTS (SELECT 1 FROM device d WHERE d.station_no = s.no"
            " AND d.revoked = 0) ORDER BY s.code"
        )
    return [(str(code), str(name)) for code, name in rows]


def _row(row: Row, told: dict[str, Any]) -> DeviceRow:
    device, station, name, program, enrolled, seen, clock_ms, until, revoked, reason = row
    times = {"enrolled": enrolled, "seen": seen, "clock_ms": clock_ms, "until": until}
    said = {"version": told.get("v", ""), "free_gb": told.get("free", -1), "waiting": told.get("waiting", -1)}
    said["fell"] = told.get("fell", "")
    return DeviceRow(device, station, name, program, **times, revoked=bool(revoked), reason=reason, **said)


def revoke(server: Server, *, device: str, reason: str) -> None:
    """Revoke a device at once: it reads nothing more. E-223 unknown, E-408 without a reason."""
    if not reason.strip():
        raise KnownError("E-408")
    now = server.clock.now_ms()

    def work(tx: Tx) -> None:
        row = tx.row(
            "SELECT d.rec, s.stream FROM device d JOIN station s ON s.no = d.station_no WHERE d.id = ?", (device,)
        )
        if row is None:
            raise KnownError("E-223", what=device)
        tx.run(
            "UPDATE device SET revoked = 1, reason = ?, changed = ? WHERE id = ?",
            (reason.strip(), now, device),
        )
        record = folded(tx, str(row[0]))
        if record is not None:
            change = overwrite(record, {"revoked": True, "revoked_reason": reason.strip()})
            server.chain.publish(tx, [OwnOp(str(row[1]), "set_device", [change])], wall=now)
        note(tx, now, "device revoke", device)

    server.storage.write(work)
