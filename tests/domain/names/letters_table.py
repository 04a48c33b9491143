"""Writes resources/i18n/letters.txt from the dictionary of pypinyin. `python -m tests.domain.names.letters_table`."""

from __future__ import annotations

import unicodedata
from typing import Final

import pypinyin
from pypinyin.pinyin_dict import pinyin_dict

from station_app.paths import resources_dir

PATH: Final = resources_dir() / "i18n" / "letters.txt"


def letters_of(readings: str) -> str:
    """First letters of readings as the dictionary has them, "hǎo,hào" -> "h", in their order."""
    plain = [unicodedata.normalize("NFD", reading)[:1].casefold() for reading in readings.split(",") if reading]
    return "".join(dict.fromkeys(letter for letter in plain if letter.isascii()))


def rendered() -> str:
    """The text of the file."""
    groups: dict[str, list[str]] = {}
    for code in sorted(pinyin_dict):
        letters = letters_of(pinyin_dict[code])
        if letters:
            groups.setdefault(letters, []).append(chr(code))
    head = f"# pypinyin {pypinyin.__version__} (MIT, github.com/mozillazg/python-pinyin; data of pinyin-data, MIT)\n"
    return head + "".join(f"{letters} {''.join(groups[letters])}\n" for letters in sorted(groups))


if __name__ == "__main__":
    PATH.write_text(rendered(), "utf-8")
