"""The same again, a linked appeal, another service; fields in another system's order and its number kept once."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.intake import copy_list
from station_app.services import cases, undo
from station_app.services.intake import copying, links, turning
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency, local
from sync.contract.errors import KnownError
from tests.support.stations import make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    return cases.register(station, intake=wage_intake()).case


def test_a_template_has_no_applicant_no_sum_and_no_day(station: Station, case: str) -> None:
    sample = turning.template(station, case=case)
    assert [p.party["name"] for p in sample.parties] == ["演示宏川劳务有限公司"]
    assert sample.parties[0].identity["id_number"] == "91440311MADEM0002W"
    assert sample.case == {
        "service": "mediation", "channel": "visit", "type": "wage_arrears", "labour": True, "place": "科学城工地东区",
    }  # fmt: skip
    assert sample.facts == {"summary": "某劳务公司拖欠工资，要求付清"}
    again = cases.register(station, intake=sample).case
    assert again != case


def test_a_linked_appeal_of_another_service(station: Station, case: str) -> None:
    made = turning.open_linked(station, case=case, service="帮扶救助", summary="家属生活困难，申请应急帮扶")
    view = station.case(made.case)
    assert text(view.record, "service") == "aid"
    assert [p.name for p in view.parties] == ["田志强", "演示宏川劳务有限公司"]
    assert [(one.how, one.case) for one in links.of_case(station, view)] == [("opened_from", case)]
    assert [(one.how, one.case) for one in links.of_case(station, station.case(case))] == [("opened", made.case)]
    undo.undo(station, made)
    assert links.of_case(station, station.case(case)) == []
    alone = turning.open_linked(station, case=case, service="legal", summary="咨询仲裁", parties=False)
    assert station.case(alone.case).parties == []
    assert consistency.check(station.store) == []


def test_a_case_turns_into_another_service_with_its_reason(station: Station, case: str) -> None:
    with pytest.raises(KnownError, match="E-408"):
        turning.turn(station, case=case, service="complaint", reason="")
    with pytest.raises(KnownError, match="E-217"):
        turning.turn(station, case=case, service="饭店", reason="原因")
    made = turning.turn(station, case=case, service="问题投诉", reason="反映人要求按投诉办理")
    view = station.case(case)
    assert (text(view.record, "service"), view.get("type")) == ("complaint", None)
    assert text(view.record, "title") == "田志强与演示宏川劳务有限公司问题投诉"
    assert [text(r, "text") for r in view.kind("answer")] == ["反映人要求按投诉办理"]
    with pytest.raises(KnownError, match="E-259"):
        turning.turn(station, case=case, service="complaint", reason="再次")
    undo.undo(station, made)
    assert text(station.case(case).record, "title") == "田志强与演示宏川劳务有限公司拖欠农民工工资纠纷"


def test_a_sheet_follows_the_other_form_and_is_logged(station: Station, case: str) -> None:
    sheet = copying.sheet(station, case=case, system="court")
    assert [line.title for line in sheet.lines][:3] == ["申请人", "申请人证件号码", "申请人电话"]
    values = {line.title: line.value for line in sheet.lines}
    assert values["被申请人证件号码"] == "91440311MADEM0002W"
    assert values["标的额（元）"] == "8400.00"
    assert values["调解员"] == "李明"
    assert "自拟" in sheet.source
    assert [(entry[2], entry[4]) for entry in local.access_log(station.store)] == [("copy", "court")]
    with pytest.raises(KnownError, match="E-217"):
        copying.sheet(station, case=case, system="nobody")


def test_a_foreign_number_is_entered_once_replaced_and_found(station: Station, case: str) -> None:
    copying.keep_number(station, case=case, system="hotline_12345", number=" GM20261120001 ")
    assert copying.keep_number(station, case=case, system="hotline_12345", number="GM20261120001").ops == ()
    copying.keep_number(station, case=case, system="hotline_12345", number="GM20261120009")
    copying.keep_number(station, case=case, system="petition", number="XF-77")
    view = station.case(case)
    assert [(n[1], n[2]) for n in copy_list.numbers(view)] == [
        ("hotline_12345", "GM20261120009"),
        ("petition", "XF-77"),
    ]
    assert copying.sheet(station, case=case, system="petition").number == "XF-77"
    assert [line.rec for line in lists.find(station, "20261120009")] == [case]
    with pytest.raises(KnownError, match="E-216"):
        copying.keep_number(station, case=case, system="petition", number=" ")
    assert consistency.check(station.store) == []


def test_every_system_has_a_list_and_several_parties_are_told_apart(station: Station, case: str) -> None:
    assert {code for code, _ in copying.systems()} == {entry.code for entry in codes.load("external_systems")}
    other = wage_intake().parties[0]
    other.party["name"] = "石来旺"
    other.identity = {"phone": "15226015190"}
    cases.add_party(station, case=case, given=other)
    values = {line.title: line.value for line in copying.sheet(station, case=case, system="minyi").lines}
    assert values["反映人"] == "田志强、石来旺"
    assert values["联系电话"] == "田志强：15026018159\n石来旺：15226015190"


def test_a_wrong_list_is_named_with_its_place(tmp_path: Path) -> None:
    wrong = tmp_path / "systems.toml"
    wrong.write_text(
        'source = "x"\ndate = 2026-11-24\n[system.court]\nfields = [["申请人", "applicant.shoe"]]\n', "utf-8"
    )
    with pytest.raises(KnownError) as said:
        copy_list.load(wrong)
    assert said.value.code == "E-520"
    assert "applicant.shoe" in str(said.value.values["place"])
