"""Today's list: warnings that wait for a second person, limits passed, the review queue to its end."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from station_app.cli.main import run
from station_app.clock import FixedClock
from station_app.domain.clocks.firsts import Mark
from station_app.domain.rules import load_rules
from station_app.services import agreements, cases
from station_app.services.loop import attention, board, colours, firsts
from station_app.services.meeting.agenda import agenda
from station_app.services.review import queue
from station_app.services.station import Station, User
from station_app.store import consistency
from tests.services.test_figures import appeal
from tests.support.stations import PASSWORD, make_station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def other(station: Station) -> User:
    record = next(r for r in station.store.reference().of_kind("person") if r.id != station.user.person)
    return User(record.id, "陈晓", ("head",))


def test_a_request_to_lower_waits_for_another_person(station: Station) -> None:
    case = appeal(station, at="2026-11-10")
    colours.raise_(station, case=case, to="red", reason="扬言堵门")
    assert attention.second_opinions(station) == []
    colours.ask_lower(station, case=case, to="amber", reason="已当面稳控")
    (mine,) = attention.second_opinions(station)
    assert (mine.case.rec, mine.to, mine.reason, mine.own) == (case, "amber", "已当面稳控", True)
    assert board.lines(station) == [], "it is no order"
    assert board.count_new(station) == 0
    assert [t.case for t in agenda(station).topics] == [case], "listed for its colour"
    station.user = other(station)
    (theirs,) = attention.second_opinions(station)
    assert not theirs.own
    colours.answer_lower(station, case=case, agreed=False, note="仍有风险")
    assert attention.second_opinions(station) == []
    assert consistency.check(station.store) == []


def with_limits(monkeypatch: pytest.MonkeyPatch, **hours: int) -> None:
    """The district has set limits: the pack with these hours."""
    rules = load_rules()
    settings = dict(rules.settings)
    for name, value in hours.items():
        settings[f"first.{name}"] = replace(settings[f"first.{name}"], value=value)
    pack = SimpleNamespace(settings=settings)
    for module in (attention, firsts):
        monkeypatch.setattr(module, "load_rules", lambda: pack)


def test_without_limits_of_the_district_nothing_is_late(station: Station) -> None:
    appeal(station, at="2026-01-05", steps="")
    assert attention.firsts_over(station) == []


def test_limits_that_passed_are_listed_the_longest_first(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    with_limits(monkeypatch, accept=2, resolve=24 * 5)
    waits = appeal(station, at="2026-11-20", steps="")  # registered at 09:00, now it is 08:52
    late = appeal(station, at="2026-11-12", steps="")
    slow = appeal(station, at="2026-11-10")
    appeal(station, at="2026-11-17")
    over = attention.firsts_over(station)
    assert [(o.case.rec, o.first.code) for o in over] == [(late, "accept"), (slow, "resolve")]
    assert all(o.first.mark is Mark.OVER for o in over)
    assert over[0].minutes == 7 * 24 * 60 + 21 * 60 + 52
    firsts.extend(station, case=slow, first="resolve", hours=24 * 30, reason="当事人在外地")
    assert [o.case.rec for o in attention.firsts_over(station)] == [late], "extended with its reason"
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(hours=3)
    assert waits in [o.case.rec for o in attention.firsts_over(station)]


def test_the_review_queue_goes_on_behind_the_newest(station: Station) -> None:
    made = [appeal(station, at=f"2026-11-{day:02d}") for day in range(1, 6)]
    for case in made:
        cases.step(station, case=case, verb="mediate")
        agreements.make(station, case=case)
    first = queue.page(station, most=2)
    assert (len(first.found), first.left) == (2, 3)
    second = queue.page(station, before=first.before, most=2)
    third = queue.page(station, before=second.before, most=2)
    assert (second.left, third.left, third.before) == (1, 0, 0)
    seen = [w.case.rec for part in (first, second, third) for w in part.found]
    assert sorted(seen) == sorted(made)
    assert len(queue.waiting(station, text="韦国强")) == 5
    assert queue.waiting(station, text="没有这个人") == []


def test_on_the_command_line(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = appeal(station, at="2026-11-10")
    colours.raise_(station, case=case, to="red", reason="扬言堵门")
    colours.ask_lower(station, case=case, to="amber", reason="已当面稳控")
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    access = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["colour", "waiting", "--json", *access]) == 0
    assert [s["case"] for s in json.loads(capsys.readouterr().out)] == [case]
    assert run(["first", "overdue", *access]) == 0
    assert "没有超时的案件" in capsys.readouterr().out
    assert run(["review", "list", "--all", "--json", *access]) == 0
    assert json.loads(capsys.readouterr().out) == []
