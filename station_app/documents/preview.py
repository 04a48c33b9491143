"""Looking at finished papers: pages as pictures, their text, and the codes on a scan.

PDFium is not safe for threads, so every use of it goes through one lock.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

from station_app.documents.proof import PageMark, decode_payload
from sync.contract.errors import KnownError

_PDFIUM = Lock()
#: Scans of papers are read at this resolution first; a code that hides at one size shows at the other.
_SCAN_DPI = (200, 300)


class PageImage(NamedTuple):
    """One page as a picture: `rgb` holds height rows of width pixels, three bytes each, no padding."""

    width: int
    height: int
    rgb: bytes


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """The document, closed again. Raises KnownError E-312 for what is not a readable PDF."""
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise KnownError("E-312") from error
        try:
            yield document
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """Number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, dpi: int) -> PageImage:
    """One page, counted from 1, drawn at a resolution in dots per inch. Raises IndexError beyond the last page."""
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        return _draw(document, page - 1, dpi)


def page_grey(pdf: bytes, page: int, dpi: int) -> PageImage:
    """One page in grey, one byte a pixel: a third of the memory, for a printer's own resolution."""
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        return _draw(document, page - 1, dpi, grey=True)


def _draw(document: Any, index: int, dpi: int, *, grey: bool = False) -> PageImage:
    sheet = document[index]
    bitmap = sheet.render(scale=dpi / 72, rev_byteorder=not grey, maybe_alpha=False, grayscale=grey)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = bytes(bitmap.buffer)
    bitmap.close()
    sheet.close()
    row = width if grey else width * 3
    if stride != row:
        raw = b"".join(raw[y * stride : y * stride + row] for y in range(height))
    return PageImage(width, height, raw)


def extract_text(pdf: bytes) -> list[str]:
    """Text of each page as a reader would copy it, lines parted by a line feed."""
    with _opened(pdf) as document:
        texts = []
        for index in range(len(document)):
            sheet = document[index]
            layer = sheet.get_textpage()
            texts.append(layer.get_text_range().replace("\r\n", "\n"))
            layer.close()
            sheet.close()
        return texts


def verify_scan(scan: bytes) -> list[PageMark]:
    """Codes of ours on a scan, in the order of its pages: a PDF, or a picture (PNG, JPEG and others).

    Whether the signatures hold is for the caller, who knows the devices. Codes of others are passed over.
    Raises KnownError E-312 for what is neither a PDF nor a picture.
    """
    if scan[:1024].lstrip().startswith(b"%PDF"):
        pages = page_count(scan)
        return [mark for number in range(1, pages + 1) for mark in _marks_on_page(scan, number)]
    return _marks(_picture(scan))


def _marks_on_page(pdf: bytes, number: int) -> list[PageMark]:
    for dpi in _SCAN_DPI:
        found = _marks(page_image(pdf, number, dpi))
        if found:
            return found
    return []


def _picture(data: bytes) -> PageImage:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            upright = image.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise KnownError("E-312") from error
    return PageImage(upright.width, upright.height, upright.tobytes())


def _marks(image: PageImage) -> list[PageMark]:
    import zxingcpp

    view = memoryview(image.rgb).cast("B", (image.height, image.width, 3))
    marks: list[PageMark] = []
    for code in zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
        try:
            mark = decode_payload(code.text)
        except KnownError:
            continue
        if mark not in marks:
            marks.append(mark)
    return marks
