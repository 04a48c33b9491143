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
from station_app.services.reading.conditions import EXPRESSIONS
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


def over_of(station: Station) -> list[tuple[str, str]]:
    """What the list says, held against what each case says of itself: the list asks the rows, a case its fold."""
    found = attention.firsts_over(station, most=0)
    cases_ = [str(row[0]) for row in station.store.reader.execute("SELECT rec FROM case_row WHERE discarded = 0")]
    own = {(c, f.code, -(f.left or 0)) for c in cases_ for f in firsts.of_case(station, case=c) if f.mark is Mark.OVER}
    assert {(o.case.rec, o.code, o.minutes) for o in found.lines} == own
    assert found.total == len(own)
    return [(o.case.rec, o.code) for o in found.lines]


def test_without_limits_of_the_district_nothing_is_late(station: Station) -> None:
    appeal(station, at="2026-01-05", steps="")
    assert attention.firsts_over(station).total == 0


def test_limits_that_passed_are_listed_the_longest_first(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    with_limits(monkeypatch, accept=2, resolve=24 * 5)
    waits = appeal(station, at="2026-11-20", steps="")  # registered at 09:00, now it is 08:52
    late = appeal(station, at="2026-11-12", steps="")
    slow = appeal(station, at="2026-11-10")
    appeal(station, at="2026-11-17")
    assert over_of(station) == [(late, "accept"), (slow, "resolve")]
    assert attention.firsts_over(station).lines[0].minutes == 7 * 24 * 60 + 21 * 60 + 52
    firsts.extend(station, case=slow, first="resolve", hours=24 * 30, reason="当事人在外地")
    assert over_of(station) == [(late, "accept")], "extended with its reason"
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(hours=3)
    assert (waits, "accept") in over_of(station)
    firsts.suspend(station, case=late, first="accept", reason="等待补交证件")
    assert over_of(station) == [(waits, "accept")]
    station.clock.advance(hours=30)
    firsts.resume(station, case=late, first="accept")
    assert over_of(station) == [(late, "accept"), (waits, "accept")]
    station.clock.advance(hours=1)
    assert over_of(station) == [(late, "accept"), (waits, "accept")], "the time it stood still does not count"
    assert consistency.check(station.store) == []


WAYS = (
    "accept mediate agree", "accept mediate agree take_effect", "accept mediate agree take_effect apply_confirmation",
    "accept mediate agree take_effect apply_confirmation confirm", "accept mediate agree take_effect visit_done",
    "accept mediate end", "accept mediate end feed_back", "accept mediate end visit_done", "refuse", "refuse feed_back",
    "accept refer", "accept mediate end archive", "accept mediate end feed_back archive",
    "accept mediate end reopen", "accept mediate agree take_effect visit_done feed_back reopen",
    "accept mediate agree take_effect visit_done feed_back reopen mediate end visit_done", "refuse reopen",
)  # fmt: skip


def test_every_way_a_case_may_go_is_counted_as_it_says_itself(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also far more than are listed: all of them are counted."""
    with_limits(monkeypatch, accept=1, resolve=2, confirm=3, feedback=4)
    made = [appeal(station, at="2026-11-02", steps=steps) for steps in WAYS]
    found = dict(over_of(station))
    ended = {steps: found.get(case, "") for case, steps in zip(made, WAYS, strict=True)}
    assert ended["accept mediate agree"] == "confirm"
    assert ended["accept mediate end"] == "feedback"
    assert ended["accept mediate end archive"] == ""
    assert ended["refuse feed_back"] == ""
    assert ended["accept mediate end reopen"] == "resolve"
    listed = attention.firsts_over(station, most=3)
    assert (len(listed.lines), listed.total) == (3, len(found))


def test_a_case_taken_up_again_shows_both_times_and_runs_anew(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_limits(monkeypatch, resolve=48, feedback=24)
    case = appeal(station, at="2026-11-02", steps="accept mediate agree take_effect visit_done feed_back")
    first = {f.code: f for f in firsts.of_case(station, case=case)}
    assert not any(f.before for f in first.values())
    cases.step(station, case=case, verb="reopen", at="2026-11-19T09:00", reason="付款方未履行，要求再次调解")
    view = station.case(case)
    assert [view.get(n) for n in ("resolved_at", "fedback_at", "first_resolved_at")] == [
        None,
        None,
        first["resolve"].at,
    ]
    anew = {f.code: f for f in firsts.of_case(station, case=case)}
    assert (anew["resolve"].mark, anew["resolve"].start, anew["resolve"].left) == (
        Mark.RUNNING,
        "2026-11-19T09:00",
        1448,
    )
    assert (anew["resolve"].before, anew["feedback"].before) == (first["resolve"].at, first["feedback"].at)
    assert firsts.words(anew["resolve"]) == f"化解 还剩1天（首次 {first['resolve'].at[5:10]}）"
    assert accepted_and_resolved(station) == (1, 0), "a case taken up again is not resolved"
    cases.step(station, case=case, verb="mediate", at="2026-11-19T10:00")
    cases.step(station, case=case, verb="end", at="2026-11-19T11:00", reason="未达成协议")
    cases.step(station, case=case, verb="visit_done", at="2026-11-19T12:00")
    assert accepted_and_resolved(station) == (1, 0), "the agreement of before does not resolve the second course"
    cases.step(station, case=case, verb="feed_back", at="2026-11-19T13:00")
    cases.step(station, case=case, verb="reopen", at="2026-11-20T08:00", reason="双方又愿调解")
    cases.step(station, case=case, verb="agree", at="2026-11-20T08:30")
    assert station.case(case).get("first_resolved_at") == first["resolve"].at, "the very first stays"
    found = {f.code: f for f in firsts.of_case(station, case=case)}["resolve"]
    assert (found.mark, found.at, found.before) == (Mark.DONE, "2026-11-20T08:30", first["resolve"].at)
    assert accepted_and_resolved(station) == (1, 1)
    assert consistency.check(station.store) == []


def accepted_and_resolved(station: Station) -> tuple[int, int]:
    row = station.store.reader.execute(
        f"SELECT sum({EXPRESSIONS['accepted']}), sum({EXPRESSIONS['resolved']}) FROM case_row"
    ).fetchone()
    return int(row[0]), int(row[1])


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
