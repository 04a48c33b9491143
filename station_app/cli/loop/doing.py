"""One act on one case from the command line: open, find the case, act, say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from station_app.cli.common import opened, show
from station_app.services.reading import lists
from station_app.services.station import Station

Access = tuple[Path | None, str, Path | None]
"""Data directory, user and file of the password, as the options say."""


def on_case(access: Access, case: str, act: Callable[[Station, str], object], said: str) -> None:
    """`act` is a verb on the station and the record id of the case; `said` is printed once it is done."""
    with opened(*access) as station:
        act(station, lists.resolve(station, case))
    show({}, as_json=False, text=said)
