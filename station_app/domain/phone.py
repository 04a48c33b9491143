"""Telephone numbers as people write them: mobile, landline with area code, service and overseas numbers.

Segments of operators are not verified: new ones come every year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from station_app.domain.text import compact, mask_middle
from sync.contract.errors import KnownError

PhoneKind = Literal["mobile", "landline", "service", "overseas"]

_HYPHENS: Final = {**dict.fromkeys([*range(0x2010, 0x2016), 0x2212, ord(")")], "-"), ord("("): ""}
_PREFIX: Final = re.compile(r"^(?:\+|00)86")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_AREA: Final = "10|2[0-9]|[3-9][0-9]{2}"
_LANDLINE: Final = re.compile(
    f"(?:0(?P<area>{_AREA})-*|(?P<bare>{_AREA})-+)(?P<local>[2-9][0-9]{{6,7}})"
    "(?:(?:[-#X转]+|EXT\\.?)(?P<ext>[0-9]{1,6}))?"
)
_SERVICE: Final = re.compile(r"[48]00[0-9]{7}|1[012][0-9]{1,3}|9[56][0-9]{3,4}")
_OVERSEAS: Final = re.compile(r"(?:\+|00)(?P<number>(?!86)[1-9][0-9]{6,14})")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is kept and dialled: `13812345678`, `0755-27401234`, `0755-27401234-801`, `+85291234567`."""

    number: str
    kind: PhoneKind


@lru_cache(maxsize=256)  # asked at every pause of typing and again when saved
def check_phone(text: str) -> Phone:
    """Return the number in one spelling. Accepts +86, blanks, hyphens, brackets and full-width.

    Raises E-205; a landline without its area code is refused too, since a court cannot dial it.
    """
    raw = compact(text).translate(_HYPHENS)
    bare = _PREFIX.sub("", raw.replace("-", ""))
    if _MOBILE.fullmatch(bare):
        return Phone(bare, "mobile")
    if _SERVICE.fullmatch(bare) and not raw.startswith(("+", "00")):
        return Phone(bare, "service")
    if match := _OVERSEAS.fullmatch(bare):
        return Phone("+" + match["number"], "overseas")
    match = _LANDLINE.fullmatch(_PREFIX.sub("", raw).lstrip("-"))
    if match is None:  # an extension that is not set off would be taken for the local number
        raise KnownError("E-205")
    parts = ["0" + (match["area"] or match["bare"]), match["local"], match["ext"]]
    return Phone("-".join(p for p in parts if p), "landline")


def mask_phone(number: str) -> str:
    """Return a number for the screen: `138****5678`, `0755-****1234`."""
    if _MOBILE.fullmatch(number):
        return mask_middle(number, head=3, tail=4)
    head, dash, tail = number.partition("-")
    return head + dash + mask_middle(tail, head=0, tail=4) if dash else mask_middle(number, head=3, tail=3)
