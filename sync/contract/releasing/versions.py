"""Versions of the program: two to four numbers with points, compared number by number; standard library only."""

from __future__ import annotations

import re
from typing import Final

_FORM: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")


def is_version(text: object) -> bool:
    """Two to four numbers with points."""
    return isinstance(text, str) and bool(_FORM.fullmatch(text))


def order(version: str) -> tuple[int, ...]:
    """By what versions are compared: 0.10 is later than 0.9, and 1.0 is 1.0.0.0; what is none comes first."""
    parts = [int(part) for part in version.split(".")] if is_version(version) else []
    return tuple(parts + [0] * (4 - len(parts)))
