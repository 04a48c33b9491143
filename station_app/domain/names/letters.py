"""First letters of the readings of Chinese characters: resources/i18n/letters.txt, a line a set of letters.

The pinyin dictionary itself takes two seconds and 55 MB to load for the few letters that are wanted of it.
"""

from __future__ import annotations

from functools import cache

from station_app.paths import resources_dir


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Character -> first letters of its readings, the commonest first. 10 ms and 4 MB when first asked for."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (resources_dir() / "i18n" / "letters.txt").read_text("utf-8").splitlines():
        letters, _, characters = line.partition(" ")
        if letters != "#":
            found.update(dict.fromkeys(characters, tuple(letters)))
    return found
