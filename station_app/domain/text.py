"""Plain-text rules: full-width to half-width, names of persons, folding for search, masks."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from functools import lru_cache
from typing import Final

from sync.contract.errors import KnownError

NAME_MAX: Final = 50
_MIDDLE_DOT: Final = "\u00b7"
_DOTS: Final = dict.fromkeys(map(ord, "\u2022\u2027\u2219\u22c5\u30fb\uff65\u0387\u16eb"), _MIDDLE_DOT)
_HALF: Final = {0x3000: " ", **{c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}}
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_BLANKS: Final = re.compile(r"\s+")
_HAN: Final = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd\u00b7"
_HAN_EDGE: Final = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
_NAME_MARKS: Final = frozenset("\u00b7 -'.\u2019\u3007")


def half_width(text: str) -> str:
    """Return `text` with full-width ASCII and the ideographic space as their half-width forms; nothing else changes.

    Not NFKC: that would turn compatibility ideographs of real names (U+F900-FAFF) into other characters.
    """
    return text.translate(_HALF)


def compact(text: str) -> str:
    """Return `text` for reading a number: half-width, upper case, without blanks and invisible characters."""
    if text.isascii() and text.isalnum():  # as nearly every number is typed
        return text.upper()
    return _BLANKS.sub("", _INVISIBLE.sub("", half_width(text))).upper()


def one_line(text: str) -> str:
    """Return `text` trimmed, on one line, without invisible characters; runs of blanks become one space."""
    if text.isprintable() and " " not in text:  # nothing to trim, join or drop
        return text
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def fold(text: str) -> str:
    """Return `text` as search compares it: half-width, lower case, one kind of middle dot, single blanks."""
    return one_line(half_width(text).translate(_DOTS)).casefold()


@lru_cache(maxsize=512)
def clean_name(text: str) -> str:
    """Return a person's name as it is kept: one kind of middle dot, no blanks between or beside Chinese characters.

    Forms and spreadsheets stretch two-character names with blanks (周　文); the identity card does not.
    """
    return _HAN_EDGE.sub("", one_line(half_width(text).translate(_DOTS)))


def check_name(text: str) -> str:
    """Return the cleaned name of a natural person: 1 to 50 characters, counted by code point.

    Raises E-230 when it is empty or holds what no name holds (digits, punctuation), E-224 when it is too long.
    """
    name = clean_name(text)
    if not name:
        raise KnownError("E-230")
    if len(name) > NAME_MAX:
        raise KnownError("E-224", length=len(name), limit=NAME_MAX)
    wrong = sorted({c for c in name if not _name_character(c)})
    if wrong or not any(_letter(c) for c in name):
        raise KnownError("E-230", wrong="".join(wrong) or name, why="characters")
    return name


def _letter(char: str) -> bool:
    # Planes 2 and 3 hold ideographs only; newer extensions are unassigned in the Unicode tables of Python 3.11.
    # Private use stands in old registers for rare characters: whether it can be printed is the printer's question.
    return 0x20000 <= ord(char) <= 0x3FFFD or unicodedata.category(char) in ("Lo", "Lu", "Ll", "Lt", "Lm", "Co")


def _name_character(char: str) -> bool:
    return _letter(char) or char in _NAME_MARKS or unicodedata.category(char) in ("Mn", "Mc")


def mask_middle(text: str, *, head: int, tail: int) -> str:
    """Return `text` with all but the first `head` and last `tail` characters as `*`; short text is all but hidden."""
    if len(text) <= head + tail:
        return text[:1] + "*" * (len(text) - 1)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


_SURNAMES: Final = {
    "万俟": "mq", "尉迟": "yc", "长孙": "zs", "澹台": "tt", "单于": "cy", "宰父": "zf", "鲜于": "xy", "乐正": "yz",
    "单": "s", "仇": "q", "曾": "z", "解": "x", "区": "o", "查": "z", "朴": "p", "盖": "g", "乐": "y", "翟": "z",
    "员": "y", "种": "c", "缪": "m", "覃": "q", "秘": "b", "冼": "x", "洗": "x", "折": "s", "召": "s", "繁": "p",
    "逄": "p", "能": "n", "重": "c", "宓": "m", "句": "g", "黑": "h", "便": "p", "祭": "z", "那": "n", "谌": "c",
    "隗": "k", "晁": "c", "贠": "y", "殷": "y", "沈": "s", "尹": "y", "车": "c", "石": "s", "都": "d", "厘": "x",
}  # fmt: skip
"""Surnames whose reading differs from, or must go before, the common one; 覃 is read Qin in Guangxi, Tan elsewhere."""

_MOST_SPELLINGS: Final = 16


@lru_cache(maxsize=1024)
def pinyin_initials(name: str) -> tuple[str, ...]:
    """Return the pinyin initials a person may type for a name, the likeliest first: 单志强 -> `szq`, `dzq`, `czq`.

    Surnames have their own readings, every reading of the other characters counts; letters and digits stand for
    themselves. At most sixteen spellings; of a long name only the common reading and those that differ in one place.
    """
    surname = next((s for s in (name[:2], name[:1]) if s in _SURNAMES), "")
    options: list[tuple[str, ...]] = []
    if len(surname) == 2:
        options = [(letter,) for letter in _SURNAMES[surname]]
    # most names are said by letters alone, and folding changes no character that has readings
    read = [_first_letters(char) for char in name[len(options) :]]
    if not all(read):
        read = [_first_letters(char) for char in fold(name[len(options) :])]
    if surname and not options and read:
        read[0] = tuple(dict.fromkeys((_SURNAMES[surname], *read[0])))
    options += [readings for readings in read if readings]
    if not options:
        return ()
    common = [readings[0] for readings in options]
    if math.prod(map(len, options)) <= _MOST_SPELLINGS:
        return tuple(map("".join, itertools.product(*options)))
    spellings = ["".join(common)]
    for place, readings in enumerate(options):
        spellings += ["".join([*common[:place], other, *common[place + 1 :]]) for other in readings[1:]]
    return tuple(dict.fromkeys(spellings))[:_MOST_SPELLINGS]


@lru_cache(maxsize=4096)
def named_like(name: str, typed: str) -> bool:
    """True where a name holds what was typed, or its pinyin initials begin with it."""
    if fold(typed) in fold(name):
        return True
    small = typed.casefold()
    return small.isascii() and small.isalpha() and any(s.startswith(small) for s in pinyin_initials(name))


def _first_letters(char: str) -> tuple[str, ...]:
    """First letters of all readings of a character in the order of the dictionary; () for punctuation."""
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    from station_app.domain.names import letters

    return letters.table().get(char, ())
