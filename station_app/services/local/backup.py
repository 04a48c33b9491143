"""Backups of this PC: one file with the encrypted database and the keyring, opened and checked before it counts.

A backup (`.gmbak`) is a ZIP without compression of `station.db` (as of one moment, encrypted as it is on the disk),
`keys.json` (the database's key under each password and under the recovery sheet) and `backup.json` {v, station, device,
at, files: {name: SHA-256}}. Whoever finds one needs a password or the sheet.

A restored PC does not know which numbers were drawn after the backup. It never draws from the old series again: it
takes the next spare, and without one none at all (E-306) until somebody gives it one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from station_app.clock import SHANGHAI, Clock
from station_app.services import people
from station_app.services.station import Station
from station_app.store import database, keyring
from station_app.store.erasure import copies, tidying
from station_app.store.numbers import lasts
from sync.contract.canonical import dumps
from sync.contract.errors import KnownError

SUFFIX: Final = ".gmbak"
_SHEET: Final = "backup.json"
_FILES: Final = (database.FILE_NAME, keyring.FILE_NAME)
_MOST_SHEET: Final = 64 * 1024
_PIECE: Final = 1024 * 1024
_SPARE: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """A backup on disk; `at` ms, size in bytes."""

    path: Path
    at: int
    size: int
    cases: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a backup says of itself before it is opened: station, device, `at` ms, size in bytes, who could log in."""

    station: str
    device: str
    at: int
    size: int
    users: tuple[str, ...]


Progress = Callable[[int, int], None]
"""Told (done, of) bytes; the three passes (copy, pack, read back) count alike."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place: of which moment (ms), how many cases, the series given up and the one taken ("" none).

    `last`: (year, last number known) of the series given up: what lies beyond it is known from paper only.
    """

    station: str
    at: int
    cases: int
    old_series: str
    series: str
    last: tuple[tuple[int, int], ...]


def write(station: Station, *, to: Path, progress: Progress = lambda _done, _of: None) -> Written:
    """Write a backup to a file, or into a folder under a name of its own. E-516 where that fails, E-541 unreadable,
    E-557 where there is no room for it.

    The file is read back, its database opened and every page of it checked, before it gets its name.
    """
    now = station.clock.now_ms()
    stamp = datetime.fromtimestamp(now / 1000, SHANGHAI).strftime("%Y%m%d-%H%M%S")
    path = to / f"{station.store.setting('station.code')}-{stamp}{SUFFIX}" if to.is_dir() else to
    part, copy = (path.with_name(f".{path.name}.{end}") for end in ("part", "db"))
    try:
        size = _require_room(station, path.parent)
        progress(0, 3 * size)
        _copy(station, copy)
        progress(size, 3 * size)
        _pack(station, copy, part, now)
        progress(2 * size, 3 * size)
        _prove(station, part, copy)
        part.replace(path)
        progress(3 * size, 3 * size)
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error
    finally:
        for left in (part, copy):
            left.unlink(missing_ok=True)
    cases = int(database.one(station.store.reader, "SELECT cases FROM head")[0])
    station.store.set_settings({"backup.at": str(now)})
    copies.remember(station.store, path.parent)
    return Written(path, now, path.stat().st_size, cases)


def _require_room(station: Station, folder: Path) -> int:
    """Bytes of the database; E-557 where the folder's disk does not hold a copy and the pack beside it."""
    size = station.store.path.stat().st_size
    free = shutil.disk_usage(folder).free
    if free < 2 * size + _SPARE:
        raise KnownError("E-557", folder=str(folder), mb=free >> 20, need=(2 * size + _SPARE) >> 20)
    return size


def look(file: Path) -> Seen:
    """What lies in a backup, without a password; E-541 for none, E-516."""
    try:
        with _opened(file) as (pack, sheet):
            users = json.loads(pack.read(keyring.FILE_NAME)).get("users", [])
            names = tuple(str(user["name"]) for user in users)
            return Seen(str(sheet["station"]), str(sheet["device"]), int(sheet["at"]), file.stat().st_size, names)
    except OSError as error:
        raise KnownError("E-516", file=file.name) from error


def _copy(station: Station, copy: Path) -> None:
    con = database.connect(station.store.path, station.store.key)
    try:
        database.copy_to(con, copy)
    finally:
        con.close()


def _pack(station: Station, copy: Path, part: Path, now: int) -> None:
    keys = (station.store.directory / keyring.FILE_NAME).read_bytes()
    sheet = dumps(
        {
            "v": 1,
            "station": station.store.setting("station.name"),
            "device": station.store.device,
            "at": now,
            "files": {database.FILE_NAME: _hash(copy), keyring.FILE_NAME: hashlib.sha256(keys).hexdigest()},
        }
    )
    with part.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
            pack.writestr(_SHEET, sheet)
            pack.writestr(keyring.FILE_NAME, keys)
            pack.write(copy, database.FILE_NAME)
        out.flush()
        os.fsync(out.fileno())


def _prove(station: Station, part: Path, copy: Path) -> None:
    """The copy inside opens with the key and is whole."""
    copy.unlink()
    with _opened(part) as (pack, sheet):
        _take_out(pack, sheet, database.FILE_NAME, copy)
    con = database.connect(copy, station.store.key, readonly=True)
    try:
        if database.integrity(con):
            raise KnownError("E-541", file=part.name)
    finally:
        con.close()
        for left in ("-wal", "-shm"):
            copy.with_name(copy.name + left).unlink(missing_ok=True)


def restore(
    directory: Path, *, file: Path, name: str, password: str, clock: Clock, erased: Path | None = None
) -> Restored:
    """Set this PC up from a backup. E-511 where a station lies already, E-541 damaged, E-512, E-501, E-516.

    What the district had erased goes at once: by the list beside the backup and by `erased`, a list from elsewhere
    (E-415 where one is not the district's); the first round brings the rest.

    Everything is made ready beside and takes its place at the end; a restore that fails leaves nothing behind.
    """
    if any((directory / known).exists() for known in _FILES):
        raise KnownError("E-511", path=str(directory))
    ready = directory.with_name(directory.name + ".restoring")
    try:
        shutil.rmtree(ready, ignore_errors=True)
        ready.mkdir(parents=True, mode=0o700)
        with _opened(file) as (pack, sheet):
            for known in _FILES:
                _take_out(pack, sheet, known, ready / known)
        lists = [path for path in (file.parent / copies.FILE, erased) if path is not None]
        restored = _settle(ready, name, password, clock, at=int(sheet["at"]), lists=lists)
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        for known in reversed(_FILES):  # the keyring last: without it there is no station here
            (ready / known).replace(directory / known)
    except OSError as error:
        raise KnownError("E-516", file=file.name) from error
    finally:
        shutil.rmtree(ready, ignore_errors=True)
    return restored


def _settle(ready: Path, name: str, password: str, clock: Clock, *, at: int, lists: Sequence[Path]) -> Restored:
    """Open what was taken out as its user, erase what is on the lists, and change to the next spare series."""
    station = people.login(ready, name=name, password=password, clock=clock)
    store = station.store
    try:
        if database.integrity(store.con):
            raise KnownError("E-541", file=database.FILE_NAME)
        for path in lists:
            copies.apply(store, copies.read(path), file=path.name, now_ms=clock.now_ms())
        tidying.tidy(store)
        old = store.setting("number.series")
        spares = [code for code in store.setting("number.spares").split(",") if code]
        taken = spares[0] if spares else ""
        store.set_settings(
            {
                "number.series": taken,
                "number.spares": ",".join(spares[1:]),
                "restore.at": str(clock.now_ms()),
                "restore.of": str(at),
                "restore.series": old,
            }
        )
        cases = int(database.one(store.con, "SELECT cases FROM head")[0])
        return Restored(store.setting("station.name"), at, cases, old, taken, lasts(store.con, old))
    finally:
        store.close()


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The pack and what its sheet says; E-541 for anything else than exactly a backup."""
    try:
        with zipfile.ZipFile(file) as pack:
            if sorted(pack.namelist()) != sorted((_SHEET, *_FILES)) or pack.getinfo(_SHEET).file_size > _MOST_SHEET:
                raise KnownError("E-541", file=file.name)
            sheet = json.loads(pack.read(_SHEET))
            if sheet.get("v") != 1 or set(sheet["files"]) != set(_FILES):
                raise KnownError("E-541", file=file.name)
            yield pack, sheet
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, EOFError, NotImplementedError) as exc:
        raise KnownError("E-541", file=file.name) from exc


def _take_out(pack: zipfile.ZipFile, sheet: dict[str, Any], name: str, to: Path) -> None:
    """Write one file out and compare it with the sheet."""
    digest = hashlib.sha256()
    with pack.open(name) as source, to.open("wb") as out:
        while piece := source.read(_PIECE):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != sheet["files"][name]:
        raise KnownError("E-541", file=name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
