"""Number grammar: （2026）光凤东坑人调字第A0012号; supplements -补1, further agreements of a case -2 (CONTRACT 7).

A series code is one or two letters, never a digit, without I and O (24 + 576 = 600 codes); it belongs to one device,
so that two devices never draw the same number with no network. n has at least four digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from sync.contract.errors import BugError

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
WORDS: Final = {"case": "人调字", "order": "令字", "handoff": "转字"}
"""Kind of series -> word in the number. Orders and hand-offs have series of their own."""

_PATTERN = re.compile(
    r"[（(〔](?P<year>\d{4})[）)〕](?P<short>[^\s（）()〔〕0-9A-Za-z]{1,12}?)(?P<word>人调字|令字|转字)"
    r"第(?P<series>[A-HJ-NP-Z]{1,2})(?P<n>\d{4,6})号(?P<tail>-补[1-9]\d{0,2}|-[2-9]|-[1-9]\d{1,2})?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `short` is the committee's short name, `tail` "" or "-补1" or "-2"."""

    year: int
    short: str
    kind: str
    series: str
    n: int
    tail: str = ""

    def text(self, *, brackets: str = "（）") -> str:
        """As printed; brackets are a setting of the rules pack (（） or 〔〕)."""
        word = WORDS[self.kind]
        head = f"{brackets[0]}{self.year}{brackets[1]}{self.short}{word}"
        return f"{head}第{self.series}{self.n:04d}号{self.tail}"

    def supplement(self, k: int) -> Number:
        """Number of the k-th supplementary agreement."""
        return replace(self, tail=f"-补{k}")

    def further(self, k: int) -> Number:
        """Number of the k-th agreement of the same case, from 2 on."""
        if k < 2:
            raise BugError("the first agreement bears the case number itself")
        return replace(self, tail=f"-{k}")


def parse(text: str) -> Number | None:
    """Read a number with either kind of brackets; None when it is none of ours."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        return None
    kind = next(k for k, word in WORDS.items() if word == match["word"])
    return Number(int(match["year"]), match["short"], kind, match["series"], int(match["n"]), match["tail"] or "")


def series_codes() -> list[str]:
    """All 600 series codes in the order they are handed out: single letters first."""
    return list(LETTERS) + [a + b for a in LETTERS for b in LETTERS]


def is_series(code: str) -> bool:
    """True for a series code."""
    return 1 <= len(code) <= 2 and all(c in LETTERS for c in code)
