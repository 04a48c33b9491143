"""证据图片: photographs, screenshots and scans taken into a case as evidence, one record for each page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from station_app.domain.checks import check_values
from station_app.domain.rules import load_rules
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.local import disk
from station_app.services.station import Station, changes_of
from station_app.store import blobs
from station_app.store.core import Tx
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents.scan.reading import Page, Source

VERB: Final = "note"
_ONE: Final = 1


def add_pictures(station: Station, *, case: str, sources: Iterable[Source], values: Values | None = None) -> Changes:
    """Keep the pages of these files as evidence, in their order, all of them or none.

    `values`: what holds for all of them (source, proves, original, checked_by, name). Without a name each bears that
    of its file. White pages are left out. E-330 to E-332 for a file that is no picture or PDF, E-223 where nothing is
    left to keep, E-503 where the disk is full. A page that is made smaller keeps its file beside it (`raw`).
    """
    from station_app.documents.scan.reading import read_pages

    station.require(VERB)
    clean, errors = check_values("evidence", values or {}, today=station.clock.today())
    if errors:
        raise errors[0].error
    given = list(sources)
    disk.require_room(station, 2 * sum(len(source.data) for source in given))
    pages = [(source, page) for source in given for page in read_pages(source) if not page.blank]
    if not pages:
        raise KnownError("E-223", what="evidence")
    with station.write(VERB) as tx:
        view = station.case(case, tx)
        op = tx.op(VERB, "content", case=case)
        case_id = station.store.ids.pk(case)
        for place, (source, page) in enumerate(pages, len(view.kind("evidence")) + 1):
            sha = blobs.put(tx.con, case_id=case_id, data=page.data)
            own: Values = {"name": _name(source.name, page), "original": "photo", "pages": _ONE, **clean}
            if _lossy(source, page):
                own |= {"raw": _keep_original(tx, source, case_id), "raw_bytes": len(source.data)}
            op.new("evidence", {**own, "order": place, "blob": sha, "bytes": len(page.data)})
    return changes_of(tx, label="添加证据图片")


def _lossy(source: Source, page: Page) -> bool:
    """Whether a page was made smaller: then what was handed in is the evidence, and is kept beside it."""
    return page.suffix == "jpg" and page.data != source.data


def _keep_original(tx: Tx, source: Source, case_id: int) -> str:
    """The file as it came, once however many pages it has. E-523 beyond what the rules pack allows."""
    most = load_rules().count("evidence.original_mb")
    if most and len(source.data) > most << 20:
        raise KnownError("E-523", mb=len(source.data) >> 20, most=most)
    return blobs.put(tx.con, case_id=case_id, data=source.data)


def _name(file: str, page: Page) -> str:
    stem = PurePath(file).stem or "图片"
    return f"{stem}第{page.number}页" if page.of > 1 else stem
