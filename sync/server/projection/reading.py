"""Stored ops as the fold takes them, and values of records as the columns take them."""

from __future__ import annotations

from collections.abc import Mapping

from sync.contract.canonical import Json
from sync.contract.fold import FoldOp
from sync.contract.op import Change, parse_body, parse_header
from sync.server.storage.port import Row


def read_op(row: Row) -> FoldOp:
    """(header, body, rev) as the fold takes it; ops were checked when they came."""
    header = parse_header(bytes(row[0]))
    changes: tuple[Change, ...] | None = None
    if row[1] is not None and header.body_form == "clear":
        changes = tuple(parse_body(bytes(row[1])))
    return FoldOp(
        header.id, header.case, header.compartment, header.verb, header.actor, header.wall, changes, int(row[2])
    )


def as_text(value: Json) -> str:
    """A text value, "" for anything else. PostgreSQL holds no NUL; a column shows the text without it."""
    return value.replace("\0", "") if isinstance(value, str) else ""


def as_int(value: Json) -> int | None:
    """A whole number (true is 1), None for anything else."""
    return int(value) if isinstance(value, int) else None


def mark_values(values: Mapping[str, Json]) -> tuple[object, ...]:
    """Columns paper … reason of a paper's mark."""
    texts = [as_text(values.get(name)) for name in ("paper", "template", "number")]
    counts = [as_int(values.get(name)) or 0 for name in ("version", "pages")]
    return (*texts, *counts, *[as_text(values.get(name)) for name in ("facts_hash", "state", "reason")])


def number_values(values: Mapping[str, Json]) -> tuple[object, ...]:
    """Columns committee … reason of a number."""
    key = (as_text(values.get("committee")), as_text(values.get("kind")), as_int(values.get("year")) or 0)
    place = (as_text(values.get("series")), as_int(values.get("n")) or 0, as_text(values.get("text")))
    return (*key, *place, as_text(values.get("state")), as_text(values.get("reason")))


def grant_values(values: Mapping[str, Json]) -> tuple[object, ...]:
    """Columns station, until, revoked of a grant."""
    return (as_text(values.get("station")), as_text(values.get("until")), int(bool(values.get("revoked"))))
