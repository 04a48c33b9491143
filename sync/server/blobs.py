"""Blobs: sealed files, opaque to the server; put and asked for only within an own or granted case, or ("" as the case)
among the PCs of one station."""

from __future__ import annotations

import re
from typing import Final, cast

from sync.contract.canonical import Json
from sync.contract.op import BadOp, is_rec_id
from sync.contract.wire import pack_message, unpack_message
from sync.server import scope
from sync.server.auth import Caller, require_standing
from sync.server.erasure import standing
from sync.server.ingest import NOBODY
from sync.server.problems import Refusal
from sync.server.pull import require_case
from sync.server.server import Server
from sync.server.storage.port import Tx

MAX_BLOB: Final = 1024 * 1024 + 64
MAX_ASKED: Final = 500
_ID = re.compile(r"[0-9a-f]{16,128}")


def put(server: Server, caller: Caller, body: bytes) -> bytes:
    """Keep a blob; sent twice it is kept once. E-116 too large, E-112 (409) other bytes under the same id."""
    head, data = _message(body)
    if "ask" in head:
        return _lacking(server, caller, head["ask"])
    case, name = _names(head)
    if len(data) > MAX_BLOB:
        raise Refusal("E-116")
    if head.get("size") != len(data) or not data:
        raise Refusal("E-106", detail="blob of another size than announced")
    now = server.clock.now_ms()

    def work(tx: Tx) -> bool:
        key = (*_writable(tx, caller, case, now), name)
        done = tx.run(
            "INSERT INTO blob VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(stream, case_rec, id) DO NOTHING",
            (*key, len(data), data, caller.device, now),
        )
        row = tx.row("SELECT data FROM blob WHERE stream = ? AND case_rec = ? AND id = ?", key)
        if row is None or bytes(row[0]) != data:
            raise Refusal("E-112", status=409, detail="another blob has this id")
        return done == 1

    fresh = server.storage.write(work)
    return pack_message({"stored": int(fresh), "duplicates": int(not fresh)})


def _lacking(server: Server, caller: Caller, asked: Json) -> bytes:
    """Which of the named files are not here and may be put; told to those who could put them."""
    pairs = asked if isinstance(asked, list) else []
    if len(pairs) > MAX_ASKED or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
        raise Refusal("E-106", detail="ask")
    now, lacking = server.clock.now_ms(), list[Json]()
    with server.storage.read() as tx:
        for pair in cast("list[list[Json]]", pairs):
            case, name = _names({"case": pair[0], "id": pair[1]})
            try:
                key = (*_writable(tx, caller, case, now), name)
            except Refusal:
                continue
            if tx.row("SELECT 1 FROM blob WHERE stream = ? AND case_rec = ? AND id = ?", key) is None:
                lacking.append([case, name])
    return pack_message({"lacking": lacking})


def _of_station(caller: Caller) -> tuple[str, str]:
    """Where files of no case lie: those of a station are for its own PCs alone."""
    require_standing(caller)
    return caller.stream, f"station:{caller.station}"


def _writable(tx: Tx, caller: Caller, case: str, now: int) -> tuple[str, str]:
    """(stream, case) of a case whose files the caller may hand in: one it may see, or wrote in. A grant that ended
    since, or the loss of the PC, leaves nobody else who has the file. E-407 too where the case was erased.
    """
    if not case:
        return _of_station(caller)
    if standing.orders(tx, [case]):
        raise Refusal("E-407", detail="case erased")
    stream = scope.streams_of(tx, [case]).get(case)
    wrote = tx.row(
        "SELECT 1 FROM op o JOIN inst i ON i.inst = o.inst"
        " WHERE o.stream = ? AND o.case_rec = ? AND o.case_rec <> '' AND o.origin <> ? AND i.device = ?",
        (stream or "", case, NOBODY, caller.device),
    )
    if stream is not None and wrote is not None:
        return stream, case
    require_standing(caller)
    return require_case(tx, caller, case, now), case


def get(server: Server, caller: Caller, body: bytes) -> bytes:
    """A blob's bytes after the head {size}; E-223 (404) where the case has none of this id."""
    require_standing(caller)
    case, name = _names(_message(body)[0])
    with server.storage.read() as tx:
        own = (require_case(tx, caller, case, server.clock.now_ms()), case) if case else _of_station(caller)
        row = tx.row("SELECT data FROM blob WHERE stream = ? AND case_rec = ? AND id = ?", (*own, name))
    if row is None:
        raise Refusal("E-223", status=404, detail="no such blob in this case")
    data = bytes(row[0])
    return pack_message({"size": len(data)}, data)


def _message(body: bytes) -> tuple[dict[str, Json], bytes]:
    try:
        return unpack_message(body)
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc


def _names(head: dict[str, Json]) -> tuple[str, str]:
    case, name = head.get("case"), head.get("id")
    if not (case == "" or is_rec_id(case)) or not isinstance(name, str) or not _ID.fullmatch(name):
        raise Refusal("E-106", detail="case or id")
    return str(case), name
