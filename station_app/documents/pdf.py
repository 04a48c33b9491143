"""The PDF file of a paper, archival from the first byte: the only module that imports ReportLab.

ReportLab numbers the objects and writes pages, cross-references and trailer; fonts, metadata, output intent
and file identifier are handed to it ready made, so the file is written once and never reopened. The structure
is that of PDF/A level b (ISO 19005); `part` says which part it declares.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from station_app.documents.cidfont import FontBook, embed
from station_app.documents.xmp import packet

if TYPE_CHECKING:
    from station_app.documents.layout.images import Jpeg

#: Millimetres to points; all lengths of the layout are points.
MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM

_CHINA = timezone(timedelta(hours=8))
_NONE: Final[Mapping[str, Jpeg]] = {}
PRODUCER: Final = "station-app (ReportLab)"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the file says of itself; the same words stand in the info dictionary and in the XMP packet.

    `created_ms`: machine time in milliseconds, shown in China's time.
    """

    title: str
    author: str
    subject: str
    keywords: str
    created_ms: int
    part: int = 2

    @property
    def created(self) -> datetime:
        return datetime.fromtimestamp(self.created_ms // 1000, UTC).astimezone(_CHINA)


class ObjectTable:
    """Ready-made objects beside those ReportLab makes."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._count = 0

    def add(self, content: str | bytes) -> str:
        """Register an object; returns its reference, `7 0 R`."""
        self._count += 1
        name = f"Own{self._count}"
        body = content.encode("latin-1") if isinstance(content, str) else content
        self._document.Reference(body, name)
        number, generation = self._document.idToObjectNumberAndVersion[name]
        return f"{number} {generation} R"

    def stream(self, data: bytes, entries: str = "", *, compress: bool = True) -> str:
        """Register a stream, its length exact and `endstream` on a line of its own (ISO 19005-1, 6.1.7)."""
        body = zlib.compress(data) if compress else data
        filters = "/Filter /FlateDecode " if compress else ""
        head = f"<< {entries} {filters}/Length {len(body)} >>\nstream\n".encode("latin-1")
        return self.add(b"%b%b\nendstream\n" % (head, body))


class PaperFile:
    """Pages in, bytes out. The same calls give the same bytes, on every machine and at any time."""

    def __init__(self, info: DocumentInfo) -> None:
        self._info = info
        self._out = io.BytesIO()
        self._canvas = _canvas(self._out, info)
        self._table = ObjectTable(self._canvas._doc)
        self._digest = sha256()
        self._images: dict[str, str] = {}
        self.fonts = FontBook()

    def add_page(
        self,
        operators: list[str],
        height: float = PAGE_HEIGHT,
        images: Mapping[str, Jpeg] = _NONE,
        *,
        width: float = PAGE_WIDTH,
    ) -> None:
        """One page from content-stream operators, its sides in points; `images` by resource name."""
        content = ("\n".join(operators) + "\n").encode("latin-1")
        self._digest.update(content)
        if (width, height) != (PAGE_WIDTH, PAGE_HEIGHT):
            self._canvas.setPageSize((width, height))
        self._canvas.addLiteral(" ")
        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]
        page.Contents = self._table.stream(content)
        if images:
            drawn = " ".join(f"/{name} {self._image(name, jpeg)}" for name, jpeg in sorted(images.items()))
            page.XObjects = f"<< {drawn} >>"
            page.hasImages = 1

    def _image(self, name: str, jpeg: Jpeg) -> str:
        """Reference to a picture, written into the file once."""
        if name not in self._images:
            space = "/DeviceGray" if jpeg.grey else "/DeviceRGB"
            size = f"/Width {jpeg.width} /Height {jpeg.height} /ColorSpace {space} /BitsPerComponent 8"
            entries = f"/Type /XObject /Subtype /Image {size} /Filter /DCTDecode"
            self._images[name] = self._table.stream(jpeg.data, entries, compress=False)
            self._digest.update(jpeg.data)
        return self._images[name]

    def finish(self) -> bytes:
        """Embed what was used, add the archival parts, and write the file."""
        document = self._canvas._doc
        fonts = document.idToObject["BasicFonts"].dict
        for use in self.fonts.uses.values():
            fonts[use.name] = embed(use, self._table)
            self._digest.update("".join(use.texts).encode("utf-8"))
        self._archival(document)
        self._canvas.save()
        return self._out.getvalue()

    def _archival(self, document: Any) -> None:
        info, table = self._info, self._table
        profile = table.stream(_icc(), "/N 3")
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = (
            "[ << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
            f"/Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >> ]"
        )
        catalog.Metadata = table.stream(packet(info, PRODUCER), "/Type /Metadata /Subtype /XML", compress=False)
        catalog.MarkInfo = "<< /Marked false >>"
        catalog.ViewerPreferences = "<< /DisplayDocTitle true >>"
        self._digest.update(repr(info).encode("utf-8"))
        identifier = self._digest.hexdigest()[:32].upper()
        document._ID = f"[ <{identifier}> <{identifier}> ]".encode("ascii")


@lru_cache(maxsize=1)
def _icc() -> bytes:
    """The sRGB profile, ICC version 2 (PDF/A-1 knows no later one)."""
    from station_app.paths import resources_dir

    return (resources_dir() / "icc" / "sRGB.icc").read_bytes()


def _canvas(out: io.BytesIO, info: DocumentInfo) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    class PaperCanvas(Canvas):  # type: ignore[misc]  # ReportLab carries no types
        """A canvas that does not put unembedded Helvetica on every page."""

        def _make_preamble(self) -> None:
            self._preamble = ""

    canvas = PaperCanvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=0,
        invariant=1,
        lang="zh-CN",
        pdfVersion=(1, 4) if info.part == 1 else (1, 7),
    )
    document = canvas._doc
    when = info.created
    document._timeStamp = SimpleNamespace(YMDhms=tuple(when.timetuple())[:6], dhh=8, dmm=0)
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setKeywords(info.keywords)
    canvas.setCreator("station-app")
    canvas.setProducer(PRODUCER)
    return canvas
