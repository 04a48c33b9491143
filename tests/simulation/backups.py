"""Backups and restores of a story: the product's own files, copies of the bare disk, and files cut while written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.services.local import backup as station_backup
from sync.contract.errors import KnownError
from sync.server.admin import backup as server_backup
from tests.simulation.truth import hold
from tests.support.stations import PASSWORD

if TYPE_CHECKING:
    from station_app.clock import Clock
    from sync.server.server import Server
    from tests.simulation.world import Pc

DISTRICT_PASSWORD: Final = "long enough password"
_REFUSALS: Final = {"E-106", "E-507", "E-541"}
"""Damaged, of another password or program, no backup: one of these is said of a file that is not whole."""


def of_pc(pc: Pc, place: Path, *, bare: bool) -> Path:
    """A backup of a PC: its disk as it lies there (`bare`), or the file that the program writes."""
    if not bare:
        return station_backup.write(pc.station, to=place.with_suffix(station_backup.SUFFIX)).path
    pc.store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(pc.directory, place, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    return place


def lay_pc(pc: Pc, kept: Path, choice: int) -> None:
    """An empty disk is filled from a backup; now and then a spoiled copy of it is tried first."""
    if kept.is_dir():
        shutil.copytree(kept, pc.directory)
        return

    def restore(file: Path) -> None:
        station_backup.restore(pc.directory, file=file, name=pc.user.name, password=PASSWORD, clock=pc.clock)

    refused(kept, choice, restore, pc.directory)
    restore(kept)


def of_server(server: Server, file: Path) -> Path:
    """A backup of the district."""
    server_backup.backup(server, file=file, password=DISTRICT_PASSWORD)
    return file


def lay_server(directory: Path, kept: Path, choice: int, clock: Clock) -> None:
    """As `lay_pc`, for the district."""
    directory.mkdir()

    def restore(file: Path) -> None:
        server_backup.restore(directory, file=file, password=DISTRICT_PASSWORD, clock=clock)

    refused(kept, choice, restore, directory)
    restore(kept)


def refused(kept: Path, choice: int, restore: Callable[[Path], None], directory: Path) -> None:
    """A copy that was cut, or the end or middle of which never reached the disk, is refused in words; nothing that
    looks like a station or a district lies there afterwards, and the whole one still fits in.
    """
    data = kept.read_bytes()
    at = choice * 7919 % len(data)
    spoiled = (data, data[:at], data[:at] + bytes(len(data) - at), data[:at] + bytes(512) + data[at + 512 :])[
        choice % 4
    ]
    if spoiled == data or choice < 0:
        return
    copy = kept.with_name("spoiled" + kept.suffix)
    copy.write_bytes(spoiled)
    try:
        restore(copy)
    except KnownError as error:
        hold("backup", error.code in _REFUSALS, f"a spoiled backup: {error.code} {error.values}")
    else:
        hold("backup", False, f"a spoiled backup was restored: {choice % 4}, byte {at} of {len(data)}")
    finally:
        copy.unlink()
    left = [name for name in ("keys.json", "station.db", "district.json") if (directory / name).exists()]
    hold("backup", not left, f"a refused restore left {left}")
