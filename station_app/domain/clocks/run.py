"""All clocks of one case, the nearest first."""

from __future__ import annotations

from station_app.domain.clocks import limits, running
from station_app.domain.clocks.clock import Clock, in_order
from station_app.domain.court.facts import Facts


def clocks(f: Facts) -> list[Clock]:
    """Every clock that has something to say of this case today. Pure: the same facts and day give the same list."""
    found = [
        *running.mediation(f),
        *running.confirmation(f),
        *running.performance(f),
        *running.ruling(f),
        *running.filing(f),
        *limits.limits(f),
    ]
    return in_order(found)
