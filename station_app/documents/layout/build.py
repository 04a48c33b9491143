"""A paper's blocks to pages: each kind of block has one function that cuts it into pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from station_app.documents import blocks as b
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline
from station_app.documents.layout import sign, tables, text
from station_app.documents.layout.flow import MM, TEXT_WIDTH, Page, Piece, TextOp, paginate
from station_app.documents.layout.measures import TABLE, Body, baseline, leading
from station_app.documents.linebreak import set_lines

#: A page that ends with more room than this (points) says so.
_OPEN = 35 * MM
BLANK_BELOW = "（以下空白）"

Setter = Callable[[Any, FontChain, Body], list[Piece]]

_SETTERS: dict[type[b.Block], Setter] = {
    b.Title: text.title,
    b.Number: text.number,
    b.Heading: text.heading,
    b.Paragraph: text.paragraph,
    b.FieldLines: text.field_lines,
    b.Grid: tables.grid,
    b.Signatures: sign.signatures,
    b.Checklist: text.checklist,
    b.Closing: text.closing,
    b.PageBreak: lambda block, fonts, body: [],
    b.Spacer: lambda block, fonts, body: [Piece(body.pitch * block.lines, loose=True)],
}


def lay_out(paper: b.Paper, fonts: FontChain) -> list[Page]:
    """Pages of a paper. Signing places take the last two lines of text along, so none stands alone."""
    body = Body(paper.body)
    pieces: list[Piece] = []
    turn = False
    text_before = 0
    for block in paper.blocks:
        cut = _SETTERS[type(block)](block, fonts, body)
        if cut and turn:
            cut[0].new_page = True
            turn = False
        if isinstance(block, b.PageBreak):
            turn = True
        if isinstance(block, b.Signatures):
            if cut and pieces and not cut[0].new_page:
                cut[0].glue = True
                pieces[-1].glue = pieces[-1].glue or text_before > 1
            text_before = 0
        else:
            text_before += len(cut)
        pieces += cut
    pages = paginate(pieces)
    for page in pages[:-1]:
        if page.room() > _OPEN:
            page.put(_blank_below(fonts))
    return pages


def _blank_below(fonts: FontChain) -> Piece:
    """Says that nothing follows on this page, so that nothing can be added to it."""
    line = set_lines([Inline(BLANK_BELOW)], fonts, TEXT_WIDTH * 1000, justify=False)[0]
    x = text.offset(line, TABLE, TEXT_WIDTH, "center")
    return Piece(2 * leading(TABLE), [TextOp(x, baseline(2 * leading(TABLE), TABLE), line, TABLE, gray=0.35)])
