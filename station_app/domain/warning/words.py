"""Words of a rule in free text, each with its place; one that is denied (没有威胁, 打架不属实) is no hit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NOT: Final = (
    "(?:没有|并无|从无|绝无|毫无|尚无|未曾|从未|尚未|并未|未见|不存在|不是|并非|否认|不涉及"
    "|不会|不至于|不可能|排除|没|未|无)"
)
_BETWEEN: Final = (
    "(?:任何人?|人员?|发生|出现|发现|存在|进行|实施|使用|受到|遭到|遭受|对方|对其"
    "|有|了|要|想|过|等|的|行为|情况|倾向|念头|想法|曾)*"
)
_LISTED: Final = "(?:[\\u4e00-\\u9fff]{1,6}(?:[、和或及]|以及|或者|也没有?|更没有?))*"
_DENIED: Final = re.compile(f"(?P<twice>不是|并非|不能说)?{_NOT}{_BETWEEN}{_LISTED}{_BETWEEN}$")
_UNTRUE: Final = re.compile(
    "(?:一事|之事|的?情况|的?行为|的?说法|等)*(?:均|都|并|纯)?(?:不存在|不属实|系误传|是误传|没有发生|未发生|属误会|已经?排除|系谣言)"
)
_STOPS: Final = re.compile("[，。；！？：\n,;!?:]")
_NEAR: Final = 32
"""Characters in front of a word that can deny it, within its clause."""


@dataclass(frozen=True, slots=True)
class Found:
    """One word where it stands: characters start to end of the text looked at."""

    start: int
    end: int
    word: str


def found(pattern: re.Pattern[str], text: str) -> list[Found]:
    """Every hit of the words that its own clause does not deny, in order."""
    return [
        Found(m.start(), m.end(), m[0])
        for m in pattern.finditer(text)
        if not denied(text, start=m.start(), end=m.end())
    ]


def denied(text: str, *, start: int, end: int) -> bool:
    """Say whether the clause denies the word at start to end; a denial of a denial (不是没有) is none."""
    if _UNTRUE.match(text, end):
        return True
    near = text[max(0, start - _NEAR) : start]
    clause = _STOPS.split(near)[-1]
    match = _DENIED.search(clause)
    return match is not None and not match["twice"]


def compiled(words: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for many words, the longer ones first; one that never matches for none."""
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest) or r"(?!)")
