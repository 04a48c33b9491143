"""Looking at finished papers: pages as pictures, and their text.

PDFium is not safe for threads, so every use of it goes through one lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

from sync.contract.errors import KnownError

_PDFIUM = Lock()


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


def has_picture(pdf: bytes) -> bool:
    """True when the first page shows a picture, as every scanned page does; a page of a program alone may have none."""
    from pypdfium2 import raw

    with _opened(pdf) as document:
        sheet = document[0]
        found = next(iter(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])), None) is not None
        sheet.close()
        return found
