"""Sheets put where they belong: to the pages of papers, else into the tray. One transaction for each case.

The same bytes twice change nothing. A page that has a scan already gets the new one beside it: a clearer picture does
not take the earlier one away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from station_app.domain.case import Case, number, text
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.local import disk
from station_app.services.scanning import state
from station_app.services.scanning.sheets import Place, Read, Sheet
from station_app.services.scanning.state import Scanned
from station_app.services.station import Station, changes_of
from station_app.store import blobs, tray
from station_app.store.core import Tx
from station_app.store.tray import Waiting
from sync.contract.errors import KnownError

VERB: Final = "note"
FILED, KNOWN, TRAY, BLANK, REFUSED = "filed", "known", "tray", "blank", "refused"
"""What became of a page: filed; filed before with the same bytes; waits to be filed by hand; white; no scan at all."""
_LABEL: Final = "扫描归档"
_NOTHING: Final = Changes(frozenset(), (), ())


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one page of one file. `place` where it is known whose page it is; `why`: what kept it from being
    filed, or what is to be known of it (E-309); `elsewhere`: it belongs to another case than the one asked for.
    """

    source: str
    outcome: str
    place: Place | None = None
    why: KnownError | None = None
    elsewhere: bool = False
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the files: each page, each file that could not be read, and how the papers touched stand now."""

    results: tuple[Result, ...] = ()
    failed: tuple[KnownError, ...] = ()
    papers: tuple[Scanned, ...] = ()
    changes: Changes = _NOTHING
    stopped: bool = False

    def count(self, outcome: str) -> int:
        """How many pages had this outcome."""
        return sum(r.outcome == outcome for r in self.results)

    def also(self, later: Report) -> Report:
        """Both together; papers stand as the later one says."""
        papers = {p.paper: p for p in (*self.papers, *later.papers)}
        changes = later.changes if self.changes is _NOTHING else self.changes.also(later.changes)
        results, failed = self.results + later.results, self.failed + later.failed
        return Report(results, failed, tuple(papers.values()), changes, self.stopped or later.stopped)

    @property
    def foreign(self) -> list[Result]:
        """Pages that belong to another case than the one asked for."""
        return [r for r in self.results if r.elsewhere]


def file(station: Station, *, read: Read, case: str = "") -> Report:
    """File what was read; E-503 where the disk is full. With `case` pages of other cases are named; they go to their
    own case all the same.
    """
    station.require(VERB)
    disk.require_room(station, sum(len(sheet.data) for sheet in read.sheets))
    results: list[Result] = []
    changes = _NOTHING
    for target in dict.fromkeys(p.case for s in read.sheets for p in s.places):
        found, made = _file_case(station, target, read.sheets)
        results += found
        changes = made if changes is _NOTHING else changes.also(made)
    results += _keep_rest(station, [s for s in read.sheets if not s.places])
    results = [replace(r, elsewhere=bool(case) and r.place is not None and r.place.case != case) for r in results]
    order = {s.name: place for place, s in enumerate(read.sheets)}
    results.sort(key=lambda r: order[r.source])
    return Report(tuple(results), read.failed, tuple(_touched(station, results)), changes, read.stopped)


def _touched(station: Station, results: Iterable[Result]) -> list[Scanned]:
    """How the papers stand of which a page came, each once."""
    places = dict.fromkeys((r.place.case, r.place.paper) for r in results if r.place is not None)
    views = {case: station.case(case) for case, _ in places}
    found = [state.of_paper(views[case], paper) for case, paper in places]
    return [f for f in found if f is not None]


def _file_case(station: Station, case: str, sheets: Sequence[Sheet]) -> tuple[list[Result], Changes]:
    """The pages of one case, in one transaction; nothing is written where all of them are known."""
    wanted = [(s, p) for s in sheets for p in s.places if p.case == case]
    results: list[Result] = []
    with station.write(VERB) as tx:
        view = station.case(case, tx)
        have = {(text(r, "paper"), number(r, "page"), text(r, "blob")) for r in view.kind("scan")}
        fresh = [(s, p) for s, p in wanted if (p.paper, p.page, s.sha) not in have]
        rows: dict[tuple[str, int, str], str] = {}
        op = tx.op(VERB, "content", case=case) if fresh else None
        for sheet, place in wanted:
            key = (place.paper, place.page, sheet.sha)
            if op is None or key in have or key in rows:
                results.append(Result(sheet.name, KNOWN, place, place.why))
                continue
            values = _values(station, sheet.name, sheet.sha, len(sheet.data))
            values |= {"paper": place.paper, "page": place.page, "kind": state.SIGNED}
            rows[key] = op.new("scan", values)
            keep(station, tx, case=case, data=sheet.data, detail=f"{place.title} 第{place.page}页 {sheet.name}")
            results.append(Result(sheet.name, FILED, place, place.why, scan=rows[key]))
    return results, changes_of(tx, label=_LABEL)


def _values(station: Station, source: str, sha: str, size: int) -> Values:
    person = station.user.person or None
    return {"blob": sha, "bytes": size, "source": source, "at": station.clock.now_ms(), "by": person}


def keep(station: Station, tx: Tx, *, case: str, data: bytes, detail: str) -> None:
    """The bytes of a page and its line in the access log."""
    blobs.put(tx.con, case_id=station.store.ids.pk(case), data=data)
    at, user = station.clock.now_ms(), station.user.person
    blobs.log(tx.con, at=at, user=user, act="scan", case=case, detail=detail)


# -- the tray -------------------------------------------------------------------------------------------------------


def _keep_rest(station: Station, sheets: Sequence[Sheet]) -> list[Result]:
    """Pages whose paper is not known wait in the tray; white ones and what is no scan are only named."""
    waiting = [s for s in sheets if not s.blank and not s.refused]
    if waiting:
        with station.store.raw_write() as con:
            for sheet in waiting:
                tray.put(con, _waiting(station, sheet), sheet.data)
    return [Result(s.name, _outcome(s), why=None if s.blank else s.why) for s in sheets]


def _outcome(sheet: Sheet) -> str:
    return BLANK if sheet.blank else REFUSED if sheet.refused else TRAY


def _waiting(station: Station, sheet: Sheet) -> Waiting:
    why = sheet.why or KnownError("E-312")
    return Waiting(
        id=0,
        sha=sheet.sha,
        source=sheet.name,
        number=sheet.number,
        why=why.code,
        at=station.clock.now_ms(),
        size=len(sheet.data),
        suffix=sheet.suffix,
    )


def by_hand(station: Station, *, page: int, case: str, paper: str = "", number_of: int = 0, kind: str = "") -> Report:
    """File a page of the tray: to a page of a paper, or (no paper) as an attachment of the case.

    E-223 for a page, case or paper that is not here, E-333 (pages, page) for a page the paper does not have.
    """
    found, data = tray.get(station.store, page)
    with station.write(VERB) as tx:
        view = station.case(case, tx)
        place = _chosen(view, paper, number_of)
        values = _values(station, found.source, found.sha, len(data))
        values |= {"kind": kind or (state.SIGNED if paper else state.ATTACHMENT)}
        values |= {"paper": paper, "page": number_of} if paper else {}
        rec = tx.op(VERB, "content", case=case).new("scan", values)
        where = f"{place.title} 第{place.page}页" if paper else "附件"
        keep(station, tx, case=case, data=data, detail=f"{where} {found.source} 手工归档")
        tray.drop(tx.con, page)
    results = [Result(found.source, FILED, place, scan=rec)]
    papers = tuple(_touched(station, results)) if paper else ()
    return Report(tuple(results), papers=papers, changes=changes_of(tx, label=_LABEL))


def _chosen(view: Case, paper: str, page: int) -> Place:
    if not paper:
        return Place(view.id, "", 0, "", "", 0, 0)
    record = view.state.records.get(paper)
    if record is None or record.kind != "paper":
        raise KnownError("E-223", what=paper)
    pages = number(record, "pages")
    if not 1 <= page <= pages:
        raise KnownError("E-333", pages=pages, page=page)
    version = number(record, "version")
    return Place(view.id, paper, page, text(record, "title"), text(record, "number"), version, pages)


def put_away(station: Station, *, page: int, reason: str) -> None:
    """Take a page of no case out of the tray; who and why stays in the access log. E-408 without a reason."""
    station.require(VERB)
    if not reason.strip():
        raise KnownError("E-408", step=VERB)
    found, _ = tray.get(station.store, page)
    with station.store.raw_write() as con:
        tray.drop(con, page)
        at, user = station.clock.now_ms(), station.user.person
        blobs.log(con, at=at, user=user, act="scan", case="", detail=f"移出待归档页 {found.source}：{reason.strip()}")
