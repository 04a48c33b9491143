"""Values of the papers for courts and arbitration, from the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from station_app.domain.case import Case
from station_app.services.station import Station

APPLIES: Final[Mapping[str, Callable[[Case], bool]]] = {}
"""Template -> whether a case has a use for it; one that is not named applies to every case."""


def build(station: Station, case: Case) -> dict[str, object]:
    """The values, by the keys declared for these papers."""
    return {}
