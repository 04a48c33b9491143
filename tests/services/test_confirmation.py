"""The way to the ruling: court by the rules, progress, hearing, each answer of the court and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain.case import text
from station_app.services import clocks, confirmation, court, signing
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

DAY = "2026-11-20"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    """A wage agreement in effect."""
    made = wage_case(station)
    showcase_agreement(station, made)
    signers = [
        Signer("party", "signed_fingerprint" if p.is_person else "signed_sealed", p.id,
               seal="" if p.is_person else "official", on=DAY)
        for p in station.case(made).parties
    ]  # fmt: skip
    signers += [Signer("mediator", "signed", on=DAY), Signer("committee", "sealed", seal="committee", on=DAY)]
    signing.sign_many(station, case=made, signers=signers)
    return made


def codes(station: Station, case: str) -> set[str]:
    return {f.code for f in court.check(station, case=case)}


def test_the_court_is_chosen_by_the_rules_with_its_reason(station: Station, case: str) -> None:
    (venue,) = court.look(station, case=case).venues
    assert venue.first
    assert venue.court == station.store.setting("committee.court")
    assert "只能向人民调解委员会所在地" in venue.reason
    assert venue.basis[0].article == 52


def test_progress_hearing_and_a_valid_ruling(station: Station, case: str) -> None:
    confirmation.apply(station, case=case, mode="video", on=DAY)
    confirmation.track(station, case=case, stage="submitted", on=DAY)
    with pytest.raises(KnownError) as bare:
        confirmation.track(station, case=case, stage="supplement")
    assert bare.value.code == "E-408"
    confirmation.track(station, case=case, stage="supplement", note="补交考勤记录", on=DAY)
    assert "J27" in codes(station, case)
    confirmation.track(station, case=case, stage="accepted", on=DAY)
    assert "J27" not in codes(station, case)
    confirmation.book_hearing(station, case=case, at="2026-11-21T10:30", room="二号视频间")
    assert confirmation.hearings(station.case(case)) == ("2026-11-21T10:30", "二号视频间")
    with pytest.raises(KnownError) as early:
        confirmation.receive(station, case=case)
    assert early.value.code == "E-405"
    confirmation.rule(station, case=case, result="valid", ruling_no="（2026）粤0311民特12号", on=DAY)
    confirmation.receive(station, case=case, on=DAY)
    record = confirmation.latest(station.case(case))
    assert text(record, "submitted_on") == DAY
    assert text(record, "received_on") == DAY
    found = {f.code: f.sentence for f in court.check(station, case=case)}
    assert "申请执行至2028年12月31日" in found["J29"]
    assert "最后一天为2026年12月7日（周一）" in found["J31"] or "顺延至" in found["J31"]
    assert "不中止、不中断、不延长" in found["J32"]
    assert consistency.check(station.store) == []


def objections(station: Station, case: str) -> dict[str, str]:
    """Last day -> how the sentence begins."""
    return {str(c.last): c.sentence.split("（")[0] for c in clocks.of_case(station, case=case) if c.code == "objection"}


def test_each_party_receives_the_ruling_on_a_day_of_his_own(station: Station, case: str) -> None:
    confirmation.apply(station, case=case, on=DAY)
    confirmation.rule(station, case=case, result="valid", on=DAY)
    first, second = (p for p in station.case(case).parties[:2])
    confirmation.receive(station, case=case, on=DAY, parties=[first.id])
    changes = confirmation.receive(station, case=case, on="2026-11-23", parties=[first.id])
    assert changes.kinds == {"ruling_receipt"}, "a corrected day"
    assert not confirmation.receive(station, case=case, on="2026-11-23", parties=[first.id]).ops
    assert len(station.case(case).kind("ruling_receipt")) == 1
    assert objections(station, case)["2026-12-08"] == first.name
    confirmation.receive(station, case=case, on="2026-11-24")
    assert set(objections(station, case)) == {"2026-12-08", "2026-12-09"}
    with pytest.raises(KnownError) as before:
        confirmation.receive(station, case=case, on="2026-11-01", parties=[second.id])
    assert before.value.code == "E-380"
    with pytest.raises(KnownError) as nobody:
        confirmation.receive(station, case=case, on="2026-11-24", parties=["c000000000000000.1.0"])
    assert nobody.value.code == "E-223"
    assert consistency.check(station.store) == []


def test_an_interested_person_has_six_months_from_his_own_day(station: Station, case: str) -> None:
    confirmation.apply(station, case=case, on=DAY)
    confirmation.rule(station, case=case, result="valid", on=DAY)
    confirmation.known(station, case=case, name=" 陈某 ", on="2026-11-23")
    confirmation.known(station, case=case, name="陈某", on="2026-11-24")
    (record,) = station.case(case).kind("ruling_receipt")
    assert (text(record, "name"), text(record, "on")) == ("陈某", "2026-11-24")
    assert any(c.rec == record.id and str(c.last) == "2027-05-24" for c in clocks.of_case(station, case=case))
    with pytest.raises(KnownError) as unnamed:
        confirmation.known(station, case=case, name=" ")
    assert unnamed.value.code == "E-216"


@pytest.mark.parametrize(
    ("result", "code", "state"),
    [("rejected", "J30", "not_confirmed"), ("not_accepted", "J30", "not_confirmed"),
     ("withdrawn", "J28", "not_confirmed"), ("supplement", "J27", "confirming")],
)  # fmt: skip
def test_what_follows_from_each_answer(station: Station, case: str, result: str, code: str, state: str) -> None:
    confirmation.apply(station, case=case, on=DAY)
    confirmation.rule(station, case=case, result=result, reason="内容不明确", on=DAY)
    assert code in codes(station, case)
    assert station.case(case).case_state == state


def test_nothing_can_be_tracked_before_an_application(station: Station, case: str) -> None:
    for act in (
        lambda: confirmation.track(station, case=case, stage="submitted"),
        lambda: confirmation.book_hearing(station, case=case, at="2026-11-21T10:30", room="一号"),
        lambda: confirmation.receive(station, case=case),
    ):
        with pytest.raises(KnownError) as none:
            act()
        assert none.value.code == "E-223"
