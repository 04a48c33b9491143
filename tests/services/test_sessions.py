"""Sessions on record: what starts a mediation, what forbids one, and what is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.services import cases, sessions, undo
from station_app.services.people import Created
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station, wage_intake

FIRST = {"from": "2026-11-20T14:00", "to": "2026-11-20T16:20", "record": "双方核对考勤。", "result": "continued"}


@pytest.fixture
def created(tmp_path: Path) -> Created:
    return make_station(tmp_path / "data")


def accepted(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    return case


def test_the_first_session_starts_the_mediation_at_its_own_time(created: Created) -> None:
    station = created.station
    case = accepted(station)
    changes = sessions.record(station, case=case, values=dict(FIRST), applicant="agreed", respondent="agreed")
    view = station.case(case)
    assert view.case_state == "mediating"
    assert view.get("state_since") == "2026-11-20T14:00"
    assert (view.get("consent_applicant"), view.get("consent_respondent")) == ("agreed", "agreed")
    (session,) = view.kind("session")
    assert session.get("no") == 1
    assert session.get("mediators") == [created.people["李明"]]
    assert changes.concerns("session", "case")
    sessions.record(station, case=case, values={**FIRST, "from": "2026-11-23T10:00", "to": "2026-11-23T11:00"})
    assert [s.get("no") for s in station.case(case).kind("session")] == [1, 2]
    assert station.case(case).get("state_since") == "2026-11-20T14:00"
    assert consistency.check(station.store) == []


def test_a_refusal_is_recorded_and_forbids_mediation(created: Created) -> None:
    station = created.station
    case = accepted(station)
    sessions.consent(station, case=case, respondent="refused")
    with pytest.raises(KnownError, match="E-403"):
        sessions.record(station, case=case, values=dict(FIRST))
    with pytest.raises(KnownError, match="E-403"):
        sessions.record(station, case=case, values=dict(FIRST), respondent="refused")
    assert station.case(case).kind("session") == []
    assert station.case(case).case_state == "accepted"
    sessions.record(station, case=case, values=dict(FIRST), respondent="agreed")
    assert station.case(case).case_state == "mediating", "a side may change its mind"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"to": "2026-11-20T13:00"}, "E-237"), ({"from": ""}, "E-216"), ({"mode": "某式"}, "E-217"), ({"x": 1}, "E-214")],
)
def test_a_wrong_session_is_refused_whole(created: Created, change: dict[str, str], code: str) -> None:
    station = created.station
    case = accepted(station)
    with pytest.raises(KnownError, match=code):
        sessions.record(station, case=case, values={**FIRST, **change})
    assert station.case(case).case_state == "accepted"


def test_nobody_mediates_what_was_not_taken_on(created: Created) -> None:
    station = created.station
    case = cases.register(station, intake=wage_intake()).case
    with pytest.raises(KnownError, match="E-405"):
        sessions.record(station, case=case, values=dict(FIRST))


def test_a_session_is_corrected_and_the_correction_taken_back(created: Created) -> None:
    station = created.station
    case = accepted(station)
    sessions.record(station, case=case, values=dict(FIRST))
    rec = station.case(case).kind("session")[0].id
    changes = sessions.edit(station, case=case, session=rec, values={"undisputed": "应发160,460.00元。"})
    assert station.case(case).kind("session")[0].get("undisputed") == "应发160,460.00元。"
    assert sessions.edit(station, case=case, session=rec, values={"result": "continued"}).ops == ()
    undo.undo(station, changes)
    assert station.case(case).kind("session")[0].get("undisputed") is None
    with pytest.raises(KnownError, match="E-223"):
        sessions.edit(station, case=case, session=case, values={})


def test_mediation_ends_with_a_reason_of_the_list(created: Created) -> None:
    station = created.station
    case = accepted(station)
    with pytest.raises(KnownError, match="E-408"):
        sessions.end(station, case=case, reason="")
    sessions.end(station, case=case, reason="failed", note="对工程量分歧较大")
    assert station.case(case).get("state_reason") == "调解不成：对工程量分歧较大"
    assert station.case(case).case_state == "ended"
