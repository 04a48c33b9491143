"""Last days against a second, slow calculation from the raw notices; the six rows worked out by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta

import chinese_calendar
import pytest

from station_app.domain.clocks.clock import State, day_words
from station_app.domain.clocks.run import clocks
from station_app.domain.dates import confirmation_deadline, last_day_shifted, working_day_before
from station_app.domain.holidays import RestDays, YearPlan
from tests.domain.court.build import Made, rec

ROWS = [
    ("2026-01-15", "2026-02-14", "2026-02-14"),
    ("2026-01-17", "2026-02-16", "2026-02-24"),
    ("2026-04-02", "2026-05-02", "2026-05-06"),
    ("2026-08-26", "2026-09-25", "2026-09-28"),
    ("2026-09-01", "2026-10-01", "2026-10-08"),
    ("2025-09-05", "2025-10-05", "2025-10-09"),
]


@pytest.mark.parametrize(("effective", "raw", "last"), ROWS)
def test_the_six_rows(effective: str, raw: str, last: str) -> None:
    shift = confirmation_deadline(date.fromisoformat(effective))
    assert (shift.raw.isoformat(), shift.shifted.isoformat()) == (raw, last)


def rests(day: date) -> bool:
    """From the raw lists: a listed holiday rests, a listed working day does not, else Saturday and Sunday rest."""
    from chinese_calendar.constants import holidays, workdays

    if day in holidays:
        return True
    return day.weekday() >= 5 and day not in workdays


def test_two_hundred_random_dates_agree_with_a_slow_calculation() -> None:
    chance = random.Random(20261124)
    moved = 0
    for _ in range(200):
        start = date(2019, 1, 1) + timedelta(days=chance.randrange(365 * 7))
        days = chance.choice([3, 5, 15, 30, 60])
        raw = start
        for _ in range(days):
            raw = raw + timedelta(days=1)
        slow = raw
        while rests(slow):
            slow = slow + timedelta(days=1)
        shift = last_day_shifted(start + timedelta(days=days))
        assert (shift.raw, shift.shifted, shift.known) == (raw, slow, True)
        moved += shift.moved
        before = raw
        while rests(before):
            before = before - timedelta(days=1)
        assert working_day_before(raw).shifted == before
    assert moved > 30, "the sample must contain rest days"
    assert chinese_calendar.is_workday(date(2026, 2, 14))


def test_a_year_without_a_notice_is_counted_and_not_moved_and_says_so() -> None:
    shift = confirmation_deadline(date(2026, 12, 3))
    assert shift.raw == shift.shifted == date(2027, 1, 2)
    assert not shift.known
    assert day_words(shift, "第30日").endswith("2027年放假安排尚未录入，按自然日计算，未作顺延。")


def test_a_year_supplied_by_the_district_is_used() -> None:
    plan = YearPlan(
        {date(2027, 1, 1): "new_year", date(2027, 1, 2): "new_year", date(2027, 1, 3): "new_year"}, frozenset()
    )
    shift = confirmation_deadline(date(2026, 12, 3), rest_days=RestDays({2027: plan}))
    assert shift.known
    assert shift.shifted == date(2027, 1, 4)
    assert day_words(shift, "第30日") == "第30日为1月2日（元旦），顺延至2027年1月4日（周一）。"


def test_two_hundred_agreements_have_the_confirmation_clock_of_the_slow_calculation() -> None:
    chance = random.Random(20270101)
    for _ in range(200):
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(365 * 7))
        made = Made().drop(rec(74))
        for row in (61, 62, 63, 64):
            made.put(rec(row), on=day.isoformat())
        raw = day + timedelta(days=30)
        slow = raw
        while rests(slow):
            slow = slow + timedelta(days=1)
        for today, state in ((slow, State.SOON), (slow + timedelta(days=1), State.OUT)):
            made.today = today
            (found,) = (c for c in clocks(made.facts()) if c.code == "confirmation")
            assert (found.start, found.raw, found.last, found.state) == (day, raw, slow, state)
            assert (f"{slow.month}月{slow.day}日（周" in found.sentence) is (state is State.SOON)
