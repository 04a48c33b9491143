"""The clocks of a case, what remains when one has run out, and all of them as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence

from station_app.domain.case import text
from station_app.domain.clocks import ics
from station_app.domain.clocks.clock import Clock
from station_app.domain.clocks.run import clocks
from station_app.services.court import facts_of
from station_app.services.station import Station


def of_case(station: Station, *, case: str) -> list[Clock]:
    """Every clock of a case as it stands today, the nearest last day first."""
    return clocks(facts_of(station, station.case(case)))


def calendar(station: Station, *, cases: Sequence[str]) -> str:
    """The running clocks of these cases as an .ics file (CRLF lines); titles only, no identity data."""
    entries = [
        (case, text(station.case(case).record, "title"), clock)
        for case in cases
        for clock in of_case(station, case=case)
    ]
    return ics.calendar(entries, station.clock.now_ms())
