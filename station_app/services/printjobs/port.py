"""What a job asks of a printer, how it waits for it, and what it tells meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from station_app.services.printjobs.plan import Duplex

State = Literal["waiting", "done", "failed"]


class Port(Protocol):
    """A printer by its name."""

    @property
    def name(self) -> str:
        """The printer's name in the system."""
        ...

    @property
    def ahead(self) -> int:
        """Pieces it may hold before the first has come out; at least 1."""
        ...

    def send(self, data: bytes, *, title: str, duplex: Duplex) -> str:
        """Hand over a PDF; the name of the piece. E-302 where the printer takes nothing."""
        ...

    def state(self, job: str) -> State:
        """What became of a piece."""
        ...

    def trouble(self) -> tuple[str, ...]:
        """What a person should look at: paper, jam, cover, toner, offline, stopped."""
        ...

    def cancel(self, job: str) -> None:
        """Take a piece back; one that is finished or gone is no matter."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How a job waits, seconds. `patience`: this long without a piece coming out is a printer that does not answer;
    `grace`: this long the piece at the printer may go on after a person stopped the job."""

    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    every: float = 0.3
    patience: float = 180.0
    grace: float = 15.0


@dataclass(frozen=True, slots=True)
class Progress:
    """`no`: the 份 now at the printer; `left`: seconds to go, None while unknown; `trouble`: as of the port."""

    no: int
    total: int
    left: int | None
    title: str
    trouble: tuple[str, ...] = ()


def seconds_left(*, spent: float, done: int, sides: int) -> int | None:
    """Time to go for the sides not yet printed, at the pace so far; None before the first is out."""
    return None if done <= 0 else round(spent / done * max(0, sides - done))
