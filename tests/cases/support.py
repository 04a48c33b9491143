"""A station of the committee of the cases, enrolled at a real district server in this process, at a later day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from station_app.clock import SHANGHAI, FixedClock
from station_app.services import papers, signing
from station_app.services.exchange import casefile
from station_app.services.exchange.casefile import Imported
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency
from tests.support.clock import START, FakeClock
from tests.support.district import District
from tests.support.stations import make_station

FILES: Final = Path(__file__).parents[1] / "data" / "cases"
PAPERS: Final = ("acceptance_register", "rights_notice", "agreement")


def enrolled(directory: Path) -> tuple[Station, District]:
    """A new station whose PC has joined a fresh district; its clock stands after every date of the cases."""
    district = District(directory / "district", FakeClock(START))
    station = make_station(directory / "data", series="").station
    assert isinstance(station.clock, FixedClock)
    station.clock.set(datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI))
    enrolment.enrol(station, url="http://district", code=district.code("S1"), transport=district.line)
    return station, district


def load(station: Station, name: str) -> Imported:
    """Import one case file."""
    path = FILES / f"{name}.json"
    return casefile.import_file(station, data=path.read_bytes(), name=path.name)


def issue_and_sign(station: Station, case: str, day: str) -> dict[str, bytes]:
    """The papers, then every signature on its day; the bytes by template."""
    made = {template: papers.issue(station, case=case, template=template).pdf for template in PAPERS}
    labour = station.case(case).labour
    people, bodies = ("signed_fingerprint" if labour else "signed"), "signed_sealed"
    signers = [
        Signer("party", people if p.is_person else bodies, p.id, seal="" if p.is_person else "official", on=day)
        for p in station.case(case).parties
    ]
    signers += [Signer("mediator", "signed", on=day), Signer("committee", "sealed", seal="committee", on=day)]
    signing.sign_many(station, case=case, signers=signers)
    return made


def to_the_server(station: Station, district: District) -> None:
    """Everything goes up; a second round changes nothing on either side; the station's books are in order."""
    first = syncing.run(station, transport=district.line)
    assert first.error is None
    ops = district.count("SELECT count(*) FROM op")
    again = syncing.run(station, transport=district.line)
    assert (again.error, again.pushed, again.pulled, again.blobs_sent) == (None, 0, 0, 0)
    assert again.traffic.requests == 1
    assert district.count("SELECT count(*) FROM op") == ops
    assert district.count("SELECT count(*) FROM problem") == 0
    assert syncing.status(station).unsent_ops == 0
    assert consistency.check(station.store) == []
