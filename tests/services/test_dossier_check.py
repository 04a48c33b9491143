"""What a file lacks, what reviewers would remark, and that an incomplete one is put away only with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from station_app.cli.main import run
from station_app.domain.papers import dossier, review
from station_app.services import cases, papers, performance, sessions
from station_app.services.cases import Intake
from station_app.services.signdesk import mass
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.services.test_dossier_papers import add, neighbours, oral
from tests.support.stations import PASSWORD, make_station

FILE = (
    "application",
    "rights_notice",
    "identity_sheets",
    "mediation_record",
    "agreement",
    "wage_receipt",
    "evidence_list",
)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def issue_all(station: Station, case: str, *titles: str) -> None:
    for card in papers.list_papers(station, case=case):
        if card.template in titles and not card.paper and card.applies and not card.missing:
            papers.issue(station, case=case, template=card.template)


def agreed(station: Station) -> str:
    """Mediated, agreed, signed, sealed; nothing issued but the agreement."""
    case = neighbours(station)
    values: dict[str, Any] = {
        "from": "2026-11-20T14:00",
        "place": "调解室",
        "record": "双方核对损失。",
        "result": "success",
    }
    sessions.record(station, case=case, values=values)
    oral(station, case, "written")
    papers.issue(station, case=case, template="agreement")
    mass.sign_all(station, case=case)
    mass.seal(station, case=case)
    return case


def lacks(station: Station, case: str) -> set[int]:
    return {item.no for item in dossier.items(station.case(case)) if item.missing}


def test_the_thirteen_items_follow_what_happened(station: Station) -> None:
    case = neighbours(station)
    found = {item.no: item for item in dossier.items(station.case(case))}
    assert sorted(found) == [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13]
    assert {no for no, item in found.items() if item.need == dossier.MUST} == {0, 1, 2, 3, 7, 13}
    add(station, case, "evidence", name="照片", source="田志强")
    add(station, case, "inquiry", at="2026-11-20T10:00", person="陈某", record="问：……")
    assert {5, 6} <= lacks(station, case)
    case = agreed(station)
    assert 8 not in lacks(station, case), "the agreement is there"
    duty = station.case(case).obligations[0].id
    performance.pay(station, case=case, obligation=duty)
    performance.visit(station, case=case, values={"text": "已履行。"})
    assert {9, 10} <= lacks(station, case)
    issue_all(station, case, *FILE, "receipt_slip", "return_visit")
    assert lacks(station, case) == {0, 13}


def test_a_paper_that_people_sign_waits_for_its_signature(station: Station) -> None:
    case = agreed(station)
    issue_all(station, case, "rights_notice")
    items = {item.no: item for item in dossier.items(station.case(case))}
    assert items[2].unsigned == ("人民调解当事人权利义务告知书",)
    assert items[8].unsigned == (), "signed"
    said = [f.sentence for f in dossier.findings(station.case(case)) if f.code == "D2"]
    assert said == ["人民调解当事人权利义务告知书已出具，尚未登记签署，也没有签署件的扫描件。"]


def test_an_incomplete_file_is_put_away_only_with_a_reason(station: Station) -> None:
    case = neighbours(station)
    sessions.end(station, case=case, reason="failed", note="")
    with pytest.raises(KnownError) as refused:
        cases.step(station, case=case, verb="archive")
    assert refused.value.code == "E-388"
    assert "终止调解告知书" in str(refused.value.values["missing"])
    assert station.case(case).case_state == "ended"
    cases.step(station, case=case, verb="archive", reason="当事人未到场领取，原件另存。")
    assert station.case(case).case_state == "archived"
    assert station.case(case).get("state_reason") == "当事人未到场领取，原件另存。"


def test_other_services_have_no_such_list(station: Station) -> None:
    case = cases.register(station, intake=Intake({"service": "legal", "type": "other"}, {"summary": "咨询"}, [])).case
    assert dossier.items(station.case(case)) == []
    assert dossier.missing(station.case(case)) == []


def results(station: Station, case: str) -> dict[str, str]:
    return {a.title: a.result for a in review.review(station.case(case))}


def test_the_review_sees_what_reviewers_see(station: Station) -> None:
    """Each remark comes and goes with its fact; nothing has points."""
    case = agreed(station)
    first = results(station, case)
    assert first["签名盖章是否完备"] == first["日期先后是否相符"] == first["调解过程是否记录"] == "passed"
    assert first["证据收集是否充分"] == first["回访是否及时"] == "look"
    assert first["材料是否齐全"] == "failed"
    add(station, case, "evidence", name="照片", source="田志强")
    performance.visit(station, case=case, values={"text": "已履行。"})
    second = results(station, case)
    assert second["证据收集是否充分"] == second["回访是否及时"] == "passed"
    cases.edit(station, case=case, values={case: {"accepted_at": "2026-11-22T09:00"}})
    assert results(station, case)["日期先后是否相符"] == "failed"
    party = station.case(case).parties[0].id
    mass.take_back(station, case=case, party=party, reason="登记错误")
    assert results(station, case)["签名盖章是否完备"] == "failed"
    said = " ".join(f.sentence for f in review.findings(station.case(case)))
    assert "第一次调解日期（2026年11月20日）早于受理日期（2026年11月22日）。" in said
    assert "调解协议没有登记田志强的签名、盖章或者按指印。" in said


def test_the_command(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = agreed(station)
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    options = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["check", case, "--dossier", "--json", *options]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert {i["no"] for i in facts["items"] if i["missing"]} == {0, 1, 2, 3, 7, 13}
    assert facts["review"][0]["result"] == "failed"
    assert run(["check", case, "--dossier", *options]) == 0
    shown = capsys.readouterr().out
    assert "▲ 不通过　材料是否齐全" in shown
    assert "卷内缺少人民调解记录。" in shown
    assert run(["check", case, "--dossier", "--fail-on", "stop", *options]) == 1
