"""Which days are rest days in mainland China: the yearly notices of 国务院办公厅, and years added from a rules pack.

A year without a notice is unknown: it is never guessed from the weekday, since a Saturday may be a 调休 working day.
A district adds a year to its rules pack, as the notice has it (first and last day of each holiday, 调休 working days):

    [holidays.2027]
    source = "国务院办公厅关于2027年部分节假日安排的通知"
    date = 2026-11-25
    work = [2027-02-07]
    [holidays.2027.rest]
    new_year = [2027-01-01, 2027-01-03]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

_KEYS: Final = {
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "qingming",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
    "Anti-Fascist 70th Day": "victory_day",
}
HOLIDAYS: Final[Mapping[str, tuple[str, str]]] = {
    "new_year": ("元旦", "New Year's Day"),
    "spring_festival": ("春节", "Spring Festival"),
    "qingming": ("清明节", "Qingming Festival"),
    "labour_day": ("劳动节", "Labour Day"),
    "dragon_boat": ("端午节", "Dragon Boat Festival"),
    "mid_autumn": ("中秋节", "Mid-Autumn Festival"),
    "national_day": ("国庆节", "National Day"),
    "victory_day": ("抗战胜利纪念日", "Victory Day"),
    "holiday": ("法定节假日", "public holiday"),
    "saturday": ("周六", "Saturday"),
    "sunday": ("周日", "Sunday"),
}
"""Reason for a rest day -> its Chinese and English name."""
_LONGEST: Final = 20
"""Days a holiday may last at most; a longer one is a slip of the pen."""


class UnknownYear(Exception):
    """No notice of this year's rest days is at hand."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One year's notice, typed in from the official text: rest days with their reason, and 调休 working days.

    It may reach into the December before (the notice of 2019 gave 2018-12-29 to work and 2018-12-30 to rest).
    """

    rest: Mapping[date, str]
    work: frozenset[date]

    def says(self, day: date) -> tuple[str | None] | None:
        """The reason to rest, or None to work, in a tuple; None where the notice does not name the day."""
        if day in self.work:
            return (None,)
        return (self.rest[day],) if day in self.rest else None


@dataclass(frozen=True, slots=True)
class RestDays:
    """The calendar in use: `extra` (year -> plan) goes before the built-in one."""

    extra: Mapping[int, YearPlan] = field(default_factory=dict)

    def reason(self, day: date) -> str | None:
        """Return the key of HOLIDAYS that makes `day` a rest day, None for a working day; raises UnknownYear."""
        for year in (day.year, day.year + 1):
            plan = self.extra.get(year)
            if plan is not None and (said := plan.says(day)) is not None:
                return said[0]
        return _weekend(day) if day.year in self.extra else _built_in(day)

    def knows(self, year: int) -> bool:
        """Say whether the rest days of `year` are at hand."""
        try:
            self.reason(date(year, 1, 1))
        except UnknownYear:
            return False
        return True


def _weekend(day: date) -> str | None:
    return {5: "saturday", 6: "sunday"}.get(day.weekday())


def _built_in(day: date) -> str | None:
    import chinese_calendar

    try:
        rest, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError as error:
        raise UnknownYear(str(day.year)) from error
    if not rest:
        return None
    return _KEYS.get(name or "") or _weekend(day) or "holiday"


def read_plans(given: object) -> dict[int, YearPlan]:
    """Read the table `holidays` of a rules pack; raises ValueError or TypeError naming the place that is wrong."""
    if not isinstance(given, dict):
        raise TypeError("holidays")
    return {int(year): _plan(int(year), table) for year, table in given.items()}


def _plan(year: int, table: object) -> YearPlan:
    place = f"holidays.{year}"
    if not isinstance(table, dict) or not isinstance(table.get("rest"), dict):
        raise TypeError(f"{place}.rest")
    if unknown := set(table) - {"source", "date", "work", "rest"}:
        raise ValueError(f"{place}: {', '.join(sorted(unknown))}")
    if not str(table.get("source") or "").strip() or type(table.get("date")) is not date:
        raise ValueError(f"{place}: source, date")
    rest: dict[date, str] = {}
    for name, ends in table["rest"].items():
        if name not in _KEYS.values() and name != "holiday":
            raise ValueError(f"{place}.rest.{name}")
        for day in _span(year, ends, f"{place}.rest.{name}"):
            rest.setdefault(day, name)
    work = frozenset(_days(year, table.get("work", []), f"{place}.work"))
    if both := work & set(rest):
        raise ValueError(f"{place}: {min(both)}")
    if date(year, 1, 1) not in rest:  # 元旦 is in every notice: a year typed in halfway would move days wrongly
        raise ValueError(f"{place}.rest.new_year")
    return YearPlan(rest, work)


def _span(year: int, ends: object, place: str) -> list[date]:
    """All days of [first, last]."""
    days = _days(year, ends, place)
    if len(days) != 2 or any(b < a for a, b in pairwise(days)) or (days[1] - days[0]).days > _LONGEST:
        raise ValueError(place)
    return [days[0] + timedelta(days=n) for n in range((days[1] - days[0]).days + 1)]


def _days(year: int, given: object, place: str) -> list[date]:
    """Days of the year, or of the December before it."""
    if not isinstance(given, list) or not all(type(day) is date for day in given):
        raise TypeError(place)
    if any(day.year != year and (day.year, day.month) != (year - 1, 12) for day in given):
        raise ValueError(place)
    return given


OFFICIAL: Final = RestDays()
