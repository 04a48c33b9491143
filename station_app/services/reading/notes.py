"""Notes of one side and psychological notes that this user is not shown: how many there are, never what they say."""

from __future__ import annotations

from station_app.domain.case import Case
from station_app.services.station import Station
from station_app.store import privacy


def held_back(station: Station, view: Case) -> int:
    """How many acts on such notes the user does not see: only who wrote them and the case's mediator do."""
    return privacy.held_back(station.store, view.id, view.state)
