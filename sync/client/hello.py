"""The first word of a round: where both ends stand, what is granted, who is in the directory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from sync.client.calls import HELLO, Line
from sync.client.codec import PROTOCOL
from sync.client.ledger import DeviceEntry, Grant, Greeting, Mark, Receiving
from sync.contract.canonical import Json
from sync.contract.chain import HASH_BYTES, device_id
from sync.contract.errors import KnownError
from sync.contract.op import BadOp, is_inst, is_rec_id
from sync.contract.wire import b64, greeting_tag, unb64


@dataclass(frozen=True, slots=True)
class Welcome:
    """The server's answer, read and checked. `spell`: of its present start; `gone`: streams of which it lacks what was
    read of them.
    """

    epoch: int
    acked: dict[str, Mark]
    streams: dict[str, int]
    grants: list[Grant]
    time: int
    directory: list[DeviceEntry]
    spell: str = ""
    gone: tuple[str, ...] = ()


@dataclass(slots=True)
class Standing:
    """How the own chains stand against what the server knows.

    `missing`: the server knows ops of ours that are not here (restored PC); `forked`: incarnations of which it knows
    another history; `lost`: incarnations of which something is missing.
    """

    acked: dict[str, Mark]
    missing: bool = False
    forked: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)


def hello(line: Line, now_ms: int) -> Welcome:
    """Say hello; E-108 no common protocol, E-109 revoked, E-106 malformed."""
    ledger = line.ledger
    position = ledger.position()
    head: dict[str, Json] = {
        "cursors": cast("dict[str, Json]", ledger.cursors()),
        "protocol": list(PROTOCOL),
        "wall": now_ms,
        "epoch": line.link.epoch,
        "directory_since": ledger.directory_since(),
        "report": ledger.report(),
    }
    if spells := ledger.spells():
        head["spells"] = cast("dict[str, Json]", spells)
    if position.inst:
        head |= {"inst": position.inst, "seq": position.seq, "head": b64(position.head)}
    raw = _said(line, head, now_ms)
    try:
        return _read(raw)
    except (BadOp, KeyError, TypeError) as exc:
        raise KnownError("E-106", what=f"hello: {exc}") from exc


def _said(line: Line, head: dict[str, Json], now_ms: int) -> dict[str, Json]:
    """The server's whole answer. Where nothing changed here since the last one, only its tag is sent; the server says
    whether it would answer the same, and otherwise answers in full or is asked in full.
    """
    kept = line.ledger.greeting()
    if kept is not None and {**kept.asked, "wall": 0} == {**head, "wall": 0}:
        short: dict[str, Json] = {"protocol": list(PROTOCOL), "wall": now_ms, "same": kept.tag}
        raw, _ = line.call(HELLO, short)
        if raw.get("same") is True:
            return {**kept.said, "time": raw.get("time")}
        if "same" in raw:
            raw, _ = line.call(HELLO, head)
    else:
        raw, _ = line.call(HELLO, head)
    line.ledger.keep_greeting(Greeting(head, raw, greeting_tag(head, raw)))
    return raw


def _read(raw: dict[str, Json]) -> Welcome:
    return Welcome(
        epoch=_int(raw["epoch"]),
        acked=read_marks(raw["acked"]),
        streams={_text(k): _int(v) for k, v in _dict(raw["streams"]).items()},
        grants=[_grant(_dict(item)) for item in _list(raw["grants"])],
        time=_int(raw["time"]),
        directory=[_entry(_dict(item)) for item in _list(raw["directory"])],
        spell=_text(raw.get("spell", "")),
        gone=tuple(sorted(_dict(raw.get("gone", {})))),
    )


def read_marks(raw: Json) -> dict[str, Mark]:
    """Read {inst: {seq, head}}; BadOp where it is something else."""
    marks: dict[str, Mark] = {}
    for inst, item in _dict(raw).items():
        mark = Mark(_int(_dict(item).get("seq")), unb64(_dict(item).get("head")))
        if not is_inst(inst) or len(mark.head) != HASH_BYTES:
            raise BadOp("marks")
        marks[inst] = mark
    return marks


def _grant(item: dict[str, Json]) -> Grant:
    if not is_rec_id(item["case"]):
        raise BadOp("grant")
    return Grant(_text(item["case"]), _text(item["stream"]))


def _entry(item: dict[str, Json]) -> DeviceEntry:
    """A device of the directory; its id must follow from its key."""
    entry = DeviceEntry(
        device=_text(item["device"]),
        station=_text(item["station"]),
        sign_key=unb64(item["sign_key"]),
        seal_key=unb64(item["seal_key"]),
        until=_int(item["until"]),
        revoked=item["revoked"] is True,
    )
    if device_id(entry.sign_key) != entry.device or len(entry.seal_key) != HASH_BYTES:
        raise BadOp("directory")
    return entry


def _dict(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise BadOp("object expected")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise BadOp("list expected")
    return value


def _int(value: Json) -> int:
    if type(value) is not int or value < 0:
        raise BadOp("number expected")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise BadOp("text expected")
    return value


def compare(ledger: Receiving, said: dict[str, Mark]) -> Standing:
    """Hold what the server says it has against the own chains; nothing is taken over yet.

    Incarnations the server does not name at all are not confirmed (any more): a restored server gets them again.
    """
    standing = Standing({})
    known = ledger.acked()
    for inst, mark in said.items():
        if known.get(inst) == mark:
            continue
        head = ledger.head_at(inst, mark.seq)
        if head is None:
            standing.missing = True
            standing.lost.add(inst)
        elif head != mark.head:
            standing.forked.add(inst)
        else:
            standing.acked[inst] = mark
    for inst in known.keys() - said.keys():
        opening = ledger.head_at(inst, 0)
        if opening is not None and known[inst].seq:
            standing.acked[inst] = Mark(0, opening)
    return standing
