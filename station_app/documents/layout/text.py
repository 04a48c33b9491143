"""Running text: titles, headings, paragraphs, lists, underlined fields."""

from __future__ import annotations

from collections.abc import Sequence

from station_app.documents.blocks import (
    Align,
    Checklist,
    Closing,
    Code,
    Field,
    FieldLines,
    Heading,
    Items,
    Number,
    Paragraph,
    Ruled,
    Title,
)
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline, paragraphs
from station_app.documents.layout.flow import MM, Op, Piece, RuleOp, SymbolOp, TextOp
from station_app.documents.layout.measures import SIZES, TITLE, Body, baseline, leading, measure
from station_app.documents.linebreak import Line, set_lines, to_cells

_SYMBOL = 90 * MM
_WHITE = 8 * MM
"""A code of 90 mm is read from about a metre away; four modules of white belong around it."""


def bold(items: Items) -> list[Inline]:
    return [Inline(i.text, True, i.underline, i.ticked, i.place) for i in items]


def offset(line: Line, size: float, width: float, align: Align) -> float:
    """Left end of a line inside a width."""
    room = width - line.drawn_width * size / 1000
    if align == "center":
        return room / 2
    return room if align == "right" else line.indent * size / 1000


def title(block: Title, fonts: FontChain, body: Body) -> list[Piece]:
    lines = set_lines(bold(block.items), fonts, measure(body.width, TITLE), justify=False)
    height = TITLE * 1.5
    pieces = [
        Piece(
            height,
            [TextOp(offset(line, TITLE, body.width, "center"), baseline(height, TITLE), line, TITLE)],
            glue=number > 0,
            keep_next=True,
        )
        for number, line in enumerate(lines)
    ]
    pieces.append(Piece(body.pitch * 2 - height if body.size > 12 else body.pitch * 0.7, keep_next=True))
    return pieces


def number(block: Number, fonts: FontChain, body: Body) -> list[Piece]:
    size = min(body.size, SIZES["四号"])
    pieces = _lines(block.items, fonts, size=size, pitch=body.pitch, align="right", width=body.width)
    for piece in pieces:
        piece.keep_next = True
    return pieces


def heading(block: Heading, fonts: FontChain, body: Body) -> list[Piece]:
    pieces = _lines(bold(block.items), fonts, size=body.size, pitch=body.pitch, align="left", width=body.width)
    for piece in pieces:
        piece.keep_next = True
    return pieces


def paragraph(block: Paragraph, fonts: FontChain, body: Body) -> list[Piece]:
    size = block.size or body.size
    pitch = body.pitch if block.size is None or block.size == body.size else leading(block.size)
    pieces: list[Piece] = []
    for part in paragraphs(block.items):
        pieces += _lines(part, fonts, size=size, pitch=pitch, align=block.align, width=body.width, indent=block.indent)
    return pieces


def closing(block: Closing, fonts: FontChain, body: Body) -> list[Piece]:
    pieces = _lines(
        [Inline(block.lead)], fonts, size=body.size, pitch=body.pitch, align="left", width=body.width, indent=2
    )
    pieces[-1].keep_next = True
    return pieces + _lines(block.addressee, fonts, size=body.size, pitch=body.pitch, align="left", width=body.width)


def checklist(block: Checklist, fonts: FontChain, body: Body) -> list[Piece]:
    return [
        piece
        for line in block.lines
        for piece in _lines(line, fonts, size=body.size, pitch=body.pitch, align="justify", width=body.width, indent=2)
    ]


def ruled(block: Ruled, fonts: FontChain, body: Body) -> list[Piece]:
    """Lines to write on by hand, at least 9.5 mm apart."""
    pitch = max(body.pitch, 9.5 * MM)
    return [Piece(pitch, [RuleOp(0, pitch - 1, body.width, pitch - 1, gray=0.35)]) for _ in range(block.lines)]


def _lines(
    items: Sequence[Inline],
    fonts: FontChain,
    *,
    size: float,
    pitch: float,
    align: Align,
    width: float,
    indent: int = 0,
) -> list[Piece]:
    lines = set_lines(
        items,
        fonts,
        measure(width, size),
        indent=indent * 1000,
        justify=align == "justify",
    )
    base = baseline(pitch, size)
    return [Piece(pitch, [TextOp(offset(line, size, width, align), base, line, size)]) for line in lines] or [
        Piece(pitch)
    ]


def field_lines(block: FieldLines, fonts: FontChain, body: Body) -> list[Piece]:
    """Rows of labels and underlined values; a long value goes on over more underlined lines."""
    pieces: list[Piece] = []
    if block.heading:
        pieces += heading(Heading(block.heading), fonts, body)
    for row in block.rows:
        pieces.append(_field_row(row, fonts, body))
    for piece in pieces[1:]:
        piece.glue = True
    return pieces


def _field_row(row: Sequence[Field], fonts: FontChain, body: Body) -> Piece:
    """Labels take what they need, the values share the rest."""
    size, pitch = body.size, body.pitch
    em = size / 1000
    gap = 0.5 * size
    labels = [set_lines([Inline(f.label)], fonts, measure(body.width, size))[0] for f in row]
    free = body.width - sum(label.width * em + 2 * gap for label in labels) + gap
    widths = _shares(row, fonts, free, size)
    ops: list[Op] = []
    x, tallest = 0.0, 1
    for field, label, width in zip(row, labels, widths, strict=True):
        ops.append(TextOp(x, baseline(pitch, size), label, size))
        x += label.width * em + gap
        lines = set_lines(field.items, fonts, measure(width - gap / 2, size), justify=False)
        for index in range(max(1, len(lines))):
            top = index * pitch
            if index < len(lines):
                ops.append(TextOp(x + gap / 4, top + baseline(pitch, size), lines[index], size))
            under = top + baseline(pitch, size) + 0.2 * size
            ops.append(RuleOp(x, under, x + width, under))
        tallest = max(tallest, len(lines))
        x += width + gap
    return Piece(pitch * tallest, ops)


def _shares(row: Sequence[Field], fonts: FontChain, free: float, size: float) -> list[float]:
    """Widths by weight; where a value needs more, those that need less give it what they can spare."""
    total = sum(f.weight for f in row)
    shares = [free * f.weight / total for f in row]
    needs = [sum(c.width for c in to_cells(f.items, fonts)) * size / 1000 + 0.3 * size for f in row]
    if all(need <= share for need, share in zip(needs, shares, strict=True)):
        return shares
    widths = [0.0] * len(row)
    left = total
    for index in sorted(range(len(row)), key=lambda i: needs[i] / row[i].weight):
        widths[index] = min(needs[index], free * row[index].weight / left)
        free -= widths[index]
        left -= row[index].weight
    return [width + free * f.weight / total for width, f in zip(widths, row, strict=True)]


def code(block: Code, fonts: FontChain, body: Body) -> list[Piece]:
    """The symbol in the middle, with the white around it that readers need."""
    return [Piece(_SYMBOL + 2 * _WHITE, [SymbolOp((body.width - _SYMBOL) / 2, _WHITE, _SYMBOL, block.content)])]
