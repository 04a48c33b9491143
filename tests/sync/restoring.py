"""A district and PCs whose disks go back to copies made earlier."""

from __future__ import annotations

import shutil
from pathlib import Path

from station_app.services.station import Station
from station_app.store.core import Store
from sync.server import keys
from sync.server.relay import spells
from sync.server.server import EPOCH, epoch_after, meta, set_meta
from tests.support.district import AsgiLine, District


class Backup:
    """A copy of the district's disk, and the way back to it."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._file = district.server.district.directory / keys.DATABASE
        district.server.close()
        self._data = self._file.read_bytes()
        self._start()

    def _start(self) -> None:
        storage = type(self._district.server.storage)(self._file)  # type: ignore[call-arg]  # SQLite: a file
        storage.prepare()
        self._district.server.storage = storage
        self._district.line = AsgiLine(self._district.server)
        self._district.server.greeted.clear()
        spells.begin(self._district.server)

    def restore(self) -> None:
        """As the restore command does: the epoch rises."""
        self.put_back()
        now = self._district.server.clock.now_ms()
        self._district.server.storage.write(
            lambda tx: set_meta(tx, EPOCH, str(epoch_after(int(meta(tx, EPOCH, "1")), now)))
        )

    def put_back(self) -> None:
        """The disk is that of the copy again, and nobody tells the program: no restore command, the same epoch."""
        self._district.server.close()
        for more in ("-wal", "-shm"):
            self._file.with_name(self._file.name + more).unlink(missing_ok=True)
        self._file.write_bytes(self._data)
        self._start()


def reset(station: Station, kept: Path) -> Station:
    """The PC's disk goes back to a copy."""
    directory, key = station.store.directory, station.store.key
    station.store.close()
    shutil.rmtree(directory)
    shutil.copytree(kept, directory)
    station.store = Store(directory, key)
    return station


def copied(station: Station, to: Path) -> Path:
    station.store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(station.store.directory, to, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    return to
