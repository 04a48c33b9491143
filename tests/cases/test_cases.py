"""Each of the nine cases: file, complaint, agreement with its sum in capitals, signatures, effect, server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from station_app.documents.preview import extract_text
from station_app.domain.case import effective_date, number
from station_app.domain.sentences import sentence
from station_app.services import agreements, confirmation, papers, performance, signing
from station_app.services.exchange import casefile
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.cases.support import enrolled, issue_and_sign, load, to_the_server
from tests.support.district import District


@dataclass(frozen=True, slots=True)
class Expected:
    """What README of the cases says comes out. Sums in 分."""

    name: str
    total: int
    capitals: str
    applicants: int
    signed_on: str
    complaint: str = ""
    who: str = ""
    words: tuple[str, ...] = ()


CASES = (
    Expected(
        "1-wages-17",
        13_146_000,
        "人民币壹拾叁万壹仟肆佰陆拾元整",
        17,
        "2026-11-20",
        "E-203",
        "c",
        ("人民币壹拾叁万壹仟肆佰陆拾元整", "张𬱖", "现金"),
    ),
    Expected(
        "2-wages-8",
        18_260_000,
        "人民币壹拾捌万贰仟陆佰元整",
        8,
        "2026-08-26",
        words=("人民币壹拾捌万贰仟陆佰元整", "连带", "82,600.00"),
    ),
    Expected(
        "3-traffic",
        22_000_000,
        "人民币贰拾贰万元整",
        1,
        "2026-11-20",
        words=("人民币壹拾捌万元整", "人民币肆万元整"),
    ),
    Expected(
        "4-rent-deposit",
        4_893_000,
        "人民币肆万捌仟玖佰叁拾元整",
        1,
        "2026-11-20",
        words=("人民币肆万捌仟玖佰叁拾元整", "七日内", "1,070.00"),
    ),
    Expected("5-small-deposit", 820_000, "人民币捌仟贰佰元整", 1, "2026-11-20"),
    Expected(
        "6-property-fee",
        373_392,
        "人民币叁仟柒佰叁拾叁元玖角贰分",
        1,
        "2026-11-20",
        "E-225",
        "pm",
        ("人民币叁仟柒佰叁拾叁元玖角贰分", "负责人"),
    ),
    Expected("7-water-leak", 1_500_000, "人民币壹万伍仟元整", 1, "2026-11-20"),
    Expected(
        "8-work-injury",
        14_850_000,
        "人民币壹拾肆万捌仟伍佰元整",
        1,
        "2026-11-20",
        words=("人民币壹拾肆万捌仟伍佰元整", "48,500.00"),
    ),
    Expected(
        "9-settled-too-early",
        400_000,
        "人民币肆仟元整",
        1,
        "2026-11-20",
        words=("人民币肆仟元整", "放弃工伤认定"),
    ),
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Station, District]]:
    station, district = enrolled(tmp_path)
    yield station, district
    assert consistency.check(station.store) == []
    station.store.close()
    district.close()


def shown(pdf: bytes) -> str:
    return "".join("".join(page.split()) for page in extract_text(pdf))


def taken_in(station: Station, expected: Expected) -> str:
    """Import; where the file holds a wrong code it waits as a draft until a person gives a reason."""
    result = load(station, expected.name)
    if not expected.complaint:
        assert [sentence(e.error) for e in result.errors] == []
        return result.case
    assert [e.error.code for e in result.errors] == [expected.complaint]
    assert "统一社会信用代码" in sentence(result.errors[0].error)
    assert [d.id for d in casefile.drafts(station)] == [result.draft], "the case is saved"
    again = casefile.register_draft(
        station, draft=result.draft, overrides={expected.who: "营业执照原件核对无误，已请当事人向登记机关核实"}
    )
    assert again.errors == []
    return again.case


@pytest.mark.parametrize("expected", CASES, ids=lambda e: e.name)
def test_from_the_file_to_the_server(place: tuple[Station, District], expected: Expected) -> None:
    station, district = place
    case = taken_in(station, expected)
    view = station.case(case)
    assert len(view.side("applicant")) == expected.applicants
    assert agreements.check(station, case=case) == []
    grid = agreements.grid_of(station, case=case)
    assert (grid.total, grid.capitals) == (expected.total, expected.capitals)
    made = issue_and_sign(station, case, expected.signed_on)
    text = shown(made["agreement"])
    for words in expected.words or (expected.capitals,):
        assert words in text
    view = station.case(case)
    assert effective_date(view) == expected.signed_on
    assert view.case_state == "effective"
    assert number(view.agreement, "total") == expected.total
    with pytest.raises(KnownError, match="E-401"):
        agreements.set_obligations(station, case=case, rows=[])
    to_the_server(station, district)
    assert district.count("SELECT count(*) FROM case_row") == 1
    assert district.count("SELECT count(*) FROM paper_mark") == 3
    assert district.count("SELECT count(*) FROM number_row") == 1


def test_all_nine_at_one_station(place: tuple[Station, District]) -> None:
    station, district = place
    for expected in CASES:
        issue_and_sign(station, taken_in(station, expected), expected.signed_on)
    to_the_server(station, district)
    assert district.count("SELECT count(*) FROM case_row") == 9
    assert district.count("SELECT count(DISTINCT text) FROM number_row") == 9


def test_case_1_is_paid_in_cash_to_each_worker_the_same_day(place: tuple[Station, District]) -> None:
    station, district = place
    case = taken_in(station, CASES[0])
    issue_and_sign(station, case, "2026-11-20")
    (obligation,) = station.case(case).obligations
    performance.pay(station, case=case, obligation=obligation.id, on="2026-11-20", manner="cash")
    assert station.case(case).case_state == "performed"
    receipt = papers.issue(station, case=case, template="wage_receipt")
    assert all(p.name in shown(receipt.pdf) for p in station.case(case).side("applicant"))
    to_the_server(station, district)
    line = station.case(case).kind("sum_line")[0]
    assert (line.get("agreed"), line.get("performed"), line.get("payees")) == (13_146_000, 13_146_000, 17)


def test_case_2_is_applied_for_within_thirty_days_shifted_by_the_calendar(place: tuple[Station, District]) -> None:
    station, _ = place
    case = taken_in(station, CASES[1])
    issue_and_sign(station, case, "2026-08-26")
    deadline = signing.status(station, case=case).deadline
    assert deadline is not None
    assert (deadline.raw.isoformat(), deadline.shifted.isoformat()) == ("2026-09-25", "2026-09-28")
    confirmation.apply(station, case=case, on="2026-08-26")
    assert station.case(case).kind("confirmation")[0].get("last_day") == "2026-09-28"
    application = papers.issue(station, case=case, template="confirmation_application")
    assert "深圳市光明区人民法院" in shown(application.pdf)
    grid = agreements.grid_of(station, case=case)
    assert grid.column_sums == [8_260_000, 5_000_000, 5_000_000]
    assert consistency.check(station.store) == []


def test_case_3_an_obligation_of_an_insurer_who_is_no_party_is_refused(place: tuple[Station, District]) -> None:
    import json

    from tests.cases.support import FILES

    station, _ = place
    data = json.loads((FILES / "3-traffic.json").read_text("utf-8"))
    data["parties"] = [p for p in data["parties"] if p["key"] != "ins"]
    result = casefile.import_file(station, data=json.dumps(data).encode())
    assert [e.error.code for e in result.errors] == ["E-211"]


def test_case_8_fingerprint_alone_is_warned_of(place: tuple[Station, District]) -> None:
    station, _ = place
    case = taken_in(station, CASES[7])
    worker = station.case(case).side("applicant")[0]
    warned = signing.warnings(station, case=case, signer=Signer("party", "fingerprint", worker.id))
    assert [n.key for n in warned] == ["sign.fingerprint_alone"]
