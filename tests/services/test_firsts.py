"""Moving a limit of the five firsts: only with a reason, only while it runs; the same on the command line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain import rules
from station_app.domain.clocks.firsts import First, Mark
from station_app.paths import resources_dir
from station_app.services import cases
from station_app.services.loop import firsts
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    """A station whose district set 4 hours to accept and 48 to resolve."""
    text = (resources_dir() / "rules" / "guangming.toml").read_text("utf-8")
    for key, hours in (("accept", 4), ("resolve", 48)):
        head = f'[setting."first.{key}"]\n'
        assert head in text
        text = text.replace(head, f"{head}value = {hours}\n")
    pack = tmp_path / "set.toml"
    pack.write_text(text, "utf-8")
    found = rules.load_rules(pack)
    monkeypatch.setattr(rules, "_shipped", lambda: found)
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    at(station, 9)
    return cases.register(station, intake=wage_intake()).case


def at(station: Station, hour: int) -> None:
    assert isinstance(station.clock, FixedClock)
    station.clock.set(datetime(2026, 11, 24, hour, 0, tzinfo=SHANGHAI))


def accept(station: Station, case: str) -> First:
    return next(f for f in firsts.of_case(station, case=case) if f.code == "accept")


def test_suspended_resumed_and_extended(station: Station, case: str) -> None:
    assert firsts.words(accept(station, case)) == "受理 还剩4小时"
    at(station, 10)
    with pytest.raises(KnownError) as bare:
        firsts.suspend(station, case=case, first="accept", reason=" ")
    assert bare.value.code == "E-408"
    firsts.suspend(station, case=case, first="accept", reason="等待当事人补交证件")
    with pytest.raises(KnownError) as twice:
        firsts.suspend(station, case=case, first="accept", reason="再次")
    assert twice.value.code == "E-384"
    at(station, 20)
    records = station.case(case).kind("first_change")
    assert firsts.words(accept(station, case), records) == (
        "受理 暂停计时（2026年11月24日10:00起暂停：等待当事人补交证件）"
    )
    firsts.resume(station, case=case, first="accept")
    assert accept(station, case).left == 180
    firsts.extend(station, case=case, first="accept", hours=10, reason="案情复杂")
    assert accept(station, case).left == 780
    with pytest.raises(KnownError) as again:
        firsts.resume(station, case=case, first="accept")
    assert again.value.code == "E-384"
    assert consistency.check(station.store) == []


def test_what_is_over_or_has_not_begun_is_not_moved(station: Station, case: str) -> None:
    at(station, 14)
    assert accept(station, case).mark is Mark.OVER
    assert firsts.words(accept(station, case)) == "受理 已超1小时"
    for code, first in (("E-384", "resolve"), ("E-384", "register"), ("E-217", "nothing")):
        with pytest.raises(KnownError) as caught:
            firsts.extend(station, case=case, first=first, hours=5, reason="理由")
        assert caught.value.code == code
    cases.step(station, case=case, verb="accept")
    assert firsts.words(accept(station, case)) == "受理 11-24 14:00（超过时限）"
    with pytest.raises(KnownError) as none:
        firsts.extend(station, case=case, first="feedback", hours=5, reason="理由")
    assert none.value.code == "E-384"
    with pytest.raises(KnownError) as hours:
        firsts.extend(station, case=case, first="resolve", hours=0, reason="理由")
    assert hours.value.code == "E-384"


def test_a_limit_nobody_set_is_said_to_be_none(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    case = cases.register(station, intake=wage_intake()).case
    said = [firsts.words(f) for f in firsts.of_case(station, case=case)]
    assert said[1:] == ["受理 办理中，时限未设定", "化解 未到", "确认 未到", "反馈 未到"]
    with pytest.raises(KnownError) as none:
        firsts.extend(station, case=case, first="accept", hours=5, reason="理由")
    assert none.value.code == "E-384"


def test_the_commands(station: Station, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(secret)]
    assert run(["case", "show", case, "--json", *common]) == 0
    shown = json.loads(capsys.readouterr().out)["firsts"]
    assert [f["code"] for f in shown] == ["register", "accept", "resolve", "confirm", "feedback"]
    assert shown[1]["limit_hours"] == 4
    assert run(["first", "suspend", case, "accept", *common]) == 1
    assert "E-408" in capsys.readouterr().err
    assert run(["first", "show", case, "--json", *common]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5
    assert run(["case", "show", case, *common]) == 0
    assert "发现 11-" in capsys.readouterr().out
