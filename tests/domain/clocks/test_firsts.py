"""The five firsts: reached, late, running, over, paused, waiting, not applicable; unknown limits stay unknown."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.clocks.firsts import FIRSTS, First, Mark, firsts
from station_app.domain.rules import load_rules
from tests.domain.court.build import AG, CASE, Made

PACK = {"first.register": 2, "first.accept": 4, "first.resolve": 48, "first.confirm": 240, "first.feedback": 24}
NOW = "2026-11-25T09:00"


def case(**values: object) -> Made:
    """A case found at eight and registered at nine on the 24th, nothing else yet."""
    made = Made().drop(AG).unsigned()
    blank = dict.fromkeys(("resolved_at", "accepted_at", "confirmed_at", "fedback_at"))
    return made.put(CASE, **{"state": "registered", "found_at": "2026-11-24T08:00",
                             "registered_at": "2026-11-24T09:00", **blank, **values})  # fmt: skip


def steps(made: Made, now: str = NOW, pack: dict[str, int] | None = None) -> dict[str, First]:
    found = firsts(made.facts().case, PACK if pack is None else pack, now)
    assert [f.code for f in found] == list(FIRSTS)
    return {f.code: f for f in found}


def test_a_new_case_runs_to_its_acceptance() -> None:
    found = steps(case(), "2026-11-24T12:00")
    assert [f.mark for f in found.values()] == [Mark.DONE, Mark.RUNNING, Mark.WAITING, Mark.WAITING, Mark.WAITING]
    assert found["register"].at == "2026-11-24T08:00", "发现 shows when it was found"
    assert (found["accept"].due, found["accept"].left) == ("2026-11-24T13:00", 60)
    over = steps(case(), "2026-11-24T13:01")["accept"]
    assert (over.mark, over.left) == (Mark.OVER, -1)


def test_what_was_done_after_its_limit_stays_late() -> None:
    found = steps(case(state="accepted", accepted_at="2026-11-24T14:00"))
    assert (found["accept"].mark, found["accept"].left) == (Mark.LATE, -60)
    assert found["resolve"].mark is Mark.RUNNING
    assert steps(case(found_at="2026-11-24T06:00"))["register"].mark is Mark.LATE


def test_the_whole_way() -> None:
    found = steps(case(state="fedback", accepted_at="2026-11-24T10:00", resolved_at="2026-11-25T10:00",
                       confirmed_at="2026-11-28T10:00", fedback_at="2026-11-28T12:00"))  # fmt: skip
    assert {f.mark for f in found.values()} == {Mark.DONE}
    assert found["feedback"].start == "2026-11-28T10:00"


def test_without_limits_only_the_times_are_said() -> None:
    pack = {k: s.value for k, s in load_rules().settings.items()}
    found = firsts(case(state="accepted", accepted_at="2026-12-24T10:00").facts().case, pack, "2027-01-01T09:00")
    assert [f.hours for f in found] == [None] * 5, "the shipped pack knows none"
    assert [f.mark for f in found] == [Mark.DONE, Mark.DONE, Mark.RUNNING, Mark.WAITING, Mark.WAITING]
    assert {(f.due, f.left) for f in found} == {("", None)}


@pytest.mark.parametrize("state", ["ended", "refused", "referred"])
def test_what_is_not_mediated_is_neither_resolved_nor_confirmed(state: str) -> None:
    found = steps(case(state=state, state_since="2026-11-24T15:00", accepted_at="2026-11-24T10:00"))
    assert found["resolve"].mark is found["confirm"].mark is Mark.NONE
    assert (found["feedback"].mark, found["feedback"].start) == (Mark.RUNNING, "2026-11-24T15:00")


def test_nobody_wants_the_court_so_feedback_follows_the_solution() -> None:
    made = Made().put(CASE, state="effective", found_at="2026-11-24T08:00", registered_at="2026-11-24T09:00",
                      accepted_at="2026-11-24T09:10")  # fmt: skip
    assert steps(made)["confirm"].mark is Mark.RUNNING
    assert steps(made)["feedback"].mark is Mark.WAITING
    for change in ({"confirm": "not"}, {"on_spot": True}):
        told = steps(Made().put(AG, **change).put(CASE, state="effective", registered_at="2026-11-24T09:00",
                                                  accepted_at="2026-11-24T09:10"))  # fmt: skip
        assert told["confirm"].mark is Mark.NONE
        assert told["feedback"].start == "2026-11-24T10:00"
    consulted = case(service="legal", state="accepted", accepted_at="2026-11-24T09:30")
    assert steps(consulted)["confirm"].mark is Mark.NONE


def test_a_limit_stands_still_and_goes_on_by_as_much_later() -> None:
    made = case()
    made.new(31, "first_change", first="accept", act="suspend", **{"from": "2026-11-24T10:00"}, reason="等待证件")
    paused = steps(made, "2026-11-24T20:00")["accept"]
    assert (paused.mark, paused.left) == (Mark.PAUSED, 180), "three of four hours are left"
    made.put(made_rec(31), to="2026-11-24T15:00")
    assert steps(made, "2026-11-24T17:00")["accept"].due == "2026-11-24T18:00"
    made.new(32, "first_change", first="accept", act="suspend", **{"from": "2026-11-24T14:00"}, to="2026-11-24T16:00")
    assert steps(made, "2026-11-24T17:00")["accept"].due == "2026-11-24T19:00", "an hour in both counts once"
    made.new(33, "first_change", first="accept", act="extend", hours=24)
    found = steps(made, "2026-11-24T17:00")
    assert found["accept"].due == "2026-11-25T19:00"
    assert len(found["accept"].changes) == 3
    made.put(made_rec(33), removed=True)
    assert steps(made, "2026-11-24T17:00")["accept"].due == "2026-11-24T19:00"
    assert found["resolve"].changes == ()


def made_rec(n: int) -> str:
    return f"c000000000000000.{n}.0"


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), max_size=6), st.integers(0, 700))
def test_suspensions_are_counted_minute_by_minute(spans: list[tuple[int, int]], end: int) -> None:
    """Against a count of the minutes that lie in any of them."""
    start = datetime(2026, 11, 24, 9, 0)  # noqa: DTZ001 - a local moment without a zone
    made = case(state="accepted", accepted_at=(start + timedelta(minutes=end)).isoformat(timespec="minutes"))
    for n, (a, b) in enumerate(spans):
        begin, until = (start + timedelta(minutes=m) for m in (min(a, b), max(a, b)))
        made.new(100 + n, "first_change", first="accept", act="suspend",
                 **{"from": begin.isoformat(timespec="minutes")}, to=until.isoformat(timespec="minutes"))  # fmt: skip
    still = sum(any(min(s) <= m < max(s) for s in spans) for m in range(end))
    found = steps(made, "2026-11-30T09:00")["accept"]
    assert found.left == 240 + still - end
