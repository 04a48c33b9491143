"""Verbs on issued reports (月报、统计表、议题单 …): number, exact bytes, who and when; opened again, never made anew.

The record is reference: the community and the district read which report was issued under which number and hash. The
pages themselves may name cases: they travel sealed, for the PCs of this station alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from station_app.clock import shanghai_time
from station_app.domain.case import number, text
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.paperwork.station_papers import Made
from station_app.services.rounds.caseless import find, own, put_new, standing, station_name
from station_app.services.station import Station, changes_of
from station_app.store import blobs, files
from station_app.store.erasure import reports
from station_app.store.numbers import series_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

Drawing = Callable[[str], Made]
"""Draws a report under a number; "" for a look at it."""


@dataclass(frozen=True, slots=True)
class Report:
    """One issued report. `sha`: SHA-256 of the pages, hex; `here`: they are kept on this PC; `void_on`: "" while it
    stands; `own`: of this station; `withheld`: its pages name a case that was erased, and went with it.
    """

    rec: str
    no: str
    template: str
    title: str
    period: str
    pages: int
    sha: str
    issued_ms: int
    by: str
    station: str
    own: bool
    here: bool
    void_on: str
    void_reason: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """What came of issuing: the record, its number, the pages as kept."""

    rec: str
    no: str
    made: Made
    changes: Changes


def issue(station: Station, *, make: Drawing) -> IssuedReport:
    """出具报表: draw the next number of this PC, make the pages with it and keep their bytes, all or nothing.

    E-306 without a number series, E-404 for a role that does not report, and what drawing the paper says.
    """
    station.require("report")
    with station.write("report") as tx:
        series, year = series_of(station.store), station.clock.today().year
        n = _next(station, series, year)
        no = f"（{year}）{series}{n:03d}号"
        made = make(no)
        sha = blobs.put(tx.con, case_id=0, data=made.pdf)
        values: Values = {"template": made.template, "edition": made.edition, "title": made.title, "no": no}
        values |= {"period": made.period, "series": series, "year": year, "n": n, "pages": made.pages, "pdf": sha}
        if made.cases:
            values["cases"] = list(made.cases)
            values["files"] = [*files.names_of_loose(station.store, sha, len(made.pdf))]
        values |= {"bytes": len(made.pdf), "key": station.store.vault.own_root[0], "issued_ms": tx.wall}
        rec = put_new(station, tx.op("report", "reference"), "report", values)
        blobs.log(tx.con, at=tx.wall, user=station.user.person, act="issue", case="", detail=f"{made.template} {no}")
    return IssuedReport(rec, no, made, changes_of(tx, label=f"出具{made.title}"))


def _next(station: Station, series: str, year: int) -> int:
    """One more than any number of the series, void ones too: a number is used once."""
    drawn = (r for r in station.store.reference().of_kind("report") if text(r, "series") == series)
    return 1 + max((number(r, "n") for r in drawn if number(r, "year") == year), default=0)


def listed(station: Station, *, everywhere: bool = False) -> list[Report]:
    """Issued reports of this station, the newest first; `everywhere`: also those other stations tell of."""
    found = [_report(station, r) for r in standing(station, "report")]
    found.sort(key=lambda r: (r.issued_ms, r.no), reverse=True)
    return [r for r in found if r.own or everywhere]


def _report(station: Station, record: Record) -> Report:
    person = station.store.reference().records.get(text(record, "by"))
    code, sha = text(record, "station"), text(record, "pdf")
    return Report(
        rec=record.id,
        no=text(record, "no"),
        template=text(record, "template"),
        title=text(record, "title"),
        period=text(record, "period"),
        pages=number(record, "pages"),
        sha=sha,
        issued_ms=number(record, "issued_ms"),
        by=text(person, "name"),
        station=station_name(station, code),
        own=code == station.store.setting("station.code"),
        here=blobs.is_here(station.store, sha),
        void_on=text(record, "void_on"),
        void_reason=text(record, "void_reason"),
        withheld=bool(reports.cases_of(record) & reports.erased(station.store.reader)),
    )


def resolve(station: Station, name: str) -> Report:
    """A report by its number, record id or the end of it; E-223 where none or more than one fits."""
    numbered = [r for r in standing(station, "report") if name and text(r, "no") == name]
    own_first = [r for r in numbered if text(r, "station") == station.store.setting("station.code")] or numbered
    return _report(station, own_first[0] if len(own_first) == 1 else find(station, name, "report"))


def pages_of(station: Station, *, report: str) -> Made:
    """The very pages that were issued, for looking and printing. E-353 where they name a case that was erased, E-293
    where they have not come here yet (they are then asked for first), E-508 where the bytes are no longer what they
    were.
    """
    found = resolve(station, report)
    if found.withheld:
        raise KnownError("E-353", no=found.no)
    if not found.here:
        files.want(station.store, found.sha, station.clock.now_ms())
        raise KnownError("E-293", no=found.no, station=found.station)
    data = blobs.get(station.store, found.sha)
    with station.store.raw_write() as con:
        who, at = station.user.person, station.clock.now_ms()
        blobs.log(con, at=at, user=who, act="view", case="", detail=f"{found.template} {found.no}")
    edition = text(find(station, found.rec, "report"), "edition")
    return Made(data, found.pages, [], found.template, edition, found.title, found.period)


def void(station: Station, *, report: str, reason: str) -> Changes:
    """作废: the report stays with its pages, marked void with the reason. E-216 without a reason, E-271 for another
    station's, E-292 where it is void already.
    """
    found = resolve(station, report)
    record = own(station, find(station, found.rec, "report"))
    if not reason.strip():
        raise KnownError("E-216", field="report.void_reason")
    if found.void_on:
        raise KnownError("E-292", no=found.no, on=found.void_on)
    values = {"void_on": station.clock.today().isoformat(), "void_reason": reason.strip()}
    with station.write("report") as tx:
        tx.op("report", "reference").put(overwrite(record, {**values, "void_by": station.user.person or None}))
    return changes_of(tx, label=f"作废{found.title}")


def same(station: Station, data: bytes) -> Report | None:
    """The report of which these are the very bytes, of any station that told of it; None for no such report."""
    sha = hashlib.sha256(data).hexdigest()
    found = [r for r in standing(station, "report") if text(r, "pdf") == sha]
    return _report(station, found[0]) if found else None


def when(report: Report) -> str:
    """YYYY-MM-DD HH:MM of its issuing, in Shanghai."""
    return shanghai_time(report.issued_ms).strftime("%Y-%m-%d %H:%M")
