"""Bundles (.gmb): the bodies of push and pull on a stick; encrypted to the receiver, signed, cut in frames; no I/O.

    file    = MAGIC, u32 length, header, frames, signature (64)
    header  = canonical JSON {v, from, to, no, at, key}: device ids, bundle number, ms, ephemeral X25519 key
    frame   = u32 length, ChaCha20-Poly1305 ciphertext of at most 64 KiB; nonce = u64 index, 0 or 1 for the last, 0,0,0;
              associated data = SHA-256 of the header
    plain   = zlib of the parts: u32 length, message as on the line (wire.pack_message)
    signature = Ed25519 of the sender over "GM1 bundle\\0" and SHA-256 of everything before it

The district's server needs no key of its own for this: its Ed25519 key, pinned at enrolment, is also a point of
Curve25519 (RFC 7748 4.1). Cut, changed, foreign or swollen files are refused whole; what is in them is idempotent.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sync.contract.canonical import Json, NotCanonical, dumps, loads_object
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.wire import b64, unb64

MAGIC: Final = b"GMB1"
FORM: Final = 1
"""Of magic and header alike; a later program may write a higher one."""
FRAME: Final = 64 * 1024
TAG: Final = 16
SIGNATURE: Final = 64
MOST_PLAIN: Final = 256 * 1024 * 1024
"""Bytes of all parts; a bundle that unpacks to more is refused before it is unpacked."""
MOST_HEADER: Final = 4096
_LEN: Final = struct.Struct(">I")
_P: Final = 2**255 - 19


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom: device ids, the sender's number, ms, and the ephemeral X25519 public key (32 bytes)."""

    sender: str
    receiver: str
    number: int
    at: int
    key: bytes

    def header(self) -> bytes:
        """Canonical bytes."""
        said: dict[str, Json] = {"v": FORM, "from": self.sender, "to": self.receiver, "no": self.number, "at": self.at}
        return dumps({**said, "key": b64(self.key)})


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle taken apart but not opened: envelope, header bytes, frames, and what was signed and how."""

    envelope: Envelope
    header: bytes
    frames: tuple[bytes, ...]
    message: bytes
    signature: bytes


def pack_parts(parts: Iterable[bytes]) -> bytes:
    """All messages as one compressed text."""
    return zlib.compress(b"".join(_LEN.pack(len(p)) + p for p in parts), 6)


def unpack_parts(packed: bytes) -> list[bytes]:
    """The messages again; BadOp where it is cut, damaged or larger than MOST_PLAIN."""
    opener = zlib.decompressobj()
    try:
        plain = opener.decompress(packed, MOST_PLAIN + 1)
    except zlib.error as exc:
        raise BadOp("bundle does not unpack") from exc
    if len(plain) > MOST_PLAIN or not opener.eof or opener.unused_data:
        raise BadOp("bundle larger than allowed, or cut")
    parts: list[bytes] = []
    at = 0
    while at < len(plain):
        if at + _LEN.size > len(plain):
            raise BadOp("part cut")
        (size,) = _LEN.unpack_from(plain, at)
        at += _LEN.size
        if at + size > len(plain):
            raise BadOp("part cut")
        parts.append(plain[at : at + size])
        at += size
    return parts


def pieces(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(nonce, plain) of each frame, the last marked as the last; an empty bundle has one frame."""
    count = max(1, -(-len(data) // FRAME))
    for index in range(count):
        yield nonce(index, last=index == count - 1), data[index * FRAME : (index + 1) * FRAME]


def nonce(index: int, *, last: bool) -> bytes:
    """12 bytes, never used twice under one key."""
    return struct.pack(">QB3x", index, int(last))


def associated(header: bytes) -> bytes:
    """What binds each frame to its envelope."""
    return hashlib.sha256(header).digest()


def join(header: bytes, frames: Iterable[bytes]) -> bytes:
    """Everything before the signature."""
    return MAGIC + _LEN.pack(len(header)) + header + b"".join(_LEN.pack(len(f)) + f for f in frames)


def signed_message(unsigned: bytes) -> bytes:
    """What the sender signs."""
    return b"GM1 bundle\0" + hashlib.sha256(unsigned).digest()


def split(data: bytes) -> Sealed:
    """Take a file apart; BadOp for anything that is not exactly a bundle, E-126 for one of a later form."""
    if data[:3] == MAGIC[:3] and data[3:4] in (b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9"):
        raise KnownError("E-126")
    if not data.startswith(MAGIC) or len(data) < len(MAGIC) + _LEN.size + SIGNATURE:
        raise BadOp("not a bundle")
    unsigned, signature = data[:-SIGNATURE], data[-SIGNATURE:]
    at = len(MAGIC)
    header, at = _piece(unsigned, at, MOST_HEADER)
    frames: list[bytes] = []
    while at < len(unsigned):
        frame, at = _piece(unsigned, at, FRAME + TAG)
        frames.append(frame)
    return Sealed(_envelope(header), header, tuple(frames), signed_message(unsigned), signature)


def _piece(data: bytes, at: int, most: int) -> tuple[bytes, int]:
    if at + _LEN.size > len(data):
        raise BadOp("bundle cut")
    (size,) = _LEN.unpack_from(data, at)
    at += _LEN.size
    if size > most or at + size > len(data):
        raise BadOp("bundle cut or swollen")
    return data[at : at + size], at + size


def _envelope(header: bytes) -> Envelope:
    try:
        raw: dict[str, Json] = loads_object(header)
    except NotCanonical as exc:
        raise BadOp("bundle header") from exc
    form = raw.get("v")
    if type(form) is int and form > FORM:
        raise KnownError("E-126")
    sender, receiver, number, at = (raw.get(n) for n in ("from", "to", "no", "at"))
    if form != FORM or not isinstance(sender, str) or not isinstance(receiver, str):
        raise BadOp("bundle header")
    if type(number) is not int or type(at) is not int:
        raise BadOp("bundle header")
    key = unb64(raw.get("key"))
    if len(key) != 32:
        raise BadOp("bundle key")
    return Envelope(sender, receiver, number, at, key)


def agree_public(ed_public: bytes) -> bytes:
    """The X25519 public key that belongs to an Ed25519 one: u = (1 + y) / (1 - y) (RFC 7748 4.1)."""
    y = int.from_bytes(ed_public, "little") & ((1 << 255) - 1)
    if y >= _P or y == 1:
        raise BadOp("no point of the curve")
    return ((1 + y) * pow(1 - y, _P - 2, _P) % _P).to_bytes(32, "little")


def agree_private(ed_seed: bytes) -> bytes:
    """The X25519 private key that belongs to an Ed25519 seed: the first half of its SHA-512 (RFC 8032 5.1.5)."""
    return hashlib.sha512(ed_seed).digest()[:32]
