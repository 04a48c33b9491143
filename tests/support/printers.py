"""A printer for tests that is made of memory: pieces come out when asked for, and it can fail at any of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from station_app.documents.preview import page_count, page_image
from station_app.documents.proof import decode_payload
from station_app.services.printjobs.plan import Duplex
from station_app.services.printjobs.port import Pace, State
from sync.contract.errors import KnownError


@dataclass
class FakePrinter:
    """`slow`: how often a piece is asked for before it is out; `refuses`: takes nothing from this piece on (from 1);
    `fails`: this piece never comes out well; `hangs`: nothing comes out from this piece on."""

    name: str = "奔图 P3010"
    ahead: int = 2
    slow: int = 0
    refuses: int = 0
    fails: int = 0
    hangs: int = 0
    sent: list[tuple[str, bytes, Duplex]] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    most_held: int = 0
    _asked: dict[int, int] = field(default_factory=dict)
    _out: set[int] = field(default_factory=set)

    def send(self, data: bytes, *, title: str, duplex: Duplex) -> str:
        if self.refuses and len(self.sent) + 1 >= self.refuses:
            raise KnownError("E-302", printer=self.name)
        self.sent.append((title, data, duplex))
        held = len(self.sent) - len(self._out) - len(self.cancelled)
        self.most_held = max(self.most_held, held)
        return str(len(self.sent))

    def state(self, job: str) -> State:
        number = int(job)
        if number in self.cancelled or number == self.fails:
            return "failed"
        if self.hangs and number >= self.hangs:
            return "waiting"
        self._asked[number] = self._asked.get(number, 0) + 1
        if self._asked[number] <= self.slow:
            return "waiting"
        self._out.add(number)
        return "done"

    def trouble(self) -> tuple[str, ...]:
        return ("paper",) if self.hangs and len(self.sent) >= self.hangs else ()

    def cancel(self, job: str) -> None:
        if int(job) not in self._out:
            self.cancelled.append(int(job))

    @property
    def printed(self) -> list[str]:
        """Titles of the pieces that came out, in order."""
        return [title for n, (title, _, _) in enumerate(self.sent, 1) if n in self._out]


class Watch:
    """Time that passes only while somebody waits: one second a look."""

    def __init__(self) -> None:
        self.now = 0.0

    def pace(self) -> Pace:
        return Pace(ticks=lambda: self.now, sleep=self._sleep, every=1.0)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds


def codes(pdf: bytes) -> list[tuple[str, int]]:
    """(paper, page) by the code on each page, as an eye on the sheet would see them."""
    import zxingcpp

    # as the program's own reader: a table's lines can pass for a code of bars
    qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found: list[tuple[str, int]] = []
    for number in range(1, page_count(pdf) + 1):
        shot = page_image(pdf, number, 200)
        view = memoryview(shot.rgb).cast("B", (shot.height, shot.width, 3))
        marks = [decode_payload(code.text) for code in zxingcpp.read_barcodes(view, formats=qr)]
        found += [(mark.paper_id, mark.page) for mark in marks]
    return found
