"""Drafts: unfinished forms of the user, kept on this PC only, overwritten every two seconds with the caret."""

from __future__ import annotations

from station_app.services.station import Station
from station_app.store import local
from station_app.store.local import Draft
from sync.contract.canonical import Json

__all__ = ["Draft", "drop", "load", "of_user", "save"]


def save(station: Station, *, kind: str, title: str, data: dict[str, Json], caret: str = "", record: str = "") -> int:
    """Keep a form durably; the user's draft of the same form (kind, record) is overwritten. Returns its id.

    `record` is "" for a new record, else the record being edited. `data` is what the form's `raw()` gives.
    """
    return local.save_draft(
        station.store,
        user=station.user.person,
        kind=kind,
        record=record,
        title=title,
        data=data,
        caret=caret,
        now_ms=station.clock.now_ms(),
    )


def of_user(station: Station) -> list[Draft]:
    """The user's drafts, the last saved first."""
    return local.drafts(station.store, station.user.person)


def load(station: Station, *, kind: str, record: str = "") -> Draft | None:
    """The user's draft of one form, if there is one."""
    return local.draft_of(station.store, user=station.user.person, kind=kind, record=record)


def drop(station: Station, draft: int) -> None:
    """Delete a draft: it became a record, or the user threw it away."""
    local.drop_draft(station.store, draft)
