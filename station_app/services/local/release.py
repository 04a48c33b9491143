"""Which version of the program runs here."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """The version of this program; "-" where it does not know."""
    try:
        return version("station-app")
    except PackageNotFoundError:
        return "-"
