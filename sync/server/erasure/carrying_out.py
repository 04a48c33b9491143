"""Carrying an order out: bodies and files go, headers stay, and a rest of the register says that there was a case.

The rest is an op of the server: number, kinds, days, sums and marks of papers, nothing that names a party. The order
travels to every community that ever had the case, signed by the district's authority.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sync.contract.canonical import Json
from sync.contract.catalogue import fields_of_unit
from sync.contract.erasing import KEPT_FIELDS, TITLE, Order, as_values, message
from sync.contract.fold import Record, State, fold
from sync.contract.op import Change, creator_of, op_id, rec_id
from sync.server import projection, scope
from sync.server.erasure import standing
from sync.server.ingest import store
from sync.server.own import OwnOp
from sync.server.projection.reading import read_op
from sync.server.segments import making
from sync.server.server import Server
from sync.server.storage.port import Tx

_MOST_TARGETS: Final = 5000


def carry_out(tx: Tx, server: Server, values: dict[str, Json], *, now: int) -> Order:
    """Sign, publish and carry out an order about a case that is here; `values`: case, ground, authority, reason …"""
    case = str(values["case"])
    stream = scope.streams_of(tx, [case])[case]
    rest = _rest(_state(tx, stream, case))
    seq, _ = server.chain.head(tx)
    inst = server.chain.inst
    keeps: list[Json] = [op_id(inst, seq + 1)] if rest else []
    said: dict[str, Json] = {**values, "keeps": keeps, "targets": _targets(tx, case), "at": now}
    order = Order(case, frozenset(str(k) for k in keeps), now, server.district.ca.sign(message(said)), said)
    ops: list[OwnOp] = []
    if rest:
        origin = scope.origins(tx, [case])[case]
        ops.append(OwnOp(stream, "erase", rest, case, compartment="register", origin=origin))
    streams = streams_of(tx, case, stream)
    ops += told(order, streams, stream, first=(inst, seq + 1 + len(ops)))
    standing.note(tx, order)
    store(tx, server.chain.place(tx, ops, wall=now))
    drop(tx, order)
    return order


def tell(tx: Tx, server: Server, order: Order, streams: Sequence[str], *, now: int) -> None:
    """Publish an order as it stands, about a case that is not here (any more)."""
    known = {str(row[0]) for row in tx.rows("SELECT code FROM stream")}
    seq, _ = server.chain.head(tx)
    ops = told(order, [s for s in streams if s in known], "", first=(server.chain.inst, seq + 1))
    if ops:
        store(tx, server.chain.place(tx, ops, wall=now))


def told(order: Order, streams: Iterable[str], home: str, *, first: tuple[str, int]) -> list[OwnOp]:
    """One op a community; that of the case's own names the case, so that it stands in its history. `first`: (inst, seq)
    of the first of them.
    """
    inst, seq = first
    return [
        OwnOp(
            stream,
            "erase",
            [Change(rec_id(inst, seq + place, 0), "erasure", as_values(order))],
            order.case if stream == home else "",
        )
        for place, stream in enumerate(streams)
    ]


def streams_of(tx: Tx, case: str, home: str) -> list[str]:
    """The communities that ever had a case: its own, and those of stations it was granted to (also no longer)."""
    rows = tx.rows(
        "SELECT DISTINCT s.stream FROM case_grant g JOIN station s ON s.code = g.station WHERE g.case_rec = ?", (case,)
    )
    return [home, *sorted({str(row[0]) for row in rows} - {home})]


def drop(tx: Tx, order: Order) -> None:
    """Take the bodies and files of a case out, wherever they lie, and fold what is left."""
    codes = [str(row[0]) for row in tx.rows("SELECT code FROM stream ORDER BY code")]
    test, kept = tx.among("inst || '.' || seq", sorted(order.keeps))
    for stream in codes:
        key = (stream, order.case)
        _forget_segments(tx, key)
        tx.run(
            "UPDATE op SET body = NULL WHERE stream = ? AND case_rec = ? AND case_rec <> ''"
            f" AND compartment <> 'reference' AND body IS NOT NULL AND NOT ({test})",
            (*key, kept),
        )
        tx.run("DELETE FROM blob WHERE stream = ? AND case_rec = ?", key)
        _drop_reports(tx, stream, order.case)
    tx.run("UPDATE problem SET detail = '' WHERE case_rec = ?", (order.case,))
    tx.run("UPDATE erase_ask SET reason = '' WHERE case_rec = ?", (order.case,))
    projection.refold(tx, [(stream, order.case) for stream in scope.streams_of(tx, [order.case]).values()])


def _drop_reports(tx: Tx, stream: str, case: str) -> None:
    """The pages of issued reports that name the case, under the names their records say."""
    rows = tx.rows(
        "SELECT header, body, rev FROM op WHERE stream = ? AND case_rec = '' AND compartment = 'reference'"
        " AND body IS NOT NULL",
        (stream,),
    )
    found = [row for row in rows if b'"verb":"report"' in bytes(row[0])]
    for change in (c for row in found for c in read_op(row).changes or ()):
        named, files = change.set.get("cases"), change.set.get("files")
        if isinstance(named, list) and case in named and isinstance(files, list):
            for name in files:
                tx.run(
                    "DELETE FROM blob WHERE stream = ? AND case_rec LIKE 'station:%' AND id = ?", (stream, str(name))
                )


def _forget_segments(tx: Tx, key: tuple[str, str]) -> None:
    """Segments hold copies of bodies; the stream's row is held, so that none is made with what is going."""
    tx.row(f"SELECT rev FROM stream WHERE code = ?{tx.locked}", (key[0],))
    rows = tx.rows("SELECT rev FROM op WHERE stream = ? AND case_rec = ? AND case_rec <> '' AND body IS NOT NULL", key)
    for (rev,) in rows:
        making.forget(tx, stream=key[0], rev=int(rev))


def _state(tx: Tx, stream: str, case: str) -> State:
    ops = projection.stored_ops(tx, [(stream, case)]).get((stream, case), [])
    own = {op.id for op in ops}
    state = fold(ops)
    state.records = {rec: r for rec, r in state.records.items() if creator_of(rec) in own}
    return state


def _rest(state: State) -> list[Change]:
    """What remains of the register, said anew over all that stood, so that the erased ops are not missed."""
    found = []
    for record in state.records.values():
        if record.kind in KEPT_FIELDS:
            change = _left(record, KEPT_FIELDS[record.kind])
            if change.set:
                found.append(change)
    return found


def _left(record: Record, kept: frozenset[str]) -> Change:
    values: dict[str, Json] = {name: value for name, value in record.values.items() if name in kept}
    for name in [n for n in values if len(fields_of_unit(record.kind, record.unit(n))) > 1]:
        values |= {other: None for other in fields_of_unit(record.kind, record.unit(name)) if other not in values}
    if record.kind == "case":
        values["title"] = TITLE
    return Change(record.id, record.kind, values, record.base_for(values))


def _targets(tx: Tx, case: str) -> list[Json]:
    """The ops whose bodies go, as far as they are here (at most 5,000: the case itself covers them all)."""
    found: list[Json] = []
    for stream in [str(row[0]) for row in tx.rows("SELECT code FROM stream ORDER BY code")]:
        rows = tx.rows(
            "SELECT inst, seq FROM op WHERE stream = ? AND case_rec = ? AND case_rec <> ''"
            f" AND compartment <> 'reference' ORDER BY rev LIMIT {_MOST_TARGETS}",
            (stream, case),
        )
        found += [op_id(str(inst), int(seq)) for inst, seq in rows]
    return found[:_MOST_TARGETS]
