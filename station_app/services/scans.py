"""扫描归档: signed pages that come back as scans or photographs, filed by their codes; what is missing is named.

Reading takes the time (about 0.1 s a page) and writes nothing, so that a screen can do it beside other work; filing is
short. `read` then `file`; `file_sources` does both. Pages nobody can place wait in the tray (`waiting`, `by_hand`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from station_app.documents.scan.reading import Source
from station_app.domain.case import text
from station_app.services.changes import Changes
from station_app.services.papers import Picture
from station_app.services.scanning import filing, sheets, state, statements
from station_app.services.scanning.filing import BLANK, FILED, KNOWN, REFUSED, TRAY, Report, Result
from station_app.services.scanning.folder import Taken, Unfiled, Watch
from station_app.services.scanning.sheets import Place, Progress, Read, Sheet
from station_app.services.scanning.state import Scan, Scanned
from station_app.services.station import Station, changes_of
from station_app.store import blobs, tray
from station_app.store.tray import Waiting
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite

__all__ = ["BLANK", "FILED", "KNOWN", "REFUSED", "TRAY", "Place", "Progress", "Read", "Report", "Result", "Scan",
           "Scanned", "Sheet", "Source", "Taken", "Unfiled", "Waiting", "Watch"]  # fmt: skip

SUFFIXES: Final = ("pdf", "jpg", "jpeg", "png", "tif", "tiff", "bmp", "webp")

read = sheets.read
file = filing.file
by_hand = filing.by_hand
put_away = filing.put_away
proposed = statements.proposed
state_part = statements.state_part
correct = statements.correct
link = statements.link


def source(name: str, data: bytes) -> Source:
    """A file to read: its name and its bytes."""
    return Source(name, data)


def file_sources(
    station: Station, *, sources: Iterable[Source | Path], case: str = "", progress: Progress | None = None
) -> Report:
    """Read and file at once. See `read` and `file`."""
    return file(station, read=read(station, sources=sources, progress=progress), case=case)


def state_papers(station: Station, *, report: Report) -> Report:
    """The same report with its papers as they stand now."""
    papers = [state.of_paper(station.case(p.case), p.paper) for p in report.papers]
    return replace(report, papers=tuple(p for p in papers if p is not None))


def list_papers(station: Station, *, case: str) -> list[Scanned]:
    """Each issued paper of a case: which pages are back, which are missing."""
    return state.papers_of(station.case(case))


def list_scans(station: Station, *, case: str) -> list[Scan]:
    """Every scan filed in a case."""
    return state.scans_of(station.case(case))


def waiting(station: Station) -> list[Waiting]:
    """待归档页: pages that wait to be filed by hand."""
    return tray.pages(station.store)


def data(station: Station, *, case: str, scan: str) -> bytes:
    """The bytes of a scan as filed; noted in the access log. E-223 where they are not here."""
    record = station.case(case).state.records.get(scan)
    if record is None or record.kind != "scan":
        raise KnownError("E-223", what=scan)
    found = blobs.get_or_want(station.store, text(record, "blob"), station.clock.now_ms())
    with station.store.raw_write() as con:
        detail = f"查看扫描件 {text(record, 'source')}"
        blobs.log(con, at=station.clock.now_ms(), user=station.user.person, act="view", case=case, detail=detail)
    return found


def waiting_data(station: Station, *, page: int) -> bytes:
    """The bytes of a page in the tray. E-223 where it is not there."""
    return tray.get(station.store, page)[1]


def remove(station: Station, *, case: str, scan: str) -> Changes:
    """Take a scan out of the file; it stays in the history. E-223 where there is none."""
    record = station.case(case).state.records.get(scan)
    if record is None or record.kind != "scan":
        raise KnownError("E-223", what=scan)
    with station.write(filing.VERB) as tx:
        tx.op(filing.VERB, "content", case=case).put(overwrite(record, {"removed": True}))
    return changes_of(tx, label="移除扫描件")


def picture(data: bytes, *, side: int, turned: int = 0) -> Picture:
    """A page for the screen, its longer side at most `side` pixels. E-331 for what is neither PDF nor picture."""
    from station_app.documents.scan.reading import shown

    return Picture(*shown(data, side=side, turned=turned))
