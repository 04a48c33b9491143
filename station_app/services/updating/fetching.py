"""Looking for a later version, and fetching it: piece by piece, going on where it was cut, every file held against its
hash. What a version that lies here already has is not fetched again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app import launcher
from station_app.services.local import journal, release
from station_app.services.station import Station
from station_app.services.updating import memory, sources, trusting
from station_app.services.updating.trusting import Signed
from sync.contract.errors import KnownError
from sync.contract.releasing.release import FILES, MANIFEST, SIGNATURE
from sync.contract.releasing.versions import is_version, order

SPARE: Final = 200 * 1024 * 1024
"""Bytes that stay free for the work of the day."""
_WHOLE: Final = "whole"
"""A file beside a release that was fetched to its end."""

Progress = Callable[[int, int], None]
"""Told (done, of) bytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look brought. `version` "" for nothing later; `recalled`: whether the district took back what runs."""

    running: str
    version: str
    notes: str
    size: int
    missing: int
    recalled: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """A release that lies here whole. Bytes: of all its files, of those that were fetched, of those already here."""

    version: str
    size: int
    fetched: int
    kept: int


def home() -> Path | None:
    """The folder of the versions, None where this program was not started by the launcher."""
    return release.home()


def is_managed() -> bool:
    """Whether system packages own the program."""
    place = home()
    return place is not None and (place / launcher.MANAGED).exists()


def platform_() -> str:
    """The platform whose files this PC wants."""
    return trusting.kind(packages=is_managed())


def check(station: Station, *, folder: Path | None = None) -> Found:
    """Look for a later version now. E-107, E-570, E-560, E-561, and those of the line; all of them are remembered."""
    directory, running = station.store.directory, release.program_version()
    try:
        if not is_version(running):
            raise KnownError("E-563")
        with sources.opened(station, folder=folder, platform_=platform_()) as source:
            signed, recalled = source.look(running)
    except KnownError as error:
        memory.keep(directory, asked=station.clock.now_ms(), error=error.code)
        raise
    memory.keep(
        directory, asked=station.clock.now_ms(), error="", offered=signed.version if signed else "",
        notes=signed.release.notes if signed else "", recalled=recalled or memory.read(directory).recalled,
    )  # fmt: skip
    recalled_ = running in memory.read(directory).recalled
    if signed is None:
        return Found(running, "", "", 0, 0, recalled_)
    wanted = {f.sha256: f.size for f in signed.files}
    missing = sum(size for sha, size in wanted.items() if sha not in _here(station, wanted))
    return Found(running, signed.version, signed.release.notes, sum(wanted.values()), missing, recalled_)


def fetch(
    station: Station,
    *,
    folder: Path | None = None,
    progress: Progress = lambda _done, _of: None,
    cancel: Callable[[], bool] = lambda: False,
) -> Fetched:
    """Fetch the later version whole; what a cut left is gone on with. The same again fetches nothing.

    E-570 nothing there, E-564 nothing later, E-560, E-561, E-562 no room, E-565 recalled, and those of the line.
    """
    running = release.program_version()
    if not is_version(running):
        raise KnownError("E-563")
    with sources.opened(station, folder=folder, platform_=platform_()) as source:
        signed, recalled = source.look(running)
        if signed is None:
            raise KnownError("E-564", version=running)
        if signed.version in recalled:
            raise KnownError("E-565", version=signed.version)
        place = begin(station, signed)
        wanted = {f.sha256: f.size for f in signed.files}
        here = _here(station, wanted)
        missing = {sha: size for sha, size in wanted.items() if sha not in here}
        _require_room(station, place, missing, sum(wanted.values()))
        try:
            for done in _pieces(source, signed.version, place / FILES, missing):
                progress(done, sum(missing.values()))
                if cancel():
                    raise KnownError("E-566")
            (place / _WHOLE).touch()
        except OSError as error:
            raise KnownError("E-513", path=memory.FOLDER) from error
    memory.keep(station.store.directory, offered=signed.version, notes=signed.release.notes)
    journal.note(station.store.directory, "fetched", n=sum(missing.values()) >> 20)
    total = sum(wanted.values())
    return Fetched(signed.version, total, sum(missing.values()), total - sum(missing.values()))


def begin(station: Station, signed: Signed) -> Path:
    """The folder a release is fetched into; what was begun of another version is given up."""
    place = memory.folder(station.store.directory) / signed.version
    try:
        (place / FILES).mkdir(parents=True, exist_ok=True)
        for other in memory.folder(station.store.directory).iterdir():
            if is_version(other.name) and other.name != signed.version:
                shutil.rmtree(other, ignore_errors=True)
        (place / SIGNATURE).write_bytes(signed.signature)
        part = place / f"{MANIFEST}.part"
        part.write_bytes(signed.manifest)
        part.replace(place / MANIFEST)
    except OSError as error:
        raise KnownError("E-513", path=memory.FOLDER) from error
    return place


def _require_room(station: Station, place: Path, missing: dict[str, int], total: int) -> None:
    """E-562: what is still to come, and the version put together out of it, must fit."""
    begun = sum(p.stat().st_size for p in (place / FILES).glob("*.part"))
    need = sum(missing.values()) - begun + total + SPARE
    free = shutil.disk_usage(place).free
    if free < need:
        raise KnownError("E-562", mb=free >> 20, need=need >> 20)


def _here(station: Station, wanted: dict[str, int]) -> dict[str, Path]:
    """Files that need not be fetched: those fetched before, those of versions here. Each was hashed now."""
    found: dict[str, Path] = {}
    staged = memory.folder(station.store.directory)
    for place in [*staged.glob(f"*/{FILES}"), *_versions()]:
        for path in place.rglob("*"):
            if path.suffix != ".part" and path.is_file() and path.stat().st_size in wanted.values():
                found.setdefault(hash_of(path), path)
    return {sha: path for sha, path in found.items() if sha in wanted}


def here(station: Station, signed: Signed) -> dict[str, Path]:
    """Hash -> file, of all files of a release that lie on this PC."""
    return _here(station, {f.sha256: f.size for f in signed.files})


def _versions() -> list[Path]:
    place = home()
    return [] if place is None else [launcher.folder(place, v) for v in reversed(launcher.installed(place))]


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(source: sources.Source, version: str, place: Path, missing: dict[str, int]) -> Iterator[int]:
    """Fetch what is missing; after each answer, how many bytes are here. A file gets its name when its hash holds."""
    left = sorted(missing)
    total = sum(missing.values())
    spoiled: set[str] = set()
    while left:
        parts = [(sha, _size(place / f"{sha}.part")) for sha in left]
        for (sha, offset), piece in zip(parts, source.pieces(version, parts), strict=False):
            path = place / f"{sha}.part"
            if not piece and offset < missing[sha]:
                raise KnownError("E-561", what=sha)
            with path.open("ab") as out:
                out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            if offset + len(piece) < missing[sha]:
                continue
            if _size(path) != missing[sha] or hash_of(path) != sha:
                path.unlink()
                if sha in spoiled:  # twice: it is spoiled at its source
                    raise KnownError("E-561", what=sha)
                spoiled.add(sha)
                continue
            path.replace(place / sha)
            left.remove(sha)
        yield total - sum(missing[sha] - _size(place / f"{sha}.part") for sha in left)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def is_whole(station: Station, signed: Signed) -> bool:
    """Whether a release was fetched to its end; quick, and believed by nobody: `applying` hashes every file again."""
    return (memory.folder(station.store.directory) / signed.version / _WHOLE).exists()


def staged(station: Station) -> Signed | None:
    """The release fetched here whose signature holds now, None for none; whether it is whole `applying` sees."""
    folders = [p for p in memory.folder(station.store.directory).glob("*") if is_version(p.name)]
    for place in sorted(folders, key=lambda p: order(p.name), reverse=True):
        try:
            return trusting.read_folder(place, trusted=trusting.keys(station), platform_=platform_())
        except KnownError:
            continue
    return None
