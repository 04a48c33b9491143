"""What the code on a page says: which paper, which version, which page, a fingerprint of its facts, a signature.

The code is the address of the district's page for it, so a telephone can open it; the station reads the same
text without a network. Byte layout of the last part of the address (base64url, no padding):

    1 byte   format, 1
    varint   version, page, pages
    varint   length of the paper id, and the id (ASCII)
    16 bytes first half of the SHA-256 of the paper's facts
    64 bytes Ed25519 signature of the device over b"GM1 page\\0" and everything before it

A paper id of the form <16 hex digits>.<n>[.<n>] is stored as 8 bytes and varints, so the code stays small.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from sync.contract.errors import BugError, KnownError

_FORMAT = 1
_DOMAIN = b"GM1 page\0"
FACTS = 16
SIGNATURE = 64
_COMPACT = re.compile(r"([0-9a-f]{16})((?:\.(?:0|[1-9][0-9]{0,9})){1,3})")


@dataclass(frozen=True, slots=True)
class Proof:
    """What the pages of one issued paper are proved with.

    `url`: address of the district (https://host, no slash at the end); `facts_hash`: SHA-256 of the facts,
    at least 16 bytes; `sign`: the device's Ed25519 signature, 64 bytes.
    """

    url: str
    paper_id: str
    version: int
    facts_hash: bytes
    number: str | None
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class PageMark:
    """The content of one page's code. `facts`: 16 bytes; `signature`: 64 bytes."""

    url: str
    paper_id: str
    version: int
    page: int
    pages: int
    facts: bytes
    signature: bytes = b""

    @property
    def signed_bytes(self) -> bytes:
        """What the device's signature covers. The address is not in it: a district may move."""
        return _DOMAIN + _fields(self)


def mark_page(proof: Proof, *, page: int, pages: int) -> PageMark:
    """The signed mark of one page."""
    if len(proof.facts_hash) < FACTS:
        raise BugError("a facts hash has at least 16 bytes")
    bare = PageMark(proof.url, proof.paper_id, proof.version, page, pages, proof.facts_hash[:FACTS])
    signature = proof.sign(bare.signed_bytes)
    if len(signature) != SIGNATURE:
        raise BugError("a device signature has 64 bytes")
    return PageMark(bare.url, bare.paper_id, bare.version, page, pages, bare.facts, signature)


def encode_payload(mark: PageMark) -> str:
    """The text of the code: https://host/v/<base64url>."""
    data = urlsafe_b64encode(_fields(mark) + mark.signature).rstrip(b"=").decode("ascii")
    return f"{mark.url.rstrip('/')}/v/{data}"


def decode_payload(text: str) -> PageMark:
    """Read a code's text back. Raises KnownError E-312 for anything that is not one of ours."""
    url, slash, data = text.strip().rpartition("/v/")
    try:
        if not slash or not data.isascii():
            raise ValueError("no address")
        raw = urlsafe_b64decode(data + "=" * (-len(data) % 4))
        reader = _Reader(raw)
        if reader.byte() != _FORMAT:
            raise ValueError("format")
        version, page, pages = reader.varint(), reader.varint(), reader.varint()
        paper_id = reader.paper_id()
        mark = PageMark(url, paper_id, version, page, pages, reader.take(FACTS), reader.take(SIGNATURE))
        if reader.rest() or encode_payload(mark).rpartition("/v/")[2] != data:
            raise ValueError("trailing bytes")
    except (ValueError, IndexError) as error:
        raise KnownError("E-312", text=text[:80]) from error
    return mark


def _fields(mark: PageMark) -> bytes:
    head = bytes([_FORMAT]) + _varint(mark.version) + _varint(mark.page) + _varint(mark.pages)
    return head + _paper_id(mark.paper_id) + mark.facts


def _paper_id(text: str) -> bytes:
    """Length 0 announces the compact form: how many numbers, 8 bytes, the numbers."""
    match = _COMPACT.fullmatch(text)
    if match:
        numbers = [int(n) for n in match[2][1:].split(".")]
        return bytes([0, len(numbers)]) + bytes.fromhex(match[1]) + b"".join(map(_varint, numbers))
    raw = text.encode("ascii")
    if not raw:
        raise BugError("a paper has an id")
    return _varint(len(raw)) + raw


def _varint(number: int) -> bytes:
    """Seven bits a byte, lowest first, the high bit says that more follow."""
    if number < 0:
        raise BugError("a varint is not negative")
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise ValueError("cut short")
        self._at += count
        return part

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise ValueError("varint")

    def paper_id(self) -> str:
        length = self.varint()
        if length:
            return self.take(length).decode("ascii")
        count = self.byte()
        inst = self.take(8).hex()
        return ".".join([inst, *(str(self.varint()) for _ in range(count))])

    def rest(self) -> bytes:
        return self._data[self._at :]
