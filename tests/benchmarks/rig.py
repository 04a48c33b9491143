"""A district on a durable PostgreSQL and filled stations, made once and copied for each round of a measurement."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app import bootstrap
from station_app.clock import SHANGHAI, FixedClock
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.postgres import database_of
from tests.support.served import served
from tests.support.stations import PASSWORD, STAFF, cheap_passwords, make_station

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

_TICK: Final = os.sysconf("SC_CLK_TCK")
NAMES: Final = ("first", "empty")
"""The station that has something to send, and a colleague's PC with nothing."""


@dataclass(slots=True)
class Rig:
    """The original: a folder with `district`, `first` and `empty`, and the name of the district's database."""

    folder: Path
    postgres: PostgresServer
    database: str

    @contextmanager
    def copy(self, place: Path) -> Iterator[Copy]:
        """A copy of everything, its server running; closed and removed afterwards."""
        shutil.copytree(self.folder, place)
        url = self.postgres.fresh(template=self.database)
        _repoint(place / "district", url)
        stations: dict[str, Station] = {}
        process: list[int] = []
        try:
            with served(place / "district", told=process.append) as address:
                for name in NAMES:
                    stations[name] = reopen(place / name)
                    stations[name].store.set_settings({"net.server": address})
                yield Copy(place, url, address, process[0], stations)
        finally:
            for station in stations.values():
                station.store.close()
            self.postgres.drop(url)
            shutil.rmtree(place)


@dataclass(slots=True)
class Copy:
    """One round's own copy, its server under way."""

    place: Path
    url: str
    address: str
    server: int
    stations: dict[str, Station]


def build(folder: Path, postgres: PostgresServer, fill: Callable[[Station], None]) -> Rig:
    """Enrol two stations of one place, let them meet, then let `fill` write what is to travel from the first one."""
    url = postgres.fresh()
    district = District(folder / "district", FakeClock(), database=url)
    codes = [district.code("S1") for _ in NAMES]
    district.close()
    stations = [make_station(folder / name).station for name in NAMES]
    with served(folder / "district") as address:
        for station, code in zip(stations, codes, strict=True):
            enrolment.enrol(station, url=address, code=code)
        for station in (*stations, *stations):
            outcome = syncing.run(station)
            assert outcome.error is None, outcome.error
    fill(stations[0])
    for station in stations:
        station.store.close()
    return Rig(folder, postgres, database_of(url))


def reopen(directory: Path) -> Station:
    """Log in to a station's directory; the clock stands."""
    cheap_passwords()
    clock = FixedClock(datetime(2026, 11, 20, 8, 52, tzinfo=SHANGHAI))
    return bootstrap.open_station(directory, name=STAFF[0].name, password=PASSWORD, clock=clock)


def _repoint(directory: Path, url: str) -> None:
    path = directory / "district.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "database": url}, ensure_ascii=False), "utf-8")


def cpu_seconds(process: int) -> float:
    """User and system time of a process and its threads so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
