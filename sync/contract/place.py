"""What the code on a station's wall says: which station (by its PC), which spot, and within how many hours it calls.

The code holds an address of the district and behind `/e/` a compact payload: format byte, hours as a varint (0: no
limit is set), device (8 bytes), the spot as UTF-8, Ed25519 signature (64 bytes) of the device; base64url. It cannot be
made up by who never stood there, names nobody, and holds as long as the sheet hangs, also after the PC was replaced.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from typing import Final

from sync.contract.proof import BadProof, take_varint, varint

FORMAT: Final = 1
SIGNATURE_BYTES: Final = 64
MAX_SPOT: Final = 45
"""Bytes of the spot's name: fifteen Chinese characters; more would make the code too fine to be read standing."""
MAX_HOURS: Final = 24 * 30
MAX_PAYLOAD: Final = 200

_DOMAIN: Final = b"GM1 place\0"
_DEVICE = re.compile(r"d-[0-9a-f]{16}")
_PATH: Final = "/e/"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot where a code hangs. `hours`: within which the station calls back, 0 where no limit is set; `spot`: "" for
    the station's door. BadProof when a field is outside its range.
    """

    device: str
    spot: str = ""
    hours: int = 0
    signature: bytes = b""

    def __post_init__(self) -> None:
        if not _DEVICE.fullmatch(self.device) or not 0 <= self.hours <= MAX_HOURS:
            raise BadProof("device or hours")
        if len(self.spot.encode()) > MAX_SPOT or any(ord(c) < 32 for c in self.spot):
            raise BadProof("spot")
        if len(self.signature) not in (0, SIGNATURE_BYTES):
            raise BadProof("signature")

    def _fields(self) -> bytes:
        return bytes((FORMAT,)) + varint(self.hours) + bytes.fromhex(self.device[2:]) + self.spot.encode()

    def signed_bytes(self) -> bytes:
        """The bytes the device signs, under a name of their own."""
        return _DOMAIN + self._fields()

    def signed(self, signature: bytes) -> Place:
        """The same with the device's signature over `signed_bytes()`."""
        return replace(self, signature=signature)

    def payload(self) -> str:
        """The compact text behind `/e/`; BadProof while unsigned."""
        if not self.signature:
            raise BadProof("not signed")
        return base64.urlsafe_b64encode(self._fields() + self.signature).decode().rstrip("=")

    def encode(self, url_base: str) -> str:
        """The address for the code; BadProof while unsigned."""
        return url_base.rstrip("/") + _PATH + self.payload()


def decode(payload: str) -> Place:
    """Read a payload; BadProof when it is none of ours. The signature is not checked here."""
    if len(payload) > MAX_PAYLOAD or not re.fullmatch(r"[A-Za-z0-9_-]+", payload):
        raise BadProof("not a payload")
    try:
        data = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
        if data[:1] != bytes((FORMAT,)):
            raise BadProof("unknown format")
        hours, at = take_varint(data, 1)
        device, rest = data[at : at + 8], data[at + 8 :]
        if len(device) != 8 or len(rest) < SIGNATURE_BYTES:
            raise BadProof("length")
        place = Place("d-" + device.hex(), rest[:-SIGNATURE_BYTES].decode(), hours, rest[-SIGNATURE_BYTES:])
    except ValueError as exc:  # BadProof is one
        raise BadProof(str(exc)) from exc
    if place.payload() != payload:
        raise BadProof("not the one spelling of its fields")
    return place
