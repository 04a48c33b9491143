"""Wages from attendance come into the case: known workers by number or by a name that stands once, others added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain.calculators import wages
from station_app.domain.case import number
from station_app.services import calculating, cases
from station_app.services.cases import Intake, PartyInput
from station_app.services.station import Station
from station_app.store import consistency
from tests.support.stations import PASSWORD, make_station

SHEET = "姓名,日工资,1日,2日,3日,已付\n田某,400,1,0.5,√,100\n覃某,380,1,1,1,0\n"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    people = [PartyInput({"role": "applicant", "kind": "person", "name": name}) for name in ("田某", "李某", "李某")]
    intake = Intake({"type": "wage_arrears", "labour": True}, {"summary": "欠薪"}, people)
    return cases.register(station, intake=intake).case


def owed(station: Station, case: str) -> list[tuple[str, int]]:
    return [(p.name, number(p.wage, "owed")) for p in station.case(case).parties]


def test_a_worker_of_that_name_gets_his_row_and_another_is_added(station: Station, case: str) -> None:
    calculating.import_wages(station, case=case, rows=wages.from_attendance(SHEET))
    assert owed(station, case) == [("田某", 90_000), ("李某", 0), ("李某", 0), ("覃某", 114_000)]
    assert number(station.case(case).record, "amount") == 204_000
    again = wages.from_attendance(SHEET.replace("100\n", "300\n"))
    calculating.import_wages(station, case=case, rows=again)
    assert owed(station, case)[0] == ("田某", 70_000)
    assert len(station.case(case).parties) == 4
    assert consistency.check(station.store) == []


def test_a_name_that_stands_twice_is_never_guessed(station: Station, case: str) -> None:
    sheet = "姓名,日工资,工日\n李某,400,2\n"
    calculating.import_wages(station, case=case, rows=wages.from_attendance(sheet))
    assert [o for name, o in owed(station, case) if name == "李某"] == [0, 0, 80_000]


def test_the_command_writes_them(
    station: Station, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station.store.close()
    sheet, secret = tmp_path / "kq.csv", tmp_path / "secret"
    sheet.write_text(SHEET, "utf-8")
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(secret)]
    assert run(["clause", "calc", "wages", str(sheet), "--case", case, "--json", *common]) == 0
    assert json.loads(capsys.readouterr().out)["total"]
    assert run(["case", "show", case, *common]) == 0
    assert "2,040.00" in capsys.readouterr().out
