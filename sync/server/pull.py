"""Pull: the visible ops of a stream in server order, a page at a time, each page certified by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sync.contract.canonical import Json
from sync.contract.chain import Certificate, Run, certificate_message, next_head
from sync.contract.op import BadOp, is_rec_id
from sync.contract.wire import b64, certificate_to_json, pack_message, pack_op, unpack_message
from sync.server import scope
from sync.server.auth import Caller, require_standing
from sync.server.ingest import NOBODY
from sync.server.keys import District
from sync.server.problems import Refusal
from sync.server.segments import choosing
from sync.server.server import Server
from sync.server.storage.port import Row, Tx

DEFAULT_PAGE: Final = 1024 * 1024
MAX_PAGE: Final = 4 * 1024 * 1024
MAX_ROWS: Final = 20_000
_HASH_AT: Final = b'"body_hash":"'


@dataclass(slots=True)
class Page:
    """Rows (rev, inst, seq, before, header, body) to send, the own ops passed over, and where the page ends. `opens`:
    [device, head before] of the incarnations that begin on the page.
    """

    rows: list[Row]
    cursor: int
    more: bool
    own: list[Row] = field(default_factory=list)
    opens: dict[str, Json] = field(default_factory=dict)


def pull(server: Server, caller: Caller, body: bytes) -> bytes:
    """A page of one stream. E-109 revoked, E-407 a stream in which nothing is theirs, E-106 malformed."""
    require_standing(caller)
    head = _head(body)
    stream, cursor = head.get("stream"), head.get("cursor")
    if not isinstance(stream, str) or not isinstance(cursor, int) or cursor < 0:
        raise Refusal("E-106", detail="stream or cursor")
    have = [] if head.get("own") is True else _texts(head.get("have"))
    with server.storage.read() as tx:
        grants = scope.grants_of(tx, caller.station, server.clock.now_ms())
        granted = [case for case, of in grants if of == stream]
        if stream != caller.stream and not granted:
            raise Refusal("E-407", detail="stream of another community")
        # the end is read first: what is numbered up to it is committed, so the cursor may stand there
        row = tx.row("SELECT rev, (SELECT value FROM meta WHERE key = 'spell') FROM stream WHERE code = ?", (stream,))
        end = last = int(row[0]) if row else 0
        if head.get("segments") is True:
            found = choosing.segments(tx, caller.station_no, stream, cursor)
            if found.take:
                return pack_message({"segments": [segment.to_json() for segment in found.take]})
            last = found.up_to or end
        test, value = tx.among("case_rec", granted)
        where = f"stream = ? AND rev <= ? AND (origin IN (0, ?) OR (origin <> ? AND {test}))"
        page = _page(tx, (where, (stream, last, caller.station_no, NOBODY, value)), cursor, _limit(head), have)
    if not page.more:
        page.cursor, page.more = max(cursor, last), last < end
    return answer(server.district, page, granted, spell=str(row[1] or "") if row else "")


def history(server: Server, caller: Caller, body: bytes) -> bytes:
    """A page of all ops of one case that is the station's own or granted to it; E-407 otherwise."""
    require_standing(caller)
    head = _head(body)
    case, cursor = head.get("case"), head.get("cursor")
    if not is_rec_id(case) or not isinstance(cursor, int) or cursor < 0:
        raise Refusal("E-106", detail="case or cursor")
    with server.storage.read() as tx:
        stream = require_case(tx, caller, str(case), server.clock.now_ms())
        where = "stream = ? AND case_rec = ? AND case_rec <> '' AND origin <> ?"
        page = _page(tx, (where, (stream, case, NOBODY)), cursor, _limit(head), _texts(head.get("have")))
    return answer(server.district, page)


def require_case(tx: Tx, caller: Caller, case: str, now_ms: int) -> str:
    """The stream of a case the caller may see; E-407 otherwise, also where there is no such case."""
    stream = scope.streams_of(tx, [case]).get(case)
    own = scope.origins(tx, [case])[case] == caller.station_no
    if stream is not None and (own or (case, stream) in scope.grants_of(tx, caller.station, now_ms)):
        return stream
    raise Refusal("E-407", detail="case not of this station and not granted to it")


def _head(body: bytes) -> dict[str, Json]:
    try:
        return unpack_message(body)[0]
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc


def _texts(value: Json) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _limit(head: dict[str, Json]) -> int:
    limit = head.get("limit")
    return min(max(limit, 1), MAX_PAGE) if isinstance(limit, int) else DEFAULT_PAGE


def of_station(
    tx: Tx, station_no: int, stream: str, span: tuple[int, int], *, limit: int, rows: int = MAX_ROWS
) -> Page:
    """A page of what every PC of a station may read of a stream without a grant, between two numbers (the second one
    included), up to `limit` bytes and `rows` ops.
    """
    values = (stream, span[1], station_no)
    return _page(tx, ("stream = ? AND rev <= ? AND origin IN (0, ?)", values), span[0], limit, (), rows=rows)


def _page(
    tx: Tx,
    scope_: tuple[str, tuple[object, ...]],
    cursor: int,
    limit: int,
    have: Sequence[str],
    *,
    rows: int = MAX_ROWS,
) -> Page:
    """First the sizes, then only the bytes that fit: at least one op, so that a small limit still moves on."""
    where, values = scope_
    mine = frozenset(have)
    found = tx.rows(
        "SELECT rev, inst, seq, length(header) + coalesce(length(body), 0) FROM op"
        f" WHERE {where} AND rev > ? ORDER BY rev LIMIT {rows + 1}",
        (*values, cursor),
    )
    own: list[Row] = []
    size, last, count = 0, cursor, 0
    for rev, inst, seq, length in found[:rows]:
        if inst in mine:
            own.append((rev, inst, seq))
        else:
            size += int(length) + 8
            if size > limit and count:
                break
            count += 1
        last = int(rev)
    more = bool(found) and last < int(found[-1][0])
    if not count:
        return Page([], last, more, own)
    test, value = tx.among("inst", sorted(mine))
    read = tx.rows(
        f"SELECT rev, inst, seq, before, header, body FROM op WHERE {where} AND rev > ? AND rev <= ?"
        f" AND NOT ({test}) ORDER BY rev",
        (*values, cursor, last, value),
    )
    return Page(read, last, more, own, _opens(tx, [row[1] for row in read if row[2] == 1]))


def _opens(tx: Tx, insts: list[str]) -> dict[str, Json]:
    """Who opened these incarnations, and after which head: with it the reader can bring them back one day."""
    if not insts:
        return {}
    test, value = tx.among("inst", sorted(insts))
    rows = tx.rows(f"SELECT inst, device, opened FROM inst WHERE {test}", (value,))
    return {str(inst): [str(device), b64(bytes(before))] for inst, device, before in rows}


def answer(district: District, page: Page, granted: Sequence[str] = (), *, spell: str = "") -> bytes:
    """Head {cursor, more, revs, own_revs, certificate} and the ops' frames; nothing inside the ops is read. `granted`:
    the cases of others whose ops were looked for; `spell`: in which the stream was read.
    """
    runs = _runs(page.rows)
    signature = district.server.sign(certificate_message(district.device, runs))
    revs: list[Json] = []
    last = 0
    for row in page.rows:
        revs.append(int(row[0]) - last)
        last = int(row[0])
    head: dict[str, Json] = {
        "cursor": page.cursor,
        "more": page.more,
        "revs": revs,
        "own_revs": _own_revs(page.own),
        "certificate": certificate_to_json(Certificate(district.device, tuple(runs), signature)),
    }
    if page.opens:
        head["opens"] = page.opens
    if granted:
        head["granted"] = list[Json](granted)
    if spell:
        head["spell"] = spell
    return pack_message(head, b"".join([_frame(row[4], row[5]) for row in page.rows]))


def _frame(header: bytes, body: bytes | None) -> bytes:
    """The body's hash is taken from the header, not computed again."""
    if body is None:
        return pack_op(header, None)
    at = header.find(_HASH_AT)
    if at < 0:  # spelled otherwise than we would
        return pack_op(header, body)
    at += len(_HASH_AT)
    return pack_op(header, body, header[at : at + 64].decode())


def _runs(rows: Sequence[Row]) -> list[Run]:
    """Runs of consecutive ops by incarnation; a hidden op ends a run, the next begins with the head before it."""
    by_inst: dict[str, list[Row]] = {}
    for row in rows:
        by_inst.setdefault(row[1], []).append(row)
    runs: list[Run] = []
    for inst in sorted(by_inst):
        ops = sorted(by_inst[inst], key=lambda row: int(row[2]))
        start = 0
        for end in range(1, len(ops) + 1):
            if end == len(ops) or ops[end][2] != ops[end - 1][2] + 1:
                part = ops[start:end]
                hashes = [bytes(row[3]) for row in part[1:]]
                hashes.append(next_head(bytes(part[-1][3]), part[-1][4]))
                runs.append(Run(inst, int(part[0][2]), bytes(part[0][3]), tuple(hashes)))
                start = end
    return runs


def _own_revs(rows: Sequence[Row]) -> list[Json]:
    """[inst, first seq, first rev, n] for own ops that follow each other in both numbers."""
    spans: list[list[int]] = []
    insts: list[str] = []
    for rev, inst, seq in rows:
        if spans and insts[-1] == inst and spans[-1][0] + spans[-1][2] == seq and spans[-1][1] + spans[-1][2] == rev:
            spans[-1][2] += 1
        else:
            spans.append([int(seq), int(rev), 1])
            insts.append(str(inst))
    return [[inst, *span] for inst, span in zip(insts, spans, strict=True)]
