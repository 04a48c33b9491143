"""卷宗: the whole file of a case bound into one PDF, in the order of 卷内目录, its pages numbered, with bookmarks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.domain.case import number, text
from station_app.domain.rules import load_rules
from station_app.services import papers
from station_app.services.changes import Changes
from station_app.services.paperwork import engine
from station_app.services.paperwork.dossier_contents import BACK, CONTENTS, COVER, Entry, entries
from station_app.services.paperwork.issuing import Issued
from station_app.services.station import Station
from station_app.store import blobs
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents import binding


BOTH: Final = "双面"


def bind(station: Station, case: str, *, double: bool | None = None) -> bytes:
    """The bytes of the bound file; see `bound`."""
    return bound(station, case, double=double)[0]


def bind_to(station: Station, *, case: str, path: Path, double: bool | None = None) -> Changes:
    """The bound file on disk; what issuing its cover, contents and back touched. E-516 where it cannot be written."""
    data, changes = bound(station, case, double=double)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error
    return changes


def bound(station: Station, case: str, *, double: bool | None = None) -> tuple[bytes, Changes]:
    """Cover, contents, every paper in force and every scan, back. PDF/A-2b as the papers are.

    `double`: for both sides of the paper, each paper on a sheet of its own, numbers at the outer edge; None as the
    rules pack says (`archive.sides`).

    Cover, contents and back are issued where the file has grown since; the contents say the pages the papers really
    lie on. Of a page that came back signed the scan is bound. Noted in the access log. E-358 where nothing has been
    issued yet, E-304 where the cover lacks a value, E-223 where bytes of a paper or scan never came here.
    """
    from station_app.documents import binding
    from station_app.documents.pdf import DocumentInfo

    view = station.case(case)
    found = entries(view)
    if not found:
        raise KnownError("E-358")
    cover = papers.issue(station, case=case, template=COVER)
    contents = papers.issue(station, case=case, template=CONTENTS)
    back = papers.issue(station, case=case, template=BACK)
    parts = [
        _whole("卷内目录", contents),
        *(_part(station, entry) for entry in found),
        _whole("封底", back),
    ]
    title = text(view.record, "title")
    made_ms = max(number(paper, "issued_ms") for paper in station.case(case).papers)
    info = DocumentInfo(f"调解卷宗　{title}", station.store.setting("committee.name"), title, "dossier", made_ms)
    both = load_rules().setting("archive.sides").value == BOTH if double is None else double
    made = binding.bind(cover.pdf, parts, fonts=engine.fonts(station), info=info, double=both)
    with station.store.raw_write() as con:
        detail = f"{text(station.case(case).record, 'number')} {sum(len(e.leaves) for e in found)}页"
        blobs.log(con, at=station.clock.now_ms(), user=station.user.person, act="bind", case=case, detail=detail)
    issued = (cover, contents, back)
    changes = Changes(frozenset(), (), (), case)
    for one in issued:
        changes = changes.also(one.changes)
    return made, changes


def _whole(title: str, issued: Issued) -> binding.Part:
    from station_app.documents import binding

    return binding.whole(title, issued.pdf, issued.pages)


def _part(station: Station, entry: Entry) -> binding.Part:
    from station_app.documents import binding

    bytes_of = {leaf.sha: blobs.get(station.store, leaf.sha) for leaf in entry.leaves}
    sheets = tuple(binding.Sheet(bytes_of[leaf.sha], leaf.page, leaf.scan) for leaf in entry.leaves)
    return binding.Part(entry.name, sheets, True)
