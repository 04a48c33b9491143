"""Satisfaction: by the number of a slip, from any station of the community, never by who mediated the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.case import text
from station_app.services import cases, performance, sessions
from station_app.services.papers import page_count
from station_app.services.paperwork import dossier_records
from station_app.services.rounds import satisfaction
from station_app.services.station import Station, User
from sync.contract.errors import KnownError
from sync.contract.slip import read, slip_of
from tests.support.district import District
from tests.support.stations import make_station, wage_intake
from tests.sync.pcs import Join, go


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def mediated(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    sessions.record(station, case=case, values={"from": "2026-11-20T08:00", "record": "双方到场。"})
    return case


@given(st.text(alphabet="0123456789abcdef.", min_size=1, max_size=30), st.integers(0, 8), st.integers(1, 9))
def test_a_number_is_read_back_and_one_wrong_digit_is_found(case: str, place: int, by: int) -> None:
    slip = slip_of(case)
    assert read(slip) == read(slip.replace("-", " ")) == slip
    plain = slip.replace("-", "")
    wrong = plain[:place] + str((int(plain[place]) + by) % 10) + plain[place + 1 :]
    assert read(wrong) == ""


def test_the_mediator_of_a_case_is_refused_and_a_colleague_is_not(station: Station) -> None:
    case = mediated(station)
    slip = slip_of(case)
    with pytest.raises(KnownError, match="E-274"):
        satisfaction.record(station, slip=slip, satisfaction="5")
    with pytest.raises(KnownError, match="E-274"):
        performance.visit(station, case=case, values={"manner": "phone", "satisfaction": "5"})
    assert satisfaction.of_case(station, case) == []
    other = next(r.id for r in station.store.reference().of_kind("person") if r.id != station.user.person)
    station.user = User(other, "陈晓", ("recorder",))
    satisfaction.record(station, slip=slip.replace("-", ""), satisfaction="4", words="及时")
    with pytest.raises(KnownError, match="E-275") as caught:
        satisfaction.record(station, slip=slip, satisfaction="1")
    assert caught.value.values["why"] == "twice"
    satisfaction.record(station, slip=slip, satisfaction="5", manner="phone")
    assert [text(r, "satisfaction") for r in satisfaction.of_case(station, case)] == ["4", "5"]
    (one, two) = satisfaction.evaluations(station)
    assert {one.case, two.case} == {case}
    for code, wrong in (
        ("E-275", {"slip": "123-456-789", "satisfaction": "5"}),
        ("E-217", {"slip": slip, "satisfaction": "9", "manner": "onsite"}),
        ("E-216", {"slip": slip, "satisfaction": "", "manner": "onsite"}),
        ("E-285", {"slip": slip, "satisfaction": "5", "manner": "onsite", "at": "2026-12-01T00:00"}),
        ("E-270", {"slip": slip, "satisfaction": "5", "manner": "onsite", "words": "电话15026018159"}),
    ):
        with pytest.raises(KnownError, match=code):
            satisfaction.record(station, **wrong)


def test_the_hall_enters_it_without_the_case_and_the_station_sees_it(district: District, join: Join) -> None:
    one, hall = join("S1"), join("S2")
    for station in (one, hall, one, hall):
        go(district, station)
    case = mediated(one)
    satisfaction.record(hall, slip=slip_of(case), satisfaction="2", manner="phone", words="答复太慢")
    assert satisfaction.evaluations(hall)[0].case == ""
    for station in (hall, one):
        go(district, station)
    (found,) = satisfaction.evaluations(one)
    assert (found.case, found.level, found.station) == (case, "不满意", "S2站")
    state = one.store.reference()
    assert dossier_records._evaluated(one.case(case), state) == "不满意"


def test_the_slip_is_half_a_page_and_names_nobody(station: Station) -> None:
    case = mediated(station)
    made = satisfaction.paper(station, case=case)
    said = "".join(made.text)
    assert page_count(made.pdf) == 1
    assert slip_of(case) in said
    assert "田志强" not in said
