"""Pages as pictures for a printer that takes no PDF: grey at its own resolution, in colour where a page has some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LOOK_DPI: Final = 50
"""Enough to see whether there is colour on a page."""
_LEAST_DPI: Final = 200
_MOST_DPI: Final = 600
"""Beyond it nobody sees a difference, and a page of A4 in grey is 35 MB already."""
_COLOUR_DPI: Final = 300


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Rows without padding: one byte a pixel in grey, three in colour; `dpi` says how large the page is."""

    width: int
    height: int
    pixels: bytes
    colour: bool
    dpi: int


def page_picture(data: bytes, page: int, *, dpi: int) -> PagePicture:
    """One page (from 1) for a printer of this resolution, dots per inch. E-312 for what is no PDF."""
    from station_app.documents import preview

    look = preview.page_image(data, page, _LOOK_DPI).rgb
    red, green, blue = look[0::3], look[1::3], look[2::3]
    if red == green == blue:
        fine = max(_LEAST_DPI, min(dpi, _MOST_DPI))
        grey = preview.page_grey(data, page, fine)
        return PagePicture(grey.width, grey.height, grey.rgb, colour=False, dpi=fine)
    fine = max(_LEAST_DPI, min(dpi, _COLOUR_DPI))
    full = preview.page_image(data, page, fine)
    return PagePicture(full.width, full.height, full.rgb, colour=True, dpi=fine)
