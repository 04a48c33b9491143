"""Room on the disk that holds the data: told early, and pictures are not taken in when it runs out."""

from __future__ import annotations

import shutil
from typing import Final

from station_app.services.station import Station
from sync.contract.errors import KnownError

LEAST_FREE: Final = 500 * 1024 * 1024
"""Bytes of free disk below which pictures are no longer taken in (E-503); text is saved as long as it goes."""
WARN_FREE: Final = 2 * 1024 * 1024 * 1024
"""Bytes below which the status line says so."""

_STEPS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)


def free(station: Station) -> int:
    """Free bytes beside the database."""
    return shutil.disk_usage(station.store.directory).free


def free_steps(station: Station) -> int:
    """Free GB, rounded down to a step: what IT is told of, and a PC in use says the same for days."""
    left = free(station) // 2**30
    return max(step for step in _STEPS if step <= left)


def require_room(station: Station) -> None:
    """E-503 where pictures are not taken in any more."""
    left = free(station)
    if left < LEAST_FREE:
        raise KnownError("E-503", mb=left >> 20)
