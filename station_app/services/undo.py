"""Undo: a compensating op, possible while what it takes back is still the only head (CONTRACT 6)."""

from __future__ import annotations

from typing import Final

from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store import numbers
from station_app.store.core import Tx
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import FoldOp, State, fold, overwrite
from sync.contract.op import Change, creator_of

_NO_UNDO = frozenset({"issue_paper", "void_paper", "sign"})
"""Papers and signatures stand on paper; what is wrong there is voided or corrected, never taken back."""
TAKEN_BACK: Final = "撤销办理，编号作废"


def can_undo(station: Station, changes: Changes) -> bool:
    """True while every unit these ops set is still theirs alone."""
    try:
        _plan(station, changes)
    except KnownError:
        return False
    return bool(changes.ops)


def undo(station: Station, changes: Changes) -> Changes:
    """Take back what a verb did: set fields return to what they were, created records are taken out.

    E-231 where somebody built on it in the meantime, E-405 where the act stands on paper.
    """
    plan = _plan(station, changes)
    with station.write("undo") as tx:
        for (case, compartment), items in sorted(plan.items()):
            op = tx.op("undo", compartment, case=case)
            for change in items:
                op.put(change)
                if change.kind == "number":
                    _void(station, tx, case, change.rec)
    return changes_of(tx, label="撤销" + changes.label)


def _void(station: Station, tx: Tx, case: str, rec: str) -> None:
    """The ledger of this PC says so too, where the number was drawn here and is now nobody's."""
    record = tx.folded(case).records[rec]
    if record.get("reason") == TAKEN_BACK:
        numbers.void(tx.con, str(record.get("text")), TAKEN_BACK)


def _plan(station: Station, changes: Changes) -> dict[tuple[str, str], list[Change]]:
    """(case, compartment) -> what is to be said; of all cases touched, and of ops about no case made with them."""
    plan: dict[tuple[str, str], list[Change]] = {}
    seen: list[FoldOp] = []
    for case in dict.fromkeys((changes.case, *changes.others, "")):
        if len(seen) < len(changes.ops):
            ops = station.store.ops_of(case)
            targets = [op for op in ops if op.id in changes.ops]
            seen += targets
            _plan_case(plan, case, ops, targets)
    if not seen:
        raise KnownError("E-405", step="undo", state="")
    return plan


def _plan_case(plan: dict[tuple[str, str], list[Change]], case: str, ops: list[FoldOp], targets: list[FoldOp]) -> None:
    if any(op.verb in _NO_UNDO for op in targets):
        raise KnownError("E-405", step="undo", state=targets[0].verb)
    if not targets:
        return
    ids = {op.id for op in targets}
    now, before = fold(ops), fold([op for op in ops if op.id not in ids])
    for op in targets:
        for change in op.changes or ():
            values = _back(op, change, now, before)
            if values:
                compensating = overwrite(now.records[change.rec], values)
                plan.setdefault((case, KINDS[change.kind].compartment), []).append(compensating)


def _back(op: FoldOp, change: Change, now: State, before: State) -> dict[str, Json]:
    """The values that take one change back; E-231 where its units have other heads by now."""
    record = now.records[change.rec]
    for name in change.set:
        heads = record.units.get(record.unit(name), [])
        if len(heads) != 1 or heads[0].op != op.id:
            raise KnownError("E-231", field=f"{change.kind}.{name}")
    if creator_of(change.rec) == op.id:
        if change.kind == "number":  # it was drawn: never given out again
            return {"state": "void", "reason": TAKEN_BACK}
        gone = {"case": "discarded", "grant": "revoked"}.get(change.kind, "removed")
        return {gone: True} if gone in KINDS[change.kind].fields else {}
    old = before.records.get(change.rec)
    return {name: old.get(name) if old else None for name in change.set}
