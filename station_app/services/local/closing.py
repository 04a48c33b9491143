"""Whether the desk was closed in order the last time, and which draft was brought back if it was not.

The mark is a file beside the log, in no backup: a station that was restored was not interrupted.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from station_app.services.local import drafts, journal
from station_app.services.local.drafts import Draft
from station_app.services.station import Station

_NAME: Final = "desk.running"


def begin(station: Station) -> bool:
    """Mark the desk as open; True where it was not closed in order before. A disk that takes no file marks nothing."""
    mark = _mark(station)
    broken = mark.exists()
    with suppress(OSError):
        mark.parent.mkdir(mode=0o700, exist_ok=True)
        mark.touch(mode=0o600)
    return broken


def brought_back(station: Station) -> Draft | None:
    """The user's newest draft, None where nothing was unfinished."""
    kept = drafts.of_user(station)
    return kept[0] if kept else None


def end(station: Station) -> None:
    """The desk is closed in order."""
    with suppress(OSError):
        _mark(station).unlink(missing_ok=True)
    journal.note(station.store.directory, "closed")


def _mark(station: Station) -> Path:
    return station.store.directory / journal.FOLDER / _NAME
