"""The pictures of a case (evidence, scans), small for lists: made when looked at, kept in memory only, bounded.

Nothing of them lies on the disk unencrypted, and nothing of them travels: each PC makes its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from station_app.domain.case import Case, number, text
from station_app.domain.labels import label
from station_app.services.papers import Picture
from station_app.services.station import Station
from station_app.store import blobs
from station_app.store.core import Store
from sync.contract.errors import KnownError
from sync.contract.fold import Record

SIDE: Final = 112
"""Pixels of the longer side at 100 %."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""Bytes of all thumbnails kept: some two hundred; the oldest goes first."""
_KINDS: Final = ("evidence", "scan")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a case: its record and kind, its name, the hash and size of its bytes; `raw`: the hash of the file
    as it was handed in, where a smaller one is shown ("" else).
    """

    rec: str
    kind: str
    name: str
    sha: str
    size: int
    raw: str


_KEPT: Final[WeakKeyDictionary[Store, dict[tuple[str, int], Picture]]] = WeakKeyDictionary()


def of_case(view: Case) -> list[Shot]:
    """Every standing picture: evidence in its order, then scans."""
    return [_shot(r) for kind in _KINDS for r in view.kind(kind) if text(r, "blob")]


def _shot(record: Record) -> Shot:
    kind = record.kind
    name = text(record, "name") or text(record, "source") or label(f"{kind}.blob")
    if kind == "scan" and number(record, "page"):
        name = f"{name} {number(record, 'page')}"
    return Shot(record.id, kind, name, text(record, "blob"), number(record, "bytes"), text(record, "raw"))


def thumbnail(station: Station, sha: str, *, side: int = SIDE) -> Picture | None:
    """The picture small; None where its bytes are not here (they are asked for with the next round) or do not open."""
    kept = _KEPT.setdefault(station.store, {})
    found = kept.pop((sha, side), None) or _made(station, sha, side)
    if found is not None:
        kept[sha, side] = found
        while sum(len(p.rgb) for p in tuple(kept.values())) > MOST_BYTES and len(kept) > 1:
            kept.pop(next(iter(kept)), None)
    return found


def _made(station: Station, sha: str, side: int) -> Picture | None:
    from station_app.documents.scan.reading import shown

    try:
        return Picture(*shown(blobs.get(station.store, sha, station.store.reader), side=side))
    except KnownError:
        return None


def data(station: Station, *, case: str, rec: str, raw: bool = False) -> bytes:
    """The bytes of a picture, or of the file as it was handed in; noted in the access log. E-223 where they are not
    here: they are then the next to be fetched.
    """
    record = station.case(case).state.records.get(rec)
    if record is None or record.kind not in _KINDS or record.get("removed"):
        raise KnownError("E-223", what=rec)
    sha = (text(record, "raw") if raw else "") or text(record, "blob")
    found = blobs.get_or_want(station.store, sha, station.clock.now_ms())
    with station.store.raw_write() as con:
        detail = f"查看{'原始文件' if raw else '图片'} {_shot(record).name}"
        blobs.log(con, at=station.clock.now_ms(), user=station.user.person, act="view", case=case, detail=detail)
    return found
