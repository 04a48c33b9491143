"""Projections of reference ops: people with their roles, verdicts, entries of residents; each folded from all ops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sync.contract.canonical import dumps
from sync.contract.fold import Record, fold
from sync.contract.op import is_op_id
from sync.server.projection import entries
from sync.server.projection.reading import as_text, read_op
from sync.server.storage.port import Tx

if TYPE_CHECKING:
    from sync.server.ingest import Placed

_KINDS = frozenset({"person", "verdict", "self_entry"})
_ROUNDS = 1000
"""Only hostile devices make verdicts about verdicts without end."""


def project_reference(tx: Tx, items: Sequence[Placed]) -> set[str]:
    """Note which records the ops touch, then fold people and verdicts among them; the ops that verdicts are about.

    A verdict about an op changes every record that op touches, so those are folded again.
    """
    changes = [(c.rec, item.stream, item.rev) for item in items for c in item.changes or ()]
    if not changes:
        return set()
    tx.many("INSERT INTO ref_change VALUES(?, ?, ?) ON CONFLICT(rec, stream, rev) DO NOTHING", changes)
    waiting = sorted({c.rec for item in items for c in item.changes or () if c.kind in _KINDS})
    targets: set[str] = set()
    for _ in range(_ROUNDS):
        if not waiting:
            break
        target = _project(tx, waiting.pop())
        if is_op_id(target):
            targets.add(target)
            waiting += [rec for rec in _touched(tx, target) if rec not in waiting]
    return targets


def _project(tx: Tx, rec: str) -> str:
    """Fold and write one record. Where a verdict changed its answer, the op it is about; else ""."""
    record = folded(tx, rec)
    if record is not None and record.kind == "person":
        _person(tx, record)
    elif record is not None and record.kind == "verdict":
        return _verdict(tx, record)
    elif record is not None and record.kind == "self_entry":
        entries.note(tx, record)
    return ""


def _touched(tx: Tx, op: str) -> list[str]:
    inst, _, seq = op.partition(".")
    rows = tx.rows(
        "SELECT r.rec FROM op o JOIN ref_change r ON r.stream = o.stream AND r.rev = o.rev"
        " WHERE o.inst = ? AND o.seq = ?",
        (inst, int(seq)),
    )
    return [str(row[0]) for row in rows]


def folded(tx: Tx, rec: str) -> Record | None:
    """One reference record from all its ops, without those a standing verdict takes out."""
    rows = tx.rows(
        "SELECT o.header, o.body, o.rev FROM ref_change r JOIN op o ON o.stream = r.stream AND o.rev = r.rev"
        " WHERE r.rec = ? AND o.origin <> -1 AND NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.answer = 'no'"
        " AND v.target = o.inst || '.' || o.seq)",
        (rec,),
    )
    return fold([read_op(row) for row in rows]).records.get(rec)


def _person(tx: Tx, record: Record) -> None:
    values = record.values
    roles = [] if values.get("left") else values.get("roles")
    shown = [as_text(values.get(name)) for name in ("station", "name")]
    tx.run(
        "INSERT INTO person_row VALUES(?, ?, ?, ?) ON CONFLICT(rec) DO UPDATE SET station = excluded.station,"
        " name = excluded.name, roles = excluded.roles",
        (record.id, *shown, dumps(roles if isinstance(roles, list) else []).decode()),
    )


def _verdict(tx: Tx, record: Record) -> str:
    """A verdict stands as "no" while one of its heads says so, as in the fold; what it is about where that is new."""
    target = as_text(record.get("target"))
    heads = record.units.get("verdict", [])
    answer = "no" if any(h.values.get("answer") == "no" for h in heads) else as_text(record.get("answer"))
    shown = [as_text(record.get(name)) for name in ("code", "reason")]
    before = tx.row("SELECT answer FROM verdict_row WHERE rec = ?", (record.id,))
    tx.run(
        "INSERT INTO verdict_row VALUES(?, ?, ?, ?, ?) ON CONFLICT(rec) DO UPDATE SET answer = excluded.answer,"
        " code = excluded.code, reason = excluded.reason",
        (record.id, target, answer, *shown),
    )
    tx.run("UPDATE problem SET settled = ? WHERE op = ?", (int(answer != "no"), target))
    return "" if before == (answer,) else target
