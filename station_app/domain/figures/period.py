"""Periods a station reports on: month, quarter, half, year, or from day to day; all by the calendar of Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sync.contract.errors import KnownError


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it; ISO days, "" where it is open. `title` as a paper's head has it, "2021年"."""

    first: str
    last: str
    title: str

    @property
    def after(self) -> str:
        """The first day that no longer belongs to it, "" where it is open: moments compare as text below it."""
        return (date.fromisoformat(self.last) + timedelta(days=1)).isoformat() if self.last else ""

    def months(self) -> list[Period]:
        """The calendar months it touches, in order; none where it is open."""
        if not (self.first and self.last):
            return []
        year, number = int(self.first[:4]), int(self.first[5:7])
        result = []
        while f"{year:04d}-{number:02d}" <= self.last[:7]:
            result.append(month(year, number))
            year, number = (year, number + 1) if number < 12 else (year + 1, 1)
        return result


ALWAYS = Period("", "", "全部")


def _span(year: int, first: int, last: int, title: str) -> Period:
    if not 1949 <= year <= 9998:
        raise KnownError("E-360", what=title)
    following = date(year + last // 12, last % 12 + 1, 1)
    return Period(date(year, first, 1).isoformat(), (following - timedelta(days=1)).isoformat(), title)


def year_of(year: int) -> Period:
    """The whole year; E-360 for one no calendar of ours has."""
    return _span(year, 1, 12, f"{year}年")


def half(year: int, number: int) -> Period:
    """上半年 (1) or 下半年 (2); E-360 otherwise."""
    if number not in (1, 2):
        raise KnownError("E-360", what=f"{year}年第{number}个半年")
    return _span(year, number * 6 - 5, number * 6, f"{year}年{'上下'[number - 1]}半年")


def quarter(year: int, number: int) -> Period:
    """One of the four quarters; E-360 otherwise."""
    if not 1 <= number <= 4:
        raise KnownError("E-360", what=f"{year}年第{number}季度")
    return _span(year, number * 3 - 2, number * 3, f"{year}年第{'一二三四'[number - 1]}季度")


def month(year: int, number: int) -> Period:
    """One calendar month; E-360 otherwise."""
    if not 1 <= number <= 12:
        raise KnownError("E-360", what=f"{year}年{number}月")
    return _span(year, number, number, f"{year}年{number}月")


def days(first: str, last: str) -> Period:
    """From day to day, both included; E-360 where a day does not exist or the first lies after the last."""
    try:
        given = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        given = None
    if given is None or given[0] > given[1]:
        raise KnownError("E-360", what=f"{first}至{last}")
    return Period(given[0].isoformat(), given[1].isoformat(), f"{first}至{last}")
