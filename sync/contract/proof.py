"""What the code on a printed page says: which paper, version, page and facts, signed by the device (CONTRACT 7).

The code holds an address of the district, so that any telephone opens its verification page, and behind `/v/` a compact
payload: format byte, paper (incarnation 8 bytes, sequence, index), version, page, pages, 16 bytes of the facts' hash,
device 8 bytes, Ed25519 signature 64 bytes; base64url. Numbers are varints, seven bits a byte, low end first.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from typing import Final

from sync.contract.op import is_rec_id

FORMAT: Final = 1
FACTS_BYTES: Final = 16
SIGNATURE_BYTES: Final = 64
MAX_URL: Final = 200
"""Characters of the whole address; more would need a finer code than 20 mm of office print carry."""

_DOMAIN: Final = b"GM1 paper\0"
_DEVICE = re.compile(r"d-[0-9a-f]{16}")
_PATH: Final = "/v/"
_VARINT_BYTES: Final = 5
_MAX_PAGES: Final = 9999


class BadProof(ValueError):
    """The text is no payload of ours, or a field is outside its range; the message says which."""


@dataclass(frozen=True, slots=True)
class PaperProof:
    """The fields of one page's code.

    `paper` is the record id of the paper, `facts16` the first 16 bytes of its facts' hash, `device` the id of the
    issuing device; `signature` is b"" until `signed` is called. BadProof when a field is outside its range.
    """

    paper: str
    version: int
    page: int
    pages: int
    facts16: bytes
    device: str
    signature: bytes = b""

    def __post_init__(self) -> None:
        if not is_rec_id(self.paper) or not _DEVICE.fullmatch(self.device):
            raise BadProof("paper or device")
        if not 1 <= self.page <= self.pages <= _MAX_PAGES or not 1 <= self.version <= _MAX_PAGES:
            raise BadProof("version or page")
        if len(self.facts16) != FACTS_BYTES or len(self.signature) not in (0, SIGNATURE_BYTES):
            raise BadProof("facts or signature")

    def _fields(self) -> bytes:
        inst, seq, index = self.paper.split(".")
        numbers = (int(seq), int(index), self.version, self.page, self.pages)
        parts = [bytes((FORMAT,)), bytes.fromhex(inst), *(varint(n) for n in numbers)]
        return b"".join((*parts, self.facts16, bytes.fromhex(self.device[2:])))

    def signed_bytes(self) -> bytes:
        """The bytes the device signs: everything but the signature, under a name of their own."""
        return _DOMAIN + self._fields()

    def signed(self, signature: bytes) -> PaperProof:
        """Return the same proof with the device's signature over `signed_bytes()`."""
        if len(signature) != SIGNATURE_BYTES:
            raise BadProof("signature")
        return replace(self, signature=signature)

    def payload(self) -> str:
        """The compact text behind `/v/`; BadProof while unsigned."""
        if not self.signature:
            raise BadProof("not signed")
        return base64.urlsafe_b64encode(self._fields() + self.signature).decode().rstrip("=")

    def encode(self, url_base: str) -> str:
        """The address for the code, https://host/v/AbC…; BadProof beyond 200 characters or while unsigned."""
        url = url_base.rstrip("/") + _PATH + self.payload()
        if len(url) > MAX_URL or not url.isascii():
            raise BadProof(f"address of {len(url)} characters")
        return url


def decode(url_or_payload: str) -> PaperProof:
    """Read an address or a bare payload; BadProof when it is none of ours. The signature is not checked here."""
    text = url_or_payload.strip()
    payload = text.rpartition(_PATH)[2] if _PATH in text else text
    if len(text) > MAX_URL or not re.fullmatch(r"[A-Za-z0-9_-]+", payload):
        raise BadProof("not a payload")
    try:
        data = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
    except ValueError as exc:
        raise BadProof("not base64url") from exc
    proof = _read(data)
    if proof.payload() != payload:
        raise BadProof("not the one spelling of its fields")
    return proof


def _read(data: bytes) -> PaperProof:
    if data[:1] != bytes((FORMAT,)):
        raise BadProof("unknown format")
    inst, at = data[1:9].hex(), 9
    numbers = []
    for _ in range(5):
        value, at = take_varint(data, at)
        numbers.append(value)
    rest = data[at:]
    if len(rest) != FACTS_BYTES + 8 + SIGNATURE_BYTES:
        raise BadProof("length")
    seq, index, version, page, pages = numbers
    facts16, device, signature = rest[:FACTS_BYTES], rest[FACTS_BYTES : FACTS_BYTES + 8], rest[FACTS_BYTES + 8 :]
    return PaperProof(f"{inst}.{seq}.{index}", version, page, pages, facts16, "d-" + device.hex(), signature)


def varint(value: int) -> bytes:
    """Seven bits a byte, low end first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def take_varint(data: bytes, at: int) -> tuple[int, int]:
    """(value, where it ends) of a number at a place; BadProof beyond five bytes or the end."""
    value = 0
    for offset in range(_VARINT_BYTES):
        if at + offset >= len(data):
            break
        byte = data[at + offset]
        value |= (byte & 0x7F) << 7 * offset
        if byte < 0x80:
            return value, at + offset + 1
    raise BadProof("number")
