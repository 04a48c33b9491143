"""Ruled tables: columns scaled to the measure, heads repeated, rows whole unless longer than a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.documents.blocks import Align, Grid, GridCell, Items
from station_app.documents.fonts import FontChain
from station_app.documents.inline import paragraphs
from station_app.documents.layout.flow import MM, Op, Piece, RuleOp, TextOp
from station_app.documents.layout.measures import Body, baseline, leading, measure
from station_app.documents.layout.text import bold, offset
from station_app.documents.linebreak import Line, set_lines, widest_whole

_PAD_X = 1.2 * MM
_PAD_Y = 1.1 * MM
#: Tables in 六号 are set close, so that a wide one stays on its sheet.
_PAD_CLOSE = 0.6 * MM
_CLOSE = 8.0
_RULE = 0.5
#: Type is not made smaller than this to fit a column.
_LEAST = 6.5
#: A row of more lines than this may be cut between two of them.
_WHOLE_LINES = 12


@dataclass(frozen=True, slots=True)
class _SetCell:
    x: float
    width: float
    align: Align
    lines: list[Line]
    size: float
    top: bool


class GridSetter:
    """Sets the rows of one grid."""

    def __init__(self, grid: Grid, fonts: FontChain, width: float) -> None:
        self.grid = grid
        self.width = width
        self.fonts = fonts
        total = sum(c.width for c in grid.columns)
        self.edges = [0.0]
        for column in grid.columns:
            self.edges.append(self.edges[-1] + column.width / total * width)
        self.leading = leading(grid.size)
        self.pad = _PAD_Y if grid.size > _CLOSE else _PAD_CLOSE

    def pieces(self) -> list[Piece]:
        grid = self.grid
        heads = [self._whole(self._set(row, head=True), 0.0) for row in grid.head]
        for head in heads:
            head.keep_next = True
        result = list(heads)
        heights = grid.row_heights
        for index, row in enumerate(grid.rows):
            least = heights[index] if index < len(heights) else grid.row_height
            cut = self._row(row, least * MM, heads)
            # The last row takes the one before it along: none stands alone under repeated heads.
            cut[0].glue = 0 < index == len(grid.rows) - 1
            result += cut
        for row in grid.foot:
            foot = self._whole(self._set(row), grid.row_height * MM)
            foot.heads = heads
            foot.glue = True
            result.append(foot)
        return result

    def _set(self, row: Sequence[GridCell], *, head: bool = False) -> list[_SetCell]:
        cells: list[_SetCell] = []
        column = 0
        for cell in row:
            spec = self.grid.columns[column]
            x0, x1 = self.edges[column], self.edges[column + cell.span]
            align: Align = cell.align or ("center" if head else spec.align)
            strong = cell.bold or head
            items = bold(cell.items) if strong else cell.items
            width = x1 - x0 - 2 * _PAD_X
            lines, size = self._lines(items, width, align, figures=spec.figures and not head)
            cells.append(_SetCell(x0 + _PAD_X, width, align, lines, size, cell.top))
            column += cell.span
        return cells

    def _lines(self, items: Items, width: float, align: Align, *, figures: bool) -> tuple[list[Line], float]:
        """Lines of a cell; where a number or date is wider than the column the type shrinks, it is never cut."""
        size = self.grid.size
        parts = paragraphs(items)
        room = measure(width, size)
        need = max((_need(part, self.fonts, room, figures=figures) for part in parts), default=0)
        if need > room:
            size = max(size * room / need * 0.999, _LEAST)
        lines = [
            line
            for part in parts
            for line in set_lines(part, self.fonts, measure(width, size), justify=align == "justify", tabular=figures)
        ]
        return lines, size

    def _row(self, row: Sequence[GridCell], least: float, heads: Sequence[Piece]) -> list[Piece]:
        cells = self._set(row)
        tallest = max((len(c.lines) for c in cells), default=1)
        pieces = self._cut(cells, tallest) if tallest > _WHOLE_LINES else [self._whole(cells, least)]
        for piece in pieces:
            piece.heads = heads
        return pieces

    def _whole(self, cells: Sequence[_SetCell], least: float) -> Piece:
        """A row in one piece, its text in the middle of its height."""
        tallest = max([1, *(len(c.lines) for c in cells)])
        height = max(tallest * self.leading + 2 * self.pad, least)
        ops: list[Op] = []
        for cell in cells:
            top = self.pad if cell.top else (height - len(cell.lines) * self.leading) / 2
            ops += self._text(cell, cell.lines, top)
        ops += [self._across(0), self._across(height), *self._uprights(cells, height)]
        return Piece(height, ops)

    def _cut(self, cells: Sequence[_SetCell], tallest: int) -> list[Piece]:
        """A long row line by line; labels stay with the first lines, open edges close at a page's end."""
        pieces: list[Piece] = []
        for index in range(tallest):
            first, last = index == 0, index == tallest - 1
            height = self.leading + (self.pad if first else 0) + (self.pad if last else 0)
            ops: list[Op] = []
            for cell in cells:
                ops += self._text(cell, cell.lines[index : index + 1], self.pad if first else 0)
            ops += self._uprights(cells, height)
            if first:
                ops.append(self._across(0))
            if last:
                ops.append(self._across(height))
            pieces.append(
                Piece(
                    height,
                    ops,
                    glue=index in (1, 2) or (last and index > 0),
                    seam_below=() if last else (self._across(height),),
                    seam_above=() if first else (self._across(0),),
                )
            )
        return pieces

    def _text(self, cell: _SetCell, lines: Sequence[Line], top: float) -> list[Op]:
        return [
            TextOp(
                cell.x + offset(line, cell.size, cell.width, cell.align),
                top + i * self.leading + baseline(self.leading, cell.size),
                line,
                cell.size,
            )
            for i, line in enumerate(lines)
        ]

    def _uprights(self, cells: Sequence[_SetCell], height: float) -> list[Op]:
        xs = [c.x - _PAD_X for c in cells] + [self.width]
        return [RuleOp(x, 0, x, height, _RULE) for x in xs]

    def _across(self, y: float) -> RuleOp:
        return RuleOp(0, y, self.width, y, _RULE)


def _need(items: Items, fonts: FontChain, room: float, *, figures: bool) -> int:
    """Width of the longest uncuttable piece, 0 where everything fits on a line anyway."""
    if sum(len(i.text) for i in items) * 1000 <= room:
        return 0
    return widest_whole(items, fonts, tabular=figures)


def grid(block: Grid, fonts: FontChain, body: Body) -> list[Piece]:
    """The caption stands above and goes along with the first row."""
    pieces: list[Piece] = []
    if block.caption:
        size = max(block.size, min(body.size, 14.0))
        height = size * 1.9
        for line in set_lines(bold(block.caption), fonts, measure(body.width, size), justify=False):
            x = offset(line, size, body.width, "center")
            pieces.append(Piece(height, [TextOp(x, baseline(height, size), line, size)], keep_next=True))
    else:
        pieces.append(Piece(1.5 * MM, loose=True, keep_next=True))
    return [*pieces, *GridSetter(block, fonts, body.width).pieces(), Piece(body.pitch * 0.35, loose=True)]
