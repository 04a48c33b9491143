"""Pictures on pages: evidence four to a sheet, a scan as a sheet of its own; JPEG of no more dots than print shows."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station_app.documents.blocks import Pictures
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline
from station_app.documents.layout.flow import MM, TEXT_WIDTH, ImageOp, Op, Piece, RuleOp, TextOp
from station_app.documents.layout.measures import TABLE, Body, baseline, leading, measure
from station_app.documents.layout.text import offset
from station_app.documents.linebreak import set_lines
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from PIL.Image import Image

Source = Callable[[str], bytes]
"""Bytes of a picture by the SHA-256 (hex) its block names."""

_GAP: Final = 4 * MM
_FRAME_WIDTH: Final = (TEXT_WIDTH - _GAP) / 2
#: Two rows under a title and its line fill the 225 mm of a page.
_FRAME_HEIGHT: Final = 84 * MM
_WORDS: Final = 12 * MM
_INSET: Final = 1 * MM
_DPI: Final = 220
_QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture ready for a page: its bytes and its size in dots."""

    data: bytes
    width: int
    height: int
    grey: bool


def prepared(data: bytes, *, width: float, height: float) -> Jpeg:
    """The picture (or the first page of a PDF) upright, as a JPEG of at most 220 dpi in a room of these points.
    E-330, E-331, E-332 for what is no picture this program reads.
    """
    from PIL.Image import Resampling

    shown = _read(data)
    shown.thumbnail((round(width / 72 * _DPI), round(height / 72 * _DPI)), Resampling.LANCZOS)
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Jpeg(out.getvalue(), shown.width, shown.height, shown.mode == "L")


def _read(data: bytes) -> Image:
    from PIL import Image as Pictures

    from station_app.documents import preview
    from station_app.documents.scan.reading import Source as Scan
    from station_app.documents.scan.reading import is_pdf, opened, upright

    if is_pdf(data):
        drawn = preview.page_image(data, 1, _DPI)
        return Pictures.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb)
    with opened(Scan("", data)) as image:
        try:
            return upright(image)
        except (OSError, ValueError, SyntaxError) as error:
            raise KnownError("E-331") from error


def fitted(jpeg: Jpeg, width: float, height: float) -> tuple[float, float]:
    """The size in points that fills the room without being stretched."""
    scale = min(width / jpeg.width, height / jpeg.height)
    return jpeg.width * scale, jpeg.height * scale


def frame_room() -> tuple[float, float]:
    """Width and height in points that a picture has inside its frame."""
    return _FRAME_WIDTH - 2 * _INSET, _FRAME_HEIGHT - 2 * _INSET


def setter(jpegs: dict[str, Jpeg]) -> Callable[[Pictures, FontChain, Body], list[Piece]]:
    """Sets blocks of pictures whose bytes are at hand; a frame whose picture is not stays empty."""

    def pictures(block: Pictures, fonts: FontChain, body: Body) -> list[Piece]:
        pairs = [block.items[i : i + 2] for i in range(0, len(block.items), 2)]
        return [_row(pair, fonts, jpegs) for pair in pairs]

    return pictures


def _row(pair: Sequence[tuple[str, str]], fonts: FontChain, jpegs: dict[str, Jpeg]) -> Piece:
    ops: list[Op] = []
    for index, (sha, words) in enumerate(pair):
        left = index * (_FRAME_WIDTH + _GAP)
        ops += _frame(left)
        if sha in jpegs:
            ops.append(_inside(sha, jpegs[sha], left))
        for line_no, line in enumerate(set_lines([Inline(words)], fonts, measure(_FRAME_WIDTH, TABLE), justify=False)):
            base = _FRAME_HEIGHT + line_no * leading(TABLE) + baseline(leading(TABLE), TABLE)
            ops.append(TextOp(left + offset(line, TABLE, _FRAME_WIDTH, "center"), base, line, TABLE))
    return Piece(_FRAME_HEIGHT + _WORDS, ops)


def _frame(left: float) -> list[Op]:
    right, low = left + _FRAME_WIDTH, _FRAME_HEIGHT
    edges = ((left, 0.0, right, 0.0), (left, low, right, low), (left, 0.0, left, low), (right, 0.0, right, low))
    return [RuleOp(x0, y0, x1, y1, width=0.4, gray=0.5) for x0, y0, x1, y1 in edges]


def _inside(sha: str, jpeg: Jpeg, left: float) -> ImageOp:
    width, height = fitted(jpeg, *frame_room())
    x = left + (_FRAME_WIDTH - width) / 2
    return ImageOp(x, (_FRAME_HEIGHT - height) / 2, width, height, sha)
