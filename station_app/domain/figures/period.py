"""Periods a station reports on: month, quarter, half, year, or from day to day; all by the calendar of Shanghai.

A report may be of one street or community only: the place goes with its period through all sheets and papers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from station_app.domain.dates import date_cn
from sync.contract.errors import KnownError


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it; ISO days, "" where it is open. `title` as a paper's head has it, "2021年".

    `closing`: the day of the month after which a report counts for the next month; 0 where it ends with the month.
    `place`: the street or community meant, `streams` its communities; "" and () for everything that is here.
    """

    first: str
    last: str
    title: str
    closing: int = 0
    place: str = ""
    streams: tuple[str, ...] = ()

    @property
    def begins(self) -> str:
        """The first day counted, "" where it is open."""
        return _closed(self.first, self.closing) if self.first else ""

    @property
    def after(self) -> str:
        """The first day that is no longer counted, "" where it is open: moments compare as text below it."""
        return (
            _closed((date.fromisoformat(self.last) + timedelta(days=1)).isoformat(), self.closing) if self.last else ""
        )

    @property
    def counted(self) -> str:
        """The days counted, in words, behind them the place where one is meant."""
        if not self.first:
            return self.title
        last = date.fromisoformat(self.after) - timedelta(days=1)
        where = f"　{self.place}" if self.place else ""
        return f"{date_cn(self.begins)}至{date_cn(last.isoformat())}{where}"

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


def _closed(day: str, closing: int) -> str:
    """The first of a month as the first day counted: the day after the closing day of the month before it."""
    first = date.fromisoformat(day)
    if not closing or first.day != 1:
        return day
    before = first - timedelta(days=1)
    return (before.replace(day=min(closing, before.day)) + timedelta(days=1)).isoformat()


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


_KINDS: Final = {1: "月报", 3: "季报", 6: "半年报", 12: "年报"}


def kind_of(period: Period) -> str:
    """月报, 季报, 半年报, 年报, or 报表 for any other span."""
    return _KINDS.get(len(period.months()) if _whole(period) else 0, "报表")


def before(period: Period) -> Period | None:
    """The period of the same length before it; None where it is open."""
    if not period.first or not period.last:
        return None
    if _whole(period):
        return _shifted(period, -len(period.months()))
    first = date.fromisoformat(period.first)
    length = date.fromisoformat(period.last) - first
    former = days((first - timedelta(days=1) - length).isoformat(), (first - timedelta(days=1)).isoformat())
    return at(former, period.place, period.streams)


def year_before(period: Period) -> Period | None:
    """The same months of the year before; None where the period is not of whole months."""
    return _shifted(period, -12) if _whole(period) else None


def _whole(period: Period) -> bool:
    """Whether it is of whole months."""
    if not period.first or not period.last:
        return False
    return period.first[8:] == "01" and (date.fromisoformat(period.last) + timedelta(days=1)).day == 1


def _shifted(period: Period, months: int) -> Period:
    count = len(period.months())
    start = int(period.first[:4]) * 12 + int(period.first[5:7]) - 1 + months
    year, number = start // 12, start % 12 + 1
    return at(replace(_of_months(year, number, count), closing=period.closing), period.place, period.streams)


def _of_months(year: int, number: int, count: int) -> Period:
    """`count` months from a month on, by its own name where there is one."""
    if count == 1:
        return month(year, number)
    if count == 3 and number % 3 == 1:
        return quarter(year, (number + 2) // 3)
    if count == 6 and number % 6 == 1:
        return half(year, (number + 5) // 6)
    if count == 12 and number == 1:
        return year_of(year)
    last = year * 12 + number - 1 + count
    end = date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return days(date(year, number, 1).isoformat(), end.isoformat())


def closing_on(period: Period, day: int) -> Period:
    """The same period where reports close on a day of the month (1 to 31); one of single days stays as it is."""
    return replace(period, closing=day) if _whole(period) and 0 < day < 32 else period


def at(period: Period, place: str, streams: tuple[str, ...]) -> Period:
    """The same period of one street or community only; everything again for "" and ()."""
    title = period.title.removesuffix(period.place) + place if period.first else place or ALWAYS.title
    return replace(period, title=title, place=place, streams=streams)


def days(first: str, last: str) -> Period:
    """From day to day, both included; E-360 where a day does not exist or the first lies after the last."""
    try:
        given = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        given = None
    if given is None or given[0] > given[1]:
        raise KnownError("E-360", what=f"{first}至{last}")
    return Period(given[0].isoformat(), given[1].isoformat(), f"{first}至{last}")
