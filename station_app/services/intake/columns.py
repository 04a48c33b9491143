"""What the columns of a roster mean, remembered on this PC by their heads: next month's file needs no mapping again."""

from __future__ import annotations

import hashlib
from typing import Final

from station_app.services import roster
from station_app.services.roster import Correction, Sheet
from station_app.services.station import Station
from station_app.store import local

_KIND: Final = "roster_columns"
_EVERYBODY: Final = ""
"""The mapping belongs to the PC, not to one of its users, and is nobody's draft."""


def sheet(station: Station, *, data: bytes | str, filename: str = "") -> tuple[Sheet, Correction]:
    """A file as read for the first time, with the columns as they were mapped before where its heads are known.

    E-218 and E-241 as `roster.sheet` says.
    """
    plain = roster.sheet(station, data=data, filename=filename)
    kept = local.draft_of(station.store, user=_EVERYBODY, kind=_KIND, record=_heads(plain))
    if kept is None:
        return plain, Correction()
    known = {name for name, _ in roster.fields()}
    columns = {int(c): str(name) for c, name in kept.data.items() if c.isdigit() and (not name or name in known)}
    change = Correction(columns=columns)
    return roster.sheet(station, data=data, filename=filename, correction=change), change


def remember(station: Station, *, sheet: Sheet, change: Correction) -> None:
    """Keep the columns a person mapped, for files with the same heads; nothing where none was mapped."""
    if change.columns:
        local.save_draft(
            station.store,
            user=_EVERYBODY,
            kind=_KIND,
            record=_heads(sheet),
            title="",
            data={str(column): name for column, name in change.columns.items()},
            caret="",
            now_ms=station.clock.now_ms(),
        )


def _heads(sheet: Sheet) -> str:
    """The line of heads (the first line where none was found), as one name."""
    line = sheet.lines[max(0, sheet.first_line - 1)] if sheet.lines else []
    return hashlib.sha256("\x1f".join(line).encode()).hexdigest()
