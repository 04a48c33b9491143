"""What is particular to each case: colour, representatives, pay days, set-off, signatures; what the server knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from station_app.domain.case import names, text
from station_app.domain.dates import add_days_exclusive, working_day_before
from station_app.services import agreements, papers, performance, signing
from station_app.services.cases import Values
from station_app.services.exchange import casefile
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.cases.support import FILES, enrolled, issue_and_sign, load, to_the_server
from tests.cases.test_cases import CASES, shown, taken_in
from tests.support.district import District
from tests.support.stations import make_station

COLOURS = {
    "1-wages-17": ("red", "涉及17人，达到10人"),
    "2-wages-8": ("amber", "拖欠农民工工资"),
    "3-traffic": ("amber", "涉及金额220,000.00元，达到100,000.00元"),
    "4-rent-deposit": ("", ""),
    "5-small-deposit": ("", ""),
    "6-property-fee": ("", ""),
    "7-water-leak": ("", ""),
    "8-work-injury": ("amber", "涉及金额250,000.00元，达到100,000.00元"),
    "9-settled-too-early": ("", ""),
}
BY_NAME = {expected.name: expected for expected in CASES}


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = make_station(tmp_path / "data").station
    yield made
    assert consistency.check(made.store) == []
    made.store.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Station, District]]:
    made, district = enrolled(tmp_path)
    yield made, district
    made.store.close()
    district.close()


def case_of(station: Station, name: str) -> str:
    return taken_in(station, BY_NAME[name])


def raw(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text("utf-8"))
    return data


def refused(station: Station, data: dict[str, Any]) -> list[str]:
    result = casefile.import_file(station, data=json.dumps(data).encode(), name="changed.json")
    assert result.case == ""
    assert result.draft
    return [e.error.code for e in result.errors]


@pytest.mark.parametrize("name", sorted(COLOURS))
def test_colour_and_its_reason(station: Station, name: str) -> None:
    record = station.case(case_of(station, name)).record
    level, first = COLOURS[name]
    assert (text(record, "colour"), (names(record, "colour_reasons") or [""])[0]) == (level, first)


def test_representatives_are_open_to_seventeen_and_not_to_eight(station: Station) -> None:
    for name, wanted in (("1-wages-17", True), ("2-wages-8", False), ("3-traffic", False)):
        case = case_of(station, name)
        (card,) = [c for c in papers.list_papers(station, case=case) if c.template == "representatives"]
        assert card.applies is wanted, name


def test_case_1_copies_and_the_annex(station: Station) -> None:
    case = case_of(station, "1-wages-17")
    (card,) = [c for c in papers.list_papers(station, case=case) if c.template == "agreement"]
    assert card.copies == 18 + 1, "one a party, one for the committee, none for a court that is not asked"
    page = shown(papers.issue(station, case=case, template="agreement").pdf)
    for party in station.case(case).side("applicant"):
        assert party.name in page
    assert page.count("131,460.00") >= 2, "in the terms and under the annex"


def test_case_1_is_visited_after_payment(place: tuple[Station, District]) -> None:
    station, district = place
    case = case_of(station, "1-wages-17")
    issue_and_sign(station, case, "2026-11-20")
    (obligation,) = station.case(case).obligations
    performance.pay(station, case=case, obligation=obligation.id, on="2026-11-20", manner="cash")
    first = station.case(case).side("applicant")[0]
    visit: Values = {
        "party": first.id,
        "manner": "phone",
        "outcome": "reached",
        "performed": "full",
    }
    performance.visit(station, case=case, values={**visit, "text": "已收到全部工资。"}, last=True)
    assert station.case(case).case_state == "visited"
    to_the_server(station, district)
    assert (
        district.count("SELECT count(*) FROM case_row WHERE state = 'visited' AND colour = 'red' AND people = 17") == 1
    )


def test_case_2_pay_days_fall_before_the_holiday(station: Station) -> None:
    rows = agreements.grid_of(station, case=case_of(station, "2-wages-8"))
    signed = date(2026, 8, 26)
    days = [add_days_exclusive(signed, n) for n in (30, 60)]
    assert [(d.isoformat(), working_day_before(d).shifted.isoformat()) for d in days] == [
        ("2026-09-25", "2026-09-24"),
        ("2026-10-25", "2026-10-23"),
    ]
    given = [row.get("due") for row in raw("2-wages-8")["agreement"]["obligations"]]
    assert given == ["2026-08-26", "2026-09-24", "2026-10-23"]
    assert sum(rows.row_sums) == 18_260_000


def test_case_2_without_the_share_of_each_worker_is_not_issued(station: Station) -> None:
    case = case_of(station, "2-wages-8")
    payers = [p.id for p in station.case(case).side("respondent")]
    row: Values = {"kind": "pay", "payers": list(payers), "liability": "joint", "what": "工资", "amount": 18_260_000}
    with pytest.raises(KnownError, match="E-216"):
        agreements.set_obligations(station, case=case, rows=[row])
    short = {p.id: 100 for p in station.case(case).side("applicant")}
    with pytest.raises(KnownError, match="E-210"):
        agreements.set_obligations(station, case=case, rows=[{**row, "shares": dict(short)}])
    assert agreements.grid_of(station, case=case).total == 18_260_000, "what stood still stands"


def test_case_3_takes_effect_only_with_the_insurer(station: Station) -> None:
    case = case_of(station, "3-traffic")
    papers.issue(station, case=case, template="agreement")
    people = station.case(case).parties
    assert [p.role for p in people].count("applicant") == 1
    signers = [Signer("party", "signed", p.id, on="2026-11-20") for p in people if p.is_person]
    signers += [Signer("mediator", "signed", on="2026-11-20")]
    signers += [Signer("committee", "sealed", seal="committee", on="2026-11-20")]
    signing.sign_many(station, case=case, signers=signers)
    waiting = signing.status(station, case=case)
    assert ([p.name for p in waiting.waiting], waiting.effective_on) == (["演示财产保险股份有限公司光明支公司"], "")
    assert station.case(case).case_state == "agreed"
    (insurer,) = waiting.waiting
    signing.sign(station, case=case, role="party", manner="signed_sealed", party=insurer.id, seal="official")
    done = signing.status(station, case=case)
    assert (done.effective_on, station.case(case).case_state) == ("2026-11-20", "effective")


def test_case_4_set_off_is_told_and_not_paid_twice(station: Station) -> None:
    case = case_of(station, "4-rent-deposit")
    assert agreements.grid_of(station, case=case).total == 5_500_000 - 107_000 - 500_000
    assert len(station.case(case).obligations) == 1
    facts = agreements.facts(station, case=case)
    assert all(sum_ in facts for sum_ in ("55,000.00", "1,070.00", "5,000.00", "48,930.00"))


def test_case_6_a_branch_is_a_party_and_the_fee_is_paid_on_the_spot(station: Station) -> None:
    case = case_of(station, "6-property-fee")
    issue_and_sign(station, case, "2026-11-20")
    (obligation,) = station.case(case).obligations
    performance.pay(station, case=case, obligation=obligation.id, on="2026-11-20")
    view = station.case(case)
    assert [text(p.record, "kind") for p in view.side("applicant")] == ["branch"]
    assert (view.case_state, view.performed(obligation)) == ("performed", 373_392)


@pytest.mark.parametrize("name", ["1-wages-17", "2-wages-8", "8-work-injury", "9-settled-too-early"])
def test_a_labour_agreement_is_never_oral(station: Station, name: str) -> None:
    case = case_of(station, name)
    with pytest.raises(KnownError, match="E-406"):
        agreements.edit(station, case=case, values={"form": "oral"})


def test_case_9_can_be_saved_looked_at_and_left_alone(station: Station) -> None:
    case = case_of(station, "9-settled-too-early")
    assert "放弃工伤认定" in shown(papers.preview(station, case=case, template="agreement"))
    assert station.case(case).papers == [], "a draft for discussion draws no number"
    assert text(station.case(case).record, "number") == ""


def unknown_key(data: dict[str, Any]) -> None:
    data["agreement"]["totall"] = "1"


def stranger_pays(data: dict[str, Any]) -> None:
    data["agreement"]["obligations"][0]["payers"] = ["nobody"]


def three_decimals(data: dict[str, Any]) -> None:
    data["case"]["amount"] = "8200.001"


def negative(data: dict[str, Any]) -> None:
    data["case"]["amount"] = "-8200"


def impossible_birth(data: dict[str, Any]) -> None:
    data["parties"][0]["identity"]["id_number"] = "310105199002300018"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (unknown_key, "E-214"),
        (stranger_pays, "E-211"),
        (three_decimals, "E-208"),
        (negative, "E-207"),
        (impossible_birth, "E-202"),
    ],
)
def test_a_spoiled_file_is_kept_as_a_draft(station: Station, spoil: Any, code: str) -> None:
    data = raw("5-small-deposit")
    spoil(data)
    assert refused(station, data) == [code]


def test_the_server_holds_the_register_and_reads_nothing_more(place: tuple[Station, District], tmp_path: Path) -> None:
    station, district = place
    for expected in CASES:
        issue_and_sign(station, taken_in(station, expected), expected.signed_on)
    to_the_server(station, district)
    for name, (level, _) in COLOURS.items():
        amount = raw(name)["case"]["amount"].replace(".", "")
        sql = f"SELECT count(*) FROM case_row WHERE amount = {amount} AND coalesce(colour, '') = '{level}'"
        assert district.count(sql) == 1, name
    assert district.count("SELECT count(*) FROM op WHERE compartment = 'content'") > 0
    stored = b"".join(p.read_bytes() for p in (tmp_path / "district").rglob("*") if p.is_file())
    assert "田志强".encode() in stored, "names are register"
    for name in COLOURS:
        data = raw(name)
        secret = [data["facts"]["story"][:12], data["sessions"][0]["record"][:12]]
        secret += [p["identity"].get(f) for p in data["parties"] for f in ("id_number", "phone", "account")]
        assert [word for word in secret if word and word.encode() in stored] == [], name


def test_a_second_station_of_the_community_does_not_see_them(place: tuple[Station, District], tmp_path: Path) -> None:
    from station_app.services.travel import enrolment

    station, district = place
    case = case_of(station, "7-water-leak")
    to_the_server(station, district)
    other = make_station(tmp_path / "other", series="").station
    enrolment.enrol(other, url="http://district", code=district.code("S2"), transport=district.line)
    assert syncing.run(other, transport=district.line).error is None
    assert other.store.ops_of(case) == []
    other.store.close()


def test_the_same_file_twice_makes_two_cases(station: Station) -> None:
    first, second = load(station, "5-small-deposit"), load(station, "5-small-deposit")
    assert first.case != second.case
