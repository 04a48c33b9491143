"""Stored ops as the fold takes them."""

from __future__ import annotations

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
