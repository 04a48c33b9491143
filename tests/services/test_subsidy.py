"""以案定补: a person gives the class and says why, another reviews it, the sheet counts what they decided, no more."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from station_app.cli.main import run
from station_app.documents.preview import extract_text
from station_app.domain.case import text
from station_app.domain.rules import load_rules
from station_app.services import cases, people, undo
from station_app.services.figures import spreadsheet
from station_app.services.station import Station
from station_app.services.subsidy import grading, sheets
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.services.test_figures import agreed, appeal
from tests.support.stations import PASSWORD, make_station

MONTH = "2021-01"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def as_colleague(station: Station, roles: tuple[str, ...] = ("secretary",)) -> None:
    person = next(p.id for p in people.people(station) if text(p, "name") == "陈晓")
    station.user = type(station.user)(person=person, name="陈晓", roles=roles)


def refused(station: Station, **given: str) -> str:
    with pytest.raises(KnownError) as told:
        grading.grade(station, **given)
    return told.value.code


def test_the_pack_ships_classes_without_amounts_and_says_so() -> None:
    found = grading.grades()
    assert [g.title for g in found] == ["简易纠纷", "普通纠纷", "重大纠纷", "特别重大纠纷"]
    assert all(g.amount == "" and "未取得" in g.source for g in found)


def test_a_class_needs_a_person_and_a_reason(station: Station) -> None:
    case = agreed(station, form="oral", fen=100_000)
    (claim,) = grading.claims(station, month=MONTH)
    # nothing is proposed, whatever the facts are
    assert (claim.grade, claim.rec, claim.fen, claim.performed, claim.form) == ("", "", 100_000, 0, "oral")
    assert refused(station, case=case, code="huge", reason="x") == "E-394"
    assert refused(station, case=case, code="major", reason=" ") == "E-395"
    assert refused(station, case=case, code="major", reason="x", month="2021-13") == "E-209"
    assert refused(station, case=appeal(station, at="2021-01-05"), code="major", reason="x") == "E-405"
    grading.grade(station, case=case, code="simple", reason="事实清楚，当场达成协议", month=MONTH)
    (claim,) = grading.claims(station, month=MONTH)
    assert (claim.grade, claim.by, claim.answer) == ("simple", "李明", "")
    assert text(grading.standing_of(station.case(case)), "edition") == load_rules().edition
    assert consistency.check(station.store) == []


def test_another_person_reviews_and_a_changed_class_is_reviewed_anew(station: Station) -> None:
    case = agreed(station, form="written", fen=100)
    grading.grade(station, case=case, code="major", reason="涉及三十人", month=MONTH)
    with pytest.raises(KnownError) as told:
        grading.review(station, case=case, answer="accepted")
    assert told.value.code == "E-396"
    first = station.user
    as_colleague(station)
    with pytest.raises(KnownError) as told:
        grading.review(station, case=case, answer="returned")
    assert told.value.code == "E-408"
    grading.review(station, case=case, answer="returned", note="人数不足")
    assert grading.claims(station, month=MONTH)[0].answer == "returned"
    station.user = first
    grading.grade(station, case=case, code="ordinary", reason="改为普通", month=MONTH)
    (claim,) = grading.claims(station, month=MONTH)
    assert (claim.grade, claim.answer, claim.review_note) == ("ordinary", "", "")
    assert len(station.case(case).kind("grading")) == 1


def test_claimed_for_another_month_it_stands_there_only(station: Station) -> None:
    case = agreed(station, form="written", fen=100)
    grading.grade(station, case=case, code="simple", reason="材料补齐", month="2021-3")
    assert grading.claims(station, month=MONTH) == []
    assert [c.case for c in grading.claims(station, month="2021-03")] == [case]


def test_giving_a_class_can_be_undone(station: Station) -> None:
    case = agreed(station, form="written", fen=100)
    changes = grading.grade(station, case=case, code="simple", reason="x", month=MONTH)
    if undo.can_undo(station, changes):
        undo.undo(station, changes)
        assert grading.claims(station, month=MONTH)[0].grade == ""


def test_the_sheet_says_that_no_amount_is_known_and_names_no_sum(station: Station) -> None:
    for form, code in (("oral", "simple"), ("written", "simple"), ("written", "major")):
        grading.grade(station, case=agreed(station, form=form, fen=50_000), code=code, reason="理由", month=MONTH)
    agreed(station, form="written", fen=1)
    listed, sums = sheets.sheets(station, month=MONTH)
    assert [row[-1] for row in listed.rows].count("标准未设定") == 3
    assert any("未定类1件" in note for note in listed.notes)
    assert sums.heads == ("调解员", "简易纠纷", "普通纠纷", "重大纠纷", "特别重大纠纷", "件数", "补贴合计（元）")
    assert sums.rows[-1] == ("合计", 2, 0, 1, 0, 3, "标准未设定")
    made = sheets.paper(station, month=MONTH)
    said = "".join(extract_text(made.pdf)).replace("\n", "").replace("\r", "")
    for words in ("人民调解案件以案定补申报表", "2021年1月", "标准未设定", "程序不推荐", "未定类", "制表人"):
        assert words in said, words
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook([listed, sums])))
    shown = [[str(c) for c in row if c is not None] for row in book["以案定补"].iter_rows(values_only=True)]
    assert [str(c) for c in listed.rows[0] if c != ""] in [[c for c in row if c] for row in shown]


def test_amounts_of_a_pack_are_added(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    known = [grading.Grade("simple", "简易纠纷", "400", "x"), grading.Grade("major", "重大纠纷", "2000.50", "x")]
    monkeypatch.setattr(grading, "grades", lambda rules=None: known)
    for code in ("simple", "simple", "major"):
        grading.grade(station, case=agreed(station, form="written", fen=1), code=code, reason="理由", month=MONTH)
    assert sheets.sheets(station, month=MONTH)[1].rows[-1][-1] == "2800.50"


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "s").station
    case = agreed(station, form="oral", fen=100)
    station.store.close()
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    assert run(["subsidy", "grades", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 4
    assert run(["subsidy", "grade", case, "simple", "--reason", "事实清楚", "--month", MONTH, *place]) == 0
    assert run(["subsidy", "review", case, "accepted", *place]) == 1
    assert "E-396" in capsys.readouterr().err
    files = ["--pdf", str(tmp_path / "a.pdf"), "--xlsx", str(tmp_path / "a.xlsx")]
    assert run(["subsidy", "sheet", "--month", MONTH, *files, *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["grade"] == "simple"
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["以案定补", "分人汇总"]


def test_discarded_cases_are_not_claimed(station: Station) -> None:
    case = agreed(station, form="written", fen=100)
    grading.grade(station, case=case, code="simple", reason="x", month=MONTH)
    cases.discard(station, case=case)
    assert grading.claims(station, month=MONTH) == []
