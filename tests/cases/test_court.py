"""What the court's view says of each of the nine cases, and what holds back papers and the seal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.domain.case import Case, text
from station_app.domain.court import check as rules
from station_app.domain.court.finding import Finding, Severity
from station_app.services import court, papers, signing
from station_app.services.exchange import casefile
from station_app.services.signing import Signer
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.fold import Record, State, overwrite
from tests.cases.support import enrolled, issue_and_sign, load

GRAVE = (Severity.SEAL, Severity.STOP)
NINE = ("1-wages-17", "2-wages-8", "3-traffic", "4-rent-deposit", "5-small-deposit", "6-property-fee",
        "7-water-leak", "8-work-injury", "9-settled-too-early")  # fmt: skip


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made, district = enrolled(tmp_path)
    yield made
    made.store.close()
    district.close()


def taken(station: Station, name: str) -> str:
    """Imported; a draft with a wrong code is registered with a reason."""
    result = load(station, name)
    if not result.draft:
        return result.case
    who = {"1-wages-17": "c", "6-property-fee": "pm"}[name]
    return casefile.register_draft(station, draft=result.draft, overrides={who: "营业执照原件核对无误"}).case


def codes(found: list[Finding]) -> list[str]:
    return [f.code for f in found]


def with_changes(view: Case, kind: str, values: dict[str, object]) -> Case:
    """Another view of the case, with these fields on every record of a kind (None: without it); the first stays."""
    records = dict(view.state.records)
    for record in [r for r in records.values() if r.kind == kind]:
        change = overwrite(record, dict(values))  # type: ignore[arg-type]  # test values of several types
        merged = {**record.values, **change.set}
        records[record.id] = Record.created(record.id, kind, view.id, by=record.id[:-2], values=merged)
    return Case(State(records, view.state.unreadable, view.state.excluded), view.id)


@pytest.mark.parametrize("name", NINE)
def test_no_false_stop(station: Station, name: str) -> None:
    """Only the trap is stopped; what is asked of the others is no stop."""
    found = court.check(station, case=taken(station, name))
    stopped = [f.code for f in found if f.severity in GRAVE]
    assert stopped == (["W2", "W2"] if name.startswith("9") else [])
    for finding in found:
        assert finding.sentence
        assert finding.mend
        assert "（" in finding.printed_basis


def test_case_1_paid_on_the_spot_needs_no_court(station: Station) -> None:
    case = taken(station, "1-wages-17")
    found = {f.code: f for f in court.check(station, case=case)}
    assert "已当场全部履行，一般无需申请司法确认。" in found["P1"].sentence
    assert "一人一行" in found["P1"].sentence
    assert "可以推选二至五名代表" in found["J37"].sentence
    assert "C1" not in found


def test_case_2_contents_clear_or_not(station: Station) -> None:
    case = taken(station, "2-wages-8")
    found = {f.code: f for f in court.check(station, case=case)}
    assert "不足十人" in found["J37"].sentence
    assert "单独出具授权委托书" in found["J37"].sentence
    assert found["C1"].question == "worker_or_contractor"
    assert "J39" not in found
    assert "J38" not in found
    view = court.look(station, case=case)
    assert view.materials[:3] == ["司法确认申请书", "调解协议书（原件）", "主持调解证明"]
    assert "工资结算单、考勤、欠条等债权证明" in view.materials

    without = with_changes(station.case(case), "obligation", {"liability": None})
    bad = [f for f in rules.findings(court.facts_of(station, without)) if f.severity in GRAVE]
    assert codes(bad) == ["J39"] * 3
    assert "内容不明确" in bad[0].sentence
    without = with_changes(station.case(case), "obligation", {"shares": None})
    bad = [f for f in rules.findings(court.facts_of(station, without)) if f.severity in GRAVE]
    assert codes(bad) == ["J38"] * 3
    assert "没有写明每名工人每一期的数额" in bad[0].sentence


def test_case_2_the_last_day_is_shifted_by_the_calendar(station: Station) -> None:
    case = taken(station, "2-wages-8")
    issue_and_sign(station, case, "2026-08-26")
    facts = court.facts_of(station, station.case(case))
    facts.today = facts.today.replace(month=8, day=27)
    (clock,) = [f for f in rules.findings(facts) if f.code == "J2"]
    assert "第30日为9月25日（中秋节），顺延至2026年9月28日（周一）。" in clock.sentence
    assert clock.severity is Severity.HINT
    (late,) = [f for f in court.check(station, case=case) if f.code == "J2"]
    assert late.severity is Severity.STOP
    assert late.sentence.index("支付令") < late.sentence.index("直接起诉") < late.sentence.index("申请劳动仲裁")
    with pytest.raises(KnownError) as held:
        papers.issue(station, case=case, template="confirmation_application")
    assert held.value.code == "E-461"


def test_case_3_an_insurer_who_is_no_party_is_not_bound(station: Station) -> None:
    case = taken(station, "3-traffic")
    assert "T1" not in codes(court.check(station, case=case))
    view = station.case(case)
    gone = next(p for p in view.parties if "保险" in p.name)
    del view.state.records[gone.id]
    without = Case(view.state, case)
    found = {f.code: f for f in rules.findings(court.facts_of(station, without))}
    assert "不受本协议约束" in found["T1"].sentence


def test_case_8_statute_beside_the_sum(station: Station) -> None:
    case = taken(station, "8-work-injury")
    found = {f.code: f for f in court.check(station, case=case)}
    assert "9×6,500.00元＝58,500.00元" in found["W3"].sentence
    assert "148,500.00元" in found["W3"].sentence
    assert "本地规则包尚未录入" in found["W3"].sentence
    assert found["W4"].question == "insured"
    assert found["W5"].question == "relation_ended_on"
    court.answer(station, case=case, question="insured", values={"value": "no"})
    court.answer(station, case=case, question="relation_ended_on", values={"date": "2026-11-15"})
    left = codes(court.check(station, case=case))
    assert "W4" not in left
    assert "W5" not in left


def test_case_9_is_warned_of_on_three_grounds_and_kept(station: Station) -> None:
    case = taken(station, "9-settled-too-early")
    found = court.check(station, case=case)
    assert {"W1", "W2", "W3"} <= set(codes(found))
    assert [f.severity for f in found if f.code == "W2"] == [Severity.STOP, Severity.STOP]
    made = papers.issue(station, case=case, template="agreement")
    assert made.fresh, "the parties' own agreement is never stopped"
    told = next(r for r in station.case(case).kind("answer") if text(r, "question") == court.TOLD)
    assert text(told, "value") == "W2"
    assert "放弃工伤认定" in text(told, "text")
    again = papers.issue(station, case=case, template="agreement")
    assert not again.fresh


def test_the_seal_is_held_back_until_the_head_decides(station: Station) -> None:
    case = taken(station, "5-small-deposit")
    court.answer(station, case=case, question="voluntary", values={"value": "no"})
    papers.issue(station, case=case, template="agreement")
    seal = Signer("committee", "sealed", seal="committee", on="2026-11-20")
    with pytest.raises(KnownError) as held:
        signing.sign_many(station, case=case, signers=[seal])
    assert held.value.code == "E-462"
    assert station.case(case).signatures == []
    with pytest.raises(KnownError) as bare:
        court.override_seal(station, case=case, reason=" ")
    assert bare.value.code == "E-408"
    court.override_seal(station, case=case, reason="已当面复核，当事人改为自愿")
    signing.sign_many(station, case=case, signers=[seal])
    assert len(station.case(case).signatures) == 1


def test_an_answer_is_kept_once_and_can_be_corrected(station: Station) -> None:
    case = taken(station, "3-traffic")
    court.answer(station, case=case, question="attendance", values={"value": "video"})
    court.answer(station, case=case, question="attendance", values={"value": "onsite"})
    kept = [r for r in station.case(case).kind("answer") if text(r, "question") == "attendance"]
    assert [text(r, "value") for r in kept] == ["onsite"]
    with pytest.raises(KnownError) as wrong:
        court.answer(station, case=case, question="attendance", values={"value": "perhaps"})
    assert wrong.value.code == "E-217"
