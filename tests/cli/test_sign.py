"""station sign as typed: who is waited for, one and all signed, the seal, what was paid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from station_app.cli.main import run
from station_app.services.paperwork import bulk
from tests.services.test_bulk import group_case
from tests.support.stations import PASSWORD, make_station

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "pw").write_text(PASSWORD)
    station = make_station(tmp_path / "data").station
    rec = group_case(station)
    bulk.issue_many(station, bulk.each_worker(station, case=rec))
    station.store.close()
    return rec


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    return ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(tmp_path / "pw")]


def answer(command: list[str], options: list[str], capsys: Capture) -> Any:
    capsys.readouterr()
    assert run(["sign", *command, "--json", *options]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_from_the_list_to_the_last_payment(case: str, options: list[str], capsys: Capture) -> None:
    (line,) = answer(["list"], options, capsys)
    assert (line["waits"], line["case"], line["agreements"]) == ("unsigned", case, 8)
    rows = answer(["show", case], options, capsys)["rows"]
    first = rows[2]
    answer(["one", case, first["tail"], "--on", "2026-11-20", "--witness", "陈晓"], options, capsys)
    assert [w["waits"] for w in answer(["list", "--waits", "other"], options, capsys)] == ["other"]
    assert answer(["all", case], options, capsys)["acts"] == 7 + 16
    assert answer(["seal", case, "--approved-by", "李明"], options, capsys)["agreements"] == 8
    assert answer(["list"], options, capsys) == []
    assert answer(["paid", case, "--instalment", "1", "--party", first["name"]], options, capsys) == {
        "paid": 1,
        "amount": first["amount"],
    }
    assert answer(["paid", case, "--instalment", "1"], options, capsys)["paid"] == 7
    assert {r["state"] for r in answer(["show", case], options, capsys)["rows"][2:]} == {"kept"}
    assert run(["sign", "show", case, *options]) == 0
    shown = capsys.readouterr().out
    assert "协议 8 份，各方已签 8 份，已加盖印章 8 份。" in shown
    assert "已付" in shown


def test_what_cannot_be_is_said(case: str, options: list[str], capsys: Capture) -> None:
    for command, code in ((["seal", case], "E-387"), (["one", case, "没有的人"], "E-223")):
        assert run(["sign", *command, *options]) == 1
        assert capsys.readouterr().err.startswith(code)
    assert run(["sign", "one", case, "x", "--refused", "--absent", *options]) == 2
    assert run(["sign", "paid", case, "--instalment", "9", *options]) == 2
    assert run(["sign", "list", *options]) == 0
    assert "待签" in capsys.readouterr().out


def test_one_person_s_slip_is_written_to_a_file(case: str, options: list[str], capsys: Capture, tmp_path: Path) -> None:
    rows = answer(["show", case], options, capsys)["rows"]
    worker = next(row for row in rows if row["amount"])
    out = tmp_path / "slip.pdf"
    made = answer(["slip", case, worker["name"], "--out", str(out)], options, capsys)
    assert made == {"party": worker["party"], "file": str(out)}
    assert out.read_bytes().startswith(b"%PDF")
    bad = ["sign", "slip", case, worker["name"], "--out", str(tmp_path / "none" / "x.pdf"), *options]
    assert run(bad) == 1
    assert "E-516" in capsys.readouterr().err
