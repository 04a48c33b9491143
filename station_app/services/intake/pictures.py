"""Pictures of an appeal not registered yet: kept on this PC with the draft, evidence once it is registered."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station_app.services.changes import Changes
from station_app.services.local import disk
from station_app.services.paperwork.evidence import add_pictures
from station_app.services.station import Station
from station_app.store import local, tray

if TYPE_CHECKING:
    from station_app.documents.scan.reading import Source

_KIND: Final = "intake_picture"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file that waits: its draft row, its name, its size in bytes."""

    id: int
    name: str
    size: int


def keep(station: Station, *, source: Source) -> list[Kept]:
    """Keep a file; the same bytes lie here once. Returns all that wait. E-330 to E-332 for no picture or PDF, E-503."""
    from station_app.documents.scan.reading import read_pages

    disk.require_room(station, 2 * len(source.data))
    for _ in read_pages(source):
        pass
    local.save_draft(
        station.store,
        user=_owner(station),
        kind=_KIND,
        record=hashlib.sha256(source.data).hexdigest(),
        title=source.name,
        data={"bytes": base64.b64encode(source.data).decode(), "size": len(source.data)},
        caret="",
        now_ms=station.clock.now_ms(),
    )
    return waiting(station)


def take_from_tray(station: Station, *, page: int) -> list[Kept]:
    """A page of the watched folder that nobody could place belongs to this appeal. E-223 where it is gone."""
    from station_app.documents.scan.reading import Source

    facts, data = tray.get(station.store, page)
    kept = keep(station, source=Source(f"{facts.source}.{facts.suffix}", data))
    with station.store.raw_write() as con:
        tray.drop(con, page)
    return kept


def waiting(station: Station) -> list[Kept]:
    """What waits, as it came."""
    found = sorted(local.drafts(station.store, _owner(station)), key=lambda draft: draft.id)
    return [Kept(d.id, d.title, int(str(d.data["size"]))) for d in found if d.kind == _KIND]


def drop(station: Station, *, picture: int) -> list[Kept]:
    """Take one away again. Returns all that still wait."""
    local.drop_draft(station.store, picture)
    return waiting(station)


def attach(station: Station, *, case: str) -> Changes | None:
    """Everything that waits becomes evidence of the case, all of it or nothing; None where nothing waits.

    Errors of `add_pictures`; the files then go on waiting.
    """
    from station_app.documents.scan.reading import Source

    found = sorted(local.drafts(station.store, _owner(station)), key=lambda draft: draft.id)
    files = [d for d in found if d.kind == _KIND]
    if not files:
        return None
    sources = [Source(d.title, base64.b64decode(str(d.data["bytes"]))) for d in files]
    made = add_pictures(station, case=case, sources=sources)
    for draft in files:
        local.drop_draft(station.store, draft.id)
    return made


def _owner(station: Station) -> str:
    """A user's own files, apart from the list of his drafts."""
    return f"{station.user.person}/{_KIND}"
