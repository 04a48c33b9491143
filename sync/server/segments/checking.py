"""Looking over what is kept of segments: lists for people, and whether each says what the ops say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import zstandard

from sync.contract.op import BadOp
from sync.contract.segment import MOST_BYTES, name_of
from sync.contract.wire import certificate_from_json, frames, unpack_message
from sync.server.keys import verify
from sync.server.segments import making
from sync.server.server import Server, note

_UNPACKED = 16 * MOST_BYTES


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment: whose it is, from which number of its stream (excluded) to which, how large, when it was made (ms)."""

    stream: str
    station: str
    low: int
    high: int
    ops: int
    size: int
    made: int
    id: str


def kept(server: Server) -> list[Kept]:
    """All segments."""
    with server.storage.read() as tx:
        rows = tx.rows(
            "SELECT g.stream, s.code, g.low, g.high, g.ops, g.size, g.made, g.id FROM segment g"
            " JOIN station s ON s.no = g.station_no ORDER BY g.stream, s.code, g.low"
        )
    return [Kept(*row) for row in rows]


def build(server: Server, *, again: bool = False) -> int:
    """Make what is due, or everything `again`; how many were made."""
    if again:
        server.storage.write(lambda tx: tx.run("DELETE FROM segment"))
        server.segments.looked.clear()
    made = making.keep_up(server)
    server.storage.write(lambda tx: note(tx, server.clock.now_ms(), "segments", str(made)))
    return made


def check(server: Server) -> list[tuple[Kept, str]]:
    """The segments with which something is wrong, and what: their bytes, their certificate, or the ops they hold."""
    found = ((segment, _wrong(server, segment)) for segment in kept(server))
    return [(segment, wrong) for segment, wrong in found if wrong]


def _wrong(server: Server, segment: Kept) -> str:
    with server.storage.read() as tx:
        row = tx.row(
            "SELECT g.data, s.no FROM segment g JOIN station s ON s.no = g.station_no"
            " WHERE g.stream = ? AND s.code = ? AND g.low = ?",
            (segment.stream, segment.station, segment.low),
        )
        if row is None:
            return ""  # taken out meanwhile
        ops = tx.rows(
            "SELECT header, body FROM op WHERE stream = ? AND rev > ? AND rev <= ? AND origin IN (0, ?) ORDER BY rev",
            (segment.stream, segment.low, segment.high, row[1]),
        )
    data = bytes(row[0])
    if name_of(data) != segment.id or len(data) != segment.size:
        return "bytes"
    try:
        plain = zstandard.ZstdDecompressor().decompress(data, max_output_size=_UNPACKED)
        head, batch = unpack_message(plain)
        held = list(frames(batch))
        names = _names(held)
        certificate = certificate_from_json(head.get("certificate"), names)
    except (zstandard.ZstdError, BadOp) as exc:
        return f"layout: {exc}"
    own = server.district
    if certificate.signer != own.device or not verify(own.server.public, certificate.signature, certificate.message()):
        return "certificate"
    stands = [(bytes(header), None if body is None else bytes(body)) for header, body in ops]
    return "" if _digest(held) == _digest(stands) else "ops"


def _names(held: list[tuple[bytes, bytes | None]]) -> dict[str, bytes]:
    from sync.contract.op import parse_header

    return {parse_header(header).id: header for header, _ in held}


def _digest(ops: list[tuple[bytes, bytes | None]]) -> bytes:
    found = hashlib.sha256()
    for header, body in ops:
        found.update(len(header).to_bytes(4, "big") + header)
        found.update(b"-" if body is None else len(body).to_bytes(4, "big") + body)
    return found.digest()
