"""Streets and communities of the district by name: what a case's stream means in words."""

from __future__ import annotations

from typing import Final

from station_app.domain import codes

LIST: Final = "communities"
"""The code list: streets under their 9-digit codes, communities under their streams with the street as group."""


def communities() -> dict[str, str]:
    """Names of the communities by their streams, street by street."""
    return {code.code: code.label for code in codes.load(LIST).every() if code.group}


def streets() -> dict[str, str]:
    """Names of the streets by their codes."""
    return {code.code: code.label for code in codes.load(LIST).every() if not code.group}


def find(name: str) -> tuple[str, tuple[str, ...]]:
    """Name and streams of a street or community by name or code: ("凤凰街道", (…)). E-217 for neither."""
    entry = codes.load(LIST).entries[codes.load(LIST).check(name)]
    return entry.label, (entry.code,) if entry.group else streams_of(entry.code)


def streams_of(street: str) -> tuple[str, ...]:
    """The streams of a street's communities; () for a street that is not of this district."""
    return tuple(code.code for code in codes.load(LIST).every() if code.group == street) if street else ()
