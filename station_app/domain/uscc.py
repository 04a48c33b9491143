"""统一社会信用代码 (GB 32100-2015): 18 characters of 31, the last a check character."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from station_app.domain.text import compact
from sync.contract.errors import KnownError

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NEVER: Final = "IOSVZ"
_ONLY: Final = frozenset(ALPHABET)
_WEIGHTS: Final = tuple(pow(3, i, 31) for i in range(17))


def check_character(first17: str) -> str:
    """Return the eighteenth character for seventeen characters of ALPHABET."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


@lru_cache(maxsize=256)  # asked at every pause of typing and again when saved
def check_uscc(text: str) -> str:
    """Return the code in upper case, half-width and without blanks.

    Raises E-225 (not 18 characters, or characters that codes never have: I, O, S, V, Z are left out because they look
    like 1, 0, 5, U, 2) and E-203 (check character wrong). An old body may have a 15-digit registration number
    instead; it is another kind of number (`check_registration`).
    """
    code = compact(text).replace("-", "")
    if not _ONLY.issuperset(code):
        wrong = dict.fromkeys(c for c in code if c not in ALPHABET)
        raise KnownError("E-225", code=code[:24], wrong="、".join(wrong), never="、".join(NEVER), why="characters")
    if len(code) != 18:
        raise KnownError("E-225", code=code[:24], length=len(code), never="、".join(NEVER))
    if check_character(code[:17]) != code[17]:
        raise KnownError("E-203", code=code)
    return code


def check_registration(text: str) -> str:
    """Return a 13- or 15-digit registration number (注册号) of an old body or sole trader; raises E-234."""
    number = compact(text)
    if not re.fullmatch("[0-9]{13}(?:[0-9]{2})?", number):
        raise KnownError("E-234")
    return number
