"""Chinese line breaking: no forbidden line starts or ends, numbers, amounts and dates whole, lines flush.

Rules of GB/T 15834-2011 (5.1): closing marks never begin a line, opening marks never end one, a dash or an
ellipsis is not cut in two. Beyond it: amounts, dates and Latin words are never split, a closing mark at the
end of a line may give up its empty half, neighbouring marks share one. Widths are thousandths of an em.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from station_app.documents.fonts import FontChain, Glyph
from station_app.documents.inline import BOX, SPACE, TICKED, Inline
from sync.contract.errors import BugError

#: Marks whose ink lies in the left half of their square: they may lose the right half.
CLOSERS = frozenset("、，。．；：？！）》〉」』】〕〗］｝’”")
#: Marks whose ink lies in the right half.
OPENERS = frozenset("（《〈「『【〔〖［｛‘“")
NO_START = CLOSERS | frozenset("…—～·％‰℃°′″%),.;:?!]}々/")
NO_END = OPENERS | frozenset("￥¥＄$([{№/")

_UNIT = r"(?:万元|亿元|元|平方米|个月|个工作日|周岁|[％%‰℃年月日号时分秒天周期份人名户件次倍级岁页版条款项米㎡])"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_WHOLE = re.compile(
    r"[0-9]{1,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"  # 2026年11月24日
    r"|[0-9]{1,2}月[0-9]{1,2}日"
    rf"|[￥¥]?[0-9][0-9,]*(?:\.[0-9]+)?{_UNIT}"  # 131,460.00元
    rf"|(?:人民币)?[{_CAPITAL}]+[元角分][{_CAPITAL}元角分整]*"  # 壹拾叁万壹仟肆佰陆拾元整
    r"|第[一二三四五六七八九十百零]+[条款项期]"
    r"|第[A-Z]{1,2}[0-9]+号"
    r"|[0-9A-Za-zÀ-ɏ]+(?:[-./:@_,+][0-9A-Za-zÀ-ɏ]+)*"
    r"|——|……"
)

#: An amount in capitals is cut, behind one of its units, only where it would else leave a hole of this width at the
#: end of a line: words can be added in a hole, not in the middle of a full line.
_HOLE = 3000
_CAPITAL_RUN = re.compile(rf"[{_CAPITAL}元角分]{{4,}}")
_CAPITAL_UNITS = frozenset("拾佰仟万亿元")
#: White between a box and what it stands for.
_BOX_GAP = 200

#: A line may be stretched by this much between two characters; a looser one stays ragged.
_MAX_STRETCH = 400
#: A line with more room than this shares it with up to _SHARE lines before, moving at most _REACH characters.
_SHORT = 1500
_SHARE = 3
_REACH = 5
#: All digits take the width of the widest in columns of figures.
_TABULAR = frozenset("0123456789")


class Cell(NamedTuple):
    """One character placed: what it says, how it is drawn, how wide it is."""

    char: str
    glyph: Glyph
    width: int
    item: Inline
    shift: int = 0  # drawn this much further right (tabular digits)

    @property
    def wide(self) -> bool:
        return self.width >= 890


@dataclass(slots=True)
class Line:
    """A set line. `adjust[i]`: change of the width after cell i; `gaps[i]`: it may be stretched there."""

    cells: list[Cell]
    adjust: list[int]
    gaps: list[bool]
    width: int
    extra: float = 0.0
    indent: int = 0

    @property
    def text(self) -> str:
        return "".join(c.char for c in self.cells)

    @property
    def drawn_width(self) -> float:
        return self.width + self.extra * sum(self.gaps)


def to_cells(items: Sequence[Inline], fonts: FontChain, *, tabular: bool = False) -> list[Cell]:
    """Look up every character; the caller has made sure that all of them have a glyph."""
    cells: list[Cell] = []
    for item in items:
        bold = item.bold
        for char in item.text:
            if char < " ":  # a tab or line feed pasted into a field has no shape
                continue
            glyph = fonts.glyph(BOX if char == TICKED and item.ticked else char, bold=bold)
            if glyph is None:
                raise BugError(f"no glyph for U+{ord(char):04X}: blocks were not checked")
            if tabular and char in _TABULAR:
                widest = max(g.advance for d in "0123456789" if (g := fonts.glyph(d, bold=bold)))
                cells.append(Cell(char, glyph, widest, item, (widest - glyph.advance) // 2))
            else:
                gap = _BOX_GAP if item.ticked is not None else 0
                cells.append(Cell(char, glyph, glyph.advance + gap, item))
    return cells


def set_lines(
    items: Sequence[Inline],
    fonts: FontChain,
    measure: float,
    *,
    indent: int = 0,
    justify: bool = True,
    tabular: bool = False,
) -> list[Line]:
    """Break one paragraph into lines of at most `measure`; `indent` applies to the first line."""
    cells = to_cells(items, fonts, tabular=tabular)
    if not cells:
        return []
    if indent + sum(c.width for c in cells) <= measure:
        return [_line(cells, indent=indent)]
    breaker = _Breaker(cells, measure, indent)
    spans = breaker.spans()
    if justify:
        breaker.balance(spans)
    lines: list[Line] = []
    for start, end in spans:
        line = _line(cells[start:end], indent=indent if start == 0 else 0, allowed=breaker, start=start)
        _fit(line, measure, last=end == spans[-1][1], justify=justify)
        lines.append(line)
    return lines


def widest_whole(items: Sequence[Inline], fonts: FontChain, *, tabular: bool = False) -> int:
    """Width of the longest piece that must not be cut: a narrower column needs smaller type."""
    breaker = _Breaker(to_cells(items, fonts, tabular=tabular), 0, 0)
    widest = start = 0
    for i in range(1, len(breaker.cells) + 1):
        if i == len(breaker.cells) or breaker.may[i]:
            widest = max(widest, breaker.sums[i] - breaker.sums[start])
            start = i
    return widest


def _squeeze(left: str, right: str) -> int:
    """How much two neighbouring marks move together."""
    if left in CLOSERS:
        return -500 if right in CLOSERS or right in OPENERS else 0
    return -500 if left in OPENERS and right in OPENERS else 0


def _line(cells: list[Cell], *, indent: int = 0, allowed: _Breaker | None = None, start: int = 0) -> Line:
    count = len(cells)
    adjust = [_squeeze(cells[i].char, cells[i + 1].char) for i in range(count - 1)] + [0]
    gaps = [
        not (cells[i].item.underline and cells[i + 1].item is cells[i].item)
        and ((cells[i].wide and cells[i + 1].wide) or (allowed is not None and allowed.may[start + i + 1]))
        for i in range(count - 1)
    ] + [False]
    width = sum(c.width for c in cells) + sum(adjust)
    return Line(cells, adjust, gaps, width, indent=indent)


def _fit(line: Line, measure: float, *, last: bool, justify: bool) -> None:
    """Give up the empty half of a closing mark if the line needs it, then stretch it to the measure."""
    room = measure - line.indent - line.width
    if room < 0 and line.cells and line.cells[-1].char in CLOSERS:
        line.adjust[-1] -= 500
        line.width -= 500
        room += 500
    if last or not justify or room <= 0:
        return
    places = sum(line.gaps)
    if places and room / places <= _MAX_STRETCH:
        line.extra = room / places


Span = tuple[int, int]


def _last_in(table: list[bool], start: int, limit: int) -> int | None:
    """The last allowed cut of start+1…limit."""
    return next((end for end in range(limit, start, -1) if table[end]), None)


@dataclass(slots=True)
class _Breaker:
    """Where a run of cells may be cut: `may[i]` allows a cut before cell i; `sums[i]`: width of the cells before i."""

    cells: list[Cell]
    measure: float
    indent: int
    may: list[bool] = field(init=False)
    sums: list[int] = field(init=False)
    _soft: list[bool] = field(init=False)
    _loose: list[bool] = field(init=False)
    _pairs: list[int] = field(init=False)

    def __post_init__(self) -> None:
        chars = [c.char for c in self.cells]
        self._pairs = [0, *(_squeeze(a, b) for a, b in pairwise(chars))][: len(chars)]
        self.sums = [0, *accumulate(c.width + p for c, p in zip(self.cells, self._pairs, strict=True))]
        self._loose = [True] * (len(chars) + 1)
        for i in range(1, len(chars)):
            if chars[i] in NO_START or chars[i - 1] in NO_END:
                self._loose[i] = False
        self.may = list(self._loose)
        text = "".join(chars)
        for match in _WHOLE.finditer(text):
            for i in range(match.start() + 1, match.end()):
                self.may[i] = False
        for i in range(1, len(chars)):
            here, before = self.cells[i].item, self.cells[i - 1].item
            if chars[i] == " " or (here is before and here.underline and not here.text.strip(SPACE)):
                self.may[i] = False
            if before.ticked is not None:
                self.may[i] = False
        self._soft = list(self.may)
        for match in _CAPITAL_RUN.finditer(text):
            for i in range(match.start() + 2, match.end() - 1):
                self._soft[i] = chars[i - 1] in _CAPITAL_UNITS and chars[i] not in _CAPITAL_UNITS

    def spans(self) -> list[Span]:
        """Fill line after line as far as they hold; blanks at the ends of lines belong to none."""
        result: list[Span] = []
        start = 0
        while start < len(self.cells):
            cut = self._cut(start)
            end = cut
            while end > start + 1 and self._is_space(end - 1):
                end -= 1
            result.append((start, end))
            start = cut
            while start < len(self.cells) and self._is_space(start):
                start += 1
        return result

    def _room(self, start: int, end: int) -> float:
        """What a line of these cells leaves free; negative: it does not fit."""
        used = self.sums[end] - self.sums[start] - self._pairs[start]
        room = self.measure - (self.indent if start == 0 else 0) - used
        return room + 500 if room < 0 and self.cells[end - 1].char in CLOSERS and room >= -500 else room

    def _cut(self, start: int) -> int:
        limit = start
        while limit < len(self.cells) and (self._room(start, limit + 1) >= 0 or self._is_space(limit)):
            limit += 1
        if limit >= len(self.cells):
            return limit
        whole = _last_in(self.may, start, limit)
        if whole is None or self._room(start, whole) > _HOLE:
            whole = _last_in(self._soft, start, limit) or whole
        return whole or _last_in(self._loose, start, limit) or max(limit, start + 1)

    def balance(self, spans: list[Span]) -> None:
        """Where a line came out short because a number would not fit, let the lines before it share the room."""
        for index in range(1, len(spans) - 1):
            if self._room(*spans[index]) > _SHORT:
                first = max(0, index - _SHARE)
                self._share(spans, first, index)

    def _share(self, spans: list[Span], first: int, last: int) -> None:
        """Least squares over the cuts between lines first…last; the outer edges stay."""
        best: dict[int, tuple[float, tuple[int, ...]]] = {spans[first][0]: (0.0, ())}
        for index in range(first, last + 1):
            ends = [spans[last][1]] if index == last else self._cuts(spans[index])
            step: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, cuts) in best.items():
                for end in ends:
                    room = self._room(start, end) if end > start else -1
                    if room < 0:
                        continue
                    total = cost + room * room
                    if end not in step or total < step[end][0]:
                        step[end] = (total, (*cuts, end))
            best = step
        if not best:
            return
        start = spans[first][0]
        for index, end in enumerate(best[spans[last][1]][1], first):
            spans[index] = (start, end)
            start = end

    def _cuts(self, span: Span) -> list[int]:
        start, end = span
        return [
            i
            for i in range(max(start + 1, end - _REACH), end + 1)
            if (self.may[i] or i == end) and not self._is_space(i) and not self._is_space(i - 1)
        ]

    def _is_space(self, index: int) -> bool:
        cell = self.cells[index]
        return cell.char in (SPACE, " ") and not cell.item.underline
