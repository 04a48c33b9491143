"""After an upgrade: what a later program had said, and was only kept, is judged and shown now that it is known.

A person's role is not asked again (what it was then is not known any more), nor whose the case is (that was judged
when the op came). Each op that this program still does not know stays listed (E-125).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sync.contract import catalogue
from sync.contract.op import BadOp, Op
from sync.server import auth, projection, push, rights
from sync.server.ingest import NEWER, NOBODY, Placed, store
from sync.server.problems import Refusal
from sync.server.projection.reference import project_reference
from sync.server.server import Server, meta, set_meta
from sync.server.storage.port import Tx

_KEY: Final = "catalogue"


def upgrade(server: Server) -> int:
    """When a program with another catalogue than the last one opens the district; how many ops it looked at again."""
    own = str(catalogue.CATALOGUE_VERSION)

    def work(tx: Tx) -> int:
        set_meta(tx, _KEY, own)
        return _judge_again(tx, server)

    with server.storage.read() as tx:
        known = meta(tx, _KEY)
    return server.storage.write(work) if known != own else 0


def _judge_again(tx: Tx, server: Server) -> int:
    now = server.clock.now_ms()
    rows = tx.rows("SELECT op, device FROM problem WHERE code = ? AND settled = 0 ORDER BY device, op", (NEWER,))
    items = [item for op, device in rows if (item := _stored(tx, str(op), str(device))) is not None]
    for device in sorted({item.device for item in items}):
        ours = [item for item in items if item.device == device]
        known = _rules(tx, device, ours, now)
        for item in ours:
            item.changes = push.changes_of(item.op)
            if known is not None:
                rights.judge(known, item, roles=False)
    done = [item for item in items if item.problem != NEWER]
    tx.many("DELETE FROM problem WHERE op = ? AND code = ?", [(item.op.id, NEWER) for item in done])
    if verdicts := push.verdicts_on(tx, server, done, now):
        store(tx, verdicts)
    push.list_problems(tx, done, push.Taken(), now)
    projection.refold(tx, {(i.stream, i.op.header.case) for i in done if i.op.header.case and i.origin != NOBODY})
    project_reference(tx, [i for i in done if i.origin != NOBODY and i.op.header.compartment == "reference"])
    return len(items)


def _stored(tx: Tx, name: str, device: str) -> Placed | None:
    inst, _, seq = name.partition(".")
    row = tx.row(
        "SELECT before, header, body, stream, origin, rev FROM op WHERE inst = ? AND seq = ?", (inst, int(seq))
    )
    if row is None:
        return None
    try:
        op = Op.from_bytes(bytes(row[1]), None if row[2] is None else bytes(row[2]))
    except BadOp:
        return None
    return Placed(op, bytes(row[0]), None, str(row[3]), int(row[4]), device=device, rev=int(row[5]))


def _rules(tx: Tx, device: str, items: list[Placed], now: int) -> rights.Rules | None:
    """What judging the ops of a device needs; every case counts as open to it."""
    try:
        caller = replace(auth.caller_of(tx, device, 0), revoked=False)
    except Refusal:
        return None
    headers = [item.op.header for item in items]
    cases = frozenset(h.case for h in headers if h.case)
    return replace(rights.rules(tx, caller, headers, now), granted=cases)
