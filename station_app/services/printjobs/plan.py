"""In which order copies and sides go to a printer, and where to go on after a break; no printer, no station.

A 份 is one copy of one paper and has a number from 1; the numbers of a job never change, so that "go on with number 5"
means the same copy every time. Manual duplex prints the fronts of a stack, lets a person turn it, and prints the backs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sync.contract.errors import KnownError

Duplex = Literal["single", "long", "manual", "auto"]
"""One side; both sides along the long edge; both sides turned by hand; as the printer itself is set."""
BackOrder = Literal["reverse", "forward"]
"""Backs of a turned stack: the last sheet is drawn in first (most printers), or the first."""
Side = Literal["all", "front", "back"]

STACK: Final = 40
"""Sheets of one turn by hand at most: a small cassette takes 50 to 150, and a jam costs one stack only."""
_RANGE: Final = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_COMMON: Final = str.maketrans("，、；;－–—~～至", ",,,,------")
BLANK: Final = 0
"""Instead of a page number: an empty side."""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper to print. `pages`: of the whole paper; `copies`: how many 份; `paper`: its record, "" for a discussion
    draft, whose bytes are `data`; the bytes of an issued paper lie in the store under their hash `sha`."""

    case: str
    number: str
    paper: str
    template: str
    title: str
    version: int
    pages: int
    copies: int
    sha: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Copy:
    """One 份: `no` in the job, `nth` copy of its paper; `first` of its case (a separator goes before it)."""

    no: int
    item: Item
    nth: int
    first: bool


@dataclass(frozen=True, slots=True)
class Send:
    """One piece for the printer: pages in the order of printing, 0 is an empty side; `copy` None for a separator."""

    copy: Copy | None
    case: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """What is printed without a person's hand between. `side` back: the stack before must have been turned first.

    `starts`: the number of its first 份; `whole`: 份 are finished one by one, so a break is known to the 份.
    """

    side: Side
    sends: tuple[Send, ...]
    starts: int
    whole: bool
    sheets: int


@dataclass(frozen=True, slots=True)
class Order:
    """One printing job as a person wants it. `pages`: chosen page numbers, () for all."""

    items: tuple[Item, ...]
    printer: str
    duplex: Duplex = "auto"
    pages: tuple[int, ...] = ()
    separators: bool = False
    back_order: BackOrder = "reverse"

    @property
    def total(self) -> int:
        """How many 份."""
        return sum(item.copies for item in self.items)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases, each once, in order."""
        return tuple(dict.fromkeys(item.case for item in self.items))


def parse_pages(words: str) -> tuple[int, ...]:
    """Page numbers of "1-2，5": in that order, each once; () for nothing, which means all. E-321 if not understood."""
    found: dict[int, None] = {}
    cleaned = words.strip().translate(_COMMON).replace(" ", "")
    if not cleaned:
        return ()
    for part in cleaned.split(","):
        match = _RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if first < 1 or last < first or last - first > 9_999:
            raise KnownError("E-321", pages=words.strip())
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def pages_of(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    """The pages of a paper that are printed: all, or those chosen that it has."""
    return tuple(p for p in chosen if p <= item.pages) if chosen else tuple(range(1, item.pages + 1))


def copies_of(order: Order) -> list[Copy]:
    """Every 份 of a job, numbered: case after case, paper after paper, one paper's copies together.

    E-321 where no paper has any of the chosen pages.
    """
    items = [item for item in order.items if item.copies > 0 and pages_of(item, order.pages)]
    if order.items and not items:
        raise KnownError("E-321", pages="、".join(map(str, order.pages)), why="beyond")
    found: list[Copy] = []
    for place, item in enumerate(items):
        new_case = place == 0 or items[place - 1].case != item.case
        base = len(found)
        found += [Copy(base + nth, item, nth, new_case and nth == 1) for nth in range(1, item.copies + 1)]
    return found


def stages(order: Order, *, start: int = 1) -> list[Stage]:
    """A job from 份 `start` on, cut where a person has to turn a stack."""
    left = copies_of(order)[start - 1 :]
    if order.duplex != "manual":
        return [_plain(left, order)] if left else []
    made: list[Stage] = []
    for stack in _stacks(left, order):
        made += _by_hand(stack, order)
    return made


def _plain(copies: Sequence[Copy], order: Order) -> Stage:
    sends: list[Send] = []
    for copy in copies:
        sends += _before(copy, order)
        sends.append(Send(copy, copy.item.case, pages_of(copy.item, order.pages)))
    return Stage("all", tuple(sends), copies[0].no, whole=True, sheets=0)


def _before(copy: Copy, order: Order) -> list[Send]:
    return [Send(None, copy.item.case, (1,))] if copy.first and order.separators else []


def _sheets(copy: Copy, order: Order) -> int:
    return (len(pages_of(copy.item, order.pages)) + 1) // 2 + len(_before(copy, order))


def _stacks(copies: Sequence[Copy], order: Order) -> list[list[Copy]]:
    """Whole 份 together as long as they make a stack that can be turned."""
    stacks: list[list[Copy]] = []
    height = 0
    for copy in copies:
        thick = _sheets(copy, order)
        if not stacks or height + thick > STACK:
            stacks.append([])
            height = 0
        stacks[-1].append(copy)
        height += thick
    return stacks


def _by_hand(stack: Sequence[Copy], order: Order) -> list[Stage]:
    fronts: list[Send] = []
    backs: list[Send] = []
    for copy in stack:
        pages = pages_of(copy.item, order.pages)
        for before in _before(copy, order):
            fronts.append(before)
            backs.append(Send(None, before.case, (BLANK,)))
        fronts.append(Send(copy, copy.item.case, pages[::2]))
        back = pages[1::2] + (BLANK,) * (len(pages) % 2)
        backs.append(Send(copy, copy.item.case, back if order.back_order == "forward" else back[::-1]))
    if order.back_order == "reverse":
        backs.reverse()
    sheets = sum(len(send.pages) for send in fronts)
    if all(page == BLANK for send in backs for page in send.pages):
        return [Stage("all", tuple(fronts), stack[0].no, whole=True, sheets=sheets)]
    return [
        Stage("front", tuple(fronts), stack[0].no, whole=False, sheets=sheets),
        Stage("back", tuple(backs), stack[0].no, whole=False, sheets=sheets),
    ]
