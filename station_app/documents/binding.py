"""A bound file: pages of papers as issued, scans on sheets of their own, page numbers stamped, one bookmark an entry.

Nothing of an issued page is drawn anew; the number is laid over its empty upper margin. The file begins as the cover,
so that language and colour profile of the archive's format are the cover's; what it says of itself is its own. It is
PDF/A as the papers are: what a scanner wrote is taken over only where that format allows it, else drawn as a picture.
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
from station_app.documents.layout.flow import MM, PAGE_HEIGHT, PAGE_WIDTH, ImageOp, TextOp
from station_app.documents.linebreak import set_lines
from station_app.documents.pdf import PRODUCER, DocumentInfo, PaperFile
from station_app.documents.xmp import packet
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    import pikepdf

#: A scan stands inside these margins, below the strip of the page number; printers do not reach the very edge.
_SIDE: Final = 8 * MM
_STRIP: Final = 15 * MM
_ROOM: Final = (PAGE_WIDTH - 2 * _SIDE, PAGE_HEIGHT - _STRIP - _SIDE)
_NUMBER_LOW: Final = 12 * MM
_NUMBER_SIZE: Final = 12.0
#: Of the number to the edge away from the binding.
_OUTER: Final = 26 * MM
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


def bind(cover: bytes, parts: Sequence[Part], *, fonts: FontChain, info: DocumentInfo, double: bool = False) -> bytes:
    """One PDF of the cover and the parts. E-330 to E-332 for a scan that cannot be read, E-312 for what is no PDF.

    `double`: for paper printed on both sides. Each part then begins on a sheet of its own (an empty page, which bears
    no number, before it where needed), and numbers stand at the outer edge: upper right on fronts, upper left on backs.
    """
    import pikepdf

    with ExitStack() as stack:
        made = stack.enter_context(_opened(cover))
        source = _sources(stack)
        marks = [("卷宗封面", 0)]
        numbered: list[tuple[int, bool]] = []
        for part in parts:
            if double and len(made.pages) % 2:
                made.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
            marks.append((part.title, len(made.pages)))
            for sheet in part.sheets:
                if part.numbered:
                    numbered.append((len(made.pages), double and len(made.pages) % 2 == 1))
                _append(made, sheet, source, info)
        _stamp(made, numbered, fonts, info)
        with made.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
        _name(made, info)
        return _written(made, info)


def _name(made: pikepdf.Pdf, info: DocumentInfo) -> None:
    """What the bound file says of itself, the same in both places (ISO 19005-2, 6.6.3)."""
    import pikepdf

    day = f"D:{info.created:%Y%m%d%H%M%S}+08'00'"
    said = {"Title": info.title, "Author": info.author, "Subject": info.subject, "Keywords": info.keywords}
    said |= {"Creator": "station-app", "Producer": PRODUCER, "CreationDate": day, "ModDate": day}
    for name, value in said.items():
        made.docinfo["/" + name] = pikepdf.String(value)
    packed = pikepdf.Stream(made, packet(info, PRODUCER), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    made.Root.Metadata = made.make_indirect(packed)


def _written(made: pikepdf.Pdf, info: DocumentInfo) -> bytes:
    """The bytes: no object streams and metadata as plain text, which part 1 asks for and part 2 allows."""
    import pikepdf

    out = io.BytesIO()
    made.save(
        out,
        force_version="1.4" if info.part == 1 else "1.7",
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        deterministic_id=True,
    )
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

    from station_app.documents.scan.archival import plain
    from station_app.documents.scan.reading import is_pdf

    if not sheet.scan:
        made.pages.append(source(sheet.data).pages[sheet.page - 1])
    elif is_pdf(sheet.data) and plain(source(sheet.data).pages[0]):
        page = made.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        room = pikepdf.Rectangle(_SIDE, _SIDE, PAGE_WIDTH - _SIDE, PAGE_HEIGHT - _STRIP)
        _lay_over(made, page, source(sheet.data).pages[0], room, "Scan")
    else:
        made.pages.append(source(picture_sheet(sheet.data, info)).pages[0])


def picture_sheet(data: bytes, info: DocumentInfo) -> bytes:
    """A picture, or the first page of a PDF drawn as one, as a sheet of A4, in its colours: seals are red."""
    width, height = _ROOM
    jpeg = images.prepared(data, width=width, height=height)
    wide, high = images.fitted(jpeg, width, height)
    op = ImageOp((PAGE_WIDTH - wide) / 2, _STRIP + (height - high) / 2, wide, high, _KEY)
    file = PaperFile(info)
    file.add_page([image_operator(op, 0, PAGE_HEIGHT)], images={image_name(_KEY): jpeg})
    return file.finish()


def _stamp(made: pikepdf.Pdf, pages: Sequence[tuple[int, bool]], fonts: FontChain, info: DocumentInfo) -> None:
    """Page numbers in the free upper margin: of each page its place in the file, and whether it is the back of a sheet
    (number at the left, where the outer edge is)."""
    import pikepdf

    if not pages:
        return
    sheets = [(float(made.pages[index].mediabox[3]), back) for index, back in pages]
    with _opened(_numbers(sheets, fonts, info)) as stamps:
        for (index, _), (height, _back), stamp in zip(pages, sheets, stamps.pages, strict=True):
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


def _numbers(sheets: Sequence[tuple[float, bool]], fonts: FontChain, info: DocumentInfo) -> bytes:
    """A file of nothing but numbers, one to a page as high as the page it is laid over."""
    file = PaperFile(info)
    for number, (height, back) in enumerate(sheets, 1):
        file.add_page(_number(str(number), fonts, file.fonts, height, back=back), height)
    return file.finish()


def _number(text: str, fonts: FontChain, book: FontBook, height: float, *, back: bool) -> list[str]:
    line = set_lines([Inline(text)], fonts, 1e6, justify=False)[0]
    x = _OUTER if back else PAGE_WIDTH - _OUTER - line.width * _NUMBER_SIZE / 1000
    return text_operators(TextOp(0, 0, line, _NUMBER_SIZE), book, x=x, y=height - _NUMBER_LOW)
