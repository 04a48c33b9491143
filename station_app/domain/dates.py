"""Legal dates: reading, writing in Chinese, and periods counted as the law counts them.

Days are natural days and the first is not counted (民法典 201, 民诉法 85). A last day that is a rest day moves to the
first working day after it (民法典 203, 民诉法 85); a pay-day of wages moves forward instead (工资支付条例 14).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from station_app.domain.holidays import OFFICIAL, RestDays, UnknownYear
from station_app.domain.text import compact, half_width
from sync.contract.errors import BugError, KnownError

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""A fixed offset: no summer time since 1992, and Windows brings no time-zone database."""

CONFIRMATION_DAYS: Final = 30  # 民诉法 205; 人民调解法 33

_NUMERALS: Final = "〇一二三四五六七八九"
_WEEKDAYS: Final = "一二三四五六日"
_DIGIT_DATE: Final = re.compile(
    r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?|([0-9]{2})([0-9]{2}))"
)
_MIDNIGHT: Final = re.compile(r"[T ]\s*0?0:00(?::00(?:\.0+)?)?$")
_NUMERAL_DATE: Final = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([元一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日号]"
)


def parse_date(text: str) -> date:
    """Return the day written as 2026-11-24, 2026/11/24, 2026.11.24, 20261124, 2026年11月24日 or in Chinese numerals.

    Full-width and blanks are accepted, a time of midnight (spreadsheets) is dropped. Raises E-209, also for a day that
    does not exist and for a year of two digits.
    """
    bare = compact(_MIDNIGHT.sub("", half_width(text).strip()))
    match = _DIGIT_DATE.fullmatch(re.sub("[\u2010-\u2015\u2212]", "-", bare))
    numbers = [int(g) for g in match.groups() if g] if match else _numeral_date(bare)
    try:
        day = date(*numbers)
    except (ValueError, TypeError):
        raise KnownError("E-209", text=text.strip()) from None
    if not 1900 <= day.year < 2200:
        raise KnownError("E-209", text=text.strip())
    return day


def _numeral_date(bare: str) -> list[int]:
    match = _NUMERAL_DATE.fullmatch(bare)
    if match is None:
        return []
    year = int("".join(str(_NUMERALS.index(c)) for c in re.sub("[零○]", "〇", match[1])))
    return [year, _tens(match[2].replace("元", "一")), _tens(match[3].replace("廿", "二十").replace("卅", "三十"))]


def _tens(numeral: str) -> int:
    """Value of 一 to 九十九, 0 where it is none."""
    match = re.fullmatch("([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)", numeral)
    if match is None or (match[1] and match[3] and not match[2]):
        return 0
    ten = _NUMERALS.index(match[1] or "一") * 10 if match[2] else 0
    return ten + _NUMERALS.index((match[3] if match[2] else match[1] or match[3]) or "〇")


def as_date(day: date | str) -> date:
    """Return an ISO day or a date as a date; a wrong one is our mistake, people's input goes through parse_date."""
    if isinstance(day, datetime):
        raise BugError("a moment is not a day; use date_only")
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BugError(f"not an ISO day: {day!r}") from None


def date_only(moment: int | datetime) -> date:
    """Return the day in Asia/Shanghai of a machine time (ms since 1970 UTC, or an aware datetime)."""
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise BugError("a naive datetime has no day")
        return moment.astimezone(SHANGHAI).date()
    return datetime.fromtimestamp(moment / 1000, SHANGHAI).date()


def date_cn(day: date | str) -> str:
    """Return `2026年11月24日`: Arabic digits without leading zeros (GB/T 9704-2012)."""
    day = as_date(day)
    return f"{day.year}年{day.month}月{day.day}日"


def date_numeral_cn(day: date | str) -> str:
    """Return `二〇二六年十一月二十四日`, with 〇 (U+3007)."""
    day = as_date(day)
    year = "".join(_NUMERALS[int(d)] for d in f"{day.year:04d}")
    return f"{year}年{numeral_cn(day.month)}月{numeral_cn(day.day)}日"


def weekday_cn(day: date | str) -> str:
    """Return `周四`."""
    return "周" + _WEEKDAYS[as_date(day).weekday()]


def numeral_cn(number: int) -> str:
    """Return the ordinary Chinese numeral of 0 to 99,999,999: 十一, 一百二十三, 一千零五."""
    if not 0 <= number < 10**8:
        raise BugError(f"no numeral for {number}")
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        link = "零" if 0 < low < 1000 else ""
        return numeral_cn(high) + "万" + link + (_thousands(low) if low else "")
    text = _thousands(number)
    return text[1:] if 10 <= number < 20 else text


def _thousands(number: int) -> str:
    if number == 0:
        return "零"
    out, zero = "", False
    for digit, place in zip(f"{number:04d}", ("千", "百", "十", ""), strict=True):
        if digit == "0":
            zero = bool(out)
            continue
        out += ("零" if zero else "") + _NUMERALS[int(digit)] + place
        zero = False
    return out


def add_days_exclusive(start: date, days: int) -> date:
    """Return the last day of a period of `days` natural days; `start` itself is not counted (民法典 201)."""
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """Return the last day of a period of months or years: the same day of the month, else its last (民法典 202)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Shift:
    """A day and where the law moves it. `known` is False where the rest days of a year are missing: not moved then.

    `reason`: key of holidays.HOLIDAYS for a moved day, "" for a working day, "unknown" where `known` is False; the
    year whose rest days are missing is then `missing` (the day itself, or the days after it, may lie in it).
    Warnings are counted from `raw`, the earlier day.
    """

    raw: date
    shifted: date
    known: bool
    reason: str
    missing: int = 0

    @property
    def moved(self) -> bool:
        """Say whether the law moved the day."""
        return self.raw != self.shifted


def last_day_shifted(day: date, *, rest_days: RestDays = OFFICIAL) -> Shift:
    """Return the last day of a period: the first working day from `day` on (民法典 203; 民诉法 85)."""
    return _shift(day, step=1, rest_days=rest_days)


def working_day_before(day: date, *, rest_days: RestDays = OFFICIAL) -> Shift:
    """Return the pay-day of wages for `day`: itself, or the last working day before a rest day (工资支付条例 14)."""
    return _shift(day, step=-1, rest_days=rest_days)


def _shift(day: date, *, step: int, rest_days: RestDays) -> Shift:
    target = day
    try:
        reason = rest_days.reason(day) or ""
        while rest_days.reason(target):
            target += timedelta(days=step)
    except UnknownYear:
        return Shift(day, day, known=False, reason="unknown", missing=target.year)
    return Shift(day, target, known=True, reason=reason)


def confirmation_deadline(effective: date, *, rest_days: RestDays = OFFICIAL) -> Shift:
    """Return the last day of the joint application for 司法确认: day 30 after the effective day (民诉法 205)."""
    return last_day_shifted(add_days_exclusive(effective, CONFIRMATION_DAYS), rest_days=rest_days)
