"""When this PC was backed up last, where to, and whether that is long ago; one backup into the folder that is set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.services.local import backup, settings
from station_app.services.station import Station
from station_app.store import database
from sync.contract.errors import KnownError

_DAY_MS: Final = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """`at`: ms of the last backup, 0 for none; `age`: days since then, or since the first op where there is none;
    `old`: longer than the setting allows; `same_disk`: the folder lies on the disk of the data itself, and is lost with
    it; `reachable`: the folder can be opened now.
    """

    at: int
    age: int
    old: bool
    folder: str
    same_disk: bool
    reachable: bool


def status(station: Station) -> BackupStatus:
    """How it stands."""
    at = int(station.store.setting("backup.at") or 0)
    since = at or _first(station)
    age = max(0, station.clock.now_ms() - since) // _DAY_MS if since else 0
    folder = settings.get(station, "backup.folder")
    return BackupStatus(
        at=at,
        age=age,
        old=bool(is_old(station)),
        folder=folder,
        same_disk=bool(folder) and _device(Path(folder)) == _device(station.store.directory),
        reachable=bool(folder) and Path(folder).is_dir(),
    )


def is_old(station: Station) -> int:
    """Days since the last backup where that is too long ago, else 0; reads no folder."""
    at = int(station.store.setting("backup.at") or 0) or _first(station)
    most = int(settings.get(station, "backup.days"))
    age = max(0, station.clock.now_ms() - at) // _DAY_MS if at else 0
    return age if most and age >= most else 0


def _first(station: Station) -> int:
    """ms of the first case written here, 0 where there is nothing to lose yet."""
    if not database.one(station.store.reader, "SELECT cases FROM head")[0]:
        return 0
    row = station.store.reader.execute("SELECT min(wall) FROM case_row").fetchone()
    return int(row[0] or 0)


def _device(path: Path) -> int:
    """Which disk a folder lies on; -1 where it cannot be asked."""
    try:
        return path.stat().st_dev
    except OSError:
        return -1


def write_now(station: Station, *, progress: backup.Progress = lambda _done, _of: None) -> backup.Written:
    """立即备份 into the folder that is set; E-558 without one, and as `backup.write`."""
    folder = settings.get(station, "backup.folder")
    if not folder or not Path(folder).is_dir():
        raise KnownError("E-558", folder=folder)
    return backup.write(station, to=Path(folder), progress=progress)
