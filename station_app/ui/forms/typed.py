"""What people type for a day or a moment: 20261124, 1124, 今天, 昨天 0905; pure text in, ISO text out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from station_app.domain.dates import parse_date
from station_app.domain.text import compact, half_width
from sync.contract.errors import KnownError

_WORDS: Final = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2, "TODAY": 0, "YESTERDAY": -1}
_TIME: Final = re.compile(r"^(.*?)[\s,，T]*(?<!\d)([01]?\d|2[0-3])[:：时点]([0-5]\d)分?$")
_BARE_TIME: Final = re.compile(r"^(.*?)(?:^|[\s,，])([01]\d|2[0-3])([0-5]\d)$")
_MONTH_DAY: Final = re.compile(r"^(\d{1,2})[-/.月](\d{1,2})日?$|^([01]\d)([0-3]\d)$")


def read_day(text: str, *, today: date) -> str:
    """The day as YYYY-MM-DD; "" for nothing. A day without a year is of this year. E-209 where it is no day."""
    bare = compact(text)
    if not bare:
        return ""
    if bare in _WORDS:
        return (today + timedelta(days=_WORDS[bare])).isoformat()
    short = _MONTH_DAY.fullmatch(bare)
    if short:
        month, day = (short[1] or short[3]), (short[2] or short[4])
        try:
            return date(today.year, int(month), int(day)).isoformat()
        except ValueError:
            raise KnownError("E-209", text=text) from None
    return parse_date(bare).isoformat()


def read_moment(text: str, *, today: date) -> str:
    """A moment as YYYY-MM-DDTHH:MM; "" for nothing. A time alone is of today. E-209 where it is no moment."""
    given = half_width(text).strip()
    if not given:
        return ""
    match = _TIME.fullmatch(given) or _BARE_TIME.fullmatch(given)
    if match is None:
        raise KnownError("E-209", text=text)
    day = read_day(match[1], today=today) or today.isoformat()
    return f"{day}T{int(match[2]):02d}:{match[3]}"


def read_hundredths(text: str) -> int | None:
    """Days with at most two decimals, in hundredths of a day; None for nothing. E-238 where it is no such figure."""
    bare = compact(text)
    if not bare:
        return None
    match = re.fullmatch(r"(\d{1,7})(?:\.(\d{1,2}))?", bare)
    if match is None:
        raise KnownError("E-238", text=text)
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def show_hundredths(value: int) -> str:
    """2550 -> 25.5."""
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
