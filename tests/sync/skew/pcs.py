"""PCs and districts of different programs: what a newer one writes, and what must hold wherever it arrives."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from station_app.clock import SystemClock
from station_app.services import people
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency
from sync.client.transport import HttpTransport
from sync.contract.canonical import Json
from sync.contract.fold import overwrite
from tests.support.district import District
from tests.support.served import served
from tests.support.stations import ORG, PASSWORD, make_station
from tests.sync.skew.program import Program, running

Bytes = dict[str, tuple[bytes, bytes | None]]


@dataclass
class Pc:
    """A data directory, and the program that is installed on it; open only inside `at`."""

    place: Path
    program: Program
    mine: list[str] = field(default_factory=list)

    @contextmanager
    def at(self) -> Iterator[Station]:
        """Somebody works here."""
        with running(self.program):
            station = people.login(self.place, name="李明", password=PASSWORD, clock=SystemClock())
            try:
                yield station
                while station.store.flush_index():
                    pass
                assert consistency.check(station.store) == []
            finally:
                station.store.close()


def make(place: Path, program: Program) -> Pc:
    """A new PC, not enrolled."""
    with running(program):
        make_station(place, org=dataclasses.replace(ORG, station_code="待分配")).station.store.close()
    return Pc(place, program)


@contextmanager
def serving(district: District, place: Path, program: str) -> Iterator[str]:
    """The district served by a process that is another program."""
    with served(place, program=("tests.sync.skew.program", program)) as url:
        yield url


def join(pc: Pc, district: District, url: str, code: str) -> None:
    """Enrol a PC."""
    with pc.at() as station:
        enrolment.enrol(station, url=url, code=district.code(code), name=pc.place.name)


def go(pc: Pc, url: str) -> syncing.Outcome:
    """One round that goes well, with nothing refused."""
    with pc.at() as station, _line(url) as line:
        outcome = syncing.run(station, transport=line)
        assert outcome.error is None, outcome.error
        assert outcome.problems == 0
        assert station.store.con.execute("SELECT count(*) FROM quarantine").fetchone() == (0,)
        assert station.store.con.execute("SELECT count(*) FROM refused").fetchone() == (0,)
        return outcome


@contextmanager
def _line(url: str) -> Iterator[HttpTransport]:
    line = HttpTransport(url)
    try:
        yield line
    finally:
        line.close()


def write(station: Station, case: str, verb: str, *said: tuple[str, str, dict[str, Json]]) -> list[str]:
    """Records of any kind in one transaction: (compartment, kind, values); their ids."""
    with station.store.write(actor=station.user.person, wall=station.clock.now_ms()) as tx:
        return [
            tx.op(verb, compartment, case="" if compartment == "reference" else case).new(kind, values)
            for compartment, kind, values in said
        ]


def change(station: Station, case: str, rec: str, compartment: str, values: dict[str, Json]) -> None:
    """An edit of a record, as every program makes it."""
    record = station.case(case).state.records[rec]
    with station.store.write(actor=station.user.person, wall=station.clock.now_ms()) as tx:
        tx.op("edit", compartment, case=case).put(overwrite(record, values))


def ops_of(station: Station) -> Bytes:
    """Every op of a PC as it is stored, by name."""
    rows = station.store.con.execute(
        "SELECT i.inst || '.' || (o.id & 4294967295), o.header, o.body FROM op o JOIN inst i ON i.no = o.id >> 32"
    )
    return {str(n): (bytes(h), None if b is None else bytes(b)) for n, h, b in rows.fetchall()}


def ops_at(district: District) -> Bytes:
    """Every op of the district as it is stored, by name."""
    with district.server.storage.read() as tx:
        rows = tx.rows("SELECT inst, seq, header, body FROM op")
    return {f"{i}.{s}": (bytes(h), None if b is None else bytes(b)) for i, s, h, b in rows}


def same(found: Bytes, kept: Bytes) -> None:
    """What both hold is the same to the last bit, and nothing of the second lacks in the first."""
    assert kept.keys() <= found.keys()
    assert {name: found[name] for name in kept} == kept


Look = Callable[[Station], object]
