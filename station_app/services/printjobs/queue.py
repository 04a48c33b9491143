"""A printer as a queue of the local CUPS: the PDF itself is sent, and the queue says what became of it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from typing import Final, Literal
from urllib.parse import quote

from station_app.services.printjobs import ipp
from station_app.services.printjobs.plan import Duplex
from sync.contract.errors import KnownError

State = Literal["waiting", "done", "failed"]

_WAITING: Final = frozenset({3, 4, 5})  # pending, held, processing (RFC 8011, 5.3.7)
_COMPLETED: Final = 9
_STOPPED: Final = 5
"""State of a printer that was stopped."""
_SIDES: Final = {"single": "one-sided", "manual": "one-sided", "long": "two-sided-long-edge"}
_TROUBLES: Final = {
    "media-empty": "paper",
    "media-needed": "paper",
    "media-jam": "jam",
    "cover-open": "cover",
    "door-open": "cover",
    "interlock-open": "cover",
    "toner-empty": "toner",
    "marker-supply-empty": "toner",
    "offline": "offline",
    "connecting-to-device": "offline",
    "timed-out": "offline",
    "paused": "stopped",
}
"""Reasons of a printer's state (RFC 8011, 5.4.12; PWG 5100.9) and what a person has to look at."""


def printers() -> tuple[str, ...]:
    """Names of the queues here, sorted; () where no CUPS answers. Windows has none, and is not asked."""
    if sys.platform == "win32":
        return ()
    wanted: list[ipp.Attribute] = [(ipp.KEYWORD, "requested-attributes", ["printer-name"]), _user()]
    try:
        answer = ipp.ask(ipp.GET_PRINTERS, "/", wanted)
    except ipp.IppError:
        return ()
    return tuple(sorted(str(name) for group in answer.groups for name in group.get("printer-name", [])))


def _user() -> ipp.Attribute:
    return (ipp.NAME, "requesting-user-name", [getpass.getuser()])


class Queue:
    """One queue. `ahead`: jobs it is given before the first has come out, so that stopping means something."""

    def __init__(self, name: str, *, ahead: int = 2) -> None:
        self.name = name
        self.ahead = ahead
        self._path = "/printers/" + quote(name)
        self._uri = "ipp://localhost" + self._path

    def send(self, data: bytes, *, title: str, duplex: Duplex) -> str:
        """Hand over a PDF on A4, not scaled; the job's number. E-302 where the queue does not take it."""
        asked: list[ipp.Attribute] = [
            (ipp.URI, "printer-uri", [self._uri]),
            _user(),
            (ipp.NAME, "job-name", [_short(title)]),
            (ipp.MIME, "document-format", ["application/pdf"]),
        ]
        job: list[ipp.Attribute] = [(ipp.KEYWORD, "media", ["iso_a4_210x297mm"])]
        job += [(ipp.KEYWORD, "print-scaling", ["none"])]
        if duplex in _SIDES:
            job.append((ipp.KEYWORD, "sides", [_SIDES[duplex]]))
        try:
            answer = ipp.ask(ipp.PRINT_JOB, self._path, asked, job=job, data=data)
        except ipp.IppError as error:
            raise KnownError("E-302", printer=self.name) from error
        return str(answer.groups[0]["job-id"][0])

    def state(self, job: str) -> State:
        """What became of a job; one that cannot be asked for any more counts as waiting, and runs out of time."""
        try:
            answer = ipp.ask(ipp.GET_JOB, "/jobs", self._of(job, ["job-state"]))
            number = answer.groups[0]["job-state"][0]
        except (ipp.IppError, IndexError, KeyError):
            return "waiting"
        if number in _WAITING:
            return "waiting"
        return "done" if number == _COMPLETED else "failed"

    def trouble(self) -> tuple[str, ...]:
        """What a person should look at: paper, jam, cover, toner, offline, stopped; () while all is well."""
        wanted = ["printer-state", "printer-state-reasons"]
        asked: list[ipp.Attribute] = [(ipp.URI, "printer-uri", [self._uri]), _user()]
        asked.append((ipp.KEYWORD, "requested-attributes", wanted))
        try:
            group = ipp.ask(ipp.GET_PRINTER, self._path, asked).groups[0]
        except (ipp.IppError, IndexError):
            return ("offline",)
        found = [_trouble(str(reason)) for reason in group.get("printer-state-reasons", [])]
        stopped = ["stopped"] if _STOPPED in group.get("printer-state", []) else []
        return tuple(dict.fromkeys(word for word in found + stopped if word))

    def cancel(self, job: str) -> None:
        """Take a job back; one that is finished or gone is no matter."""
        try:
            ipp.ask(ipp.CANCEL_JOB, "/jobs", self._of(job, []))
        except ipp.IppError:
            return

    def _of(self, job: str, wanted: Sequence[str]) -> list[ipp.Attribute]:
        asked: list[ipp.Attribute] = [
            (ipp.URI, "printer-uri", [self._uri]),
            (ipp.INTEGER, "job-id", [int(job)]),
            _user(),
        ]
        return [*asked, (ipp.KEYWORD, "requested-attributes", list(wanted))] if wanted else asked


def _trouble(reason: str) -> str:
    for end in ("-error", "-warning", "-report"):
        reason = reason.removesuffix(end)
    return _TROUBLES.get(reason, "")


def _short(title: str) -> str:
    """A job's name has at most 255 bytes (RFC 8011, 5.1.3), never cut inside a character."""
    return title.encode()[:255].decode("utf-8", "ignore")
