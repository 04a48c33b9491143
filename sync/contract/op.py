"""The op: one commit of one verb on one case and one compartment; header in clear, body clear or sealed."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import field
from typing import Final, Literal, cast

from sync.contract import catalogue
from sync.contract.canonical import Json, NotCanonical, dumps, loads_object
from sync.contract.errors import KnownError
from sync.contract.values import made_once

PROTOCOL_VERSION: Final = 1
MAX_OP_BYTES: Final = 256 * 1024
"""Header and body together; a larger change is several ops of one group."""
SALT_BYTES: Final = 16
MAX_SEQ: Final = 999_999_999
"""Last sequence number of an incarnation; every store keeps it in 32 bits, and ids of this length only are ids."""
MAX_GROUP: Final = 65_536
"""Ops of one transaction."""

BodyForm = Literal["clear", "sealed"]
COMPARTMENTS: Final = ("register", "content", "private", "psych", "complainant", "reference")
CLEAR_COMPARTMENTS: Final = frozenset({"register", "reference"})
CLOSED_COMPARTMENTS: Final = frozenset({"private", "psych"})
"""Sealed to the case team alone, not to the committee."""
"""What the district reads by default (人民调解法 15; 深圳条例 24); every other body is sealed."""

_INST = re.compile(r"[0-9a-f]{16}")
_HASH = re.compile(r"[0-9a-f]{64}")
_REC = re.compile(r"[0-9a-f]{16}\.[1-9][0-9]{0,8}\.(0|[1-9][0-9]{0,3})")
_OP = re.compile(r"[0-9a-f]{16}\.[1-9][0-9]{0,8}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PLAIN = re.compile(
    r'\{"actor":"([^"\\\x00-\x1f]{0,200})","body_form":"(clear|sealed)","body_hash":"([0-9a-f]{64})",'
    r'"case":"((?:[0-9a-f]{16}\.[1-9][0-9]{0,8}\.(?:0|[1-9][0-9]{0,3}))?)","compartment":"([a-z][a-z0-9_]{0,39})",'
    r'"group":\[([1-9][0-9]{0,8}),([1-9][0-9]{0,4})\],"inst":"([0-9a-f]{16})","seq":([1-9][0-9]{0,8}),'
    r'"stream":"([^"\\\x00-\x1f]{0,200})","v":([1-9][0-9]{0,3}),"verb":"([a-z][a-z0-9_]{0,39})",'
    r'"wall":(0|[1-9][0-9]{0,14})\}',
    re.ASCII,
)
"""A header as this version writes it, with no escapes in its texts: read in one step. Others are read slowly."""
_HEADER_KEYS = frozenset("v inst seq group stream case compartment verb actor wall body_hash body_form".split())


class BadOp(ValueError):
    """The bytes are no well-formed op; the text says which rule they break."""


def _schema() -> int:
    return catalogue.CATALOGUE_VERSION


def op_id(inst: str, seq: int) -> str:
    """Name an op by its incarnation (16 hex) and sequence number."""
    return f"{inst}.{seq}"


def rec_id(inst: str, seq: int, index: int) -> str:
    """Name a record by the change that created it."""
    return f"{inst}.{seq}.{index}"


def is_inst(text: object) -> bool:
    """True for the text of an incarnation."""
    return isinstance(text, str) and _INST.fullmatch(text) is not None


def is_rec_id(text: object) -> bool:
    """True for the text of a record id."""
    return isinstance(text, str) and _REC.fullmatch(text) is not None


def is_op_id(text: object) -> bool:
    """True for the text of an op id."""
    return isinstance(text, str) and _OP.fullmatch(text) is not None


def creator_of(rec: str) -> str:
    """Return the id of the op that created a record."""
    return rec.rsplit(".", 1)[0]


def inst_of(any_id: str) -> str:
    """Return the incarnation inside an op id or record id."""
    return any_id.split(".", 1)[0]


@made_once
class Change:
    """What one op says about one record.

    `base` names, for each unit (field or field group) that is overwritten, the ops whose values were seen;
    `expect` holds field values a transition relies on (for example the state it leaves).
    """

    rec: str
    kind: str
    set: dict[str, Json]
    base: dict[str, list[str]] = field(default_factory=dict)
    expect: dict[str, Json] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """Return the canonical object; empty parts are left out."""
        data: dict[str, Json] = {"rec": self.rec, "kind": self.kind, "set": self.set}
        if self.base:
            data["base"] = cast("dict[str, Json]", self.base)
        if self.expect:
            data["expect"] = self.expect
        return data


@made_once
class Header:
    """The part of an op that is always in clear and is hashed into the chain.

    `group` is (first seq, number of ops) of the transaction the op was made in; `case` is "" for ops about
    no case; `wall` is the device's clock in ms and never decides anything; `v` is the version of the catalogue the
    op was written by: what a higher one says beyond this program's own is kept, passed on and not judged.
    """

    inst: str
    seq: int
    group: tuple[int, int]
    stream: str
    case: str
    compartment: str
    verb: str
    actor: str
    wall: int
    body_hash: str
    body_form: BodyForm
    v: int = field(default_factory=_schema)

    @property
    def id(self) -> str:
        """The op's name."""
        return op_id(self.inst, self.seq)

    @property
    def newer(self) -> bool:
        """True where a program with a later catalogue than this one wrote the op."""
        return self.v > catalogue.CATALOGUE_VERSION

    def to_bytes(self) -> bytes:
        """Canonical bytes; made once, at writing."""
        return dumps(
            {
                "v": self.v,
                "inst": self.inst,
                "seq": self.seq,
                "group": list(self.group),
                "stream": self.stream,
                "case": self.case,
                "compartment": self.compartment,
                "verb": self.verb,
                "actor": self.actor,
                "wall": self.wall,
                "body_hash": self.body_hash,
                "body_form": self.body_form,
            }
        )


def _text(data: dict[str, Json], key: str, limit: int = 200) -> str:
    value = data[key]
    if not isinstance(value, str) or len(value) > limit:
        raise BadOp(f"header {key}")
    return value


def _int(data: dict[str, Json], key: str, low: int, high: int) -> int:
    value = data[key]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadOp(f"header {key}")
    return value


def _group(value: Json, seq: int) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise BadOp("header group")
    first, count = value
    if type(first) is not int or type(count) is not int or not 1 <= count <= MAX_GROUP:
        raise BadOp("header group")
    if not 1 <= first <= seq < first + count:
        raise BadOp("header group")
    return first, count


def parse_header(data: bytes) -> Header:
    """Read header bytes; BadOp when a key is missing or of a wrong shape. Unknown keys are allowed (newer versions)."""
    try:
        plain = _PLAIN.fullmatch(data.decode())
    except UnicodeDecodeError as exc:
        raise BadOp("header is no UTF-8") from exc
    return _read_slowly(data) if plain is None else _read_plain(plain.groups())


def _read_plain(parts: tuple[str, ...]) -> Header:
    actor, form, body_hash, case, compartment, first, count, inst, seq, stream, v, verb, wall = parts
    group = _group([int(first), int(count)], int(seq))
    return Header(
        inst, int(seq), group, stream, case, compartment, verb, actor, int(wall), body_hash,
        cast("BodyForm", form), int(v),
    )  # fmt: skip


def _read_slowly(data: bytes) -> Header:
    try:
        raw = loads_object(data)
    except NotCanonical as exc:
        raise BadOp(f"header: {exc}") from exc
    if not raw.keys() >= _HEADER_KEYS:
        raise BadOp("header lacks " + ", ".join(sorted(_HEADER_KEYS - raw.keys())))
    inst, form = _text(raw, "inst"), _text(raw, "body_form")
    if not _INST.fullmatch(inst) or form not in ("clear", "sealed"):
        raise BadOp("header inst or body_form")
    body_hash, case = _text(raw, "body_hash"), _text(raw, "case")
    if not _HASH.fullmatch(body_hash) or (case and not is_rec_id(case)):
        raise BadOp("header body_hash or case")
    for key in ("compartment", "verb"):
        if not _NAME.fullmatch(_text(raw, key)):
            raise BadOp(f"header {key}")
    seq = _int(raw, "seq", 1, MAX_SEQ)
    return Header(
        inst=inst,
        seq=seq,
        group=_group(raw["group"], seq),
        stream=_text(raw, "stream"),
        case=case,
        compartment=_text(raw, "compartment"),
        verb=_text(raw, "verb"),
        actor=_text(raw, "actor"),
        wall=_int(raw, "wall", 0, 2**53),
        body_hash=body_hash,
        body_form=cast("BodyForm", form),
        v=_int(raw, "v", 1, 9999),
    )


def make_body(changes: list[Change], salt: bytes) -> bytes:
    """Return the plain body bytes: {salt, changes}; the salt keeps a short value from being guessed from its hash."""
    text = base64.urlsafe_b64encode(salt).decode().rstrip("=")
    return dumps({"salt": text, "changes": [c.to_json() for c in changes]})


def _change(raw: Json) -> Change:
    if not isinstance(raw, dict):
        raise BadOp("change is no object")
    rec, kind, values = raw.get("rec"), raw.get("kind"), raw.get("set")
    base, expect = raw.get("base", {}), raw.get("expect", {})
    if not is_rec_id(rec) or not isinstance(kind, str) or not (kind in catalogue.KINDS or _NAME.fullmatch(kind)):
        raise BadOp("change rec or kind")
    if not isinstance(values, dict) or not isinstance(base, dict) or not isinstance(expect, dict):
        raise BadOp("change set, base or expect")
    for named in base.values():
        if not isinstance(named, list) or not all(is_op_id(n) for n in named):
            raise BadOp("change base")
    return Change(cast("str", rec), kind, values, cast("dict[str, list[str]]", base), expect)


def parse_body(data: bytes) -> list[Change]:
    """Read plain body bytes into changes; BadOp when malformed or when a record stands twice."""
    try:
        raw = loads_object(data)
    except NotCanonical as exc:
        raise BadOp(f"body: {exc}") from exc
    changes = raw.get("changes")
    if not isinstance(changes, list) or not isinstance(raw.get("salt"), str):
        raise BadOp("body lacks salt or changes")
    result = [_change(c) for c in changes]
    if len({c.rec for c in result}) != len(result):
        raise BadOp("a record stands twice in one op")
    return result


@made_once
class Op:
    """Header and body as the bytes they were made as; `body` is None where it was erased or never let through."""

    header: Header
    header_bytes: bytes
    body: bytes | None

    @property
    def id(self) -> str:
        """The op's name."""
        return self.header.id

    @classmethod
    def from_bytes(cls, header_bytes: bytes, body: bytes | None) -> Op:
        """Check shape, size and that the body is the one the header names; BadOp otherwise."""
        return cls.named(header_bytes, body, "" if body is None else hash_body(body))

    @classmethod
    def named(cls, header_bytes: bytes, body: bytes | None, digest: str) -> Op:
        """As `from_bytes`, where the hash of the body is known (hex; "" without a body)."""
        if len(header_bytes) + len(body or b"") > MAX_OP_BYTES:
            raise BadOp("larger than 256 KiB")
        header = parse_header(header_bytes)
        if body is not None and digest != header.body_hash:
            raise BadOp("body is not the one the header names")
        return cls(header, header_bytes, body)


def hash_body(body: bytes) -> str:
    """SHA-256 of the body bytes as stored, in hex."""
    return hashlib.sha256(body).hexdigest()


def check_size(header_bytes: bytes, body: bytes) -> None:
    """Refuse a new op beyond 256 KiB with E-228, before anything is written."""
    size = len(header_bytes) + len(body)
    if size > MAX_OP_BYTES:
        raise KnownError("E-228", size=size, limit=MAX_OP_BYTES)
