"""What a person gives to be filed (files, pictures of the clipboard), and how papers and scans read in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from station_app.clock import shanghai_time
from station_app.services import scans
from station_app.services.scanning import telling
from station_app.services.scans import Scan, Scanned, Source, Waiting
from station_app.ui import words
from station_app.ui.widgets.lines import Line
from sync.contract.errors import KnownError

Given = Path | tuple[str, QImage]
"""A file, or a picture with the name it is kept under."""
_SMALL: Final = 2_000_000
"""Pixels up to which a pasted picture is kept without loss; a photograph becomes a fine JPEG."""
_QUALITY: Final = 92


def has_files(mime: QMimeData) -> bool:
    """True where something could be filed."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def of_mime(mime: QMimeData | None, now_ms: int) -> list[Given]:
    """Files and pictures of a clipboard or a drop; where both are offered (a copied file), the file."""
    if mime is None:
        return []
    paths: list[Given] = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths or not mime.hasImage():
        return paths
    picture = mime.imageData()
    image = picture if isinstance(picture, QImage) else QImage(picture)
    stamp = shanghai_time(now_ms).strftime("%H%M%S")
    return [] if image.isNull() else [(QCoreApplication.translate("Scans", "粘贴{time}").format(time=stamp), image)]


def sources(files: Sequence[Given]) -> Iterator[Path | Source]:
    """The same as the service reads them; pictures are packed here, off the main thread."""
    for file in files:
        yield file if isinstance(file, Path) else packed(*file)


def packed(name: str, image: QImage) -> Source:
    """A picture as the bytes of a file."""
    small = image.width() * image.height() <= _SMALL
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png" if small else b"jpg"))
    if not small:
        writer.setQuality(_QUALITY)
    writer.write(image)
    return scans.source(f"{name}.{'png' if small else 'jpg'}", bytes(buffer.data().data()))


def paper_lines(papers: Iterable[Scanned]) -> list[Line]:
    """Each paper with the pages that are back and what is missing."""
    found = []
    for paper in papers:
        tone: words.Tone = "none"
        said = telling.name_of(paper.title, paper.number)
        if paper.have:
            tone, said = telling.paper_line(paper, words.lang())
        count = QCoreApplication.translate("Scans", "已归档 {n}/{total} 页").format(
            n=len(paper.have), total=paper.pages
        )
        found.append(Line(said, count, tone, "paper", paper.paper))
    return found


def scan_line(scan: Scan) -> Line:
    """One filed scan."""
    kind = words.code("scan_kinds", scan.kind)
    page = QCoreApplication.translate("Scans", "第 {n} 页").format(n=scan.page)
    said = f"《{scan.title}》{page}　{kind}" if scan.paper else f"{kind}　{scan.source}"
    return Line(said, words.stamp(scan.at), "none", "scan", scan)


def waiting_line(page: Waiting) -> Line:
    """One page of the tray and why it waits."""
    return Line(f"{page.source}：{words.sentence(KnownError(page.why))}", words.stamp(page.at), "amber", "tray", page)
