"""`station check` and `station answer`: the same list as on screen, in words and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from tests.support.stations import PASSWORD, make_station

CASES = Path(__file__).parents[1] / "data" / "cases"


@pytest.fixture
def common(tmp_path: Path) -> list[str]:
    data = tmp_path / "data"
    make_station(data).station.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    return ["--data-dir", str(data), "--user", "李明", "--password-file", str(secret)]


def test_the_trap_is_found_answered_and_fails_on_demand(common: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["case", "import", str(CASES / "9-settled-too-early.json"), "--json", *common]) == 0
    case = json.loads(capsys.readouterr().out)[0]["case"]
    assert run(["check", case, "--json", *common]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"W1", "W2", "W3"} <= {f["code"] for f in found}
    assert found[0]["severity"] == "stop"
    assert found[0]["basis"][0]["article"].startswith("最高人民法院关于适用")
    assert "违反法律强制性规定" in found[0]["basis"][0]["text"]
    assert run(["check", case, "--fail-on", "stop", *common]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("司法确认预审　不得加盖印章 0　阻止 2")
    assert "不能替您判断" in shown
    assert run(["answer", case, "own_wage", "--amount", "6000", "--json", *common]) == 0
    left = json.loads(capsys.readouterr().out)
    assert any("明显低于" in f["sentence"] for f in left if f["code"] == "W3")
    assert run(["answer", case, "insured", "maybe", *common]) == 1
    assert "E-217" in capsys.readouterr().err


def test_clocks_in_words_as_data_and_as_a_calendar(
    common: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["case", "import", str(CASES / "2-wages-8.json"), "--json", *common]) == 0
    case = json.loads(capsys.readouterr().out)[0]["case"]
    assert run(["clock", case, "--json", *common]) == 0
    found = {c["code"]: c for c in json.loads(capsys.readouterr().out)}
    assert found["labour"]["question"] == "relation_ended_on"
    assert {"mediation", "arbitration"} <= set(found)
    assert "performance" not in found, "nothing is due before the agreement binds"
    file = tmp_path / "期限.ics"
    assert run(["clock", case, "--ics", str(file), *common]) == 0
    assert "满15日" in capsys.readouterr().out
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert run(["clock", case, "--ics", str(tmp_path / "none" / "x.ics"), *common]) == 1
    assert "E-516" in capsys.readouterr().err
