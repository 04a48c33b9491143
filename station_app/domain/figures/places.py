"""Streets and communities of the district, by name, from resources/org: what a case's stream means in words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from station_app.paths import resources_dir
from sync.contract.errors import KnownError


@dataclass(frozen=True, slots=True)
class Community:
    """`stream`: the code under which its cases travel; `street`: the 9-digit code of the street."""

    stream: str
    name: str
    street: str
    street_name: str


@lru_cache(maxsize=4)
def communities(file: Path | None = None) -> dict[str, Community]:
    """Every community by its stream, in the order of the file. E-520 naming a file that cannot be read."""
    path = file or resources_dir() / "org" / "guangming.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        return {
            c["stream"]: Community(c["stream"], c["name"], street["code"], street["name"])
            for street in data["street"]
            for c in street["community"]
        }
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error


def streets() -> dict[str, str]:
    """Names of the streets by their codes."""
    return {c.street: c.street_name for c in communities().values()}


def streams_of(street: str) -> tuple[str, ...]:
    """The streams of a street's communities; () for a street that is not of this district."""
    return tuple(c.stream for c in communities().values() if c.street == street)
