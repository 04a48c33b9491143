"""待签、待对方签字、待盖章: the agreements of all cases that wait for a hand or a seal, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from weakref import WeakKeyDictionary

from station_app.domain.case import number, text
from station_app.services.paperwork import issuing
from station_app.services.signdesk.desk import ABSENT, REFUSED, Desk, of_case
from station_app.services.station import Station
from station_app.store.core import Store
from station_app.store.project import changed_at

Waits = Literal["unsigned", "other", "seal"]
"""Nobody has signed; somebody has, others have not; only mediator or committee are missing."""
KINDS: Final[tuple[Waits, ...]] = ("unsigned", "other", "seal")
_UNTIL: Final = ("registered", "accepted", "mediating", "agreed")
"""States before 生效: afterwards nobody is waited for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case on a list. `who`: names of the parties waited for; `no`: of those who refused or did not come; `signed`
    of `total` signatures of parties are there; `agreements` that wait on this list; `since`: the day it was issued."""

    case: str
    number: str
    title: str
    waits: Waits
    who: tuple[str, ...]
    no: tuple[str, ...]
    signed: int
    total: int
    agreements: int
    since_ms: int


def waiting(station: Station, *, kind: Waits | None = None) -> list[Waiting]:
    """All three lists (or one), in the order of `KINDS`, then as issued."""
    marks = ",".join("?" * len(_UNTIL))
    rows = station.store.reader.execute(
        "SELECT DISTINCT c.rec FROM paper_row p JOIN case_row c ON c.id = p.case_id WHERE p.template = 'agreement'"
        f" AND p.state NOT IN ('void', 'replaced') AND c.discarded = 0 AND c.state IN ({marks})",
        _UNTIL,
    ).fetchall()
    found = [line for row in rows for line in of(station, str(row[0]))]
    found.sort(key=lambda line: (KINDS.index(line.waits), line.since_ms, line.case))
    return [line for line in found if kind in (None, line.waits)]


def of(station: Station, case: str) -> list[Waiting]:
    """The lists one case stands on: with an agreement for each worker it may be two at once.

    Kept until the case is written to again: the first page asks after every change anywhere.
    """
    known = _KNOWN.setdefault(station.store, {})
    changed = changed_at(station.store, station.store.reader, case)
    if case not in known or known[case][0] != changed:
        known[case] = (changed, _read(station, case))
    return known[case][1]


_KNOWN: WeakKeyDictionary[Store, dict[str, tuple[int, list[Waiting]]]] = WeakKeyDictionary()


def _read(station: Station, case: str) -> list[Waiting]:
    view = station.case(case)
    if view.agreement is None:
        return []
    issued = [p for p in view.papers if text(p, "template") == issuing.AGREEMENT and text(p, "state") == "issued"]
    since = min((number(p, "issued_ms") for p in issued), default=0)
    return _lines(of_case(view), since)


def _lines(desk: Desk, since: int) -> list[Waiting]:
    who = tuple(row.name for row in desk.waiting)
    no = tuple(row.name for row in desk.rows if row.state in (REFUSED, ABSENT))
    signed, total = sum(r.signed for r in desk.rows), sum(r.agreements for r in desk.rows)
    found: list[Waiting] = []

    def add(waits: Waits, agreements: int) -> None:
        names = who if waits != "seal" else ()
        gone = no if names else ()
        found.append(Waiting(desk.case, desk.number, desk.title, waits, names, gone, signed, total, agreements, since))

    if who:
        add("other" if signed else "unsigned", desk.total - desk.parties_done)
    if desk.to_seal:
        add("seal", desk.to_seal)
    return found
