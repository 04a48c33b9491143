"""The world as every story finds it: a district and four enrolled PCs that met once; made once, then copied."""

from __future__ import annotations

import atexit
import dataclasses
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from station_app.services.station import User
from station_app.services.travel import enrolment, syncing
from tests.simulation.chance import Chance, Disk, controlled
from tests.support.clock import START, FakeClock
from tests.support.district import District
from tests.support.stations import ORG, make_station

PLACES: Final = ("S1", "S1", "S2", "S3")
"""Stations of the four PCs: two colleagues, a neighbour of the same committee, one of another community."""
NEWCOMER: Final = len(PLACES)
"""Number of the PC that is set up and not enrolled."""


@dataclass(frozen=True, slots=True)
class Made:
    """One PC of the template: its key and its user."""

    code: str
    key: bytes
    user: User


@dataclass(frozen=True, slots=True)
class Template:
    """`directory` holds `district` and `pc0` …; stories take place beside it, in `around`."""

    around: Path
    directory: Path
    pcs: tuple[Made, ...]
    code: str


def scratch() -> Path:
    """A directory in memory where there is one, removed at the end of the process."""
    memory = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="story-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def template() -> Template:
    """Made when first asked for."""
    around = scratch()
    directory = around / "template"
    with controlled(Chance("template"), Disk(), small=False):
        clock = FakeClock(START)
        district = District(directory / "district", clock)
        pcs: list[Made] = []
        stations = []
        for number, code in enumerate((*PLACES, "")):
            org = dataclasses.replace(ORG, station_code="待分配")
            station = make_station(directory / f"pc{number}", org=org).station
            if code:
                enrolment.enrol(station, url="http://district", code=district.code(code), transport=district.line)
                stations.append(station)
            else:
                station.store.close()
            pcs.append(Made(code, station.store.key, station.user))
        for _ in range(3):
            for station in stations:
                assert syncing.run(station, transport=district.line).error is None
        code = district.code("S1")
        for station in stations:
            station.store.close()
        district.close()
    return Template(around, directory, tuple(pcs), code)


def copy(target: Path) -> None:
    """Lay a fresh world into a directory."""
    shutil.copytree(template().directory, target)
