"""The only place where real parts meet: which directory, which clock, which station. Free of Qt and of threads."""

from __future__ import annotations

from pathlib import Path

from station_app.clock import Clock, SystemClock
from station_app.paths import data_dir
from station_app.services import people
from station_app.services.people import Created, NewPerson, Organisation
from station_app.services.station import Station

__all__ = ["create_station", "data_dir", "open_station"]


def open_station(directory: Path, *, name: str, password: str, clock: Clock | None = None) -> Station:
    """Log in and open; known errors as services.people.login says."""
    return people.login(directory, name=name, password=password, clock=clock or SystemClock())


def create_station(
    directory: Path,
    *,
    org: Organisation,
    staff: list[NewPerson],
    password: str,
    clock: Clock | None = None,
    series: str = "",
    demo: bool = False,
) -> Created:
    """Set up a new station; known errors as services.people.create_station says."""
    return people.create_station(
        directory, org=org, people=staff, password=password, clock=clock or SystemClock(), series=series, demo=demo
    )
