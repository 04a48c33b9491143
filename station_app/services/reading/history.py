"""What was done on a case, when and by whom; from the ops, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain.case import text
from station_app.services.station import Station


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: device time in ms, name of the person ("" for the program or a stranger), code of verbs."""

    at: int
    who: str
    verb: str


def of_case(station: Station, *, case: str) -> list[Deed]:
    """Every act on a case; the ops of one act (one per compartment) count once."""
    people = station.store.reference().records
    deeds: list[Deed] = []
    for op in station.store.ops_of(case):
        deed = Deed(op.wall, text(people.get(op.actor), "name"), op.verb)
        if not deeds or deeds[-1] != deed:
            deeds.append(deed)
    deeds.reverse()  # of the same moment, the later one first
    return sorted(deeds, key=lambda d: -d.at)
