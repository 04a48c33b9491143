"""Room on the disk that holds the data: told early, and pictures are not taken in when it runs out."""

from __future__ import annotations

import shutil
from typing import Final

from station_app.services.local import settings
from station_app.services.station import Station
from sync.contract.errors import KnownError

_STEPS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)


def free(station: Station) -> int:
    """Free bytes beside the database."""
    return shutil.disk_usage(station.store.directory).free


def free_steps(station: Station) -> int:
    """Free GB, rounded down to a step: what IT is told of, and a PC in use says the same for days."""
    left = free(station) // 2**30
    return max(step for step in _STEPS if step <= left)


def least(station: Station) -> int:
    """Bytes of free disk below which pictures and files of others are no longer taken in; text is saved as long as it
    goes.
    """
    return int(settings.get(station, "disk.stop_mb")) << 20


def is_low(station: Station) -> int:
    """Free bytes where they are few enough to be said, else -1."""
    left = free(station)
    return left if left < int(settings.get(station, "disk.warn_mb")) << 20 else -1


def has_room(station: Station, size: int = 0) -> bool:
    """Whether so many bytes may be written and enough is left after it for text."""
    return free(station) - size >= least(station)


def require_room(station: Station, size: int = 0) -> None:
    """E-503 where so many bytes are not taken in any more; asked before pictures and other big files are written."""
    if not has_room(station, size):
        raise KnownError("E-503", mb=free(station) >> 20)
