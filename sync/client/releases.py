"""Asking the district for a later version of the program, and fetching pieces of it. Nothing is believed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sync.client.calls import Line
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.releasing.release import MAX_PIECE
from sync.contract.releasing.versions import is_version

ASK: Final = "/v1/release"
GET: Final = "/v1/release/get"


@dataclass(frozen=True, slots=True)
class Offered:
    """What the district says: `version` "" for nothing; `recalled`: versions nobody should run."""

    version: str
    recalled: tuple[str, ...]
    manifest: bytes
    signature: bytes


def ask(line: Line, *, running: str, platform: str) -> Offered:
    """What is offered to this PC; E-106 malformed, and the line's own."""
    head, manifest = line.call(ASK, {"v": running, "platform": platform})
    version, recalled, signature = head.get("version"), head.get("recalled"), head.get("signature")
    if not isinstance(recalled, list) or not isinstance(signature, str) or not (version == "" or is_version(version)):
        raise KnownError("E-106", what="release")
    return Offered(str(version), tuple(str(v) for v in recalled if is_version(v)), manifest, signature.encode())


def get(line: Line, *, version: str, parts: Sequence[tuple[str, int]], limit: int = MAX_PIECE) -> list[bytes]:
    """The next bytes of these files (hash, offset), as many as fit; E-573 not offered, E-106 malformed."""
    wanted: list[Json] = [[sha, offset] for sha, offset in parts]
    head, data = line.call(GET, {"version": version, "parts": wanted, "limit": limit})
    sizes = head.get("sizes")
    if not isinstance(sizes, list) or not 0 < len(sizes) <= len(parts):
        raise KnownError("E-106", what="pieces")
    pieces, at = list[bytes](), 0
    for size in sizes:
        if type(size) is not int or size < 0:
            raise KnownError("E-106", what="pieces")
        pieces.append(data[at : at + size])
        at += size
    if at != len(data):
        raise KnownError("E-106", what="pieces")
    return pieces
