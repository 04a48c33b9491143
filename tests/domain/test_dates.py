"""Dates: reading, writing, and the periods of the law against published rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain import dates
from station_app.domain.dates import (
    add_days_exclusive,
    add_months,
    as_date,
    confirmation_deadline,
    date_cn,
    date_numeral_cn,
    date_only,
    last_day_shifted,
    numeral_cn,
    parse_date,
    weekday_cn,
    working_day_before,
)
from station_app.domain.holidays import HOLIDAYS, OFFICIAL, RestDays, YearPlan
from sync.contract.errors import BugError, KnownError

DAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24",
        "2026/11/24",
        "2026.11.24",
        "2026年11月24日",
        "2026年11月24",
        "2026年11月24号",
        "20261124",
        "２０２６年１１月２４日",
        "２０２６－１１－２４",
        "２０２６／１１／２４",
        "２０２６．１１．２４",
        " 2026 年 11 月 24 日 ",
        "2026-11-24 00:00:00",
        "2026-11-24T00:00:00",
        "2026/11/24 0:00",
        "2026–11–24",
        "二〇二六年十一月二十四日",
        "二零二六年十一月二十四日",
        "二○二六年十一月廿四日",
    ],
)
def test_parse_date(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-1-5", date(2026, 1, 5)),
        ("2026年1月5日", date(2026, 1, 5)),
        ("2026/1/1 0:00", date(2026, 1, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("二〇二六年元月十日", date(2026, 1, 10)),
        ("二〇二六年一月三十日", date(2026, 1, 30)),
    ],
)
def test_parse_short_forms(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-11-31",
        "26-11-24",
        "11/24/2026",
        "2026-11",
        "2026年11月",
        "2026年十一月24日",
        "0026-11-24",
        "1899-12-30",
        "2026-11-24 08:30",
        "2026年二三月一日",
        "二〇二六年十三月一日",
        "明天",
        "46350",
        "٢٠٢٦-١١-٢٤",
        "2026-11/24x",
    ],
)
def test_parse_date_refuses(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_date(text)
    assert caught.value.code == "E-209"
    assert caught.value.values["text"] == text


@given(DAYS)
def test_written_dates_are_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(date_cn(day)) == day
    assert parse_date(date_numeral_cn(day)) == day


def test_writing() -> None:
    assert date_cn("2026-11-24") == "2026年11月24日"
    assert date_cn(date(2026, 1, 5)) == "2026年1月5日"
    assert date_numeral_cn("2026-11-24") == "二\u3007二六年十一月二十四日"
    assert date_numeral_cn("2030-10-30") == "二\u3007三\u3007年十月三十日"
    assert weekday_cn("2026-12-24") == "周四"
    assert weekday_cn("2026-11-22") == "周日"


@pytest.mark.parametrize("day", ["2026-2-30", "24.11.2026", "", datetime(2026, 1, 1, tzinfo=UTC)])
def test_inner_dates_are_not_forgiven(day: str | datetime) -> None:
    with pytest.raises(BugError):
        as_date(day)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (17, "十七"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (123, "一百二十三"),
        (1000, "一千"),
        (1005, "一千零五"),
        (10086, "一万零八十六"),
        (110010, "十一万零一十"),
        (20000000, "二千万"),
        (99999999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_numerals(number: int, text: str) -> None:
    assert numeral_cn(number) == text


def test_numerals_are_distinct_and_bounded() -> None:
    assert len({numeral_cn(n) for n in range(2500)}) == 2500
    for number in (-1, 10**8):
        with pytest.raises(BugError):
            numeral_cn(number)


def test_day_of_a_machine_time() -> None:
    late = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert date_only(late) == DAY
    assert date_only(late - timedelta(microseconds=1)) == date(2026, 11, 23)
    assert date_only(int(late.timestamp() * 1000)) == DAY
    assert date_only(0) == date(1970, 1, 1)
    with pytest.raises(BugError):
        date_only(datetime(2026, 11, 24))  # noqa: DTZ001  - the very mistake that is guarded


@pytest.mark.parametrize(
    ("effective", "raw", "last", "reason"),
    [
        ("2026-01-15", "2026-02-14", "2026-02-14", ""),  # a Saturday, but a 调休 working day
        ("2026-01-17", "2026-02-16", "2026-02-24", "spring_festival"),
        ("2026-04-02", "2026-05-02", "2026-05-06", "labour_day"),
        ("2026-08-26", "2026-09-25", "2026-09-28", "mid_autumn"),
        ("2026-09-01", "2026-10-01", "2026-10-08", "national_day"),
        ("2025-09-05", "2025-10-05", "2025-10-09", "national_day"),
        ("2026-11-24", "2026-12-24", "2026-12-24", ""),
        ("2026-10-22", "2026-11-21", "2026-11-23", "saturday"),
        ("2026-10-23", "2026-11-22", "2026-11-23", "sunday"),
    ],
)
def test_confirmation_deadline(effective: str, raw: str, last: str, reason: str) -> None:
    shift = confirmation_deadline(date.fromisoformat(effective))
    assert (shift.raw.isoformat(), shift.shifted.isoformat(), shift.known) == (raw, last, True)
    assert shift.moved == (raw != last)
    assert shift.reason == reason


def test_an_unknown_year_is_said_and_not_shifted() -> None:
    shift = confirmation_deadline(date(2026, 12, 2))  # day 30 is New Year's Day 2027
    assert shift == dates.Shift(date(2027, 1, 1), date(2027, 1, 1), known=False, reason="unknown", missing=2027)
    assert OFFICIAL.knows(2026)
    assert not OFFICIAL.knows(2027)
    assert not OFFICIAL.knows(2003)


def test_a_shift_that_runs_into_an_unknown_year_is_not_half_done() -> None:
    rest = YearPlan({date(2026, 12, 31): "new_year"}, frozenset())
    calendar = RestDays({2026: rest})
    assert last_day_shifted(date(2026, 12, 31), rest_days=calendar).known is False
    assert working_day_before(date(2026, 12, 31), rest_days=calendar).shifted == date(2026, 12, 30)


def test_a_year_added_by_the_district() -> None:
    plan = YearPlan(
        {date(2027, 1, 1): "new_year", date(2027, 1, 2): "new_year", date(2027, 1, 3): "new_year"},
        frozenset({date(2027, 1, 9)}),
    )
    calendar = RestDays({2027: plan})
    assert last_day_shifted(date(2027, 1, 1), rest_days=calendar).shifted == date(2027, 1, 4)
    assert last_day_shifted(date(2027, 1, 9), rest_days=calendar).moved is False  # Saturday, 调休
    assert last_day_shifted(date(2027, 1, 10), rest_days=calendar).reason == "sunday"
    assert confirmation_deadline(date(2026, 12, 2), rest_days=calendar).shifted == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("day", "paid", "reason"),
    [
        ("2026-09-25", "2026-09-24", "mid_autumn"),
        ("2026-10-25", "2026-10-23", "sunday"),
        ("2026-10-05", "2026-09-30", "national_day"),
        ("2026-11-24", "2026-11-24", ""),
        ("2026-10-10", "2026-10-10", ""),  # a Saturday, but a 调休 working day
    ],
)
def test_wages_are_paid_before_a_rest_day(day: str, paid: str, reason: str) -> None:
    shift = working_day_before(date.fromisoformat(day))
    assert (shift.shifted.isoformat(), shift.reason) == (paid, reason)


@given(st.dates(date(2005, 1, 1), date(2026, 12, 20)))
def test_shifts_against_an_independent_walk(day: date) -> None:
    import chinese_calendar

    later, earlier = day, day
    while not chinese_calendar.is_workday(later):
        later += timedelta(days=1)
    while not chinese_calendar.is_workday(earlier):
        earlier -= timedelta(days=1)
    assert last_day_shifted(day).shifted == later
    assert working_day_before(day).shifted == earlier
    assert (last_day_shifted(day).reason in HOLIDAYS) == (later != day)


def test_every_holiday_of_the_package_has_a_name() -> None:
    import chinese_calendar

    from station_app.domain.holidays import _KEYS

    assert {h.value for h in chinese_calendar.Holiday} == set(_KEYS)
    assert set(_KEYS.values()) <= set(HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-24", 6, "2027-05-24"),
        ("2026-12-31", 24, "2028-12-31"),
        ("2026-08-31", -6, "2026-02-28"),
    ],
)
def test_months(start: str, months: int, last: str) -> None:
    assert add_months(date.fromisoformat(start), months).isoformat() == last


def test_days_do_not_count_the_first() -> None:
    assert add_days_exclusive(DAY, 30) == date(2026, 12, 24)
    assert add_days_exclusive(DAY, 0) == DAY
