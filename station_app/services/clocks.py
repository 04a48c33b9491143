"""The clocks of a case, what remains when one has run out, and all of them as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence

from station_app.domain.case import text
from station_app.domain.clocks import ics
from station_app.domain.clocks.clock import Clock
from station_app.domain.clocks.remedies import Remedy
from station_app.domain.clocks.remedies import remedies as _remedies
from station_app.domain.clocks.run import clocks
from station_app.services.court import facts_of
from station_app.services.reading.lists import Filter
from station_app.services.reading.lists import cases as _page
from station_app.services.station import Station
from sync.contract.states import OPEN


def of_case(station: Station, *, case: str) -> list[Clock]:
    """Every clock of a case as it stands today, the nearest last day first."""
    return clocks(facts_of(station, station.case(case)))


def remedies(station: Station, *, case: str) -> list[Remedy]:
    """What stands open to the parties where time has run out, the stronger way first."""
    return _remedies(facts_of(station, station.case(case)))


def open_cases(station: Station) -> list[str]:
    """Record ids of this station's cases in which somebody still owes an act, the newest first."""
    wanted = Filter(states=tuple(sorted(OPEN)), own_only=True)
    found: list[str] = []
    before = 0
    while page := _page(station, flt=wanted, before=before):
        found += [line.rec for line in page]
        before = page[-1].id
    return found


def calendar(station: Station, *, cases: Sequence[str]) -> str:
    """The running clocks of these cases as an .ics file (CRLF lines); titles only, no identity data."""
    entries = [
        (case, text(station.case(case).record, "title"), clock)
        for case in dict.fromkeys(cases)
        for clock in of_case(station, case=case)
    ]
    return ics.calendar(entries, station.clock.now_ms())
