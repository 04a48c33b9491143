"""Pages as content-stream operators: set lines, rules, ticks."""

from __future__ import annotations

from collections.abc import Iterable

from station_app.documents.cidfont import FontBook
from station_app.documents.layout.flow import ImageOp, Op, Page, RuleOp, SymbolOp, TextOp
from station_app.documents.linebreak import Cell, Line
from station_app.documents.qr import matrix, operators

#: Readers take wider gaps than this (thousandths of an em) for spaces; such a line says what it reads.
_SPACED = 60


def page_operators(page: Page, book: FontBook) -> list[str]:
    """All pieces of a page; the sheet's own coordinates have their origin at the bottom left."""
    out: list[str] = []
    for top, piece in page.placed:
        out += op_operators(piece.ops, book, x=page.sheet.left, y=page.sheet.height - page.sheet.top - top)
    return out


def op_operators(ops: Iterable[Op], book: FontBook, *, x: float, y: float) -> list[str]:
    """Operators of ops whose origin lies at (x, y), y measured upwards."""
    out: list[str] = []
    for op in ops:
        if isinstance(op, TextOp):
            out += text_operators(op, book, x=x + op.x, y=y - op.y)
        elif isinstance(op, ImageOp):
            out.append(image_operator(op, x, y))
        elif isinstance(op, SymbolOp):
            out += operators(matrix(op.content), x=x + op.x, y=y - op.y - op.side, side=op.side)
        else:
            out.append(_rule(op, x, y))
    return out


def image_name(sha: str) -> str:
    """Name of a picture in the resources of a page."""
    return f"Im{sha}"


def image_operator(op: ImageOp, x: float, y: float) -> str:
    """Draw a picture; the origin of the op lies at (x, y)."""
    low = y - op.y - op.height
    return f"q {op.width:.2f} 0 0 {op.height:.2f} {x + op.x:.2f} {low:.2f} cm /{image_name(op.sha)} Do Q"


def _rule(op: RuleOp, x: float, y: float) -> str:
    return f"{op.gray:g} G {op.width:g} w {x + op.x0:.2f} {y - op.y0:.2f} m {x + op.x1:.2f} {y - op.y1:.2f} l S"


class _Run:
    """Glyphs shown by one TJ: same face, same stretch after each of them."""

    __slots__ = ("face", "parts", "stretched")

    def __init__(self, face: str, stretched: bool) -> None:
        self.face = face
        self.stretched = stretched
        self.parts: list[str] = []

    def glyph(self, code: str) -> None:
        if self.parts and self.parts[-1][0] == "<":
            self.parts[-1] += code
        else:
            self.parts.append("<" + code)

    def move(self, amount: int) -> None:
        """Move left by thousandths of an em (TJ's sign)."""
        if amount:
            self.parts.append(str(amount))

    def operator(self) -> str:
        return "[" + " ".join(p + ">" if p[0] == "<" else p for p in self.parts) + "] TJ"


def text_operators(op: TextOp, book: FontBook, *, x: float, y: float) -> list[str]:
    """One line of text, its underlines and the ticks of its boxes."""
    runs = _runs(op.line, book)
    out = [f"{op.gray:g} g BT {x:.2f} {y:.2f} Td"]
    face, stretched = "", False
    for run in runs:
        if run.face != face:
            out.append(f"/{run.face} {op.size:g} Tf")
            face = run.face
        if run.stretched != stretched:
            out.append(f"{op.line.extra * op.size / 1000 if run.stretched else 0:.3f} Tc")
            stretched = run.stretched
        out.append(run.operator())
    if stretched:
        out.append("0 Tc")
    out.append("ET")
    shown = " ".join(out)
    if op.line.extra > _SPACED:
        said = op.line.text.encode("utf-16-be").hex().upper()
        shown = f"/Span << /ActualText <FEFF{said}> >> BDC\n{shown}\nEMC"
    return [shown, *_marks(op, x, y)]


def _runs(line: Line, book: FontBook) -> list[_Run]:
    runs: list[_Run] = []
    run: _Run | None = None
    stretch = line.extra > 0
    for cell, adjust, gap in zip(line.cells, line.adjust, line.gaps, strict=True):
        use = book.use(cell.glyph.face)
        stretched = stretch and gap
        if run is None or run.face != use.name or run.stretched != stretched:
            run = _Run(use.name, stretched)
            runs.append(run)
        run.move(-cell.shift)
        run.glyph(use.code(cell.glyph, cell.char))
        run.move(cell.glyph.advance + cell.shift - cell.width - adjust)
    return runs


def _marks(op: TextOp, x: float, y: float) -> list[str]:
    """Underlines, ticks and frames to write in; most lines have none."""
    if not any(c.item.underline or c.item.ticked or c.glyph.by_hand for c in op.line.cells):
        return []
    em = op.size / 1000
    out: list[str] = []
    start: float | None = None
    at = x
    for cell, step in _steps(op.line, em):
        if cell.item.underline and start is None:
            start = at
        elif not cell.item.underline and start is not None:
            out.append(_underline(start, at, y, op.size))
            start = None
        if cell.item.ticked:
            out.append(_tick(at, y, op.size))
        if cell.glyph.by_hand:
            out.append(_frame(at, y, op.size))
        at += step
    if start is not None:
        out.append(_underline(start, at, y, op.size))
    return out


def _steps(line: Line, em: float) -> Iterable[tuple[Cell, float]]:
    for cell, adjust, gap in zip(line.cells, line.adjust, line.gaps, strict=True):
        yield cell, (cell.width + adjust + (line.extra if gap else 0)) * em


def _underline(x0: float, x1: float, y: float, size: float) -> str:
    low = y - 0.2 * size
    return f"0 G 0.5 w {x0:.2f} {low:.2f} m {x1:.2f} {low:.2f} l S"


def _tick(x: float, y: float, size: float) -> str:
    points = ((0.22, 0.36), (0.43, 0.10), (0.88, 0.74))
    path = " ".join(f"{x + px * size:.2f} {y + py * size:.2f} {'l' if i else 'm'}" for i, (px, py) in enumerate(points))
    return f"0 G {0.085 * size:.2f} w {path} S"


def _frame(x: float, y: float, size: float) -> str:
    """A thin grey square of the size of a character: it cannot be taken for 口 or for a box to tick."""
    side = 0.94 * size
    return f"q 0.55 G 0.4 w {x + 0.03 * size:.2f} {y - 0.15 * size:.2f} {side:.2f} {side:.2f} re S Q"
