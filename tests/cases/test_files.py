"""The nine case files: they read, their sums hold, their workers are the rosters', and only what is meant is wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from station_app.cli.main import run
from station_app.domain import casefile
from station_app.domain.money import capitals, parse_yuan
from tests.cases.support import FILES
from tests.support.stations import cheap_passwords

NAMES = sorted(path.stem for path in FILES.glob("*.json"))
ROSTERS = FILES.parent / "rosters"
SUMS = {
    "1-wages-17": "人民币壹拾叁万壹仟肆佰陆拾元整",
    "2-wages-8": "人民币壹拾捌万贰仟陆佰元整",
    "3-traffic": "人民币贰拾贰万元整",
    "4-rent-deposit": "人民币肆万捌仟玖佰叁拾元整",
    "5-small-deposit": "人民币捌仟贰佰元整",
    "6-property-fee": "人民币叁仟柒佰叁拾叁元玖角贰分",
    "7-water-leak": "人民币壹万伍仟元整",
    "8-work-injury": "人民币壹拾肆万捌仟伍佰元整",
    "9-settled-too-early": "人民币肆仟元整",
}
NUMBERS = {
    "1-wages-17": {"91440300MA5EXAMP9X"},
    "2-wages-8": {"440311198803160010"},
    "3-traffic": {"331082199507120136"},
    "6-property-fee": {"91341100MA2SOIVZ1X"},
    "8-work-injury": {"350105197908240215"},
}
"""What the retelling of the cases gives; two of them are wrong on purpose."""


def raw(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text("utf-8"))
    return data


def test_nine_of_them() -> None:
    assert set(SUMS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_without_a_fault(name: str) -> None:
    found, errors = casefile.read((FILES / f"{name}.json").read_bytes())
    assert errors == []
    assert found.parties
    assert found.agreement is not None
    assert [step.verb for step in found.steps] == ["accept", "mediate"]
    assert found.sections["sessions"]


@pytest.mark.parametrize("name", NAMES)
def test_its_sums_hold(name: str) -> None:
    data = raw(name)["agreement"]
    rows = data["obligations"]
    assert all(sum(map(parse_yuan, row["shares"].values())) == parse_yuan(row["amount"]) for row in rows)
    total = sum(parse_yuan(row["amount"]) for row in rows)
    assert total == parse_yuan(data["total"])
    assert capitals(total) == SUMS[name]


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_the_numbers_of_the_retelling(name: str) -> None:
    assert NUMBERS[name] <= {party["identity"].get("id_number") for party in raw(name)["parties"]}


@pytest.mark.parametrize("workers", [17, 8])
def test_its_workers_are_the_roster(workers: int) -> None:
    name = next(n for n in NAMES if n.endswith(f"wages-{workers}"))
    rows = list(csv.DictReader((ROSTERS / f"wages-{workers}.csv").read_text("utf-8-sig").splitlines()))
    parties = [party for party in raw(name)["parties"] if party["role"] == "applicant"]
    assert [(p["name"], p["identity"]["id_number"]) for p in parties] == [(r["姓名"], r["公民身份号码"]) for r in rows]
    owed = [parse_yuan(r["欠发(元)"]) for r in rows]
    assert [parse_yuan(p["wage"]["owed"]) for p in parties] == owed
    obligations = raw(name)["agreement"]["obligations"]
    got = [sum(parse_yuan(o["shares"][p["key"]]) for o in obligations) for p in parties]
    assert got == owed, "every worker gets over all instalments what he is owed, to the 分"


def test_the_command_imports_seven_and_keeps_two_as_drafts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cheap_passwords()
    (tmp_path / "pw").write_text("correct horse")
    options = ["--data-dir", str(tmp_path / "data"), "--password-file", str(tmp_path / "pw")]
    given = {
        "station": "东坑社区科学城工地群众诉求服务站",
        "station-code": "GM-FH-DK-01",
        "community": "dongkeng",
        "street": "凤凰街道",
        "committee": "深圳市光明区凤凰街道东坑社区人民调解委员会",
        "short": "光凤东坑",
        "court": "深圳市光明区人民法院",
        "mediator": "李明",
        "appointed": "2024-06-01/2027-05-31",
        "series": "A",
    }
    assert run(["init", *options, *(part for k, v in given.items() for part in (f"--{k}", v))]) == 0
    password = ["--new-password-file", str(tmp_path / "pw")]
    assert run(["people", "add", "陈晓", "--role", "记录员", *password, *options]) == 0
    capsys.readouterr()
    options += ["--user", "李明"]
    assert run(["case", "import", *(str(FILES / f"{n}.json") for n in NAMES), *options]) == 1
    shown = capsys.readouterr()
    assert (shown.out.count("已导入："), shown.out.count("已存为草稿")) == (7, 2)
    assert shown.err.count("统一社会信用代码") == 2
    assert "Traceback" not in shown.err
    assert run(["case", "import", str(FILES / "5-small-deposit.json"), *options]) == 0
