"""All clocks of one case, the nearest first."""

from __future__ import annotations

from station_app.domain.clocks import asked, limits, mediating, performing, ruled
from station_app.domain.clocks.clock import Clock, in_order
from station_app.domain.court.facts import Facts


def clocks(f: Facts) -> list[Clock]:
    """Every clock that has something to say of this case today. Pure: the same facts and day give the same list."""
    found = [
        *mediating.mediation(f),
        *performing.confirmation(f),
        *performing.performance(f),
        *ruled.ruling(f),
        *mediating.local(f),
        *asked.asked(f),
        *limits.limits(f),
    ]
    return in_order(found)
