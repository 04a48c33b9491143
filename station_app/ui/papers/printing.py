"""Printers as Qt knows them: names, and one without CUPS that is given pages as pictures of its own resolution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station_app.services import papers, printing
from station_app.services.papers import Picture
from station_app.services.printing import Duplex, Port, State
from sync.contract.errors import KnownError

_MODES: Final = {
    "single": QPrinter.DuplexMode.DuplexNone,
    "manual": QPrinter.DuplexMode.DuplexNone,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "auto": QPrinter.DuplexMode.DuplexAuto,
}


def image(picture: Picture) -> QImage:
    """A page's picture as Qt takes it; the bytes are copied."""
    data = QImage(picture.rgb, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
    return data.copy()


def names(queues: Sequence[str] = ()) -> list[str]:
    """Every printer of this PC: those of the system, and the `queues` of CUPS it does not list."""
    system = QPrinterInfo.availablePrinterNames()
    return [*system, *(name for name in queues if name not in system)]


def usual() -> str:
    """The system's default printer, "" where it has none. It is only proposed while none was ever chosen here."""
    return QPrinterInfo.defaultPrinterName()


def port(name: str, queues: Sequence[str]) -> Port:
    """The printer of a name: by CUPS where it is a queue, else by pictures. E-320 where it is not there any more."""
    if name in queues:
        return printing.Queue(name)
    if QPrinterInfo.printerInfo(name).isNull():
        raise KnownError("E-320", printer=name, printers="、".join(names(queues)))
    return Raster(name, lambda: QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution))


class Raster:
    """A printer of the system: each piece is a document of its own, drawn and handed over before the next."""

    ahead: Final = 1

    def __init__(self, name: str, make: Callable[[], QPrinter]) -> None:
        self.name = name
        self._make = make
        self._sent = 0

    def send(self, data: bytes, *, title: str, duplex: Duplex) -> str:
        """Draw all pages. E-302 where the printer takes no work, or none after some page."""
        made = self._make()
        made.setDocName(title)
        made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        made.setFullPage(True)
        made.setDuplex(_MODES[duplex])
        painter = QPainter()
        if not painter.begin(made):
            raise KnownError("E-302", printer=self.name)
        try:
            for page in range(1, papers.page_count(data) + 1):
                if page > 1 and not made.newPage():
                    made.abort()
                    raise KnownError("E-302", printer=self.name)
                _draw(painter, data, page, made.resolution())
        finally:
            painter.end()
        if made.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise KnownError("E-302", printer=self.name)
        self._sent += 1
        return str(self._sent)

    def state(self, job: str) -> State:
        """Handed over is all that is known here: the system's queue takes it from there."""
        return "done"

    def trouble(self) -> tuple[str, ...]:
        """What the system says of the printer."""
        state = QPrinterInfo.printerInfo(self.name).state()
        return ("stopped",) if state in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted) else ()

    def cancel(self, job: str) -> None:
        """Nothing is held back here."""


def _draw(painter: QPainter, data: bytes, page: int, dpi: int) -> None:
    """A page in its true size, grey, or in colour where it has some; a smaller one (A5) stands at the top, centred."""
    shot = printing.page_picture(data, page, dpi=dpi)
    form = QImage.Format.Format_RGB888 if shot.colour else QImage.Format.Format_Grayscale8
    row = shot.width * (3 if shot.colour else 1)
    picture = QImage(shot.pixels, shot.width, shot.height, row, form)  # looks at `shot`, which lives as long
    sheet = painter.viewport()
    scale = dpi / shot.dpi
    wide, high = shot.width * scale, shot.height * scale
    if wide > sheet.width() + dpi / 25 or high > sheet.height() + dpi / 25:  # more than a rounded pixel: larger than A4
        fitting = min(sheet.width() / wide, sheet.height() / high)
        wide, high = wide * fitting, high * fitting
    painter.drawImage(QRectF((sheet.width() - wide) / 2, 0, wide, high), picture)
