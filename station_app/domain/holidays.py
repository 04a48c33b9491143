"""Which days are rest days in mainland China: the yearly notices of 国务院办公厅, and years added from a rules pack.

A year without a notice is unknown: it is never guessed from the weekday, since a Saturday may be a 调休 working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


class UnknownYear(Exception):
    """No notice of this year's rest days is at hand."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One year's notice, typed in from the official text: rest days with their reason, and 调休 working days."""

    rest: Mapping[date, str]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class RestDays:
    """The calendar in use: `extra` (year -> plan) goes before the built-in one."""

    extra: Mapping[int, YearPlan] = field(default_factory=dict)

    def reason(self, day: date) -> str | None:
        """Return the key of HOLIDAYS that makes `day` a rest day, None for a working day; raises UnknownYear."""
        plan = self.extra.get(day.year)
        if plan is not None:
            return None if day in plan.work else plan.rest.get(day) or _weekend(day)
        return _built_in(day)

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


OFFICIAL: Final = RestDays()
