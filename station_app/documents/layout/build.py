"""A paper's blocks to pages: each kind of block has one function that cuts it into pieces."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from station_app.documents import blocks as b
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline
from station_app.documents.layout import images, sign, tables, text
from station_app.documents.layout.flow import MM, SHEETS, Page, Piece, TextOp, paginate
from station_app.documents.layout.measures import TABLE, Body, baseline, leading
from station_app.documents.linebreak import set_lines

#: A page that ends with more room than this (points) says so.
_OPEN = 35 * MM
BLANK_BELOW = "（以下空白）"
#: Paragraphs of no more lines than this stay whole before signing places.
_SHORT = 3

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
    b.Ruled: text.ruled,
    b.Code: text.code,
    b.Spacer: lambda block, fonts, body: [Piece(body.pitch * block.lines, loose=True)],
}


def lay_out(paper: b.Paper, fonts: FontChain, jpegs: dict[str, images.Jpeg] | None = None) -> list[Page]:
    """Pages of a paper. Signing places take the last lines of text along, so none stands alone.

    `jpegs`: the pictures its blocks name, by their SHA-256.
    """
    sheet = SHEETS[paper.page]
    body = Body(paper.body, sheet.text_width)
    setters: dict[type[b.Block], Setter] = {**_SETTERS, b.Pictures: images.setter(jpegs or {})}
    cuts: list[list[Piece]] = []
    texts: list[list[Piece]] = []
    turn = addressed = False
    for block in paper.blocks:
        cut = setters[type(block)](block, fonts, body)
        turn = turn or isinstance(block, b.PageBreak)
        if not cut:
            continue
        if turn:
            cut[0].new_page, turn, texts = True, False, []
        if isinstance(block, b.Signatures) or (isinstance(block, b.Grid) and block.signs):
            for piece in cut:
                piece.signs = not piece.loose
        if isinstance(block, b.Closing) or addressed:
            _follow(texts, cut)
        addressed = isinstance(block, b.Closing)
        if isinstance(block, b.Signatures):
            _take_along(texts, cut)
            texts = []
        else:
            texts.append(cut)
        cuts.append(cut)
    pages = paginate((piece for cut in cuts for piece in cut), sheet)
    _mark_open_ends(pages, cuts, fonts)
    return pages


def sign_pages(pages: list[Page]) -> tuple[int, ...]:
    """The pages, from 1, on which somebody signs or seals."""
    return tuple(no for no, page in enumerate(pages, 1) if any(piece.signs for _, piece in page.placed))


def _take_along(texts: list[list[Piece]], signing: list[Piece]) -> None:
    """At least two lines of text go where signing begins; a paragraph of up to three is not torn for it."""
    if not texts:
        return
    signing[0].glue = True
    last = texts[-1]
    _keep_whole(last)
    if len(last) == 1 and len(texts) > 1:
        last[0].glue = True
        _keep_whole(texts[-2])


def _follow(texts: list[list[Piece]], cut: list[Piece]) -> None:
    """此致 and to whom: never without a line of what is said to them before it, nor without what is enclosed."""
    if texts:
        cut[0].glue = True
        _keep_whole(texts[-1])


def _keep_whole(cut: list[Piece]) -> None:
    for piece in cut[1:] if len(cut) <= _SHORT else cut[-1:]:
        piece.glue = True


def _mark_open_ends(pages: list[Page], cuts: list[list[Piece]], fonts: FontChain) -> None:
    """A page left half open says that nothing follows on it, unless a paragraph goes on overleaf."""
    starts = {id(piece) for cut in cuts for piece in (cut[:2] if cut[0].loose else cut[:1])}
    for page, following in pairwise(pages):
        if page.room() > _OPEN and following.placed and id(following.placed[0][1]) in starts:
            page.put(_blank_below(fonts, page.sheet.text_width))


def _blank_below(fonts: FontChain, width: float) -> Piece:
    """Says that nothing follows on this page, so that nothing can be added to it."""
    line = set_lines([Inline(BLANK_BELOW)], fonts, width * 1000, justify=False)[0]
    x = text.offset(line, TABLE, width, "center")
    return Piece(2 * leading(TABLE), [TextOp(x, baseline(2 * leading(TABLE), TABLE), line, TABLE, gray=0.35)])
