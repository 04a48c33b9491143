"""What is done in idle moments beside the index: after an erasure all is tidied; stored files are looked over."""

from __future__ import annotations

from station_app.services.station import Station
from station_app.services.travel import erasing
from station_app.store.upkeep import sweep


def step(station: Station, now_ms: int) -> int:
    """Tidy up after an erasure, or look at one stored file; 0 when nothing is to be done now."""
    return int(erasing.settle(station) or sweep.step(station.store, now_ms))
