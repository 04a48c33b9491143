"""How a value of each type is written: the default and the named filters, fixed by type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from station_app.documents.inline import Inline, blank
from station_app.documents.keys.spec import Kind

Filter = Callable[[object], str]


def _yuan(value: object) -> str:
    from station_app.domain.money import yuan

    return yuan(_int(value))


def _capitals(value: object) -> str:
    from station_app.domain.money import capitals

    return capitals(_int(value))


def _date(value: object) -> str:
    from station_app.domain.dates import date_cn

    return date_cn(str(value))


def _numeral_date(value: object) -> str:
    from station_app.domain.dates import date_numeral_cn

    return date_numeral_cn(str(value))


def _numeral(value: object) -> str:
    from station_app.domain.dates import numeral_cn

    return numeral_cn(_int(value))


def _days(value: object) -> str:
    whole, part = divmod(_int(value), 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)


def _masked(value: object) -> str:
    from station_app.domain.idcard import mask

    return mask(str(value))


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


#: (type, filter) -> writer; the empty filter is the default.
FILTERS: Final[Mapping[tuple[Kind, str], Filter]] = {
    ("text", ""): str,
    ("money", ""): _yuan,
    ("money", "cn"): _capitals,
    ("date", ""): _date,
    ("date", "numeral"): _numeral_date,
    ("number", ""): str,
    ("number", "cn"): _numeral,
    ("days", ""): _days,
    ("idno", ""): str,
    ("idno", "masked"): _masked,
}

_BLANK_EMS: Final[Mapping[Kind, int]] = {"text": 6, "money": 4, "number": 2, "days": 2, "idno": 10}


def written(value: object, kind: Kind, name: str) -> str:
    """The words for a value that is there."""
    return FILTERS[kind, name](value)


def to_fill_in(kind: Kind) -> list[Inline]:
    """Room for a value that is missing, to be written by hand."""
    if kind == "date":
        return [blank(3), Inline("年"), blank(2), Inline("月"), blank(2), Inline("日")]
    return [blank(_BLANK_EMS.get(kind, 4))]
