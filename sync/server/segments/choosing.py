"""Which segments a reader is told of: those that join up from its place on, where they save more than they repeat."""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.segment import MOST_LISTED, Segment
from sync.server.storage.port import Tx


@dataclass(frozen=True, slots=True)
class Found:
    """`take`: the segments to fetch. `up_to`: where there are none here but some further on, pages are to end there."""

    take: tuple[Segment, ...] = ()
    up_to: int = 0


def segments(tx: Tx, station_no: int, stream: str, cursor: int) -> Found:
    """What a PC of a station that stands at `cursor` should take of a stream instead of pages."""
    rows = tx.rows(
        "SELECT id, low, high, ops, size FROM segment WHERE stream = ? AND station_no = ? AND high > ?"
        " ORDER BY low LIMIT ?",
        (stream, station_no, cursor, MOST_LISTED),
    )
    chain: list[Segment] = []
    for id_, low, high, ops, size in rows:
        if chain and low != chain[-1].high:
            break
        chain.append(Segment(str(id_), int(low), int(high), int(ops), int(size)))
    if not chain:
        return Found()
    first = chain[0]
    if first.low > cursor:
        return Found(up_to=first.low)
    if (cursor - first.low) * 2 <= first.high - first.low:
        return Found(tuple(chain))
    return Found(up_to=first.high)
