"""A colleague's cases go over with a trace; the log-in of who leaves ends here at once and elsewhere with a round."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app import bootstrap
from station_app.domain.case import text
from station_app.services import cases, people, undo
from station_app.services.loop import succession
from station_app.services.people import NewPerson
from station_app.services.rounds import bookings
from station_app.services.station import Station, User
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.support.stations import PASSWORD, make_station, wage_intake
from tests.sync.pcs import Join, go


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def colleague(station: Station, name: str = "王芳", role: str = "mediator") -> str:
    rec = people.add_person(station, person=NewPerson(name, (role,))).ids[0]
    people.set_password(station, rec=rec, password=PASSWORD)
    return rec


def case_of(station: Station, person: str) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept", extra={"mediator": person})
    return case


def test_all_open_cases_go_over_in_one_step_and_the_log_in_ends(station: Station, tmp_path: Path) -> None:
    leaver = colleague(station)
    one, two = case_of(station, leaver), case_of(station, leaver)
    ended = case_of(station, leaver)
    cases.step(station, case=ended, verb="end", reason="撤回")
    cases.step(station, case=ended, verb="archive", reason="材料存于原承办站点")
    values = {"purpose": "mediation", "at": "2026-11-21T09:00", "person": leaver}
    rec = bookings.book(station, case=one, values={**values}).ids[0]
    assert {line.rec for line in succession.cases_of(station, leaver)} == {one, two}
    succession.leave(station, person=leaver, to=station.user.person, reason="调离")
    for case in (one, two):
        view = station.case(case)
        assert text(view.record, "mediator") == station.user.person
        (trace,) = succession.history(view)
        assert (text(trace, "from"), text(trace, "to"), text(trace, "reason")) == (leaver, station.user.person, "调离")
    assert text(station.case(ended).record, "mediator") == leaver
    assert text(station.case(one).state.records[rec], "person") == station.user.person
    assert consistency.check(station.store) == []
    station.store.close()
    with pytest.raises(KnownError, match="E-512"):
        bootstrap.open_station(tmp_path / "data", name="王芳", password=PASSWORD)


def test_cases_without_a_mediator_belong_to_who_took_them_in(station: Station) -> None:
    leaver = colleague(station, role="recorder")
    boss = station.user
    station.user = User(leaver, "王芳", ("recorder",))
    case = cases.register(station, intake=wage_intake()).case
    station.user = boss
    assert [line.rec for line in succession.cases_of(station, leaver)] == [case]
    succession.leave(station, person=leaver, to=boss.person, reason="调离")
    assert text(station.case(case).record, "mediator") == boss.person


def test_what_is_refused_changes_nothing(station: Station) -> None:
    leaver, recorder = colleague(station), next(p.id for p in people.people(station) if text(p, "name") == "陈晓")
    case = case_of(station, leaver)
    own = station.user.person
    for code, kwargs in (
        ("E-408", {"person": leaver, "to": own, "reason": " "}),
        ("E-281", {"person": leaver, "to": "", "reason": "调离"}),
        ("E-281", {"person": leaver, "to": leaver, "reason": "调离"}),
        ("E-281", {"person": leaver, "to": recorder, "reason": "调离"}),
        ("E-282", {"person": own, "to": leaver, "reason": "调离"}),
        ("E-223", {"person": "nobody", "to": own, "reason": "调离"}),
    ):
        with pytest.raises(KnownError, match=code):
            succession.leave(station, **kwargs)
    station.user = User(own, "李明", ("mediator",))
    with pytest.raises(KnownError, match="E-404"):
        succession.leave(station, person=leaver, to=own, reason="调离")
    assert text(station.case(case).record, "mediator") == leaver
    assert not station.store.reference().records[leaver].get("left")


def test_one_case_is_given_and_taken_back(station: Station) -> None:
    other = colleague(station)
    case = case_of(station, station.user.person)
    changes = succession.reassign(station, cases=[case], to=other, reason="分工调整")
    assert text(station.case(case).record, "mediator") == other
    undo.undo(station, changes)
    assert text(station.case(case).record, "mediator") == station.user.person


def test_the_other_pc_learns_that_somebody_left(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    leaver = colleague(one)
    case = case_of(one, leaver)
    for station in (one, two):
        go(district, station)
    people.set_password(two, rec=leaver, password=PASSWORD)
    succession.leave(one, person=leaver, to=one.user.person, reason="调离")
    for station in (one, two):
        go(district, station)
    assert text(two.case(case).record, "mediator") == one.user.person
    assert len(succession.history(two.case(case))) == 1
    directory = two.store.directory
    two.store.close()
    with pytest.raises(KnownError, match="E-512"):
        bootstrap.open_station(directory, name="王芳", password=PASSWORD)
    two.store = type(two.store)(directory, two.store.key)
