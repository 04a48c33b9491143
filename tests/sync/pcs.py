"""Real encrypted stations beside a district in this process: joining, one round, what the lists show."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency
from sync.client.engine import Outcome
from tests.support.district import District
from tests.support.stations import ORG, make_station, wage_intake

Join = Callable[..., Station]


def go(district: District, station: Station) -> Outcome:
    """One round that goes well and leaves the station consistent."""
    outcome = syncing.run(station, transport=district.line)
    assert outcome.error is None, outcome.error
    assert consistency.check(station.store) == []
    return outcome


@pytest.fixture
def join(district: District, tmp_path: Path) -> Iterator[Join]:
    """Make a new PC of a station, enrolled."""
    made: list[Station] = []

    def make(code: str, *, place: str = "") -> Station:
        name = place or f"pc{len(made)}"
        station = make_station(tmp_path / name, org=dataclasses.replace(ORG, station_code="待分配")).station
        made.append(station)
        enrolment.enrol(station, url="http://district", code=district.code(code), transport=district.line)
        return station

    yield make
    for station in made:
        station.store.close()


def case_rows(station: Station) -> list[tuple[object, ...]]:
    """(title, bodies that cannot be read, own, shared) of every case."""
    rows = station.store.reader.execute("SELECT title, unreadable, own, shared FROM case_row ORDER BY id")
    return [tuple(r) for r in rows]


def register(station: Station) -> str:
    """A new case."""
    return cases.register(station, intake=wage_intake()).case
