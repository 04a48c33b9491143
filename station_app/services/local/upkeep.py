"""What is done in idle moments beside the index: stored files are looked over, one a step."""

from __future__ import annotations

from station_app.services.station import Station
from station_app.store.upkeep import sweep


def step(station: Station, now_ms: int) -> int:
    """Look at one stored file; 0 when nothing is to be done now."""
    return int(sweep.step(station.store, now_ms))
