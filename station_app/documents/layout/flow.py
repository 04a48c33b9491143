"""Pieces that are never cut, and how they are dealt out to pages.

Lengths are points. Inside a piece x runs right from the left edge of the text area and y runs down from the
piece's top; on a page both run from the top left corner of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from station_app.documents.linebreak import Line

MM = 72 / 25.4
# GB/T 9704-2012, 5.2: top 37 mm, binding edge 28 mm, type area 156 mm × 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, 37 * MM
TEXT_WIDTH, TEXT_HEIGHT = 156 * MM, 225 * MM
_SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper and its type area; but for the one that lies, every sheet is 210 mm wide, with one measure."""

    height: float
    top: float
    text_height: float
    width: float = PAGE_WIDTH
    left: float = LEFT
    text_width: float = TEXT_WIDTH


A4 = Sheet(PAGE_HEIGHT, TOP, TEXT_HEIGHT)
#: A5 lying: half of an A4 sheet cut across, 210 mm × 148.5 mm; 33 mm at its foot for the footer and the code.
A5 = Sheet(148.5 * MM, 14 * MM, 101.5 * MM)
#: A4 lying, for wide tables; bound at its upper edge.
A4_ACROSS = Sheet(PAGE_WIDTH, 16 * MM, 167 * MM, width=PAGE_HEIGHT, left=16 * MM, text_width=265 * MM)
SHEETS = {"A4": A4, "A5": A5, "A4-across": A4_ACROSS}


@dataclass(frozen=True, slots=True)
class TextOp:
    """A set line with its left end at x and its baseline at y."""

    x: float
    y: float
    line: Line
    size: float
    gray: float = 0.0


@dataclass(frozen=True, slots=True)
class RuleOp:
    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    gray: float = 0.0


@dataclass(frozen=True, slots=True)
class ImageOp:
    """A picture with its top left corner at (x, y); `sha` names its bytes."""

    x: float
    y: float
    width: float
    height: float
    sha: str


@dataclass(frozen=True, slots=True)
class SymbolOp:
    """A two-dimensional code with its top left corner at (x, y)."""

    x: float
    y: float
    side: float
    content: str


Op = TextOp | RuleOp | ImageOp | SymbolOp


@dataclass(slots=True)
class Piece:
    """A slice of a paper that stays whole.

    `glue`: stays on the page of the piece before it; `keep_next`: takes the next one along; `soft`: like glue, but
    only as long as one page can hold all that hangs together.
    `heads`: repeated above it when it opens a page. `loose`: falls away at the top of a page.
    `seam_below`, `seam_above`: rules that close or open a table row cut at this edge. `signs`: somebody signs here.
    """

    height: float
    ops: list[Op] = field(default_factory=list)
    glue: bool = False
    soft: bool = False
    keep_next: bool = False
    heads: Sequence[Piece] = ()
    loose: bool = False
    new_page: bool = False
    seam_below: Sequence[Op] = ()
    seam_above: Sequence[Op] = ()
    signs: bool = False


@dataclass(slots=True)
class Page:
    """Pieces with the distance of their tops from the top of the text area."""

    placed: list[tuple[float, Piece]] = field(default_factory=list)
    used: float = 0.0
    sheet: Sheet = A4

    def room(self) -> float:
        return self.sheet.text_height - self.used + _SLACK

    def put(self, piece: Piece) -> None:
        self.placed.append((self.used, piece))
        self.used += piece.height


def paginate(pieces: Iterable[Piece], sheet: Sheet = A4) -> list[Page]:
    """Fill pages from top to bottom; what hangs together moves on as a whole if a page can hold it."""
    pages = [Page(sheet=sheet)]
    for group in _chunks(pieces, soft=True):
        if group[0].new_page and pages[-1].placed:
            _turn(pages, None)
        if _settle(pages, group):
            continue
        for chunk in _chunks(group, soft=False):
            if not _settle(pages, chunk):
                for piece in chunk:
                    _put(pages, piece)
    # What falls away at the top of a page can have opened one for itself alone.
    return pages if pages[-1].placed or len(pages) == 1 else pages[:-1]


def _settle(pages: list[Page], chunk: Sequence[Piece]) -> bool:
    """Put pieces on this page or on the next one; False if no page can hold them all."""
    height = sum(p.height for p in chunk)
    if height > pages[-1].room():
        if height + sum(h.height for h in chunk[0].heads) > pages[-1].sheet.text_height + _SLACK:
            return False
        if pages[-1].placed:
            _turn(pages, chunk[0])
    for piece in chunk:
        _put(pages, piece)
    return True


def _put(pages: list[Page], piece: Piece) -> None:
    page = pages[-1]
    if piece.height > page.room() and page.placed and not (piece.loose and piece.height <= 0):
        page = _turn(pages, piece)
    if piece.loose and not page.placed:
        return
    page.put(piece)


def _turn(pages: list[Page], first: Piece | None) -> Page:
    """Close the page and open the next one, with the table heads and seams its first piece needs."""
    closing = pages[-1]
    page = Page(sheet=closing.sheet)
    pages.append(page)
    if first is None:
        return page
    if first.seam_above and closing.placed:
        top, last = closing.placed[-1]
        closing.placed[-1] = (top, _with(last, last.seam_below))
    for head in first.heads:
        page.put(head)
    if first.seam_above:
        page.put(Piece(0.0, list(first.seam_above)))
    return page


def _with(piece: Piece, extra: Sequence[Op]) -> Piece:
    return Piece(piece.height, [*piece.ops, *extra], heads=piece.heads)


def _chunks(pieces: Iterable[Piece], *, soft: bool) -> Iterable[list[Piece]]:
    chunk: list[Piece] = []
    for piece in pieces:
        if chunk and not piece.new_page and (piece.glue or chunk[-1].keep_next or (soft and piece.soft)):
            chunk.append(piece)
        else:
            if chunk:
                yield chunk
            chunk = [piece]
    if chunk:
        yield chunk
