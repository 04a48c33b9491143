"""重复被诉: how often the same person or unit was named before, for the intake and the page of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from station_app.domain.case import RESPONDENT, Case, text
from station_app.services.reading import respondents
from station_app.services.reading.lists import Filter
from station_app.services.station import Station

_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Repeat:
    """`nth`: which appeal against it this one is, from 1; `year` of them in the 365 days before today."""

    name: str
    number: str
    nth: int
    year: int

    @property
    def cases(self) -> Filter:
        """The list behind the number."""
        return Filter(respondent=self.name, respondent_number=self.number)


def of_name(station: Station, *, name: str, number: str = "") -> Repeat:
    """For a respondent being typed: the appeal now written would be the nth."""
    found = respondents.ids(station, name, number)
    return Repeat(name, number, len(found) + 1, _recent(station, found) + 1)


def of_case(station: Station, view: Case) -> list[Repeat]:
    """Respondents of a case that were named before it, each with the place this case has in the row."""
    own = station.store.ids.pk(view.id)
    repeats = []
    for party in view.side(RESPONDENT):
        number = text(party.identity, "id_number")
        found = respondents.ids(station, party.name, number)
        nth = sum(1 for one in found if one <= own)
        if nth > 1:
            repeats.append(Repeat(party.name, number, nth, _recent(station, found)))
    return repeats


def _recent(station: Station, found: list[int]) -> int:
    since = (station.clock.today() - _YEAR).isoformat()
    marks = ",".join(map(str, found)) or "0"
    row = station.store.reader.execute(
        f"SELECT count(*) FROM case_row WHERE id IN ({marks}) AND registered_at >= ?", (since,)
    ).fetchone()
    return int(row[0])
