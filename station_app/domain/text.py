"""Plain-text rules: full-width to half-width, names of persons, folding for search, masks."""

from __future__ import annotations

import re
import unicodedata
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
    return _BLANKS.sub("", _INVISIBLE.sub("", half_width(text))).upper()


def one_line(text: str) -> str:
    """Return `text` trimmed, on one line, without invisible characters; runs of blanks become one space."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def fold(text: str) -> str:
    """Return `text` as search compares it: half-width, lower case, one kind of middle dot, single blanks."""
    return one_line(half_width(text).translate(_DOTS)).casefold()


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
