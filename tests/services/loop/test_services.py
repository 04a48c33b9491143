"""The six services: each has its own records, steps and secrecy; what does not belong is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain.case import names, text
from station_app.domain.course.services import OWN, TRACK, rendered
from station_app.services import cases, records, sessions
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.loop import rendering
from station_app.services.station import Station
from station_app.services.travel import grants
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.contract.states import STEPS
from tests.support.district import District
from tests.support.stations import make_station
from tests.sync.pcs import Join, go

DONE: dict[str, Values] = {
    "legal": {"question": "工资拖欠怎么办", "advice": "可以申请仲裁。"},
    "psych": {"text": "情绪平稳。", "consent": True},
    "complaint": {"unit": "演示物业公司", "matter": "电梯停用", "findings": "已于当日修复。"},
    "suggestion": {"text": "在工地门口设置工资公示栏"},
    "aid": {"need": "家中老人住院", "measure": "临时救助"},
}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def accepted(station: Station, service: str) -> str:
    party = PartyInput({"role": "applicant", "kind": "person", "name": "罗玉梅"})
    made = cases.register(station, intake=Intake({"service": service}, {"summary": "有事相求"}, [party])).case
    cases.step(station, case=made, verb="accept")
    return made


@pytest.mark.parametrize("service", sorted(OWN))
def test_a_service_is_rendered_then_reported_back_and_never_mediated(station: Station, service: str) -> None:
    case = accepted(station, service)
    for verb in sorted(set(STEPS) - {"accept", "refuse", "refer", "feed_back", "archive", "reopen"}):
        with pytest.raises(KnownError, match=r"E-278|E-405"):
            cases.step(station, case=case, verb=verb, reason="试")
    with pytest.raises(KnownError, match="E-278"):
        sessions.record(station, case=case, values={"from": "2026-11-20T08:00", "record": "调解"})
    with pytest.raises(KnownError, match="E-278") as caught:
        cases.step(station, case=case, verb="feed_back")
    assert caught.value.values["why"] == "not_rendered"
    rec = records.add(station, case=case, kind=OWN[service], values=DONE[service]).ids[0]
    if service == "suggestion":
        for to in ("collected", "assessed", "adopted"):
            assert not rendered(station.case(case))
            rendering.advance(station, case=case, rec=rec, to=to, by="社区工作站")
    cases.step(station, case=case, verb="feed_back")
    view = station.case(case)
    assert view.case_state == "fedback"
    assert text(view.record, "resolved_at") == text(view.record, "fedback_at") == "2026-11-20T08:52"
    assert consistency.check(station.store) == []


@pytest.mark.parametrize("service", ["mediation", *sorted(OWN)])
def test_each_service_offers_its_own_records(station: Station, service: str) -> None:
    view = station.case(accepted(station, service))
    offered = set(records.kinds_for(station, view))
    assert {"contact", "booking", "reply"} <= offered
    others = {kind for name, kind in OWN.items() if name != service}
    if service in OWN:
        assert OWN[service] in offered
        assert not {"complaint", "suggestion", "extension", "recusal"} & offered - {OWN[service]}
    else:
        assert {"extension", "recusal", "private_note"} <= offered
        assert not {"complaint", "suggestion"} & offered
    assert others - offered


def test_a_suggestion_goes_its_way_and_no_other(station: Station) -> None:
    case = accepted(station, "suggestion")
    rec = records.add(station, case=case, kind="suggestion", values=DONE["suggestion"]).ids[0]
    for wrong in ("assessed", "adopted", "fed_back"):
        with pytest.raises(KnownError, match="E-279"):
            rendering.advance(station, case=case, rec=rec, to=wrong, by="x", result="x", note="x")
    rendering.advance(station, case=case, rec=rec, to="collected")
    rendering.advance(station, case=case, rec=rec, to="assessed", note="可行")
    for to, field in (("golden", "adopted_by"), ("not_adopted", "track_note")):
        with pytest.raises(KnownError, match="E-216") as caught:
            rendering.advance(station, case=case, rec=rec, to=to)
        assert caught.value.values["field"] == f"suggestion.{field}"
    rendering.advance(station, case=case, rec=rec, to="golden", by="东坑社区党委")
    with pytest.raises(KnownError, match="E-216"):
        rendering.advance(station, case=case, rec=rec, to="carried_out")
    rendering.advance(station, case=case, rec=rec, to="carried_out", result="公示栏已设置")
    rendering.advance(station, case=case, rec=rec, to="fed_back")
    record = station.case(case).state.records[rec]
    assert (text(record, "track"), text(record, "track_on")) == ("fed_back", "2026-11-20")
    assert TRACK["fed_back"] == ()


def test_no_psychological_note_without_consent_and_a_high_risk_turns_red_without_a_word(
    district: District, join: Join
) -> None:
    one, three = join("S1"), join("S3")
    for station in (one, three, one, three):
        go(district, station)
    case = accepted(one, "psych")
    for values in ({"text": "夜里睡不着。"}, {"text": "夜里睡不着。", "consent": False}):
        with pytest.raises(KnownError, match="E-280"):
            records.add(one, case=case, kind="psych_note", values={**values})
    low = records.add(one, case=case, kind="psych_note", values={"text": "初谈", "consent": True, "risk": "low"})
    assert text(one.case(case).record, "colour") != "red"
    records.edit(one, case=case, rec=low.ids[0], values={"text": "说不想活了", "risk": "urgent"})
    with pytest.raises(KnownError, match="E-280"):
        records.edit(one, case=case, rec=low.ids[0], values={"consent": False})
    view = one.case(case)
    assert text(view.record, "colour") == "red"
    assert names(view.record, "colour_reasons")[0] == rendering.RISK_REASON
    grants.grant(one, case=case, station_code="S3", reason="协同")
    for station in (one, three, one, three):
        go(district, station)
    there = three.case(case)
    assert there.kind("psych_note") == [], "a grant never opens this compartment"
    assert text(there.record, "colour") == "red"
    with district.server.storage.read() as tx:
        bodies = b"".join(bytes(row[0]) for row in tx.rows("SELECT body FROM op WHERE body IS NOT NULL"))
    assert "不想活".encode() not in bodies
    assert rendering.RISK_REASON.encode() in bodies


def test_legal_aid_is_a_referral_with_its_office_and_day(station: Station) -> None:
    case = accepted(station, "legal")
    rec = records.add(station, case=case, kind="consultation", values={"question": "工伤怎么办"}).ids[0]
    with pytest.raises(KnownError, match="E-216"):
        rendering.refer_aid(station, case=case, rec=rec, to=" ")
    with pytest.raises(KnownError, match="E-285"):
        rendering.refer_aid(station, case=case, rec=rec, to="光明区法律援助处", on="2026-12-01")
    rendering.refer_aid(station, case=case, rec=rec, to="光明区法律援助处")
    record = station.case(case).state.records[rec]
    assert (record.get("aid"), text(record, "aid_on")) == (True, "2026-11-20")
    cases.step(station, case=case, verb="feed_back")


def test_a_case_may_turn_into_a_mediation(station: Station) -> None:
    case = accepted(station, "legal")
    cases.edit(station, case=case, values={case: {"service": "mediation"}})
    sessions.record(station, case=case, values={"from": "2026-11-20T08:00", "record": "双方到场。"})
    assert station.case(case).case_state == "mediating"
