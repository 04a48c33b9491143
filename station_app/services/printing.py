"""Verbs on printing: which papers, on which printer, as one job that can be stopped and gone on with; the print log.

Nothing is rendered: an issued paper is printed as it was sealed, so a reprint is the same sheet once more. A printer is
known by its name; one that is not there is named, and no other takes its place.
"""

from __future__ import annotations

from typing import Final, cast

from station_app.services.local import settings
from station_app.services.printjobs import log, queue
from station_app.services.printjobs.gather import Gathered, Left, gather, item_of
from station_app.services.printjobs.job import Job
from station_app.services.printjobs.log import Printed
from station_app.services.printjobs.pictures import page_picture
from station_app.services.printjobs.plan import BackOrder, Duplex, Item, Order, Stage, parse_pages
from station_app.services.printjobs.port import Pace, Port, Progress, State, seconds_left
from station_app.services.printjobs.queue import Queue
from station_app.services.station import Station
from sync.contract.errors import KnownError

__all__ = ["BackOrder", "Duplex", "Gathered", "Item", "Job", "Left", "Order", "Pace", "Port", "Printed", "Progress",
           "Queue", "Stage", "State", "gather", "item_of", "note_file", "open_queue", "page_picture", "parse_pages",
           "printed", "queues", "remember", "remembered", "seconds_left"]  # fmt: skip

_PRINTER: Final = "printer.name"
_DUPLEX: Final = "printer.duplex"
_BACKS: Final = "printer.backs"


def queues() -> tuple[str, ...]:
    """Printers that the CUPS of this PC takes PDF for; () where there is none."""
    return queue.printers()


def open_queue(name: str) -> Queue:
    """A printer of CUPS by its name. E-323 without a printing service, E-320 where it knows no such printer."""
    found = queue.printers()
    if not found:
        raise KnownError("E-323")
    if name not in found:
        raise KnownError("E-320", printer=name, printers="、".join(found))
    return Queue(name)


def remembered(station: Station) -> tuple[str, Duplex, BackOrder]:
    """Printer ("" where none was ever chosen), sides, and in which order backs are printed after turning."""
    duplex, backs = settings.get(station, _DUPLEX), settings.get(station, _BACKS)
    return settings.get(station, _PRINTER), cast("Duplex", duplex), cast("BackOrder", backs)


def remember(station: Station, *, printer: str, duplex: Duplex, backs: BackOrder | None = None) -> None:
    """Keep what a person chose, for the next time."""
    values = {_PRINTER: printer, _DUPLEX: duplex}
    settings.put(station, values | ({_BACKS: backs} if backs else {}))


def printed(station: Station, *, case: str) -> list[Printed]:
    """The print log of a case on this PC, oldest first: who, when, which paper, where, the how-manieth time."""
    return log.of_case(station, case=case)


def note_file(station: Station, item: Item) -> None:
    """Note that a paper was written to a file once more."""
    log.put(station, item, printer="", copies=1)
