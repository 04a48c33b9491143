"""Putting a fetched version in force beside the one that runs, and going back. The data is saved before anything else.

Nothing of the running version is touched: the new one is put together in a folder without a number, every file held
against its hash, then named and pointed to. Killed at any moment, the one in force before is in force.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app import launcher
from station_app.services.local import backup, journal, release
from station_app.services.station import Station
from station_app.services.updating import fetching, memory
from station_app.services.updating.trusting import Signed
from sync.client.codec import PROTOCOL
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.releasing import release as contract
from sync.contract.releasing.release import MANIFEST, SIGNATURE, ReleaseFile
from sync.contract.releasing.versions import is_version, order

BACKUP: Final = "before.gmbak"
"""The last backup made before an update; one is kept, beside the data."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What is in force from the next start on, what was before, and where the data was saved."""

    version: str
    before: str
    backup: Path


def apply(station: Station) -> Applied:
    """Put the fetched version in force for the next start. E-563 (with the package to install), E-564, E-565, E-566,
    E-569, E-561 a file is damaged, E-562, E-572, and those of a backup: nothing has changed then.
    """
    if fetching.home() is None:
        raise KnownError("E-563")
    signed = fetching.staged(station)
    if signed is None:
        raise KnownError("E-566")
    files = fetching.here(station, signed)
    missing = [f for f in signed.files if f.sha256 not in files]
    if missing:
        raise KnownError("E-566")
    home = _home(station, signed, files)
    _require_fit(station, signed)
    saved = _save_data(station)
    try:
        launcher.ensure(home, release.program_version())
        _put_together(home, signed, files)
        pointer = launcher.switch(home, signed.version)
        (home / launcher.FALLBACK).unlink(missing_ok=True)
    except OSError as error:
        raise _denied(home, error) from error
    _note(station.store.directory, station.clock.now_ms(), "applied", signed.version)
    _tidy(station, home, keep={signed.version, pointer.before})
    return Applied(signed.version, pointer.before, saved)


def _home(station: Station, signed: Signed, files: dict[str, Path]) -> Path:
    """The folder of the versions; where packages own the program, the checked package gets its name instead (E-563)."""
    home = fetching.home()
    if home is None:
        raise KnownError("E-563")
    if fetching.is_managed():
        (package,) = signed.files
        named = memory.folder(station.store.directory) / package.path.rsplit("/", 1)[-1]
        with suppress(OSError):
            named.unlink(missing_ok=True)
            _take(files[package.sha256], named)
        raise KnownError("E-563", file=str(named))
    return home


def _require_fit(station: Station, signed: Signed) -> None:
    """E-564, E-565, E-569."""
    running, wanted = release.program_version(), signed.release
    if order(wanted.version) <= order(running):
        raise KnownError("E-564", version=wanted.version)
    if wanted.version in memory.read(station.store.directory).recalled:
        raise KnownError("E-565", version=wanted.version)
    if order(wanted.least) > order(running) or wanted.protocol[0] > PROTOCOL[1]:
        raise KnownError("E-569", version=wanted.version, least=wanted.least)


def _save_data(station: Station) -> Path:
    """A backup that was opened and checked, in the place of the one before the last update."""
    place = memory.folder(station.store.directory)
    kept = station.store.setting("backup.at")
    fresh = backup.write(station, to=place / f"new-{BACKUP}").path
    station.store.set_settings({"backup.at": kept})  # on the same disk it is no backup anybody should rely on
    return fresh.replace(place / BACKUP)


def _put_together(home: Path, signed: Signed, files: dict[str, Path]) -> None:
    """versions/VERSION, whole or not there."""
    target = launcher.folder(home, signed.version)
    part = target.with_name(f".{signed.version}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    placed: dict[str, Path] = {}
    for file in signed.files:
        path = part / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if file.sha256 in placed and _linked(placed[file.sha256], path):
            continue
        _take(files[file.sha256], path)
        if fetching.hash_of(path) != file.sha256:
            raise KnownError("E-561", what=file.path)
        path.chmod(0o755 if file.run else 0o644)
        placed[file.sha256] = path
    (part / MANIFEST).write_bytes(signed.manifest)
    (part / SIGNATURE).write_bytes(signed.signature)
    if target.exists():  # what a fall back left: it is made anew
        shutil.rmtree(target.with_name(f".{signed.version}.old"), ignore_errors=True)
        target.rename(target.with_name(f".{signed.version}.old"))
        shutil.rmtree(target.with_name(f".{signed.version}.old"), ignore_errors=True)
    part.rename(target)


def _linked(first: Path, path: Path) -> bool:
    """A library that stands in two places must be one file, or it is loaded twice; False where links cannot be."""
    try:
        path.hardlink_to(first)
    except OSError:
        return False
    return True


def _take(source: Path, target: Path) -> None:
    """The same bytes under another name, safely on the disk."""
    with source.open("rb") as read_from, target.open("wb") as out:
        shutil.copyfileobj(read_from, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())


def _denied(home: Path, error: OSError) -> KnownError:
    if isinstance(error, PermissionError):
        return KnownError("E-572", folder=str(home))
    free = shutil.disk_usage(home).free
    return KnownError("E-562", mb=free >> 20) if free < fetching.SPARE else KnownError("E-513", path=str(home))


def _tidy(station: Station, home: Path, *, keep: set[str]) -> None:
    """What was fetched is in its place now; versions from before the one to go back to are not needed any more."""
    for old in [*memory.folder(station.store.directory).iterdir(), *(home / launcher.VERSIONS).iterdir()]:
        wanted = old.parent.name == launcher.VERSIONS and old.name in keep
        if not wanted and (is_version(old.name) or old.name.endswith((".part", ".old"))) and old.is_dir():
            shutil.rmtree(old, ignore_errors=True)


def go_back(directory: Path, now_ms: int) -> str:
    """Put the version before in force for the next start; its number. No password: only files are looked at.

    The database stays as it is, so nothing recorded since is lost: what a later version wrote an earlier one keeps and
    passes on. Where the earlier version cannot open this form of the database, E-568. E-563, E-567, E-572.
    """
    home = fetching.home()
    if home is None or fetching.is_managed():
        raise KnownError("E-563")
    before = launcher.read(home).before
    if not before or before not in launcher.installed(home):
        raise KnownError("E-567")
    can, have = opens(home, before), memory.truth_of(directory)
    if have > can:
        raise KnownError("E-568", version=before, have=have, can=can)
    try:
        launcher.go_back(home)
    except OSError as error:
        raise _denied(home, error) from error
    _note(directory, now_ms, "back", before)
    return before


def opens(home: Path, version: str) -> int:
    """The latest form of the database a version here opens; 1 where nothing says it."""
    try:
        return contract.from_bytes((launcher.folder(home, version) / MANIFEST).read_bytes()).truth
    except (OSError, BadOp):
        return 1


def _note(directory: Path, now_ms: int, what: str, version: str) -> None:
    journal.note(directory, "updated" if what == "applied" else what)
    with suppress(OSError):
        memory.keep(directory, done=what, done_version=version, done_at=now_ms)


def package_files(folder: Path) -> list[ReleaseFile]:
    """Every file of a packed version as a release lists it."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        run = bool(path.stat().st_mode & 0o111)
        name = path.relative_to(folder).as_posix()
        found.append(ReleaseFile(name, fetching.hash_of(path), path.stat().st_size, run))
    return found
