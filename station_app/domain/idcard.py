"""公民身份号码 and the cards that share its form (GB 11643-1999; check digit ISO 7064 MOD 11-2).

Also 港澳台居民居住证 (810000, 820000, 830000) and 外国人永久居留身份证 since 2023 (first digit 9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from station_app.domain.dates import add_months
from station_app.domain.text import compact, mask_middle
from sync.contract.errors import KnownError

IdKind = Literal["resident", "hk", "macau", "taiwan", "permanent"]

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_FORM: Final = re.compile(r"[0-9]{17}[0-9X]")
_SPREADSHEET: Final = re.compile(r"[0-9]\.?[0-9]*E\+?[0-9]+")
_RESIDENCE: Final[dict[str, IdKind]] = {"810000": "hk", "820000": "macau", "830000": "taiwan"}


@dataclass(frozen=True, slots=True)
class IdFacts:
    """What a number says. `sex` is the GB/T 2261.1 code: "1" male, "2" female; `region` the first six digits.

    `hints` never refuse: "region_unknown" (abolished or mistyped region), "birth_long_ago" (more than 110 years).
    """

    number: str
    birth: date
    sex: Literal["1", "2"]
    region: str
    kind: IdKind
    hints: tuple[str, ...] = ()


def check_digit(first17: str) -> str:
    """Return the eighteenth character for seventeen digits."""
    return _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


@lru_cache(maxsize=256)  # asked at every pause of typing and again when saved
def check_id_number(text: str, *, today: date | None = None) -> IdFacts:
    """Return the facts of an 18-character number, normalised (full-width, blanks and lower-case x are accepted).

    Raises E-204 (length or characters), E-229 (fifteen digits, no longer valid), E-240 (figure of a spreadsheet),
    E-202 (birth date does not exist), E-226 (birth after `today`, where given), E-201 (check character wrong).
    """
    number = compact(text).replace("-", "")
    _check_form(number)
    birth = _birth(number)
    if today is not None and birth > today:
        raise KnownError("E-226", birth=birth)
    if check_digit(number[:17]) != number[17]:
        raise KnownError("E-201")
    kind = _RESIDENCE.get(number[:6], "permanent" if number[0] == "9" else "resident")
    hints = () if kind != "resident" or region_known(number[:6]) else ("region_unknown",)
    if today is not None and today.year - birth.year >= 110 and age_on(birth, today) > 110:
        hints = (*hints, "birth_long_ago")
    return IdFacts(number, birth, "1" if int(number[16]) % 2 else "2", number[:6], kind, hints)


def _check_form(number: str) -> None:
    if _FORM.fullmatch(number):
        return
    if re.fullmatch("[0-9]{15}", number):
        raise KnownError("E-229")
    if _SPREADSHEET.fullmatch(number) or re.fullmatch(r"[0-9]{16,18}\.0+", number):
        raise KnownError("E-240")
    wrong = "".join(dict.fromkeys(re.sub("[0-9]", "", number[:-1]) + re.sub("[0-9X]", "", number[-1:])))
    if wrong:
        raise KnownError("E-204", length=len(number), wrong=wrong, why="characters")
    raise KnownError("E-204", length=len(number))


def _birth(number: str) -> date:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        return date(year, month, day)
    except ValueError:
        raise KnownError("E-202", year=year, month=month, day=day) from None


@lru_cache(maxsize=1024)
def region_known(code: str) -> bool:
    """Say whether six digits are, or once were, a county-level region (GB/T 2260 and its changes)."""
    from stdnum import numdb

    return any("county" in properties for _, properties in numdb.get("cn/loc").info(code))


def mask(number: str) -> str:
    """Return an identity or other number for the screen: region and last four stay, `411522********6038`."""
    if len(number) >= 15:
        return mask_middle(number, head=6, tail=4)
    return mask_middle(number, head=2, tail=2)


def age_on(birth: date, day: date) -> int:
    """Return the age in full years (周岁) on `day`: a year is full from the day AFTER the birthday.

    So read criminal courts, and 民法典 201 (the first day is not counted) leads to the same; it is the safe side
    where a right begins with 8, 16 or 18. A birthday on 29 February falls on the 28th in other years (民法典 202).
    Raises E-226 where `day` lies before the birth.
    """
    if day < birth:
        raise KnownError("E-226", birth=birth)
    years = day.year - birth.year
    return max(0, years if day > add_months(birth, 12 * years) else years - 1)
