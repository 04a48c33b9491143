"""How ops, certificates and pages are laid out on the line and in bundles; bytes in, values out, no I/O.

A batch is a sequence of frames. An op's frame is: 4-byte length, header bytes; 4-byte length, body bytes. Where the
body travels along, the header's body_hash is left out (64 hex) and put back by the receiver from the body itself: it
is a hash, cannot be compressed, and would be a fifth of the line. A missing body has length 0xFFFFFFFF and a full
header.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import Final, cast

from sync.contract.canonical import Json, NotCanonical, dumps, loads_object
from sync.contract.chain import HASH_BYTES, Certificate, Run
from sync.contract.op import MAX_SEQ, BadOp, Op, hash_body, is_inst

_LEN = struct.Struct(">I")
_NO_BODY: Final = 0xFFFFFFFF
_BLANK: Final = b'"body_hash":""'

MEDIA_TYPE: Final = "application/vnd.gm-batch"
MAX_BATCH_BYTES: Final = 8 * 1024 * 1024
"""A batch or page unpacked; compressed bodies are refused beyond it."""
MAX_CERTIFIED: Final = 100_000
"""Ops that one certificate names."""


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: object) -> bytes:
    """Read base64url without padding; BadOp when it is none, or not the one spelling of its bytes."""
    if not isinstance(text, str):
        raise BadOp("base64url expected")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as exc:
        raise BadOp("base64url expected") from exc
    if b64(data) != text:
        raise BadOp("base64url has one spelling")
    return data


def _hash_field(body_hash: str) -> bytes:
    return b'"body_hash":"' + body_hash.encode() + b'"'


def pack_op(header_bytes: bytes, body: bytes | None, body_hash: str = "") -> bytes:
    """Frame one op; `body_hash` saves computing it where it is known."""
    if body is None:
        return _LEN.pack(len(header_bytes)) + header_bytes + _LEN.pack(_NO_BODY)
    short = header_bytes.replace(_hash_field(body_hash or hash_body(body)), _BLANK, 1)
    return b"".join((_LEN.pack(len(short)), short, _LEN.pack(len(body)), body))


def pack_ops(ops: Iterable[tuple[bytes, bytes | None]]) -> bytes:
    """Frame many ops given as (header bytes, body bytes)."""
    return b"".join(pack_op(header, body) for header, body in ops)


def _take(data: memoryview, at: int, size: int) -> tuple[bytes, int]:
    end = at + size
    if end > len(data):
        raise BadOp("batch cut short")
    return bytes(data[at:end]), end


def _length(data: memoryview, at: int) -> tuple[int, int]:
    raw, at = _take(data, at, _LEN.size)
    return int(_LEN.unpack(raw)[0]), at


def frames(data: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Split a batch into (full header bytes, body bytes or None) without reading what is inside; BadOp when cut."""
    for header, body in _frames(data):
        yield (header if body is None else header.replace(_BLANK, _hash_field(hash_body(body)), 1)), body


def _frames(data: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """(header as it travelled, body or None)."""
    at, end, read = 0, len(data), _LEN.unpack_from
    while at < end:
        if at + 8 > end:
            raise BadOp("batch cut short")
        middle = at + 4 + read(data, at)[0]
        if middle + 4 > end:
            raise BadOp("batch cut short")
        header, size = data[at + 4 : middle], read(data, middle)[0]
        at = middle + 4
        if size == _NO_BODY:
            yield header, None
            continue
        if at + size > end:
            raise BadOp("batch cut short")
        yield header, data[at : at + size]
        at += size


def unpack_ops(data: bytes) -> list[Op]:
    """Read a batch into checked ops; BadOp names the first rule that is broken.

    A body whose hash did not travel is the one its header names by construction, and is hashed once.
    """
    found = []
    for header, body in _frames(data):
        if body is None or _BLANK not in header:
            found.append(Op.from_bytes(header, body))
        else:
            digest = hash_body(body)
            found.append(Op.named(header.replace(_BLANK, _hash_field(digest), 1), body, digest))
    return found


def certificate_to_json(cert: Certificate, travelling: frozenset[str] | None = None) -> dict[str, Json]:
    """Lay out a certificate. Hashes of ops in `travelling` (op ids) are left out: the receiver computes them.

    With None every op travels along.
    """
    runs: list[Json] = []
    for run in cert.runs:
        hidden: dict[str, Json] = {}
        if travelling is not None:
            for offset, value in enumerate(run.hashes):
                if f"{run.inst}.{run.first + offset}" not in travelling:
                    hidden[str(run.first + offset)] = b64(value)
        item: dict[str, Json] = {"inst": run.inst, "first": run.first, "n": len(run.hashes), "before": b64(run.before)}
        if hidden:
            item["hidden"] = hidden
        runs.append(item)
    return {"signer": cert.signer, "runs": runs, "signature": b64(cert.signature)}


def certificate_from_json(raw: Json, headers: dict[str, bytes]) -> Certificate:
    """Rebuild a certificate from its layout and the header bytes of the ops that came along (by op id)."""
    from sync.contract.chain import next_head

    if not isinstance(raw, dict) or not isinstance(raw.get("runs"), list) or not isinstance(raw.get("signer"), str):
        raise BadOp("certificate")
    runs: list[Run] = []
    total = 0
    for item in cast("list[Json]", raw["runs"]):
        inst, first, count, before, hidden = _run_fields(item)
        total += count
        if total > MAX_CERTIFIED:
            raise BadOp("certificate names too many ops")
        head, hashes = before, []
        for seq in range(first, first + count):
            header = headers.get(f"{inst}.{seq}")
            if header is not None:
                head = next_head(head, header)
            elif str(seq) in hidden:
                head = _hash_bytes(hidden[str(seq)])
            else:
                raise BadOp(f"certificate names {inst}.{seq}, which did not come")
            hashes.append(head)
        runs.append(Run(inst, first, before, tuple(hashes)))
    return Certificate(cast("str", raw["signer"]), tuple(runs), unb64(raw.get("signature")))


def _run_fields(item: Json) -> tuple[str, int, int, bytes, dict[str, Json]]:
    if not isinstance(item, dict):
        raise BadOp("certificate run")
    inst, first, count = item.get("inst"), item.get("first"), item.get("n")
    hidden, before = item.get("hidden", {}), _hash_bytes(item.get("before"))
    if not is_inst(inst) or type(first) is not int or type(count) is not int:
        raise BadOp("certificate run")
    if not isinstance(hidden, dict) or not 0 < count <= MAX_CERTIFIED or not 1 <= first <= MAX_SEQ:
        raise BadOp("certificate run")
    return cast("str", inst), first, count, before, hidden


def _hash_bytes(raw: Json) -> bytes:
    data = unb64(raw)
    if len(data) != HASH_BYTES:
        raise BadOp("certificate hash")
    return data


def greeting_tag(head: dict[str, Json], answer: dict[str, Json]) -> str:
    """What a hello and its answer amount to, times left aside: both ends know from it that nothing changed (16 hex)."""
    asked = {k: v for k, v in head.items() if k not in ("wall", "same")}
    said = {k: v for k, v in answer.items() if k != "time"}
    return hashlib.sha256(dumps(asked) + b"\0" + dumps(said)).hexdigest()[:16]


def pack_message(head: dict[str, Json], ops: bytes = b"") -> bytes:
    """One request or answer: 4-byte length, canonical JSON head, then the batch."""
    data = dumps(head)
    return _LEN.pack(len(data)) + data + ops


def unpack_message(data: bytes) -> tuple[dict[str, Json], bytes]:
    """Split a request or answer into head and batch; BadOp when cut short or not readable."""
    view = memoryview(data)
    size, at = _length(view, 0)
    head, at = _take(view, at, size)
    try:
        return loads_object(head), bytes(view[at:])
    except NotCanonical as exc:
        raise BadOp(f"message head: {exc}") from exc
