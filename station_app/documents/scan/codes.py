"""Codes of ours on a picture that a scanner, a document camera or a telephone made: turned, skewed, grey, in shadow.

A clean page is read at the first look (about 5 ms at 150 dpi). Each further look costs more and is only taken while
nothing was found: twice the size for few dots a module, smoothing for noise, evened light for shadow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station_app.documents.proof import PATH, PageMark, decode_payload
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGE: Final = 4_500_000
"""Pixels from which a picture is no longer enlarged but shrunk: a little above A4 at 200 dpi."""
_QUARTER: Final = 90
_SHARPER: Final = ((3, 250), (2, 400))
"""Radius in pixels and strength in per cent, for what was out of focus."""
_SKEW: Final = 45
"""Degrees a page is turned by for the last look, where its modules lie badly on the grid of pixels."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was read on one picture.

    `marks`: codes of ours, from the top of the picture down, each once; `broken`: a code that has our shape but was
    changed; `turned`: how far the page is turned clockwise, degrees (0 where nothing was read). Codes of others (a
    telephone number, a payment) are passed over.
    """

    marks: tuple[PageMark, ...] = ()
    broken: bool = False
    turned: int = 0

    @property
    def quarter(self) -> int:
        """`turned` to the nearest right angle: 0, 90, 180 or 270."""
        return round(self.turned / _QUARTER) * _QUARTER % 360


def find(picture: Image, *, clean: bool = False) -> Found:
    """Read the codes of a grey picture (mode L); one look is enough at a `clean` one, which no lens has seen."""
    best = Found()
    for shown, turned in _looks(picture):
        found = _read(shown, turned)
        if clean:
            return found
        if found.marks:
            return found
        best = found if found.broken else best
    return best


def texts(picture: Image) -> list[str]:
    """What the QR codes of a grey picture say, ours or not; [] where none can be read."""
    import zxingcpp

    qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for shown, _ in _looks(picture):
        found = [code.text for code in zxingcpp.read_barcodes(shown, formats=qr)]
        if found:
            return found
    return []


def _read(picture: Image, turned: int) -> Found:
    import zxingcpp

    qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    codes = sorted(zxingcpp.read_barcodes(picture, formats=qr), key=lambda c: (c.position.top_left.y, c.text))
    marks: dict[PageMark, None] = {}
    broken, angle = False, 0
    for code in codes:
        try:
            mark = decode_payload(code.text)
        except KnownError:
            broken = broken or PATH in code.text
            continue
        angle = angle if marks else int(code.orientation) - turned
        marks[mark] = None
    return Found(tuple(marks), broken, angle % 360 if marks else 0)


def _looks(picture: Image) -> Iterator[tuple[Image, int]]:
    """The picture as it is, then in ever stronger preparations; and by how many degrees clockwise each was turned."""
    from PIL import ImageFilter
    from PIL.Image import Resampling

    small = picture.width * picture.height <= _LARGE
    yield picture, 0
    if small:
        yield _twice(picture), 0
    even = evened(picture)
    yield even, 0
    if small:
        yield _twice(even), 0
        yield _twice(even.filter(ImageFilter.MedianFilter(3))), 0
    else:
        yield even.reduce(2), 0
    for radius, percent in _SHARPER:
        yield even.filter(ImageFilter.UnsharpMask(radius, percent, threshold=0)), 0
    if small:
        yield even.rotate(-_SKEW, Resampling.BICUBIC, expand=True, fillcolor=255), _SKEW


def _twice(picture: Image) -> Image:
    from PIL.Image import Resampling

    return picture.resize((picture.width * 2, picture.height * 2), Resampling.BICUBIC)


def evened(picture: Image) -> Image:
    """The same page with its paper white everywhere: shadow and uneven light divided out.

    The light at a place is the brightest grey of its surroundings (larger than a module, so that a code does not vanish
    into its own black), smoothed.
    """
    from PIL import ImageFilter, ImageMath
    from PIL.Image import Resampling

    step = max(1, max(picture.size) // 160)
    coarse = picture.reduce(step) if step > 1 else picture
    light = coarse.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4))
    light = light.resize(picture.size, Resampling.BILINEAR)
    divided: Image = ImageMath.lambda_eval(
        lambda at: at["convert"](at["min"](at["page"] * 255 / at["max"](at["light"], 1), 255), "L"),
        page=picture,
        light=light,
    )
    return divided
