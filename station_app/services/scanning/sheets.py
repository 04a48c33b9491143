"""Files that came back from paper, read into sheets: whose page each is, by its code; nothing is written here.

A code is believed with the signature of a known device and the facts of the record (`paperwork.verify.judge`). A page
of a version that was replaced or voided is still that version's page; it is placed, and what became of it is said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.domain.case import number, text
from station_app.services.paperwork import verify
from station_app.services.station import Station
from station_app.store import blobs
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents.proof import PageMark
    from station_app.documents.scan.reading import Page, Source

Progress = Callable[[int, int, str], bool]
"""Called before each file with its number, how many there are, and its name; False stops."""

_SOURCE_CHARS: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a paper: case and paper by record id. `why`: E-309 where another version took its place."""

    case: str
    paper: str
    page: int
    title: str
    number: str
    version: int
    pages: int
    why: KnownError | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One scanned page. `places`: the pages it is (two where two sheets lie on one picture); `why`: what keeps it from
    having any; `sha`: SHA-256 of `data` in hex; `blank`: white paper, kept nowhere; `refused`: no scan at all.
    """

    source: str
    number: int
    of: int
    data: bytes
    suffix: str
    sha: str
    places: tuple[Place, ...] = ()
    why: KnownError | None = None
    blank: bool = False
    refused: bool = False

    @property
    def name(self) -> str:
        """Where it came from, as it is kept: the file, and its page where the file has several."""
        cut = self.source[-_SOURCE_CHARS:]
        return f"{cut} 第{self.number}页" if self.of > 1 else cut


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the sheets in order, and for each file that could not be read the reason (with its name)."""

    sheets: tuple[Sheet, ...] = ()
    failed: tuple[KnownError, ...] = ()
    stopped: bool = False


def read(station: Station, *, sources: Iterable[Source | Path], progress: Progress | None = None) -> Read:
    """Read files page by page; a path is opened when its turn comes. It writes nothing.

    A file that cannot be read (E-516) or understood is named; the others go on.
    """
    files = list(sources)
    sheets: list[Sheet] = []
    failed: list[KnownError] = []
    for count, source in enumerate(files, 1):
        if progress is not None and not progress(count, len(files), source.name):
            return Read(tuple(sheets), tuple(failed), stopped=True)
        try:
            sheets += read_file(station, opened(source) if isinstance(source, Path) else source)
        except KnownError as error:
            failed.append(error)
    return Read(tuple(sheets), tuple(failed))


def opened(path: Path) -> Source:
    """A file with its bytes. E-516 where it cannot be read."""
    from station_app.documents.scan.reading import Source

    try:
        return Source(path.name, path.read_bytes())
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error


def read_file(station: Station, source: Source) -> list[Sheet]:
    """The sheets of one file. E-330, E-331, E-332 where it cannot be read, E-336 for a paper as it was issued."""
    from station_app.documents.scan.reading import read_pages

    if blobs.papers_by(station.store, "pdf", hashlib.sha256(source.data).hexdigest()):
        raise KnownError("E-336", file=source.name)
    return [_sheet(station, source, page) for page in read_pages(source)]


def _sheet(station: Station, source: Source, page: Page) -> Sheet:
    sha = hashlib.sha256(page.data).hexdigest()
    bare = Sheet(source.name, page.number, page.of, page.data, page.suffix, sha, blank=page.blank)
    if page.drawn and page.found.marks:
        return replace(bare, why=KnownError("E-336", file=source.name), refused=True)
    if not page.found.marks:
        return replace(bare, why=KnownError("E-308" if page.found.broken else "E-312"))
    found = [_place(station, mark) for mark in page.found.marks]
    places = tuple(p for p in found if isinstance(p, Place))
    wrong = next((p for p in found if isinstance(p, KnownError)), None)
    return replace(bare, places=places, why=None if places else wrong)


def _place(station: Station, mark: PageMark) -> Place | KnownError:
    judged = verify.judge(station, mark)
    if judged.answer == verify.DIFFERENT:
        return KnownError("E-308")
    record = judged.record
    if record is None:
        known = verify.device_key(station, mark.proof.device) is not None
        return KnownError("E-337" if known else "E-307")
    why = None
    if judged.answer == verify.VOID:
        why = KnownError("E-309", why="void")
    elif judged.answer == verify.REPLACED:
        why = KnownError("E-309", why="replaced", version=judged.newer)
    return Place(
        judged.case,
        record.id,
        mark.page,
        text(record, "title"),
        text(record, "number"),
        number(record, "version"),
        number(record, "pages"),
        why,
    )
