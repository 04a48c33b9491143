"""Files as scanners, document cameras and telephones give them, taken apart into pages: PDF, JPEG, PNG, TIFF.

Each page keeps bytes of its own: a file of one page as it came, a page out of several without loss (PDF, TIFF). What is
larger than the rules pack allows becomes a JPEG of the resolution and quality it sets (picture.*; DA/T 31-2017, 7.2:
colour, not below 200 dpi), the finest that fits. Who takes pictures in as evidence keeps the file as it came beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from station_app.documents import preview
from station_app.documents.proof import PageMark
from station_app.documents.scan import codes
from station_app.documents.scan.codes import Found
from station_app.domain.rules import load_rules
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES: Final = 200
MAX_FILE: Final = 256 * 1024 * 1024
KEPT_BYTES: Final = 1024 * 1024
"""A page up to this size travels as one piece; used where the pack sets none."""
_FORMATS: Final = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_SUFFIX: Final = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp", "WEBP": "webp"}
_HEIC: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_DPI: Final = 300
_FAX_DPI: Final = 200
_LONG_SIDE_MM: Final = 297
_SIZES: Final = (300, 250)
"""Resolutions tried before the lowest the pack allows."""
_INK: Final = 150
"""Grey below this is ink."""
_BLANK: Final = 1 / 20_000
"""A page with less ink than this share of its middle is white."""
_MARGIN: Final = 0.06
"""Share of each side in which a scanner leaves its own shadow."""


class Source(NamedTuple):
    """A file as it came: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file. `number` from 1; `data` the bytes to keep and `suffix` what they are (pdf, jpg, png, tif …);
    `blank`: white paper, the back of a sheet; `drawn`: a page of a program, without any picture: not scanned.
    """

    number: int
    of: int
    data: bytes
    suffix: str
    found: Found
    blank: bool = False
    drawn: bool = False


def read_pages(source: Source) -> Iterator[Page]:
    """The pages of a file, one after the other.

    E-330 for a HEIC picture, E-331 (file, why) for what is no readable picture or PDF, E-332 (file, pages, mb)
    for what is beyond the limits.
    """
    if len(source.data) > MAX_FILE:
        raise _too_large(source)
    if is_pdf(source.data):
        yield from _pdf_pages(source)
    else:
        yield from _picture_pages(source)


def marks_of(data: bytes, name: str = "") -> list[PageMark]:
    """Codes of ours on a PDF, scan or photograph, page by page. Whether the signatures hold is for the caller, who
    knows the devices; codes of others are passed over. Errors as of `read_pages`.
    """
    return list(dict.fromkeys(mark for page in read_pages(Source(name, data)) for mark in page.found.marks))


def is_pdf(data: bytes) -> bool:
    """True for the bytes of a PDF."""
    return data[:1024].lstrip().startswith(b"%PDF")


def _too_large(source: Source) -> KnownError:
    return KnownError("E-332", file=source.name, pages=MAX_PAGES, mb=MAX_FILE >> 20)


# -- PDF ------------------------------------------------------------------------------------------------------------


def _pdf_pages(source: Source) -> Iterator[Page]:
    pages = _split(source)
    for number, data in enumerate(pages, 1):
        drawn = not preview.has_picture(data)
        grey = _grey_of_pdf(data, _DPI)
        found = codes.find(grey, clean=drawn)
        kept, suffix = (data, "pdf") if len(data) <= kept_bytes() else (_smaller(_colour_of_pdf(data)), "jpg")
        yield Page(number, len(pages), kept, suffix, found, blank=not found.marks and is_blank(grey), drawn=drawn)


def _split(source: Source) -> list[bytes]:
    """Each page as a PDF of its own; the same file always gives the same bytes."""
    import pikepdf

    try:
        with pikepdf.Pdf.open(io.BytesIO(source.data)) as whole:
            count = len(whole.pages)
            if count > MAX_PAGES:
                raise _too_large(source)
            if count == 1:
                return [source.data]
            return [_alone(whole, index) for index in range(count)]
    except pikepdf.PasswordError as error:
        raise KnownError("E-331", file=source.name, why="password") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise KnownError("E-331", file=source.name) from error


def _alone(whole: Any, index: int) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.Pdf.new() as single:
        single.pages.append(whole.pages[index])
        single.remove_unreferenced_resources()
        single.save(out, deterministic_id=True)
    return out.getvalue()


def _grey_of_pdf(data: bytes, dpi: int) -> Image:
    from PIL import Image as Pictures

    drawn = preview.page_grey(data, 1, dpi)
    return Pictures.frombytes("L", (drawn.width, drawn.height), drawn.rgb)


def _colour_of_pdf(data: bytes) -> Image:
    from PIL import Image as Pictures

    drawn = preview.page_image(data, 1, _DPI)
    return Pictures.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb)


# -- pictures -------------------------------------------------------------------------------------------------------


def _picture_pages(source: Source) -> Iterator[Page]:
    with opened(source) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        if count > MAX_PAGES:
            raise _too_large(source)
        for number in range(1, count + 1):
            yield _picture_page(source, image, number, count)


def _picture_page(source: Source, image: Image, number: int, count: int) -> Page:
    suffix = _SUFFIX[str(image.format)]
    try:
        if count > 1:
            image.seek(number - 1)
        shown = upright(image)
        data = source.data if count == 1 else _frame(image)
    except (OSError, ValueError, SyntaxError) as error:  # a damaged file gives any of them while it is decoded
        raise KnownError("E-331", file=source.name) from error
    grey = shown.convert("L")
    found = codes.find(grey)
    if len(data) > kept_bytes():
        data, suffix = _smaller(shown.convert("RGB")), "jpg"
    return Page(number, count, data, suffix, found, blank=not found.marks and is_blank(grey))


def opened(source: Source) -> Image:
    """The picture, not yet decoded. E-330 HEIC, E-331 no picture, E-332 too many pixels."""
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    if source.data[4:8] == b"ftyp" and source.data[8:12] in _HEIC:
        raise KnownError("E-330", file=source.name)
    Pictures.init()  # without it the readers of the rarer forms are not looked for
    try:
        image = Pictures.open(io.BytesIO(source.data), formats=_FORMATS)
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning) as error:
        raise _too_large(source) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise KnownError("E-331", file=source.name) from error
    if Pictures.MAX_IMAGE_PIXELS and image.width * image.height > Pictures.MAX_IMAGE_PIXELS:
        raise _too_large(source)
    return image


def upright(image: Image) -> Image:
    """The picture as it was meant to be seen (turned by its Exif note), in grey or colour on white paper."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    shown = ImageOps.exif_transpose(image)
    if shown.mode.startswith("I"):  # 16 bits a pixel
        return shown.convert("I").point(lambda level: level / 256).convert("L")
    if shown.mode in ("LA", "PA", "RGBA", "P"):
        over = shown.convert("RGBA")
        paper = Pictures.new("RGBA", over.size, "white")
        return Pictures.alpha_composite(paper, over).convert("RGB")
    return shown.convert("L" if shown.mode in ("1", "L") else "RGB")


def _frame(image: Image) -> bytes:
    """One page of a TIFF as a TIFF: packed as its fax, else without loss."""
    out = io.BytesIO()
    packed = "group4" if image.mode == "1" else "tiff_deflate"
    image.save(out, "TIFF", compression=packed, dpi=image.info.get("dpi", (_FAX_DPI, _FAX_DPI)))
    return out.getvalue()


# -- both -----------------------------------------------------------------------------------------------------------


def kept_bytes() -> int:
    """Bytes up to which a page is kept as it came."""
    return load_rules().count("picture.page_kb") * 1024 or KEPT_BYTES


def _smaller(image: Image) -> bytes:
    """A JPEG of the finest resolution that travels as one piece; the coarsest of all where none does."""
    from PIL.Image import Resampling

    data, rules = b"", load_rules()
    least, quality = rules.count("picture.dpi") or _FAX_DPI, min(95, rules.count("picture.quality") or 80)
    for dpi in (*(dpi for dpi in _SIZES if dpi > least), least):
        side = round(_LONG_SIDE_MM / 25.4 * dpi)
        shown = image.copy()
        shown.thumbnail((side, side), Resampling.BICUBIC, reducing_gap=2)
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
        data = out.getvalue()
        if len(data) <= kept_bytes():
            return data
    return data


def is_blank(grey: Image) -> bool:
    """True for white paper: the back of a sheet that a duplex scanner gives as a page of its own."""
    small = codes.evened(grey.reduce(max(1, max(grey.size) // 1200)))
    across, down = round(small.width * _MARGIN), round(small.height * _MARGIN)
    middle = small.crop((across, down, small.width - across, small.height - down))
    return sum(middle.histogram()[:_INK]) < _BLANK * middle.width * middle.height


def shown(data: bytes, *, side: int, turned: int = 0) -> preview.PageImage:
    """A kept page for the screen, its longer side at most `side` pixels, turned back by `turned` degrees (0, 90 …).

    E-331 where the bytes are neither PDF nor picture.
    """
    if is_pdf(data):
        picture = _colour_of_pdf(data)
    else:
        with opened(Source("", data)) as image:
            try:
                picture = upright(image).convert("RGB")
            except (OSError, ValueError, SyntaxError) as error:
                raise KnownError("E-331", file="") from error
    picture.thumbnail((side, side))
    picture = picture.rotate(turned, expand=True) if turned else picture
    return preview.PageImage(picture.width, picture.height, picture.tobytes())
