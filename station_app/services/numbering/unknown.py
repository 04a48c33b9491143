"""去向不明的编号: numbers of this station's series that no case here bears, lost with a PC or drawn after the backup it
was restored from. A person says what the paper says; the ledger keeps it, and the number is never given out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain.case import text
from station_app.services import undo
from station_app.services.changes import Changes
from station_app.services.numbering.clashes import UNDO_DAYS, parsed
from station_app.services.rounds import caseless
from station_app.services.station import Station, changes_of
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.numbering import Number

VERB: Final = "note_number"
KIND: Final = "number_note"
USED, VOID = "used", "void"
_MOST: Final = 200
_CHECKED: Final = "restore.checked"


@dataclass(frozen=True, slots=True)
class Gap:
    """A number between known ones that nobody accounts for."""

    number: str
    kind: str
    year: int
    series: str
    n: int


@dataclass(frozen=True, slots=True)
class Restored:
    """This PC was restored (`at` ms) from a backup of `of` (ms); papers may bear numbers of `series` above `last`."""

    at: int
    of: int
    series: str
    last: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What a person said of a number."""

    rec: str
    number: str
    answer: str
    reason: str
    on: str
    case: str


def gaps(station: Station, *, limit: int = _MOST) -> list[Gap]:
    """Numbers of this station's own series that lie between known ones and that neither case nor note bears."""
    known = _known(station)
    brackets = station.store.setting("number.brackets") or "（）"
    short = station.store.setting("committee.short")
    found: list[Gap] = []
    for (kind, year, series), taken in sorted(known.items()):
        for n in range(min(taken) + 1, max(taken)):
            if n not in taken and len(found) < limit:
                found.append(Gap(Number(year, short, kind, series, n).text(brackets=brackets), kind, year, series, n))
    return found


def _known(station: Station) -> dict[tuple[str, int, str], set[int]]:
    """(kind, year, series) of this PC's series -> the numbers that are accounted for."""
    store = station.store
    short = store.setting("committee.short")
    own = [code for code in (store.setting("number.series"), store.setting("restore.series")) if code]
    own += [str(r[0]) for r in store.reader.execute("SELECT DISTINCT series FROM number WHERE committee = ?", (short,))]
    found: dict[tuple[str, int, str], set[int]] = {}
    for series in dict.fromkeys(own):
        rows = store.reader.execute(
            "SELECT kind, year, n FROM number_row WHERE committee = ?1 AND series = ?2"
            " UNION SELECT kind, year, n FROM number WHERE committee = ?1 AND series = ?2",
            (short, series),
        )
        for kind, year, n in rows:
            found.setdefault((str(kind), int(year), series), set()).add(int(n))
    for record in caseless.standing(station, KIND):
        key, n = (text(record, "kind"), record.get("year"), text(record, "series")), record.get("n")
        if isinstance(key[1], int) and isinstance(n, int) and (key[0], key[1], key[2]) in found:
            found[key[0], key[1], key[2]].add(n)
    return found


def restored(station: Station) -> Restored | None:
    """What is to be compared with the papers after a restore; None where nothing is, or a person did so."""
    get = station.store.setting
    at = int(get("restore.at") or 0)
    if not at or int(get(_CHECKED) or 0) >= at or not get("restore.series"):
        return None
    series = get("restore.series")
    last = sorted((kind, year, max(taken)) for (kind, year, code), taken in _known(station).items() if code == series)
    return Restored(at, int(get("restore.of") or 0), series, tuple(last))


def checked(station: Station) -> None:
    """A person compared the papers with the ledger after the restore; every number found was noted."""
    station.require(VERB)
    station.store.set_settings({_CHECKED: str(station.clock.now_ms())})


def note(station: Station, *, number: str, answer: str, reason: str, case: str = "") -> Changes:
    """登记去向: the paper exists (`used`), or was never made (`void`). E-553, E-554, E-217, E-408, E-270.

    A number noted before is answered anew. `case`: the case it belongs to, where there is one.
    """
    station.require(VERB)
    given = parsed(station, number)
    if not reason.strip():
        raise KnownError("E-408")
    title = _bearer(station, given)
    if title is not None:
        raise KnownError("E-554", number=number.strip(), title=title)
    printed = Number(given.year, given.short, given.kind, given.series, given.n).text(brackets=number.strip()[0] + "）")
    said: dict[str, Json] = {"answer": answer, "reason": reason.strip(), "on": station.clock.today().isoformat()}
    clean = caseless.clean(station, KIND, said, needs=("answer", "reason"))
    before = _noted(station, given)
    with station.write(VERB) as tx:
        op = tx.op(VERB, "reference")
        if before is not None:
            op.put(overwrite(before, {**clean, **({"case": case} if case else {})}))
        else:
            key: dict[str, Json] = {"committee": given.short, "kind": given.kind, "year": given.year}
            key |= {"series": given.series, "n": given.n, "text": printed}
            caseless.put_new(station, op, KIND, {**key, **clean, **({"case": case} if case else {})})
        tx.con.execute(
            "INSERT OR IGNORE INTO number(committee, kind, year, series, n, text, state, reason)"
            " VALUES(?, ?, ?, ?, ?, ?, 'unknown', ?)",
            (given.short, given.kind, given.year, given.series, given.n, printed, reason.strip()),
        )
    return changes_of(tx, label="登记编号去向")


def _bearer(station: Station, number: Number) -> str | None:
    """Title of the case that bears a number here, void ones too; None for no case."""
    row = station.store.reader.execute(
        "SELECT c.title FROM number_row r JOIN case_row c ON c.id = r.case_id WHERE r.committee = ? AND r.kind = ?"
        " AND r.year = ? AND r.series = ? AND r.n = ? LIMIT 1",
        (number.short, number.kind, number.year, number.series, number.n),
    ).fetchone()
    return str(row[0]) if row else None


def _noted(station: Station, number: Number) -> Record | None:
    wanted = (number.short, number.kind, number.year, number.series, number.n)
    names = ("committee", "kind", "year", "series", "n")
    found = [r for r in caseless.standing(station, KIND) if tuple(r.get(name) for name in names) == wanted]
    return found[-1] if found else None


def notes(station: Station) -> list[Note]:
    """What was noted, the last first."""
    found = [
        Note(r.id, text(r, "text"), text(r, "answer"), text(r, "reason"), text(r, "on"), text(r, "case"))
        for r in caseless.standing(station, KIND)
    ]
    return sorted(found, key=lambda n: n.on, reverse=True)


def undo_note(station: Station, *, number: str) -> Changes:
    """Take back the last note on a number within thirty days; E-553, E-555, E-231. The number stays out of use here."""
    record = _noted(station, parsed(station, number))
    oldest = station.clock.now_ms() - UNDO_DAYS * 24 * 3600 * 1000
    if record is not None:
        heads = {head.op for unit in record.units.values() for head in unit}
        ops = [op for op in station.store.ops_of("") if op.id in heads and op.verb == VERB and op.wall >= oldest]
        if ops:
            return undo.undo(station, Changes(frozenset({KIND}), (), (ops[-1].id,), "", "编号去向"))
    raise KnownError("E-555", number=number.strip())
