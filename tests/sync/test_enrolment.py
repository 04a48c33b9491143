"""Joining the district with a code; what waits and when it is tried again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from station_app.services.travel import enrolment, syncing
from station_app.services.travel.syncing import TravelStatus, next_delay
from station_app.store import travel
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.support.stations import make_station
from tests.sync.pcs import Join, go, register


def test_enrolment_takes_on_the_place_of_the_code(district: District, join: Join) -> None:
    station = join("S1")
    state = enrolment.status(station)
    assert (state.enrolled, state.station_code, state.station) == (True, "S1", "S1站")
    assert (state.series, state.spares) == ("A", ("B", "C"))
    assert state.until > district.clock.now_ms()
    assert {p.get("station") for p in station.store.reference().of_kind("person")} == {"S1"}
    assert enrolment.status(join("S2")).series == "D"


def test_a_code_of_another_station_leaves_a_station_with_cases_alone(district: District, join: Join) -> None:
    station = join("S1")
    register(station)
    with pytest.raises(KnownError) as caught:
        enrolment.enrol(station, url="http://x", code=district.code("S2"), transport=district.line)
    assert caught.value.code in ("E-111", "E-117")
    assert enrolment.status(station).station_code == "S1"


def test_wrong_codes_change_nothing(district: District, tmp_path: Path) -> None:
    station = make_station(tmp_path / "pc").station
    with pytest.raises(KnownError) as caught:
        enrolment.enrol(station, url="district.example", code="AAAA-BBBB-CCCC", transport=district.line)
    assert caught.value.code == "E-111"
    assert not enrolment.status(station).enrolled
    assert syncing.status(station).next_try() == 0
    outcome = syncing.run(station)
    assert outcome.error is not None
    assert outcome.error.code == "E-107"
    for url in ("", "ftp://x", "http://a b"):
        with pytest.raises(KnownError, match="E-518"):
            enrolment.enrol(station, url=url, code="X", transport=district.line)
    station.store.close()


def test_codes_are_typed_as_people_type(district: District, tmp_path: Path) -> None:
    station = make_station(tmp_path / "pc").station
    typed = " " + district.code("S1").lower().replace("-", " – ") + " "
    enrolment.enrol(station, url="http://x/", code=typed, transport=district.line)
    assert enrolment.status(station).url == "http://x"
    station.store.close()


def test_status_counts_what_waits(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    assert (syncing.status(one).unsent_ops, syncing.status(one).unsent_cases) == (0, 0)
    register(one)
    register(one)
    state = syncing.status(one)
    assert (state.unsent_ops, state.unsent_cases) == (4, 2)
    assert travel.waiting(one.store).ops == 4
    assert state.last_contact == one.clock.now_ms()
    assert state.clock_differs
    go(district, one)
    assert syncing.status(one).unsent_ops == 0


BASE = TravelStatus(True, 0, 0, 1, 1, 0, "", 0, 0, 0, 0, 5)


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [
        ({}, 270, 330),
        ({"unsent_ops": 3}, 10, 20),
        ({"failures": 1, "error": "E-101"}, 10, 20),
        ({"failures": 4, "error": "E-101"}, 80, 160),
        ({"failures": 50, "error": "E-101"}, 450, 900),
        ({"failures": 1, "error": "E-103"}, 450, 900),
        ({"failures": 1, "error": "E-115", "asked": 120}, 120, 120),
    ],
)
def test_when_to_try_again(change: dict[str, object], low: float, high: float) -> None:
    state = dataclasses.replace(BASE, **change)  # type: ignore[arg-type]  # fields by name
    assert low <= next_delay(state, 0.0) <= high
    assert low <= next_delay(state, 0.99) <= high
    assert state.next_try() > 1
