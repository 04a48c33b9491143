"""Long lists for the desk: which cases a filter holds (ids only), the lines just looked at, and the issued papers.

A list of 100,000 cases is an array of ids; its lines are read when they come into view.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from station_app.services.reading import lists
from station_app.services.reading.lists import CaseLine, Filter, _where
from station_app.services.station import Station


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper: its case, record, name, number, version, pages, state, when it was issued (ms)."""

    case: str
    rec: str
    case_title: str
    template: str
    title: str
    number: str
    version: int
    pages: int
    state: str
    issued: int


def ids(station: Station, flt: Filter | None = None) -> array[int]:
    """Ids of all cases of a filter, newest first."""
    where, args = _where(station, flt or Filter())
    rows = station.store.reader.execute(f"SELECT id FROM case_row WHERE {where} ORDER BY id DESC", args)
    return array("q", [row[0] for row in rows])


def lines(station: Station, wanted: Sequence[int]) -> dict[int, CaseLine]:
    """The lines of these ids; an id that is gone is left out."""
    return {line.id: line for line in lists.lines_of(station, wanted)}


def papers(station: Station, text: str = "", *, state: str = "", limit: int = 500) -> list[PaperLine]:
    """Issued papers, the last issued first; `text` in the number, the name or the case; `state` a code of the list."""
    where, args = ["1"], list[object]()
    if text.strip():
        where.append("(p.number LIKE ? OR p.title LIKE ? OR c.title LIKE ?)")
        args += [f"%{text.strip()}%"] * 3
    if state:
        where.append("p.state = ?")
        args.append(state)
    rows = station.store.reader.execute(
        "SELECT c.rec, p.rec, c.title, p.template, p.title, p.number, p.version, p.pages, p.state, p.issued"
        " FROM paper_row p JOIN case_row c ON c.id = p.case_id WHERE c.discarded = 0 AND " + " AND ".join(where) +
        " ORDER BY p.issued DESC LIMIT ?", (*args, limit),
    )  # fmt: skip
    return [_paper(tuple(row)) for row in rows]


def _paper(row: tuple[object, ...]) -> PaperLine:
    case, rec, case_title, template, title, number = (str(value or "") for value in row[:6])
    version, pages, issued = (int(str(row[i] or 0)) for i in (6, 7, 9))
    return PaperLine(case, rec, case_title, template, title, number, version, pages, str(row[8] or ""), issued)
