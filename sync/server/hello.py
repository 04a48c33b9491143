"""Hello: one request that settles where both ends stand, and that tells of restored servers and cloned stations."""

from __future__ import annotations

import json
from typing import Final

from sync.contract.canonical import Json
from sync.contract.op import BadOp
from sync.contract.releasing.versions import is_version
from sync.contract.wire import b64, greeting_tag, pack_message, unb64, unpack_message
from sync.server import scope
from sync.server.auth import Caller, require_standing
from sync.server.problems import Refusal
from sync.server.relay import spells
from sync.server.server import EPOCH, PROTOCOL, REPORT, Server, meta, set_meta
from sync.server.storage.port import Tx

MOST_GREETED: Final = 20_000
"""Hellos kept in memory; beyond it all are forgotten, and are said in full once more."""
MOST_WALL: Final = 2**53
"""Milliseconds a clock may show, as in an op's header; anything else is none, and is not noted."""
CLOCK_STEP_MS: Final = 5000
"""A smaller change of how far a device's clock is ahead is not worth a write."""


def hello(server: Server, caller: Caller, body: bytes) -> bytes:
    """Answer a hello. E-109 for a revoked device, E-108 where no protocol is common, E-106 malformed."""
    require_standing(caller)
    try:
        head, _ = unpack_message(body)
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc
    _check_protocol(head.get("protocol"))
    now = server.clock.now_ms()
    wall = head.get("wall")
    with server.storage.read() as tx:
        row = tx.row("SELECT wall FROM device WHERE id = ?", (caller.device,))
        said = _said(server, tx, caller, head, now)
    if isinstance(gone := said.get("gone"), dict):
        spells.note_gone(server, caller.device, gone)
    ahead = wall - now if isinstance(wall, int) and 0 <= wall <= MOST_WALL else 0
    _keep_report(server, caller.device, head.get("report"), now)
    if row is not None and abs(ahead - int(row[0])) > CLOCK_STEP_MS:
        server.storage.write(
            lambda tx: tx.run("UPDATE device SET wall = ? WHERE id = ?", (ahead, caller.device)), lazy=True
        )
    return pack_message(said)


def _keep_report(server: Server, device: str, told: Json, now: int) -> None:
    """What a PC says of itself, as long as it is of the form described; it decides nothing."""
    if not isinstance(told, dict):
        return
    version, free, waiting = (told.get(key) for key in ("v", "free", "waiting"))
    if not isinstance(version, str) or type(free) is not int or type(waiting) is not int:
        return
    kept = {"v": version[:40], "free": min(max(free, 0), 10**6), "waiting": min(max(waiting, 0), 10**9)}
    if is_version(told.get("fell")):
        kept["fell"] = str(told["fell"])
    server.storage.write(
        lambda tx: set_meta(tx, REPORT + device, json.dumps({**kept, "at": now}, ensure_ascii=False)), lazy=True
    )


def _said(server: Server, tx: Tx, caller: Caller, head: dict[str, Json], now: int) -> dict[str, Json]:
    """The whole answer; to `same`, the tag of the one before, only whether it would be the same again."""
    same = head.get("same")
    if same is not None:
        known = server.greeted.get(f"{caller.device} {same}")
        if known is None:
            return {"same": False, "time": now}
        head = known
    answer = _answer(tx, caller, head, now)
    tag = greeting_tag(head, answer)
    if tag == same:
        return {"same": True, "time": now}
    if len(server.greeted) >= MOST_GREETED:
        server.greeted.clear()
    server.greeted[f"{caller.device} {tag}"] = head  # two clones of a PC keep one each
    return answer


def _check_protocol(named: Json) -> None:
    low, high = (named if isinstance(named, list) and len(named) == 2 else [1, 1])[:2]
    if not isinstance(low, int) or not isinstance(high, int) or low > PROTOCOL[1] or high < PROTOCOL[0]:
        raise Refusal("E-108", detail="no common protocol", protocol=list(PROTOCOL))


def _answer(tx: Tx, caller: Caller, head: dict[str, Json], now: int) -> dict[str, Json]:
    grants = scope.grants_of(tx, caller.station, now)
    streams = sorted({caller.stream, *(stream for _, stream in grants)})
    test, value = tx.among("code", streams)
    epoch = int(meta(tx, EPOCH, "1"))
    since = head.get("directory_since")
    acked = marks_of(tx, caller.device)
    more: dict[str, Json] = {
        "spell": spells.current(tx),
        "gone": spells.gone(tx, head.get("spells"), head.get("cursors")),
    }
    return {
        "epoch": epoch,
        "acked": acked,
        "streams": {str(c): int(r) for c, r in tx.rows(f"SELECT code, rev FROM stream WHERE {test}", (value,))},
        "grants": [{"case": case, "stream": stream} for case, stream in grants],
        "time": now,
        "needs": _needs(acked, head, epoch),
        "directory": _directory(tx, caller, since if isinstance(since, int) else 0),
        **{key: value for key, value in more.items() if value},
    }


def marks_of(tx: Tx, device: str) -> dict[str, Json]:
    """{inst: {seq, head}}: how far the chains of a device are known here."""
    return {
        str(inst): {"seq": int(seq), "head": b64(bytes(known))}
        for inst, seq, known in tx.rows("SELECT inst, seq, head FROM inst WHERE device = ?", (device,))
    }


def _needs(acked: dict[str, Json], head: dict[str, Json], epoch: int) -> str:
    """`fork`: the server knows more, or other, of the device's present incarnation than the device does."""
    inst, seq = head.get("inst"), head.get("seq")
    known = acked.get(inst) if isinstance(inst, str) else None
    if isinstance(known, dict) and isinstance(seq, int) and isinstance(known["seq"], int):
        if known["seq"] > seq:
            return "fork"
        if known["seq"] == seq and _head(head) != known["head"]:
            return "fork"
    return "ok" if head.get("epoch") in (None, epoch) else "epoch"


def _head(head: dict[str, Json]) -> str:
    try:
        return b64(unb64(head.get("head")))
    except BadOp:
        return ""


def _directory(tx: Tx, caller: Caller, since: int) -> list[Json]:
    """Keys of the devices that sealed bodies may be wrapped to: those of the own committee, and of grants given."""
    rows = tx.rows(
        "SELECT d.id, s.code, d.seal_key, d.sign_key, d.until, d.revoked FROM device d"
        " JOIN station s ON s.no = d.station_no WHERE d.changed > ? AND (s.committee = ? OR s.code IN"
        " (SELECT g.station FROM case_grant g JOIN case_row c ON c.stream = g.stream AND c.rec = g.case_rec"
        " JOIN station own ON own.code = c.station WHERE own.committee = ? AND g.revoked = 0)) ORDER BY d.id",
        (since, caller.committee, caller.committee),
    )
    return [
        {
            "device": str(device),
            "station": str(station),
            "seal_key": b64(bytes(seal)),
            "sign_key": b64(bytes(sign)),
            "until": int(until),
            "revoked": bool(revoked),
        }
        for device, station, seal, sign, until, revoked in rows
    ]
