"""待法律审查: agreements nobody has signed and no consultant has looked at as they stand now.

A review is kept on the case with a mark of what was looked at; a change afterwards brings the case back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.court.check import count
from station_app.domain.court.finding import Severity
from station_app.services import court, records, redline
from station_app.services.changes import Changes
from station_app.services.reading import lists
from station_app.services.reading.lists import CaseLine, Filter
from station_app.services.station import Station
from sync.contract.canonical import dumps
from sync.contract.errors import KnownError
from sync.contract.states import ACCEPTED, AGREED, MEDIATING

QUESTION: Final = "legal_review"
"""Question whose answer is a consultant's review: the mark of what he saw, with his note."""
_STATES: Final = (ACCEPTED, AGREED, MEDIATING)
_MOST: Final = 200
"""So many open cases are looked through at once, the newest first."""


@dataclass(frozen=True, slots=True)
class Reviewable:
    """One agreement to be reviewed: its case, findings by severity, proposals not decided, and if it came back."""

    case: CaseLine
    stops: int
    warns: int
    proposals: int
    again: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue: what a court would refuse first, then the newest. `before`: where to go on; `left`: open
    cases that were not looked through yet, 0 at the end.
    """

    found: list[Reviewable]
    before: int
    left: int


def waiting(station: Station, *, text: str = "") -> list[Reviewable]:
    """The first part of the queue; with `text` of the cases that search finds by it, however old."""
    return page(station, text=text).found


def page(station: Station, *, before: int = 0, text: str = "", most: int = _MOST) -> Queue:
    """The next part, among cases older than `before` (0: from the newest)."""
    wanted = Filter(states=_STATES, text=text)
    lines = lists.cases(station, flt=wanted, before=before, limit=most)
    older = lines[-1].id if len(lines) == most else 0
    left = lists.count(station, flt=wanted, before=older) if older else 0
    return Queue(_look(station, lines), older if left else 0, left)


def _look(station: Station, lines: Sequence[CaseLine]) -> list[Reviewable]:
    found = []
    for line in lines:
        view = station.case(line.rec)
        if _waits(view):
            by = count(court.check(station, case=line.rec))
            stops = by[Severity.SEAL] + by[Severity.STOP]
            proposals = len(redline.proposals(view))
            found.append(Reviewable(line, stops, by[Severity.WARN], proposals, bool(_answer(view))))
    return sorted(found, key=lambda w: -w.stops)


def done(station: Station, *, case: str, note: str = "") -> Changes:
    """法律审查完毕: keep that the agreement was looked at as it stands. E-223 without an agreement."""
    view = station.case(case)
    if view.agreement is None:
        raise KnownError("E-223", what="调解协议")
    values = {"value": mark(view), "text": note.strip() or None, "date": station.clock.today().isoformat()}
    return records.answer(station, case=case, question=QUESTION, values=dict(values))


def reviewed(view: Case) -> bool:
    """True where a consultant looked at the agreement just as it stands."""
    return view.agreement is not None and _answer(view) == mark(view)


def mark(view: Case) -> str:
    """A mark of the agreement as it stands: its own fields, its rows and its terms."""
    parts = [r for r in (view.agreement, *view.obligations, *view.terms) if r is not None]
    said = dumps([[r.id, r.values] for r in parts])
    return hashlib.sha256(said).hexdigest()[:32]


def _waits(view: Case) -> bool:
    return view.agreement is not None and not view.sealed and not reviewed(view)


def _answer(view: Case) -> str:
    found = [r for r in view.kind("answer") if text(r, "question") == QUESTION]
    return text(found[-1], "value") if found else ""
