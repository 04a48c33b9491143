"""Putting checked ops into a stream: server numbers, bulk insert, certificate, projections, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sync.contract.canonical import dumps
from sync.contract.chain import Run
from sync.contract.op import Change, Op
from sync.contract.wire import b64
from sync.server import projection
from sync.server.erasure import standing
from sync.server.storage.port import Tx

EVERYONE = 0
"""Origin of what all readers of a stream may see: reference data and ops about no case."""
NEWER = "E-125"
"""Problem of an op of a later program, which this one keeps and passes on and cannot judge."""
WAITS = "E-186"
"""Problem of an op about a case that is not here (yet): kept, and judged when the case comes (`relay.waiting`)."""
NOBODY = -1
"""Origin of what is kept but shown to nobody: ops of a revoked device, ops on a case the server cannot place."""

_COLUMNS = ("stream", "rev", "inst", "seq", "case_rec", "origin", "compartment", "cert", "before", "header", "body")


@dataclass(slots=True)
class Placed:
    """An op on its way into the database.

    `before`: the head before it; `changes`: None where the body is sealed; `stream`: where it is kept; `origin`: number
    of the station that may read it, EVERYONE or NOBODY; `denied`: the code of a verdict "no", or ""; `problem`: code
    of an entry of the problem list, or ""; `device`: who made it; `cert`: key of the certificate that vouches for it;
    `rev`: the server's number, given by `store`.
    """

    op: Op
    before: bytes
    changes: tuple[Change, ...] | None
    stream: str
    origin: int
    denied: str = ""
    problem: str = ""
    detail: str = ""
    device: str = ""
    cert: bytes = b""
    rev: int = 0


def store(tx: Tx, items: Sequence[Placed], look: Callable[[Placed], None] | None = None) -> None:
    """Number, insert and project. Streams are locked in sorted order and held to commit, so that what becomes visible
    first has the lower number and no reader's cursor can pass over a number that commits late.

    `look` fills in what an op says and what is wrong with it; it is called for each in order while the database is busy
    with those before, so it must not ask the database, and changes neither stream nor origin.
    """
    _leave_out(tx, items)
    counts: dict[str, int] = {}
    for item in items:
        counts[item.stream] = counts.get(item.stream, 0) + 1
    last: dict[str, int] = {}
    for stream in sorted(counts):
        row = tx.row("UPDATE stream SET rev = rev + ? WHERE code = ? RETURNING rev", (counts[stream], stream))
        if row is None:
            raise AssertionError(f"stream {stream} was not there")
        last[stream] = int(row[0]) - counts[stream]
    born = projection.births(tx, items)
    with tx.copying("op", _COLUMNS, _rows(items, last, look)):
        prepared = projection.prepare(items, born)
    projection.project(tx, items, prepared)


def _leave_out(tx: Tx, items: Sequence[Placed]) -> None:
    """Of a case that was erased only headers are stored, whoever still sends its bodies."""
    orders = standing.orders(tx, (item.op.header.case for item in items))
    for item in items if orders else ():
        order = orders.get(item.op.header.case)
        if order is not None and order.drops_coming(item.op.header):
            item.op, item.changes = replace(item.op, body=None), None


def _rows(
    items: Sequence[Placed], last: dict[str, int], look: Callable[[Placed], None] | None
) -> Iterator[tuple[object, ...]]:
    for item in items:
        item.rev = last[item.stream] = last[item.stream] + 1
        if look is not None:
            look(item)
        op = item.op
        h = op.header
        yield (
            item.stream, item.rev, h.inst, h.seq, h.case, item.origin, h.compartment, item.cert, item.before,
            op.header_bytes, op.body,
        )  # fmt: skip


def keep_certificate(tx: Tx, signer: str, runs: Sequence[Run], signature: bytes, *, at: int) -> bytes:
    """Keep who vouched for which runs; returns the key ops refer to. The hashes follow from the ops themselves."""
    described = dumps([{"inst": r.inst, "first": r.first, "n": len(r.hashes), "before": b64(r.before)} for r in runs])
    tx.run(
        "INSERT INTO certificate VALUES(?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
        (signature[:16], signer, described, signature, at),
    )
    return signature[:16]
