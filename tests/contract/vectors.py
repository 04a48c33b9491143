"""Reading the frozen examples under tests/data/vectors, and the JSON form of the fold used in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, cast

from sync.contract.canonical import Json
from sync.contract.fold import UNNUMBERED, FoldOp, State
from sync.contract.op import Change

FOLDER: Final = Path(__file__).parents[1] / "data" / "vectors"


def load(name: str) -> dict[str, Any]:
    """One file of vectors."""
    result: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return result


def fold_op_to_json(op: FoldOp) -> Json:
    """What the fold reads of an op; `rank` null: not numbered by the server, `changes` null: no readable body."""
    changes: Json = None if op.changes is None else [c.to_json() for c in op.changes]
    return {"id": op.id, "case": op.case, "rank": None if op.rank == UNNUMBERED else op.rank, "changes": changes}


def fold_op_from_json(raw: dict[str, Any]) -> FoldOp:
    """The same back."""
    changes = raw["changes"]
    if changes is not None:
        changes = tuple(Change(c["rec"], c["kind"], c["set"], c.get("base", {}), c.get("expect", {})) for c in changes)
    rank = UNNUMBERED if raw["rank"] is None else raw["rank"]
    return FoldOp(raw["id"], raw["case"], "register", "edit", "", 0, changes, rank)


def fold_result(state: State) -> Json:
    """Records by id with the heads of each unit in the order they are shown, what is excluded and unreadable."""
    records: dict[str, Json] = {}
    for rec, record in sorted(state.records.items()):
        units: dict[str, Json] = {
            unit: [cast("Json", {"op": h.op, "values": h.values}) for h in heads]
            for unit, heads in sorted(record.units.items())
        }
        records[rec] = {
            "kind": record.kind,
            "case": record.case,
            "units": units,
            "conflicts": [*sorted(record.conflicts)],
        }
    excluded: dict[str, Json] = {}
    excluded.update(sorted(state.excluded.items()))
    return {"records": records, "excluded": excluded, "unreadable": [*sorted(state.unreadable)]}
