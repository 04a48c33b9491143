"""Giving segments out: a piece of one to the station it was made for, and to nobody else."""

from __future__ import annotations

from typing import Final

from sync.contract.canonical import Json
from sync.contract.op import BadOp
from sync.contract.segment import is_name
from sync.contract.wire import pack_message, unpack_message
from sync.server.auth import Caller, require_standing
from sync.server.problems import Refusal
from sync.server.server import Server

PATH: Final = "/v1/segment"
MOST: Final = 1024 * 1024
"""Bytes of a piece."""


def give(server: Server, caller: Caller, body: bytes) -> bytes:
    """A piece of a segment. E-109 revoked, E-542 (404) where this station has no such segment (any more), E-106."""
    require_standing(caller)
    try:
        head, _ = unpack_message(body)
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc
    name, start, limit = head.get("id"), _number(head, "offset"), _number(head, "limit")
    if not is_name(name) or limit < 1:
        raise Refusal("E-106", detail="id, offset or limit")
    with server.storage.read() as tx:
        row = tx.row(
            "SELECT size, substr(data, ?, ?) FROM segment WHERE id = ? AND station_no = ?",
            (start + 1, min(limit, MOST), name, caller.station_no),
        )
    if row is None or start >= int(row[0]):
        raise Refusal("E-542", status=404, detail="no such segment of this station")
    return pack_message({"size": int(row[0]), "offset": start}, bytes(row[1]))


def _number(head: dict[str, Json], key: str) -> int:
    value = head.get(key, 0)
    if type(value) is not int or not 0 <= value < 2**31:
        raise Refusal("E-106", detail=key)
    return value
