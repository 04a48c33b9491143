"""Contacts: four results, a next day that comes up, three days in vain that end mediation; visits planned and done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.services import cases, performance, sessions
from station_app.services.loop import contacts
from station_app.services.rounds import diary
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    made = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=made, verb="accept")
    return made


def at(station: Station, day: int, hour: int = 9) -> None:
    station.clock = FixedClock(datetime(2026, 11, day, hour, 0, tzinfo=SHANGHAI))


def respondent(station: Station, case: str) -> str:
    return station.case(case).side("respondent")[0].id


def test_a_contact_takes_name_and_number_of_the_party(station: Station, case: str) -> None:
    applicant = station.case(case).side("applicant")[0]
    contacts.record(station, case=case, outcome="reached", party=applicant.id, values={"text": "明日到站。"})
    (kept,) = station.case(case).kind("contact")
    assert (text(kept, "who"), text(kept, "phone")) == ("田志强", "15026018159")
    assert (text(kept, "at"), text(kept, "manner")) == ("2026-11-20T08:52", "phone")


def test_three_days_in_vain_end_mediation_and_one_answer_begins_anew(station: Station, case: str) -> None:
    party = respondent(station, case)
    for day, outcome in ((20, "no_answer"), (20, "wrong_number"), (21, "no_answer")):
        at(station, day, 10)
        contacts.record(station, case=case, outcome=outcome, party=party)
    (reach,) = contacts.unreached(station, station.case(case))
    assert (reach.days, reach.enough) == (("2026-11-20", "2026-11-21"), False)
    with pytest.raises(KnownError, match="E-276"):
        sessions.end(station, case=case, reason="unreachable")
    assert station.case(case).case_state == "accepted"
    at(station, 22)
    contacts.record(station, case=case, outcome="reached", party=party)
    assert contacts.unreached(station, station.case(case)) == []
    for day in (23, 24, 25):
        at(station, day)
        contacts.record(station, case=case, outcome="no_answer", party=party)
    sessions.end(station, case=case, reason="unreachable")
    view = station.case(case)
    assert view.case_state == "ended"
    assert text(view.record, "state_reason").startswith("多次未能联系当事人：演示宏川劳务有限公司（2026-11-23、")


def test_refused_is_no_failure_to_reach(station: Station, case: str) -> None:
    for day in (20, 21, 22):
        at(station, day, 10)
        contacts.record(station, case=case, outcome="refused", party=respondent(station, case))
    assert contacts.unreached(station, station.case(case)) == []


def test_the_next_contact_comes_up_on_its_day_and_goes_when_it_was_made(station: Station, case: str) -> None:
    party = respondent(station, case)
    contacts.record(station, case=case, outcome="no_answer", party=party, values={"next_on": "2026-11-22"})
    assert diary.due(station) == []
    at(station, 22)
    (due,) = diary.due(station)
    assert (due.kind, due.day, due.who) == ("contact", "2026-11-22", "演示宏川劳务有限公司")
    contacts.record(station, case=case, outcome="reached", party=party)
    assert diary.due(station) == []
    assert consistency.check(station.store) == []


def test_what_cannot_be_is_refused(station: Station, case: str) -> None:
    for code, outcome, party, values in (
        ("E-216", "", "", {}),
        ("E-217", "perhaps", "", {}),
        ("E-223", "reached", "nobody", {}),
        ("E-285", "reached", "", {"at": "2026-11-21T09:00"}),
        ("E-285", "reached", "", {"next_on": "2026-11-19"}),
    ):
        with pytest.raises(KnownError, match=code):
            contacts.record(station, case=case, outcome=outcome, party=party, values=dict(values))
    assert station.case(case).kind("contact") == []


def test_a_planned_visit_comes_up_and_a_visit_settles_it_or_plans_another(station: Station, case: str) -> None:
    performance.plan_visit(station, case=case, on="2026-11-22")
    with pytest.raises(KnownError, match="E-285"):
        performance.plan_visit(station, case=case, on="2026-11-01")
    at(station, 23)
    assert [(e.kind, e.day) for e in diary.due(station)] == [("visit", "2026-11-22")]
    performance.visit(station, case=case, values={"manner": "phone", "performed": "part"}, next_on="2026-12-01")
    assert diary.due(station) == []
    assert station.case(case).get("visit_on") == "2026-12-01"
    performance.visit(station, case=case, values={"manner": "phone", "performed": "full"})
    assert station.case(case).get("visit_on") is None
    with pytest.raises(KnownError, match="E-285"):
        performance.visit(station, case=case, values={"manner": "phone", "at": "2026-12-24T09:00"})
    assert consistency.check(station.store) == []
