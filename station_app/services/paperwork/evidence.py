"""证据图片: photographs, screenshots and scans taken into a case as evidence, one record for each page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from station_app.domain.checks import check_values
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store import blobs
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents.scan.reading import Page, Source

VERB: Final = "note"
_ONE: Final = 1


def add_pictures(station: Station, *, case: str, sources: Iterable[Source], values: Values | None = None) -> Changes:
    """Keep the pages of these files as evidence, in their order, all of them or none.

    `values`: what holds for all of them (source, proves, original, checked_by, name). Without a name each bears that
    of its file. White pages are left out. E-330 to E-332 for a file that is no picture or PDF, E-223 where nothing is
    left to keep.
    """
    from station_app.documents.scan.reading import read_pages

    station.require(VERB)
    clean, errors = check_values("evidence", values or {}, today=station.clock.today())
    if errors:
        raise errors[0].error
    pages = [(source.name, page) for source in sources for page in read_pages(source) if not page.blank]
    if not pages:
        raise KnownError("E-223", what="evidence")
    with station.write(VERB) as tx:
        view = station.case(case, tx)
        op = tx.op(VERB, "content", case=case)
        for place, (name, page) in enumerate(pages, len(view.kind("evidence")) + 1):
            sha = blobs.put(tx.con, case_id=station.store.ids.pk(case), data=page.data)
            own: Values = {"name": _name(name, page), "original": "photo", "pages": _ONE, **clean}
            op.new("evidence", {**own, "order": place, "blob": sha, "bytes": len(page.data)})
    return changes_of(tx, label="添加证据图片")


def _name(file: str, page: Page) -> str:
    stem = PurePath(file).stem or "图片"
    return f"{stem}第{page.number}页" if page.of > 1 else stem
