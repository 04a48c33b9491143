"""The only place where real parts meet: which directory, which clock, which station. Free of Qt and of threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from station_app.clock import Clock, SystemClock
from station_app.paths import data_dir
from station_app.services import packs, people
from station_app.services.local import journal, settings
from station_app.services.people import Created, NewPerson, Organisation
from station_app.services.station import Station
from station_app.services.updating import memory
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.travel.joining import Joined, Newcomer

__all__ = ["create_joined", "create_station", "data_dir", "open_station"]


def open_station(directory: Path, *, name: str, password: str, clock: Clock | None = None) -> Station:
    """Log in and open; known errors as services.people.login says."""
    try:
        station = people.login(directory, name=name, password=password, clock=clock or SystemClock())
    except KnownError as error:
        journal.note(directory, "refused", code=error.code)
        raise
    journal.note(directory, "opened")
    return _with_policy(station)


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
    created = people.create_station(
        directory, org=org, people=staff, password=password, clock=clock or SystemClock(), series=series, demo=demo
    )
    _with_policy(created.station)
    return created


def create_joined(
    directory: Path, *, newcomer: Newcomer, joined: Joined, staff: list[NewPerson], password: str
) -> Created:
    """Set up the station a one-time code was for; known errors as services.people.create_station says."""
    created = people.create_station(
        directory,
        org=joined.organisation,
        people=staff,
        password=password,
        clock=SystemClock(),
        series=joined.series,
        keys=newcomer.keys,
        more=joined.settings,
    )
    _with_policy(created.station)
    return created


def _with_policy(station: Station) -> Station:
    """Code lists of installed packs, and what the unit has set for its PCs; a wrong file hinders nobody."""
    directory = station.store.directory
    memory.note_opened(station)
    packs.put_in_force(station)
    try:
        changed = settings.apply_policy(station)
    except KnownError as error:
        journal.note(directory, "policy", code=error.code)
    else:
        if changed:
            journal.note(directory, "policy", settings=len(changed))
    return station
