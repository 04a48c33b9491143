"""A bound file: pages of papers as issued, scans on sheets of their own, page numbers stamped, one bookmark an entry.

Nothing of an issued page is drawn anew; the number is laid over its empty upper margin. The file begins as the cover,
so that title, language and colour profile of the archive's format are those of the cover.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from station_app.documents.cidfont import FontBook
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline
from station_app.documents.layout import images
from station_app.documents.layout.draw import image_name, image_operator, text_operators
from station_app.documents.layout.flow import LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH, ImageOp, TextOp
from station_app.documents.linebreak import set_lines
from station_app.documents.pdf import DocumentInfo, PaperFile
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    import pikepdf

#: A scan stands inside these margins, below the strip of the page number; printers do not reach the very edge.
_SIDE: Final = 8 * MM
_STRIP: Final = 15 * MM
_ROOM: Final = (PAGE_WIDTH - 2 * _SIDE, PAGE_HEIGHT - _STRIP - _SIDE)
_NUMBER_LOW: Final = 12 * MM
_NUMBER_SIZE: Final = 12.0
_KEY: Final = "scan"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to bind: `page` of a PDF (from 1), or a scan, which is a picture or a PDF of one page."""

    data: bytes
    page: int
    scan: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that belong together under one bookmark; only numbered parts count as pages of the file."""

    title: str
    sheets: tuple[Sheet, ...]
    numbered: bool


def whole(title: str, pdf: bytes, pages: int) -> Part:
    """All pages of a paper, without numbers: a cover, a contents, a back."""
    return Part(title, tuple(Sheet(pdf, page, False) for page in range(1, pages + 1)), False)


def bind(cover: bytes, parts: Sequence[Part], *, fonts: FontChain, info: DocumentInfo) -> bytes:
    """One PDF of the cover and the parts. E-330 to E-332 for a scan that cannot be read, E-312 for what is no PDF."""
    import pikepdf

    with ExitStack() as stack:
        made = stack.enter_context(_opened(cover))
        source = _sources(stack)
        marks = [("卷宗封面", 0)]
        numbered: list[int] = []
        for part in parts:
            marks.append((part.title, len(made.pages)))
            for sheet in part.sheets:
                if part.numbered:
                    numbered.append(len(made.pages))
                _append(made, sheet, source, info)
        _stamp(made, numbered, fonts, info)
        with made.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


Sources = Callable[[bytes], "pikepdf.Pdf"]


def _sources(stack: ExitStack) -> Sources:
    """Each PDF is opened once, however many of its pages are taken."""

    @cache
    def opened(data: bytes) -> pikepdf.Pdf:
        return stack.enter_context(_opened(data))

    return opened


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    import pikepdf

    try:
        with pikepdf.Pdf.open(io.BytesIO(data)) as found:
            yield found
    except pikepdf.PdfError as error:
        raise KnownError("E-312") from error


def _append(made: pikepdf.Pdf, sheet: Sheet, source: Sources, info: DocumentInfo) -> None:
    import pikepdf

    from station_app.documents.scan.reading import is_pdf

    if not sheet.scan:
        made.pages.append(source(sheet.data).pages[sheet.page - 1])
    elif is_pdf(sheet.data):
        page = made.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        room = pikepdf.Rectangle(_SIDE, _SIDE, PAGE_WIDTH - _SIDE, PAGE_HEIGHT - _STRIP)
        _lay_over(made, page, source(sheet.data).pages[0], room, "Scan")
    else:
        made.pages.append(source(picture_sheet(sheet.data, info)).pages[0])


def picture_sheet(data: bytes, info: DocumentInfo) -> bytes:
    """A picture as one sheet of A4, in its colours: seals and fingerprints are red."""
    width, height = _ROOM
    jpeg = images.prepared(data, width=width, height=height)
    wide, high = images.fitted(jpeg, width, height)
    op = ImageOp((PAGE_WIDTH - wide) / 2, _STRIP + (height - high) / 2, wide, high, _KEY)
    file = PaperFile(info)
    file.add_page([image_operator(op, 0, PAGE_HEIGHT)], images={image_name(_KEY): jpeg})
    return file.finish()


def _stamp(made: pikepdf.Pdf, pages: Sequence[int], fonts: FontChain, info: DocumentInfo) -> None:
    """Page numbers at the upper right, in the free margin of issued papers and above scans."""
    import pikepdf

    if not pages:
        return
    heights = [float(made.pages[index].mediabox[3]) for index in pages]
    with _opened(_numbers(heights, fonts, info)) as stamps:
        for index, height, stamp in zip(pages, heights, stamps.pages, strict=True):
            _lay_over(made, made.pages[index], stamp, pikepdf.Rectangle(0, 0, PAGE_WIDTH, height), "Number")


def _lay_over(made: pikepdf.Pdf, page: pikepdf.Page, over: pikepdf.Page, room: pikepdf.Rectangle, name: str) -> None:
    """One page drawn over another, its name fixed: the library's own overlay draws names by lot, and the same file
    would have other bytes each time.
    """
    import pikepdf

    form = made.copy_foreign(over.as_form_xobject())
    key = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/" + name))
    drawn = page.calc_form_xobject_placement(form, key, room)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + drawn)


def _numbers(heights: Sequence[float], fonts: FontChain, info: DocumentInfo) -> bytes:
    """A file of nothing but numbers, one to a page as high as the page it is laid over."""
    file = PaperFile(info)
    for number, height in enumerate(heights, 1):
        file.add_page(_number(str(number), fonts, file.fonts, height), height)
    return file.finish()


def _number(text: str, fonts: FontChain, book: FontBook, height: float) -> list[str]:
    line = set_lines([Inline(text)], fonts, 1e6, justify=False)[0]
    x = LEFT + TEXT_WIDTH - line.width * _NUMBER_SIZE / 1000
    return text_operators(TextOp(0, 0, line, _NUMBER_SIZE), book, x=x, y=height - _NUMBER_LOW)
