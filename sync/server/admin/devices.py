"""Devices as the district sees them: listed, and revoked with a reason (their ops are kept, shown to nobody)."""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.server.own import OwnOp
from sync.server.projection.reference import folded
from sync.server.server import Server, note
from sync.server.storage.port import Row, Tx


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


def all_devices(server: Server) -> list[DeviceRow]:
    """Every device ever enrolled, by station."""
    with server.storage.read() as tx:
        rows = tx.rows(
            "SELECT d.id, s.code, d.name, d.program, d.enrolled, d.seen, d.wall, d.until, d.revoked, d.reason"
            " FROM device d JOIN station s ON s.no = d.station_no ORDER BY s.code, d.enrolled, d.id"
        )
    return [_row(row) for row in rows]


def _row(row: Row) -> DeviceRow:
    device, station, name, program, enrolled, seen, clock_ms, until, revoked, reason = row
    times = {"enrolled": enrolled, "seen": seen, "clock_ms": clock_ms, "until": until}
    return DeviceRow(device, station, name, program, **times, revoked=bool(revoked), reason=reason)


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
