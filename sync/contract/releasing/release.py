"""A release of the program: what a new version is, for whom, and every file of it by its hash. Bytes in, values out.

A release is a folder, the same at the district, on a share and on a stick:

    release.json   canonical JSON, below
    release.sig    the release key and its signature over `GM1 release`, a zero byte, SHA-256 of release.json
    files/HASH     each file once, named by its SHA-256

Files that two versions have in common have one name, so that only what changed is fetched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from sync.contract.canonical import Json, NotCanonical, dumps, loads_object
from sync.contract.op import BadOp
from sync.contract.releasing import signed_file
from sync.contract.releasing.versions import is_version

FORMAT: Final = "station-release"
MANIFEST: Final = "release.json"
SIGNATURE: Final = "release.sig"
FILES: Final = "files"
MAX_MANIFEST: Final = 4 * 1024 * 1024
MAX_FILES: Final = 20_000
MAX_PIECE: Final = 1024 * 1024
"""Bytes of files in one answer of the district."""
MAX_FILE: Final = 2**31
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_PLATFORM: Final = re.compile(r"[a-z0-9]+-[a-z0-9_]+")
_PART: Final = re.compile(r"[^/\\:*?\"<>|\x00-\x1f]{1,200}")


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a version: path with `/`, SHA-256 (hex), bytes, whether it is a program."""

    path: str
    sha256: str
    size: int
    run: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """`least`: the earliest version that may go to this one; `truth`: the version of the database it works with;
    `notes`: what is new, for people. `platforms`: "linux-x86_64" -> its files, or one package ("deb-amd64").
    """

    version: str
    issued: date
    least: str
    protocol: tuple[int, int]
    catalogue: int
    truth: int
    notes: str
    platforms: dict[str, tuple[ReleaseFile, ...]]

    def files(self) -> dict[str, int]:
        """Hash -> bytes of every file of every platform."""
        return {f.sha256: f.size for files in self.platforms.values() for f in files}


def is_hash(text: object) -> bool:
    """64 hexadecimal digits."""
    return isinstance(text, str) and bool(_HASH.fullmatch(text))


def is_path(text: object) -> bool:
    """A path inside a folder: no way out of it, on no system."""
    parts = text.split("/") if isinstance(text, str) else []
    return bool(parts) and all(_PART.fullmatch(p) and p == p.rstrip(" .") for p in parts)


def signed_bytes(manifest: bytes) -> bytes:
    """What the release key signs."""
    return signed_file.message(b"release", manifest)


def to_bytes(release: Release) -> bytes:
    """The manifest."""
    platforms = {
        name: [[f.path, f.sha256, f.size, int(f.run)] for f in sorted(files, key=lambda f: f.path)]
        for name, files in release.platforms.items()
    }
    return dumps(
        {
            "format": FORMAT, "v": 1, "version": release.version, "issued": release.issued.isoformat(),
            "least": release.least, "protocol": list(release.protocol), "catalogue": release.catalogue,
            "truth": release.truth, "notes": release.notes, "platforms": cast("Json", platforms),
        }
    )  # fmt: skip


def from_bytes(data: bytes) -> Release:
    """Read a manifest whole; BadOp names the first rule that is broken."""
    if len(data) > MAX_MANIFEST:
        raise BadOp("manifest too large")
    try:
        raw = loads_object(data)
    except NotCanonical as exc:
        raise BadOp(str(exc)) from exc
    if raw.get("format") != FORMAT or raw.get("v") != 1:
        raise BadOp("not a release of a known form")
    try:
        release = _read(raw)
    except (KeyError, TypeError, ValueError) as exc:
        raise BadOp(f"release: {exc}") from exc
    return release


def _read(raw: dict[str, Json]) -> Release:
    version, least, notes, platforms = raw["version"], raw["least"], raw["notes"], raw["platforms"]
    if not (is_version(version) and is_version(least) and isinstance(notes, str) and isinstance(platforms, dict)):
        raise ValueError("version, least, notes or platforms")
    low, high = cast("list[Json]", raw["protocol"])
    numbers = [_number(value) for value in (low, high, raw["catalogue"], raw["truth"])]
    read = {name: tuple(_files(name, cast("list[Json]", rows))) for name, rows in platforms.items()}
    if not read or sum(map(len, read.values())) > MAX_FILES:
        raise ValueError("no platform, or too many files")
    return Release(
        version=str(version), issued=date.fromisoformat(str(raw["issued"])), least=str(least),
        protocol=(numbers[0], numbers[1]), catalogue=numbers[2], truth=numbers[3], notes=notes[:4000], platforms=read,
    )  # fmt: skip


def _files(platform: str, rows: Iterable[Json]) -> list[ReleaseFile]:
    if not _PLATFORM.fullmatch(platform):
        raise ValueError("platform")
    found: list[ReleaseFile] = []
    for row in rows:
        path, sha256, size, run = cast("list[Json]", row)
        if not (is_path(path) and is_hash(sha256)) or run not in (0, 1) or _number(size) > MAX_FILE:
            raise ValueError("file")
        found.append(ReleaseFile(str(path), str(sha256), _number(size), run == 1))
    names = [f.path.casefold() for f in found]  # Windows knows no capitals
    if not found or len(set(names)) != len(names):
        raise ValueError("no file, or one named twice")
    return found


def _number(value: Json) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("number")
    return value


def ring(device: str) -> int:
    """0 to 99, the same for ever: a release with a share of n per cent is offered to the devices below n."""
    return int.from_bytes(hashlib.sha256(b"GM1 ring\0" + device.encode()).digest()[:4]) % 100
