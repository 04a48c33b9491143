"""The number on an evaluation slip: nine digits made from the case, the last one a check digit. Pure.

It names no case to whoever finds the slip, needs no network, and the same case always has the same number. Two cases
may by chance bear one (of 100,000 cases about fifty pairs); a slip is read beside its station and day.
"""

from __future__ import annotations

import hashlib
from typing import Final

DIGITS: Final = 8


def slip_of(case: str) -> str:
    """ "123-456-789" for a case's record id."""
    number = int.from_bytes(hashlib.sha256(b"GM1 slip\0" + case.encode()).digest()[:8]) % 10**DIGITS
    plain = f"{number:0{DIGITS}}"
    plain += _check(plain)
    return "-".join(plain[i : i + 3] for i in range(0, len(plain), 3))


def read(typed: str) -> str:
    """The number as printed, from what was typed (spaces and dashes do not matter); "" where it is none."""
    plain = "".join(c for c in typed if c not in " -－—　")
    if len(plain) != DIGITS + 1 or not plain.isascii() or not plain.isdigit() or _check(plain[:-1]) != plain[-1]:
        return ""
    return "-".join(plain[i : i + 3] for i in range(0, len(plain), 3))


def _check(digits: str) -> str:
    """The check digit by Luhn: it finds a wrong digit and two that changed places."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
