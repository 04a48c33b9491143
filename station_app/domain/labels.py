"""The one word for each field of the catalogue: form, paper, table and finding say the same.

The words are data: resources/i18n/fields.txt, a line a field, `kind.field Chinese|English`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from station_app.paths import resources_dir


def _read(text: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    rows = [line.partition(" ") for line in text.strip().splitlines()]
    words = {key: rest.partition("|") for key, _, rest in rows}
    return (
        MappingProxyType({key: word[0] for key, word in words.items()}),
        MappingProxyType({key: word[2] for key, word in words.items()}),
    )


CHINESE, ENGLISH = _read((resources_dir() / "i18n" / "fields.txt").read_text("utf-8"))


def label(key: str, lang: str = "zh_CN") -> str:
    """Return the word for a field `kind.field`; a field of a newer program is shown by its key."""
    return (CHINESE if lang == "zh_CN" else ENGLISH).get(key, key)
