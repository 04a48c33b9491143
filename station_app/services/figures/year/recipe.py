"""The table a year is made by (resources/demo/year.toml): published counts, shares, and words to fill texts with."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from station_app.paths import resources_dir
from sync.contract.errors import KnownError


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of a period: appeals accepted and resolved."""

    accepted: int
    resolved: int
    source: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """Shares are weights; `share` is in 1/10,000; `words` lists to choose from; `text` patterns by type or service."""

    published: Mapping[str, Published]
    festival: Mapping[str, date]
    weights: Mapping[str, Mapping[str, int]]
    share: Mapping[str, int]
    difficult_people: int
    words: Mapping[str, tuple[str, ...]]
    text: Mapping[str, tuple[str, ...]]

    def counts_of(self, year: int, half: int) -> Published:
        """The published counts of a year (half 0) or its half; E-362 where none were published."""
        found = self.published.get(f"{year}-{half}" if half else str(year))
        if found is None:
            raise KnownError(
                "E-362", what=f"{year}年" + ("", "上半年", "下半年")[half], choices="、".join(self.published)
            )
        return found

    def pick(self, dice: random.Random, table: str) -> str:
        """One key of a table by its weights."""
        weights = self.weights[table]
        return dice.choices(tuple(weights), tuple(weights.values()))[0]

    def chance(self, dice: random.Random, share: str) -> bool:
        """True as often as the share says."""
        return dice.randrange(10_000) < self.share[share]


@lru_cache(maxsize=1)
def load() -> Recipe:
    """The shipped table. E-520 naming the file where it is missing or wrong."""
    path = resources_dir() / "demo" / "year.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        words: dict[str, str] = data["words"]
        return Recipe(
            {key: Published(**value) for key, value in data["published"].items()},
            data["festival"],
            {name: data[name] for name in ("service", "type", "channel", "unresolved", "station")},
            data["share"],
            int(data["difficult"]["people"]),
            {key: tuple(text.split()) if " " in text else tuple(text) for key, text in words.items()},
            {key: tuple(patterns) for key, patterns in data["text"].items()},
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error
