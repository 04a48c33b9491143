"""What stands on every page beside the text: code, footer line, page number, and the marks of drafts and samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.documents.cidfont import FontBook
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline
from station_app.documents.layout.draw import op_operators, text_operators
from station_app.documents.layout.flow import A4, MM, PAGE_HEIGHT, Sheet, TextOp
from station_app.documents.layout.measures import FOOT
from station_app.documents.linebreak import set_lines
from station_app.documents.proof import Proof, encode_payload, mark_page
from station_app.documents.qr import matrix, operators

#: CONTRACT: at least 20 mm; 22 mm gives a symbol of version 9 modules of 0.41 mm, 2.4 dots at 150 dpi.
CODE_SIDE = 22 * MM
_CODE_LOW = 7.5 * MM
_FOOT_HIGH = 23 * MM
_FOOT_STEP = 4.2 * MM

DEMO = "演示样张　不具法律效力"
DRAFT = "讨论稿"
_LIGHT = 0.9
#: Where the sample's words stand in the upper margin (20 of 37 mm on A4).
_DEMO_HIGH = 20 / 37


@dataclass(frozen=True, slots=True)
class Furniture:
    """`notes`: further small lines under the footer line of the last page."""

    short_title: str
    number: str
    version: int
    proof: Proof | None
    draft: bool
    demo: bool
    notes: Sequence[str] = ()
    sheet: Sheet = A4

    def texts(self) -> list[str]:
        """All words it may print, to be checked beside those of the blocks."""
        fixed = "第0123456789版页共　，扫描右侧二维码可核对本页不作签署存档之用（以下空白）"
        return [self.short_title, self.number, DEMO, DRAFT, *self.notes, fixed]

    def under(self, fonts: FontChain, book: FontBook) -> list[str]:
        """Watermarks, drawn before the text."""
        out: list[str] = []
        if self.draft:
            out += _diagonal(DRAFT, fonts, book, size=120 * self._scale, sheet=self.sheet)
        if self.demo:
            out += _diagonal(DEMO, fonts, book, size=46 * self._scale, sheet=self.sheet)
            out += _centred(DEMO, fonts, book, size=10.5, sheet=self.sheet, gray=0.4)
        return out

    @property
    def _scale(self) -> float:
        return min(self.sheet.height / PAGE_HEIGHT, 1.0)

    def over(self, fonts: FontChain, book: FontBook, *, page: int, pages: int) -> list[str]:
        """Footer lines and the page's code."""
        lines = [self._first_line(), f"第 {page} 页　共 {pages} 页"]
        out: list[str] = []
        if self.proof is not None:
            mark = mark_page(self.proof, page=page, pages=pages)
            symbol = matrix(encode_payload(mark))
            out += operators(symbol, x=self.sheet.left + self.sheet.text_width - CODE_SIDE, y=_CODE_LOW, side=CODE_SIDE)
            lines[1] += "　　扫描右侧二维码可核对本页"
        if page == pages:
            lines += self.notes
        for index, text in enumerate(lines):
            out += _left(text, fonts, book, y=_FOOT_HIGH - index * _FOOT_STEP, sheet=self.sheet)
        return out

    def _first_line(self) -> str:
        if self.draft:
            return f"{self.short_title}　{DRAFT}，不作签署、存档之用"
        number = f"　{self.number}" if self.number else ""
        version = f"　第{self.version}版" if self.version else ""
        return f"{self.short_title}{number}{version}"


def _left(text: str, fonts: FontChain, book: FontBook, *, y: float, sheet: Sheet) -> list[str]:
    room = (sheet.text_width - CODE_SIDE - 4 * MM) / FOOT * 1000
    lines = set_lines([Inline(text)], fonts, room, justify=False)
    return op_operators([TextOp(0, 0, lines[0], FOOT, gray=0.25)], book, x=sheet.left, y=y) if lines else []


def _centred(text: str, fonts: FontChain, book: FontBook, *, size: float, sheet: Sheet, gray: float) -> list[str]:
    line = set_lines([Inline(text)], fonts, 1e6, justify=False)[0]
    x = sheet.left + (sheet.text_width - line.width * size / 1000) / 2
    y = sheet.height - sheet.top * _DEMO_HIGH
    return text_operators(TextOp(0, 0, line, size, gray=gray), book, x=x, y=y)


def _diagonal(text: str, fonts: FontChain, book: FontBook, *, size: float, sheet: Sheet) -> list[str]:
    """Light grey across the sheet, no transparency (PDF/A-1 knows none)."""
    line = set_lines([Inline(text, bold=True)], fonts, 1e6, justify=False)[0]
    half = line.width * size / 2000
    op = TextOp(-half, 0.35 * size, line, size, gray=_LIGHT)
    cos, sin = (0.574, 0.819) if sheet is A4 else (0.819, 0.574)  # 55° is the diagonal of A4
    turn = f"q {cos} {sin} {-sin} {cos} {sheet.width / 2:.2f} {sheet.height / 2:.2f} cm"
    return [turn, *op_operators([op], book, x=0, y=0), "Q"]
