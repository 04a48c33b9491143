"""A printing job at work: pieces to the printer in order, what came out counted, the rest taken back when it breaks.

A 份 counts when the printer has finished it. What was only handed over is taken back, so that going on from the number
said prints nothing twice and leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from station_app.services.printjobs import log
from station_app.services.printjobs.cutting import cut
from station_app.services.printjobs.plan import Copy, Duplex, Item, Order, Send, Stage, copies_of, stages
from station_app.services.printjobs.port import Pace, Port, Progress, seconds_left
from station_app.services.printjobs.sheets import separator
from station_app.services.station import Station
from station_app.store import blobs
from sync.contract.errors import KnownError

Tell = Callable[[Progress], object]
Stop = Callable[[], bool]


def _quiet(_progress: Progress) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


@dataclass(slots=True)
class _Piece:
    send: Send
    job: str


class Job:
    """To be run stage by stage: `for stage in job.stages:` (before a "back" the stack is turned) `job.run(stage)`.

    After E-302 or E-303 `next` is the 份 to go on with; a new job with `start=next` prints the rest.
    """

    def __init__(self, station: Station, order: Order, *, port: Port, start: int = 1, pace: Pace | None = None) -> None:
        self.copies = copies_of(order)
        self.stages = stages(order, start=start)
        self.total = len(self.copies)
        self.order = order
        self.next = start
        self._station = station
        self._port = port
        self._pace = pace or Pace()
        self._queue: list[_Piece] = []
        self._out: dict[Item, int] = {}
        self._sides = sum(len(send.pages) for stage in self.stages for send in stage.sends)
        self._sides_out = 0
        self._spent = 0.0
        self._began = self._fed = 0.0
        self._held: tuple[Item, bytes] | None = None
        self._tell: Tell = _quiet
        self._stop: Stop = _never

    def run(self, stage: Stage, *, tell: Tell = _quiet, stop: Stop = _never) -> None:
        """Print one stage to its end. E-302 where nothing of the job came out, else E-303 with the 份 to go on from."""
        self._tell, self._stop = tell, stop
        self._began = self._fed = self._pace.ticks()
        try:
            for send in stage.sends:
                self._room(stage, self._port.ahead - 1)
                if stop():
                    self._give_up(stage)
                self._hand_over(stage, send)
                self._report(stage)
            self._room(stage, 0)
            if stage.side == "back":
                self._count_stack(stage)
        except BaseException:
            self._write_log(broken=True)
            raise
        finally:
            self._spent += self._pace.ticks() - self._began
        self._write_log()

    # -- to the printer -------------------------------------------------------------------------------------------

    def _hand_over(self, stage: Stage, send: Send) -> None:
        one_sided = self.order.duplex == "manual" or send.copy is None
        duplex: Duplex = "single" if one_sided else self.order.duplex
        data = cut(self._bytes(send), send.pages)
        try:
            job = self._port.send(data, title=_title(send), duplex=duplex)
        except KnownError as error:
            if error.code != "E-302":
                raise
            self._let_out(stage)
            raise self._broken() from error
        self._queue.append(_Piece(send, job))

    def _bytes(self, send: Send) -> bytes:
        """The sealed bytes; a paper's are kept for its next copy."""
        if send.copy is None:
            return separator(self._station, self.order, send.case)
        item = send.copy.item
        if self._held is None or self._held[0] is not item:
            self._held = (item, item.data or blobs.get(self._station.store, item.sha))
        return self._held[1]

    # -- out of the printer ---------------------------------------------------------------------------------------

    def _room(self, stage: Stage, most: int) -> None:
        """Wait until the printer holds no more than `most` pieces."""
        while not self._collect(stage, most):
            if self._stop():
                self._give_up(stage)
                return
            if self._pace.ticks() - self._fed > self._pace.patience:
                self._take_back(stage)
                raise self._broken()
            self._report(stage, look=True)
            self._pace.sleep(self._pace.every)

    def _collect(self, stage: Stage, most: int) -> bool:
        """Count what has come out, in order; True when no more than `most` pieces are left."""
        while self._queue:
            state = self._port.state(self._queue[0].job)
            if state == "failed":
                self._take_back(stage)
                raise self._broken()
            if state == "waiting":
                break
            self._came_out(stage, self._queue.pop(0))
        return len(self._queue) <= most

    def _came_out(self, stage: Stage, piece: _Piece) -> None:
        self._fed = self._pace.ticks()
        self._sides_out += len(piece.send.pages)
        if piece.send.copy is not None and stage.whole:
            self._count(piece.send.copy)

    def _count(self, copy: Copy) -> None:
        """One more 份 is whole; the line of the paper before is written when the next paper begins."""
        self.next = copy.no + 1
        for item in [i for i in self._out if i != copy.item]:
            self._note(item, self._out.pop(item))
        self._out[copy.item] = self._out.get(copy.item, 0) + 1

    def _count_stack(self, stage: Stage) -> None:
        for copy in sorted((s.copy for s in stage.sends if s.copy is not None), key=lambda c: c.no):
            self._count(copy)

    # -- the end --------------------------------------------------------------------------------------------------

    def _give_up(self, stage: Stage) -> None:
        """A person stops the job: the piece at the printer may come out, all behind it is taken back."""
        while len(self._queue) > 1:
            self._port.cancel(self._queue.pop().job)
        self._let_out(stage)
        if self.next <= self.total:
            raise KnownError("E-303", total=self.total, done=self.next - 1, next=self.next)

    def _let_out(self, stage: Stage) -> None:
        """Let what is at the printer come out for a while; take back what does not."""
        self._fed = self._pace.ticks()
        while not self._collect(stage, 0) and self._pace.ticks() - self._fed < self._pace.grace:
            self._pace.sleep(self._pace.every)
        self._take_back(stage)

    def _take_back(self, stage: Stage) -> None:
        """Cancel what is still at the printer; what came out all the same is counted."""
        for piece in reversed(self._queue):
            self._port.cancel(piece.job)
        while self._queue and self._port.state(self._queue[0].job) == "done":
            self._came_out(stage, self._queue.pop(0))
        self._queue.clear()

    def _broken(self) -> KnownError:
        if self.next == 1:
            return KnownError("E-302", printer=self._port.name)
        return KnownError("E-303", total=self.total, done=self.next - 1, next=self.next)

    def _write_log(self, *, broken: bool = False) -> None:
        at = self.copies[self.next - 1] if broken and self.next <= self.total else None
        for item, copies in self._out.items():
            self._note(item, copies, broken=at is not None and at.item == item)
        self._out.clear()

    def _note(self, item: Item, copies: int, *, broken: bool = False) -> None:
        log.put(self._station, item, printer=self._port.name, copies=copies, pages=self.order.pages, broken=broken)

    def _report(self, stage: Stage, *, look: bool = False) -> None:
        send = self._queue[0].send if self._queue else stage.sends[-1]
        no = send.copy.no if send.copy is not None else self.next
        spent = self._spent + self._pace.ticks() - self._began
        left = seconds_left(spent=spent, done=self._sides_out, sides=self._sides)
        trouble = self._port.trouble() if look else ()
        self._tell(Progress(no, self.total, left, _title(send), trouble))


def _title(send: Send) -> str:
    """What a print queue shows: number and paper, no names of people."""
    if send.copy is None:
        return "打印分隔页"
    item = send.copy.item
    return f"{item.number}{item.title} {send.copy.nth}-{item.copies}"
