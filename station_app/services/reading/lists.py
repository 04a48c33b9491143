"""What the lists and the status line show: rows straight from the projections, no fold, no ORM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from station_app.services.reading import conditions, respondents
from station_app.services.reading.conditions import Condition
from station_app.services.station import Station
from station_app.store import database, local, search
from station_app.store.local import Draft
from sync.contract import ticket
from sync.contract.errors import KnownError
from sync.contract.slip import read as read_slip
from sync.contract.slip import slip_of
from sync.contract.states import OPEN

_COLUMNS: Final = (
    "id, rec, title, service, type, state, number, applicants, respondents, people, amount, colour, registered_at,"
    " accepted_at, station, own, conflicts, late, discarded, mediator, place, channel,"
    " merged"
)
PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of a list; money in 分, moments as YYYY-MM-DDTHH:MM."""

    id: int
    rec: str
    title: str
    service: str
    type: str
    state: str
    number: str
    applicants: str
    respondents: str
    people: int
    amount: int
    colour: str
    registered_at: str
    accepted_at: str
    station: str
    own: bool
    conflicts: int
    late: int
    discarded: bool
    mediator: str
    place: str
    channel: str
    merged: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases: text as typed; states; service; discarded: the recycle bin; `picked` by a figure; against whom."""

    text: str = ""
    states: tuple[str, ...] = ()
    service: str = ""
    colour: str = ""
    discarded: bool = False
    own_only: bool = False
    picked: tuple[Condition, ...] = ()
    respondent: str = ""
    respondent_number: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """The day's short lists, most urgent first."""

    drafts: list[Draft]
    open_cases: list[CaseLine]
    conflicts: list[CaseLine]
    due: list[tuple[CaseLine, str, int]]
    unsent: int


def _line(row: tuple[object, ...]) -> CaseLine:
    values = [("" if v is None else v) for v in row]
    for index in (9, 10):
        values[index] = values[index] or 0
    for index in (15, 18):
        values[index] = bool(values[index])
    return CaseLine(*values)  # type: ignore[arg-type]  # columns stand in the order of the fields


def _where(station: Station, flt: Filter) -> tuple[str, list[object]]:
    parts, args = ["discarded = ?"], [int(flt.discarded)]
    extra: list[object] = list(args)
    if flt.states:
        parts.append(f"state IN ({','.join('?' * len(flt.states))})")
        extra += flt.states
    for column, value in (("service", flt.service), ("colour", flt.colour)):
        if value:
            parts.append(f"{column} = ?")
            extra.append(value)
    if flt.own_only:
        parts.append("own = 1")
    if flt.picked:
        clause, values = conditions.sql(flt.picked)
        parts.append(clause)
        extra += values
    if flt.respondent:
        against = respondents.ids(station, flt.respondent, flt.respondent_number)
        parts.append(f"id IN ({','.join(map(str, against)) or '0'})")
    elif not (flt.text.strip() or flt.discarded):
        parts.append(conditions.STANDING)  # a merged case is found by searching, and from the one it was merged into
    if flt.text.strip():
        ids = search.find(station.store.reader, flt.text, limit=1000)
        parts.append(f"id IN ({','.join(map(str, ids)) or '0'})")
    return " AND ".join(parts), extra


def cases(station: Station, *, flt: Filter | None = None, before: int = 0, limit: int = PAGE) -> list[CaseLine]:
    """A page of cases, newest first; `before` is the id of the last line already shown (0: from the top)."""
    where, args = _where(station, flt or Filter())
    if before:
        where += " AND id < ?"
        args.append(before)
    sql = f"SELECT {_COLUMNS} FROM case_row WHERE {where} ORDER BY id DESC LIMIT ?"
    return [_line(tuple(r)) for r in station.store.reader.execute(sql, (*args, limit))]


def lines_of(station: Station, ids: Sequence[int]) -> list[CaseLine]:
    """The lines of these cases in the order given; one that is gone is left out."""
    marks = ",".join(str(int(one)) for one in ids) or "0"
    rows = station.store.reader.execute(f"SELECT {_COLUMNS} FROM case_row WHERE id IN ({marks})")
    found = {line.id: line for line in (_line(tuple(row)) for row in rows)}
    return [found[one] for one in ids if one in found]


def count(station: Station, *, flt: Filter | None = None, before: int = 0) -> int:
    """How many cases the filter holds; `before` as for `cases`."""
    flt = flt or Filter()
    if flt == Filter() and not before:
        return int(
            database.one(
                station.store.reader, f"SELECT count(*) FROM case_row WHERE discarded = 0 AND {conditions.STANDING}"
            )[0]
        )
    where, args = _where(station, flt)
    if before:
        where += " AND id < ?"
        args.append(before)
    return int(database.one(station.store.reader, f"SELECT count(*) FROM case_row WHERE {where}", tuple(args))[0])


def find(station: Station, text: str, *, limit: int = 50) -> list[CaseLine]:
    """Search while typing: the newest cases that contain the text (names, initials, tails of numbers, phones); the nine
    digits of a receipt or slip find their case.
    """
    ids = search.find(station.store.reader, text, limit=limit) or _of_slip(station, text)
    if not ids:
        return []
    sql = f"SELECT {_COLUMNS} FROM case_row WHERE id IN ({','.join(map(str, ids))}) AND discarded = 0 ORDER BY id DESC"
    return [_line(tuple(r)) for r in station.store.reader.execute(sql)]


def _of_slip(station: Station, text: str) -> list[int]:
    """The number a resident reads out; it is made from the case and stands in no index."""
    slip = read_slip(text)
    if not slip:
        return _of_code(station, text)
    rows = station.store.reader.execute("SELECT id, rec FROM case_row ORDER BY id DESC")
    return [int(case) for case, rec in rows if slip_of(str(rec)) == slip]


def _of_code(station: Station, text: str) -> list[int]:
    """The case of an entry by its resident's code."""
    if not ticket.read(text):
        return []
    wanted = ticket.ticket_of(text)
    cases = [r.get("case") for r in station.store.reference().of_kind("self_entry") if r.get("ticket") == wanted]
    rows = station.store.reader.execute("SELECT id FROM case_row WHERE rec = ?", (str(cases[0]),)) if cases else ()
    return [int(row[0]) for row in rows]


def found(station: Station, text: str) -> int:
    """How many cases contain the text."""
    return search.count(station.store.reader, text)


def resolve(station: Station, word: str) -> str:
    """A case by record id, number, the tail of either, or words only one case has; E-223 unless exactly one fits."""
    rows = station.store.reader.execute(
        "SELECT rec, rec = ?1 OR number = ?1 AS exact FROM case_row WHERE exact OR rec LIKE '%' || ?1"
        " OR number LIKE '%' || ?1 || '%' ORDER BY exact DESC LIMIT 2",
        (word,),
    ).fetchall()
    fitting = [str(r[0]) for r in rows if r[1]] or [str(r[0]) for r in rows]
    if not fitting and word.strip():
        fitting = [line.rec for line in find(station, word, limit=2)]
    if len(fitting) != 1:
        raise KnownError("E-223", what=word)
    return fitting[0]


# cases born in the unsent stretch (the last sent op may be the first of a case), and older ones with ops in it:
# neither reads the ops themselves
_UNSENT: Final = """
WITH span AS (SELECT (i.no << 32) + coalesce(a.seq, 0) AS first, (i.no + 1) << 32 AS after
              FROM inst i LEFT JOIN acked a ON a.inst = i.inst WHERE i.own = 1)
SELECT (SELECT count(*) FROM span JOIN case_row c ON c.id >= first AND c.id < after
        WHERE c.id > first OR EXISTS(SELECT 1 FROM op WHERE id = c.id + 1 AND case_id = c.id)
        OR EXISTS(SELECT 1 FROM op INDEXED BY op_later WHERE case_id = c.id AND id - case_id NOT IN (0, 1)))
     + (SELECT count(DISTINCT o.case_id) FROM span JOIN op o INDEXED BY op_later ON o.id > first AND o.id < after
        WHERE o.id - o.case_id NOT IN (0, 1)
        AND NOT EXISTS(SELECT 1 FROM span s WHERE o.case_id >= s.first AND o.case_id < s.after))
"""


def unsent(station: Station) -> int:
    """Cases (and reference changes, counted as one) with ops of this device that the server has not acknowledged."""
    return int(database.one(station.store.reader, _UNSENT)[0])


def today(station: Station, *, limit: int = 50) -> Today:
    """The lists of the first page."""
    store = station.store
    states = ",".join(f"'{s}'" for s in sorted(OPEN))
    lines = [
        _line(tuple(r))
        for r in store.reader.execute(
            f"SELECT {_COLUMNS} FROM case_row WHERE state IN ({states}) AND discarded = 0 AND {conditions.STANDING}"
            " ORDER BY (colour = 'red') DESC, (colour = 'amber') DESC, registered_at, id LIMIT ?",
            (limit,),
        )
    ]
    torn = [
        _line(tuple(r))
        for r in store.reader.execute(
            f"SELECT {_COLUMNS} FROM case_row WHERE id IN (SELECT case_id FROM problem) ORDER BY id DESC LIMIT ?",
            (limit,),
        )
    ]
    return Today(local.drafts(store, station.user.person), lines, torn, _due(station, limit), unsent(station))


def _due(station: Station, limit: int) -> list[tuple[CaseLine, str, int]]:
    rows = station.store.reader.execute(
        "SELECT case_id, due, amount FROM due_row WHERE done = 0 AND due <> '' AND due <= ? ORDER BY due LIMIT ?",
        (station.clock.today().isoformat(), limit),
    ).fetchall()
    result = []
    for case_id, due, amount in rows:
        line = station.store.reader.execute(f"SELECT {_COLUMNS} FROM case_row WHERE id = ?", (case_id,)).fetchone()
        if line is not None:
            result.append((_line(tuple(line)), str(due), int(amount or 0)))
    return result
