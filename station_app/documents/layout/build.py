"""A paper's blocks to pages: each kind of block has one function that cuts it into pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from station_app.documents import blocks as b
from station_app.documents.fonts import FontChain
from station_app.documents.layout import sign, tables, text
from station_app.documents.layout.flow import Page, Piece, paginate
from station_app.documents.layout.measures import Body

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
    for block in paper.blocks:
        cut = _SETTERS[type(block)](block, fonts, body)
        if cut and turn:
            cut[0].new_page = True
            turn = False
        if isinstance(block, b.PageBreak):
            turn = True
        if isinstance(block, b.Signatures) and cut and pieces and not cut[0].new_page:
            cut[0].glue = True
            pieces[-1].glue = True
        pieces += cut
    return paginate(pieces)
