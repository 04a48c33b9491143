"""Places to sign and to seal: words and white space, a blank date line for each hand, never alone on a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from station_app.documents.blocks import Align, Column, Grid, GridCell, Signatures, Signer
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline, blank
from station_app.documents.layout.flow import MM, Op, Piece, RuleOp, TextOp
from station_app.documents.layout.measures import SIGN, TABLE_SMALL, Body, baseline, leading, measure
from station_app.documents.layout.tables import GridSetter
from station_app.documents.layout.text import offset
from station_app.documents.linebreak import Line, set_lines

#: White space for a seal (a committee's is 42 mm across at most), kept free of anything but its words.
SEAL = 45 * MM
_ROW = 12 * MM
_DATE = 42 * MM
_LABEL = 92 * MM
_STEP = 10.5 * MM
#: More persons under one label than this sign in a table.
_IN_LINES = 6
_TABLE_ROW = 10.4


def signatures(block: Signatures, fonts: FontChain, body: Body) -> list[Piece]:
    setter = _Setter(fonts, body.width)
    pieces: list[Piece] = [Piece(4 * MM, loose=True)]
    if block.note:
        pieces += setter.note(block.note)
    for _, members in groupby(block.signers, key=_group):
        signers = list(members)
        if signers[0].kind == "person" and len(signers) > _IN_LINES:
            pieces += setter.table(signers)
        elif signers[0].kind in ("person", "official"):
            pieces += [setter.line(s) for s in signers]
        else:
            pieces += [setter.band(s) for s in signers]
    for piece in pieces:
        piece.soft = True
    pieces[1].glue = pieces[-1].glue = True
    return pieces


def _group(signer: Signer) -> tuple[str, str]:
    return (signer.kind, signer.label) if signer.kind == "person" else (signer.kind, "")


def date_blank() -> list[Inline]:
    return [blank(3), Inline("年"), blank(2), Inline("月"), blank(2), Inline("日")]


class _Setter:
    def __init__(self, fonts: FontChain, width: float) -> None:
        self.fonts = fonts
        self.width = width
        self.seal_left = width - SEAL
        self.leading = leading(SIGN)

    def _set(self, items: Sequence[Inline], width: float, size: float = SIGN) -> list[Line]:
        return set_lines(items, self.fonts, measure(width, size), justify=False)

    def note(self, items: Sequence[Inline]) -> list[Piece]:
        base = baseline(self.leading, SIGN)
        lines = self._set(items, self.width)
        return [Piece(self.leading, [TextOp(0, base, line, SIGN)], keep_next=True) for line in lines]

    def _date(self, y: float, right: float) -> TextOp:
        line = self._set(date_blank(), self.width)[0]
        return TextOp(right - line.width * SIGN / 1000, y, line, SIGN)

    def line(self, signer: Signer) -> Piece:
        """Label, name and how to sign; a rule to sign on; the date. A long name has a line of its own above them."""
        words = f"{signer.label}　{signer.name}" if signer.name else signer.label
        how = f"（{signer.words}）：" if signer.words else "："
        lines = self._set([Inline(words + how)], _LABEL)
        if len(lines) > 1:
            lines = [*self._set([Inline(words)], self.width), *self._set([Inline(how)], _LABEL)]
        height = max(_ROW, len(lines) * self.leading + 4 * MM)
        return Piece(height, self._signing(lines, height - 3 * MM, self.width))

    def _signing(self, lines: Sequence[Line], low: float, right: float) -> list[Op]:
        """Label lines ending at the baseline `low`, a rule after the last of them, a date at the right."""
        ops: list[Op] = [TextOp(0, low - i * self.leading, line, SIGN) for i, line in enumerate(reversed(lines))]
        start = lines[-1].width * SIGN / 1000 + 1 * MM
        ops.append(RuleOp(start, low + 0.2 * SIGN, right - _DATE, low + 0.2 * SIGN))
        ops.append(self._date(low, right))
        return ops

    def band(self, signer: Signer) -> Piece:
        """Name and signing lines at the left, the seal's white space at the right."""
        left = self.seal_left - 4 * MM
        ops: list[Op] = []
        y = 3 * MM
        for line in self._set([Inline(f"{signer.label}：{signer.name}")], left):
            ops.append(TextOp(0, y + baseline(self.leading, SIGN), line, SIGN))
            y += self.leading
        for official in signer.beside:
            y += _STEP
            ops += self._signing(self._set([Inline(f"{official}（签名）：")], left), y, left)
        if signer.acting:
            lines = self._set([Inline(f"{signer.acting}（签名）：")], left)
            y = max(y + _STEP, SEAL - 4 * MM - _STEP)
            ops += [TextOp(0, y - i * self.leading, line, SIGN) for i, line in enumerate(reversed(lines))]
            start = lines[-1].width * SIGN / 1000 + 1 * MM
            ops.append(RuleOp(start, y + 0.2 * SIGN, left, y + 0.2 * SIGN))
        height = max(SEAL, y + _STEP + 4 * MM)
        sealed = "盖章日期：" if signer.kind == "committee" else "日期："
        low = height - 4 * MM
        ops += [TextOp(0, low, self._set([Inline(sealed)], left)[0], SIGN), self._date(low, left)]
        words = self._set([Inline(f"（{signer.seal}）")], SEAL, 10.5)
        for i, line in enumerate(words):
            x = self.seal_left + offset(line, 10.5, SEAL, "center")
            ops.append(TextOp(x, 5 * MM + (i + 1) * 14, line, 10.5, gray=0.45))
        return Piece(height + 2 * MM, ops)

    def table(self, signers: Sequence[Signer]) -> list[Piece]:
        """Many persons: two to a row, each with room for a signature with a fingerprint and a date."""
        how = signers[0].words or "签名"
        label = signers[0].label
        widths: tuple[tuple[float, Align], ...] = ((10, "center"), (19, "center"), (26, "center"), (23, "right"))
        columns = [Column(w, a) for _ in range(2) for w, a in widths]
        head = [GridCell([Inline(t)]) for _ in range(2) for t in ("序号", label, how, "日期")]
        rows = []
        for index in range(0, len(signers), 2):
            row: list[GridCell] = []
            for number, signer in enumerate(signers[index : index + 2], index + 1):
                row += [
                    GridCell([Inline(str(number))]),
                    GridCell([Inline(signer.name, place=label)]),
                    GridCell([]),
                    GridCell([Inline("年　月　日")], align="right"),
                ]
            row += [GridCell([])] * (8 - len(row))
            rows.append(row)
        grid = Grid(columns, [head], rows, size=TABLE_SMALL, row_height=_TABLE_ROW)
        return [*GridSetter(grid, self.fonts, self.width).pieces(), Piece(3 * MM, loose=True)]
