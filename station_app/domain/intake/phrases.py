"""常用语: sentences that are written every day, each with the letters that call it; data in resources/phrases."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from station_app.paths import resources_dir
from sync.contract.errors import KnownError

BLANK: Final = "＿＿"
"""What a person still has to write in."""
_CALLED: Final = re.compile(r"[;；]([a-z]{2,4})$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`code`: two to four small letters, typed behind a semicolon."""

    code: str
    title: str
    text: str


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """All of them, in their order. E-520 where the file is missing or not in its form."""
    path = resources_dir() / "phrases" / "common.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        found = tuple(Phrase(str(p["code"]), str(p["title"]), str(p["text"])) for p in raw["phrase"])
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise KnownError("E-520", file=path.name) from exc
    if len({p.code for p in found}) != len(found):
        raise KnownError("E-520", file=path.name, place="code")
    return found


def called(before: str) -> tuple[str, Phrase] | None:
    """(what to replace, the phrase) where the text before the caret ends in a call: ";fq", "；fq"."""
    match = _CALLED.search(before)
    if match is None:
        return None
    phrase = next((p for p in phrases() if p.code == match[1]), None)
    return (match[0], phrase) if phrase is not None else None
