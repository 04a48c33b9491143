"""Printing: the issued bytes as pictures of 300 dpi on the printer of the settings; what went wrong is one sentence."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from station_app.services import papers
from station_app.services.local import settings
from station_app.services.papers import Picture
from station_app.services.station import Station
from sync.contract.errors import KnownError

DPI: Final = 300


def image(picture: Picture) -> QImage:
    """A page's picture as Qt takes it; the bytes are copied."""
    data = QImage(picture.rgb, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
    return data.copy()


def printer(station: Station) -> QPrinter:
    """The printer of the settings, else the system's own; A4, sides as set."""
    name = settings.get(station, "printer.name")
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    made = QPrinter(info, QPrinter.PrinterMode.HighResolution) if not info.isNull() else QPrinter()
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    made.setFullPage(True)
    duplex = settings.get(station, "printer.duplex")
    sides = {"single": QPrinter.DuplexMode.DuplexNone, "long": QPrinter.DuplexMode.DuplexLongSide}
    made.setDuplex(sides.get(duplex, QPrinter.DuplexMode.DuplexAuto))
    return made


def choose(parent: QWidget, made: QPrinter, *, copies: int) -> bool:
    """Ask for printer and copies; the copies the rule proposes stand there already."""
    made.setCopyCount(max(1, copies))
    return QPrintDialog(made, parent).exec() == QDialog.DialogCode.Accepted


def send(made: QPrinter, data: bytes) -> int:
    """Print all pages; how many. E-302 where the printer does not take the work, E-303 where it stops in the middle."""
    painter = QPainter()
    if not painter.begin(made):
        raise KnownError("E-302", printer=made.printerName())
    pages = papers.page_count(data)
    try:
        for page in range(1, pages + 1):
            if page > 1 and not made.newPage():
                raise KnownError("E-303", done=page - 1, next=page, total=pages)
            target = QRectF(painter.viewport())
            painter.drawImage(target, image(papers.page_image(data, page, DPI)))
    finally:
        painter.end()
    return pages
