"""Bank accounts of payees: characters and length are checked, the Luhn digit of cards is only a hint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from station_app.domain.text import compact
from sync.contract.errors import KnownError

_FORM: Final = re.compile("[0-9]{8,32}")
_SPREADSHEET: Final = re.compile(r"[0-9]\.?[0-9]*E\+?[0-9]+|[0-9]{8,32}\.0+")


@dataclass(frozen=True, slots=True)
class Account:
    """An account number without blanks. `hints`: "luhn" (the last digit of a card does not fit: one digit is likely
    wrong) and "rounded" (ends in zeros as after a spreadsheet, which keeps fifteen digits)."""

    number: str
    hints: tuple[str, ...] = ()


def luhn_fits(digits: str) -> bool:
    """Say whether the last digit is the Luhn check digit (ISO/IEC 7812-1) of those before it."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(digits: str) -> bool:
    """Say whether a number looks like a bank card (16 to 19 digits, issuers of 3 to 6, 8 or 9), not like an account."""
    return 16 <= len(digits) <= 19 and digits[0] in "345689"


def check_account(text: str) -> Account:
    """Return the account number without blanks and hyphens; raises E-235 (characters, length), E-240 (spreadsheet)."""
    number = re.sub("[-\u2010-\u2015]", "", compact(text))
    if _SPREADSHEET.fullmatch(number):
        raise KnownError("E-240")
    if not _FORM.fullmatch(number):
        raise KnownError("E-235", length=len(number))
    hints = []
    if is_card(number) and not luhn_fits(number):
        hints.append("luhn")
    if len(number) > 15 and not number[15:].strip("0"):
        hints.append("rounded")
    return Account(number, tuple(hints))


def group_account(number: str) -> str:
    """Return the number in groups of four, as it is read aloud and compared: `6217 0268 5995 2890 781`."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
