"""station case step as typed: accepted, ended for a ground, taken up again with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.services import cases
from tests.support.stations import PASSWORD, make_station, wage_intake


def test_a_case_is_accepted_ended_and_taken_up_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "s").station
    case = cases.register(station, intake=wage_intake()).case
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    access = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(tmp_path / "pw")]

    def step(*words: str) -> int:
        return run(["case", "step", case, *words, *access])

    assert step("accept", "--at", "2026-10-08T09:00") == 0
    assert "已受理" in capsys.readouterr().out
    assert step("end") == 1
    assert "E-408" in capsys.readouterr().err
    assert step("end", "--ground", "failed", "--reason", "数额分歧大") == 0
    assert step("reopen") == 1
    assert "E-408" in capsys.readouterr().err
    assert step("reopen", "--reason", "双方同意再次调解", "--asked-by", "田志强", "--json") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "accepted"
    assert run(["clock", case, "--json", *access]) == 0
    found = {c["code"]: c for c in json.loads(capsys.readouterr().out)}
    assert found["mediation"]["start_why"] == "恢复办理之日"
