"""The only place where real parts meet: which directory, which clock, which station. Free of Qt and of threads."""

from __future__ import annotations

import os
from pathlib import Path

from station_app.clock import Clock, SystemClock
from station_app.services import people
from station_app.services.people import Created, NewPerson, Organisation
from station_app.services.station import Station


def data_dir(given: Path | None = None) -> Path:
    """The data directory: as given, else STATION_DATA, else the user's own data directory of this system."""
    if given is not None:
        return given
    if os.environ.get("STATION_DATA"):
        return Path(os.environ["STATION_DATA"])
    from platformdirs import user_data_path

    return user_data_path("station-app", appauthor=False)


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
