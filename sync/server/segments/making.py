"""Making segments: what every PC of a station may read of its stream, packed once, certified as a page is.

A segment holds ops about no case and ops of cases born at the station, never those that rest on a grant: who may read
it is then the station alone, and a grant that ends changes nothing in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import zstandard

from sync.contract.segment import Segment, name_of
from sync.server import pull
from sync.server.pull import Page
from sync.server.segments.state import QUIET_MS
from sync.server.server import Server
from sync.server.storage.port import Tx

LEVEL: Final = 12
"""Of zstd: made once and fetched many times, also over weak lines."""
_COUNT: Final = (
    "SELECT count(*), count(body), coalesce(sum(length(header) + coalesce(length(body), 0) + 8), 0) FROM op"
    " WHERE stream = ? AND rev > ? AND rev <= ? AND origin IN (0, ?)"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a stream without a segment: beyond `low` up to `high`; `closed`: another segment begins there."""

    low: int
    high: int
    closed: bool


def idle(server: Server) -> bool:
    """Make one segment that is due, unless somebody pushed a moment ago; whether there may be more to do."""
    if server.clock.now_ms() - server.segments.pushed_ms < QUIET_MS:
        return False
    return any(make_next(server, stream=stream, station_no=no) for stream, no in readers(server))


def keep_up(server: Server) -> int:
    """Make every segment that is due; how many."""
    made = 0
    for stream, no in readers(server):
        while make_next(server, stream=stream, station_no=no) is not None:
            made += 1
    return made


def readers(server: Server) -> list[tuple[str, int]]:
    """(stream, station number) of every station."""
    with server.storage.read() as tx:
        return [(str(s), int(n)) for s, n in tx.rows("SELECT stream, no FROM station ORDER BY stream, no")]


def make_next(server: Server, *, stream: str, station_no: int) -> Segment | None:
    """The next segment of a station's stream, where enough lies beyond the last one or one was taken out; else None."""
    shelf = server.segments
    with server.storage.read() as tx:
        gap = _gap(tx, stream, station_no)
        if not (gap.closed or _grown(tx, server, (stream, station_no), gap)):
            return None
        page = pull.of_station(tx, station_no, stream, (gap.low, gap.high), limit=shelf.size, rows=shelf.ops)
    if not page.rows or not (page.more or gap.closed):
        return None
    page.cursor, page.more = (page.cursor if page.more else gap.high), True
    shelf.looked.pop((stream, station_no), None)
    return _keep(server, stream, station_no, (gap.low, page))


def _gap(tx: Tx, stream: str, station_no: int) -> Gap:
    # the end is read first: what is numbered up to it is committed
    row = tx.row("SELECT rev FROM stream WHERE code = ?", (stream,))
    low = 0
    spans = tx.rows(
        "SELECT low, high FROM segment WHERE stream = ? AND station_no = ? ORDER BY low", (stream, station_no)
    )
    for begins, ends in spans:
        if begins > low:
            return Gap(low, int(begins), closed=True)
        low = int(ends)
    return Gap(low, int(row[0]) if row else 0, closed=False)


def _grown(tx: Tx, server: Server, reader: tuple[str, int], gap: Gap) -> bool:
    """Whether a whole segment lies in what has come; counted from where it was counted to before."""
    shelf = server.segments
    low, at, ops, size = shelf.looked.get(reader, (-1, 0, 0, 0))
    if low != gap.low or at > gap.high:  # other segments than before: made, taken out, or the server was restored
        at, ops, size = gap.low, 0, 0
    if at < gap.high:
        row = tx.row(_COUNT, (reader[0], at, gap.high, reader[1])) or (0, 0, 0)
        ops, size = ops + int(row[0]), size + int(row[2])
    shelf.looked[reader] = (gap.low, gap.high, ops, size)
    return ops > shelf.ops or (size > shelf.size and ops > 1)


def _keep(server: Server, stream: str, station_no: int, made: tuple[int, Page]) -> Segment | None:
    """Store it, unless a body was erased meanwhile. An erasure holds the stream's row, as this does."""
    low, page = made
    data = zstandard.ZstdCompressor(level=LEVEL).compress(pull.answer(server.district, page))
    segment = Segment(name_of(data), low, page.cursor, len(page.rows), len(data))
    bodies = sum(row[5] is not None for row in page.rows)

    def work(tx: Tx) -> bool:
        tx.row(f"SELECT rev FROM stream WHERE code = ?{tx.locked}", (stream,))
        row = tx.row(_COUNT, (stream, low, page.cursor, station_no))
        if row is None or (int(row[0]), int(row[1])) != (segment.ops, bodies):
            return False
        values = (stream, station_no, low, segment.high, segment.id, segment.ops, segment.size)
        tx.run(
            "INSERT INTO segment VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(stream, station_no, low) DO NOTHING",
            (*values, server.clock.now_ms(), data),
        )
        return True

    return segment if server.storage.write(work) else None


def forget(tx: Tx, *, stream: str, rev: int) -> int:
    """Take out the segments that hold an op of which the body is erased, in the transaction that erases it; how many.

    They are made again without it, in the same places.
    """
    return tx.run("DELETE FROM segment WHERE stream = ? AND low < ? AND high >= ?", (stream, rev, rev))
