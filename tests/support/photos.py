"""Pages of issued papers as scanners and telephones give them: turned, skewed, seen from a side, grey, in shadow."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageFilter

from station_app.documents.preview import page_image

TABLE = 200
"""Grey of what lies under the sheet."""


def page(pdf: bytes, number: int = 1, *, dpi: int = 150) -> Image.Image:
    """A page in grey, as a clean scan of it."""
    drawn = page_image(pdf, number, dpi)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb).convert("L")


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Turned clockwise, the table showing in the corners."""
    return picture.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)


def aslant(picture: Image.Image, share: float) -> Image.Image:
    """Seen from a side: opposite edges differ by about twice this share."""
    w, h = picture.size
    quad = (-share * w, -share * h / 2, 0, h * (1 + share / 3), w * (1 + share), h * (1 + share), w, 0)
    return picture.transform(picture.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=TABLE)


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """Slightly out of focus; radius in pixels."""
    return picture.filter(ImageFilter.GaussianBlur(radius))


def noisy(picture: Image.Image, sigma: float, seed: int = 1) -> Image.Image:
    """With the noise of a dim room, in levels of grey; the same for the same seed."""
    dice = Random(seed)
    even = [Image.frombytes("L", picture.size, dice.randbytes(picture.width * picture.height)) for _ in range(4)]
    # the mean of four even spreads is nearly normal, with half the spread of one (256 / sqrt(12))
    normal = ImageChops.add(ImageChops.add(even[0], even[1], 2), ImageChops.add(even[2], even[3], 2), 2)
    noise = normal.point([min(255, max(0, round(128 + (v - 127.5) * sigma * 12**0.5 / 128))) for v in range(256)])
    return ImageChops.add(picture, noise, 1, -128)


def shaded(picture: Image.Image) -> Image.Image:
    """With a shadow that falls from 100 % to 27 % of the light down the page."""
    light = Image.linear_gradient("L").rotate(180).resize(picture.size).point(lambda v: 70 + v * 185 // 255)
    return ImageChops.multiply(picture, light)


def jpeg(picture: Image.Image, quality: int = 60) -> bytes:
    """As a JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def png(picture: Image.Image) -> bytes:
    """As a PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def tiff(pictures: Sequence[Image.Image], *, fax: bool = False) -> bytes:
    """As one TIFF of several pages; `fax` black and white."""
    out = io.BytesIO()
    pages = [p.convert("1") if fax else p.copy() for p in pictures]  # an image remembers how it was packed before
    packed = "group4" if fax else "tiff_deflate"
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression=packed, dpi=(150, 150))
    return out.getvalue()


def pdf(pictures: Sequence[Image.Image], *, dpi: int = 150) -> bytes:
    """As a scanner's PDF: one picture a page."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=dpi)
    return out.getvalue()


def white(*, dpi: int = 150) -> Image.Image:
    """The empty back of an A4 sheet, not quite white."""
    return Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 244)
