"""The words of the residents' pages, one file a language: data, so that a further language needs no line of code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "languages"
FIRST: Final = "zh-CN"


@dataclass(frozen=True, slots=True)
class Language:
    """Words by section and key; what a language lacks is said in Chinese."""

    code: str
    name: str
    sections: dict[str, dict[str, str]]

    def say(self, key: str, **values: object) -> str:
        """The words under "section.key", not escaped."""
        section, _, name = key.partition(".")
        words = self.sections.get(section, {}).get(name)
        if words is None:
            words = every()[FIRST].sections[section][name]
        return words.format(**values) if values else words

    def has(self, key: str) -> bool:
        """Whether the language has words of its own for it."""
        section, _, name = key.partition(".")
        return name in self.sections.get(section, {})


@lru_cache(maxsize=1)
def every() -> dict[str, Language]:
    """All languages in the order of their links."""
    found: list[tuple[int, Language]] = []
    for path in FOLDER.glob("*.toml"):
        said = tomllib.loads(path.read_text("utf-8"))
        sections = {name: part for name, part in said.items() if isinstance(part, dict)}
        found.append((int(said["order"]), Language(path.stem, str(said["name"]), sections)))
    return {one.code: one for _, one in sorted(found, key=lambda pair: pair[0])}


def chosen(asked: str, accepted: str) -> Language:
    """The language of a link, else the first the browser names that is here, else Chinese."""
    here = every()
    if asked in here:
        return here[asked]
    for part in accepted[:400].split(","):
        wanted = part.partition(";")[0].strip().lower()
        for code, one in here.items():
            if wanted and (wanted == code.lower() or wanted.partition("-")[0] == code.lower().partition("-")[0]):
                return one
    return here[FIRST]
