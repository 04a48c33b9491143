"""Ops that came before their case: kept, shown to nobody, and judged when the case, or a grant on it, comes.

A colleague reads a case in the shared folder and is the first to have a line; after a restore of the district it is as
well chance who sends first. Nothing is refused for having come early. What is placed gets a new number at the end of
its stream, so that no reader's cursor has passed over it; its old number stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sync.contract.op import BadOp, Op, creator_of
from sync.server import auth, push, rights
from sync.server.ingest import NOBODY, WAITS, Placed, store
from sync.server.problems import Refusal
from sync.server.server import Server, meta, set_meta
from sync.server.storage.port import Tx

MOVED: Final = "moved "
"""Key of the meta values that count the empty numbers of a stream: this and its code."""


def look(tx: Tx, server: Server, came: Sequence[Placed], now: int) -> None:
    """Place what waited for ops that were just stored, as far as it is allowed by now; the rest goes on waiting."""
    begun = {i.op.header.case for i in came if i.op.header.case and i.origin != NOBODY and _opens(i)}
    if not begun:
        return
    waiting = tx.rows("SELECT op, device, case_rec FROM problem WHERE code = ? AND settled = 0", (WAITS,))
    found = [one for op, device, case in waiting if case in begun and (one := _stored(tx, str(op), str(device)))]
    if not found:
        return
    ready = _judged(tx, sorted(found, key=lambda item: item.rev), now)
    for item in ready:
        tx.run("DELETE FROM problem WHERE op = ? AND code = ?", (item.op.id, WAITS))
        tx.run("DELETE FROM op WHERE stream = ? AND rev = ?", (item.stream, item.rev))
        set_meta(tx, MOVED + item.stream, str(int(meta(tx, MOVED + item.stream, "0")) + 1))
    if ready:
        store(tx, [*ready, *push.verdicts_on(tx, server, ready, now)])
        push.list_problems(tx, ready, push.Taken(), now)


def _opens(item: Placed) -> bool:
    """Whether an op begins its case or says who may write in it."""
    begins = creator_of(item.op.header.case) == item.op.id
    return begins or any(change.kind == "grant" for change in item.changes or ())


def _judged(tx: Tx, items: list[Placed], now: int) -> list[Placed]:
    """Those that wait no longer, placed and judged as when they came: a device revoked since counts as it stood."""
    ready: list[Placed] = []
    for device in sorted({item.device for item in items}):
        ours = [item for item in items if item.device == device]
        try:
            caller = replace(auth.caller_of(tx, device, 0), revoked=False)
        except Refusal:
            continue
        known = rights.rules(tx, caller, [item.op.header for item in ours], now)
        for item in ours:
            rights.place(known, item)
            push.look(known, item)
        ready += [item for item in ours if item.problem != WAITS and item.denied != "E-407"]
    return sorted(ready, key=lambda item: item.rev)


def _stored(tx: Tx, name: str, device: str) -> Placed | None:
    inst, _, seq = name.partition(".")
    row = tx.row("SELECT before, header, body, stream, cert, rev FROM op WHERE inst = ? AND seq = ?", (inst, int(seq)))
    if row is None:
        return None
    try:
        op = Op.from_bytes(bytes(row[1]), None if row[2] is None else bytes(row[2]))
    except BadOp:
        return None
    return Placed(op, bytes(row[0]), None, str(row[3]), NOBODY, device=device, cert=bytes(row[4]), rev=int(row[5]))
