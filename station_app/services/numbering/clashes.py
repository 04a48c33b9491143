"""重号: the same number on two cases, after a clone or a restore. A person says which case gets a new number, or that
both stay as they are; papers that are out are never changed, a correction is noted for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, text
from station_app.services import undo
from station_app.services.changes import Changes
from station_app.services.paperwork.dossier_records import NUMBER_PLACE, RENUMBERED
from station_app.services.paperwork.numbers import record_values
from station_app.services.rounds.caseless import station_name
from station_app.services.station import Station, changes_of
from station_app.store import numbers
from station_app.store.core import OpDraft
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.numbering import Number, parse

VERB: Final = "renumber"
UNDO_DAYS: Final = 30
_SETTLED: Final = ("void", "double")
_KEY: Final = "committee, kind, year, series, n"
_OPEN: Final = f"state NOT IN {_SETTLED}"
_TWICE: Final = f"SELECT {_KEY} FROM number_row WHERE {_OPEN} GROUP BY {_KEY} HAVING count(*) > 1"
_BEARERS: Final = {"case": ("case", "number"), "order": ("order", "no"), "handoff": ("hand_off", "no")}
"""Kind of series -> the kind of record that bears such a number, and in which field."""
_GONE: Final = frozenset({"void", "replaced"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A case that bears the number: `own` of this station, its papers that bear it, whether one of them is signed.
    `at`: ms the number was drawn; `who`: person record or "".
    """

    case: str
    title: str
    rec: str
    own: bool
    station: str
    at: int
    who: str
    papers: tuple[str, ...]
    signed: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """One number that several cases bear."""

    number: str
    kind: str
    holders: tuple[Holder, ...]


def clashes(station: Station) -> list[Clash]:
    """Every number given twice that no person has settled, as far as this PC sees the cases."""
    con = station.store.reader
    found: list[Clash] = []
    for key in con.execute(_TWICE).fetchall():
        rows = con.execute(
            "SELECT case_id, rec, text FROM number_row WHERE committee = ? AND kind = ? AND year = ? AND series = ?"
            f" AND n = ? AND {_OPEN} ORDER BY case_id, rec",
            key,
        ).fetchall()
        holders = [_holder(station, station.store.ids.case_rec(int(case_id)), str(rec)) for case_id, rec, _ in rows]
        found.append(Clash(str(rows[0][2]), str(key[1]), tuple(holders)))
    return found


def count(station: Station) -> int:
    """How many numbers were given twice and not settled."""
    return int(station.store.reader.execute(f"SELECT count(*) FROM ({_TWICE})").fetchone()[0])


def _holder(station: Station, case: str, rec: str) -> Holder:
    view = station.case(case)
    record = view.state.records[rec]
    op = next((o for o in station.store.ops_of(case) if o.id == rec.rsplit(".", 1)[0]), None)
    papers = _papers(view, text(record, "text"))
    signed = {text(s, "paper") for s in view.kind("signature") if not s.get("void")}
    return Holder(
        case=case,
        title=text(view.record, "title"),
        rec=rec,
        own=_own(station, view),
        station=station_name(station, text(view.record, "station")),
        at=op.wall if op else 0,
        who=op.actor if op else "",
        papers=tuple(text(p, "title") for p in papers),
        signed=any(p.id in signed for p in papers),
    )


def _own(station: Station, view: Case) -> bool:
    return text(view.record, "station") == station.store.setting("station.code")


def _papers(view: Case, number: str) -> list[Record]:
    """Standing papers that bear a number, also as a further agreement or a supplement of it."""
    return [p for p in view.papers if text(p, "state") not in _GONE and text(p, "number").startswith(number)]


def renumber(station: Station, *, case: str, reason: str, number: str = "") -> Changes:
    """改编: this case gets a new number of this PC's series, the others keep theirs. E-408, E-551, E-552, E-306.

    What was issued under the old number stays byte for byte; for each such paper a correction is noted, and
    编号更正说明 lists them for the file and for who holds one. What nobody has signed is printed with the new number
    the next time. `number`: which of the case's, where several were given twice.
    """
    _reason(station, reason)
    view = station.case(case)
    if not _own(station, view):
        raise KnownError("E-552", station=station_name(station, text(view.record, "station")))
    clash = next((c for c in clashes(station) if number in ("", c.number) and _holds(c, case)), None)
    if clash is None:
        raise KnownError("E-551", number=number)
    record = view.state.records[next(h.rec for h in clash.holders if h.case == case)]
    with station.write(VERB) as tx:
        drawn = _draw(station, record)
        fresh = drawn.text(brackets=station.store.setting("number.brackets") or "（）")
        register = tx.op(VERB, "register", case=case)
        register.put(overwrite(record, {"state": "void", "reason": reason.strip()}))
        register.new("number", {**record_values(drawn, fresh), "reason": RENUMBERED.format(old=clash.number)})
        for bearer in _bearers(view, clash.kind, clash.number):
            register.put(overwrite(bearer, {_BEARERS[clash.kind][1]: fresh}))
        papers = _papers(view, clash.number)
        if papers:
            _correct(station, tx.op(VERB, "content", case=case), papers, clash.number, fresh)
    return changes_of(tx, label="改编编号")


def _reason(station: Station, reason: str) -> None:
    station.require(VERB)
    if not reason.strip():
        raise KnownError("E-408")


def _holds(clash: Clash, case: str) -> bool:
    return any(holder.case == case for holder in clash.holders)


def _draw(station: Station, record: Record) -> Number:
    """Above every number of the series that any case here bears: another PC may draw from the same series."""
    store = station.store
    short, kind, year = text(record, "committee"), text(record, "kind"), record.get("year")
    assert isinstance(year, int)
    row = store.con.execute(
        "SELECT coalesce(max(n), 0) FROM number_row WHERE committee = ? AND kind = ? AND year = ? AND series = ?",
        (short, kind, year, numbers.series_of(store)),
    ).fetchone()
    return numbers.draw(store, store.con, short=short, kind=kind, year=year, above=int(row[0]))


def _bearers(view: Case, kind: str, number: str) -> list[Record]:
    what, field = _BEARERS[kind]
    return [r for r in view.kind(what) if text(r, field) == number]


def _correct(station: Station, op: OpDraft, papers: list[Record], old: str, fresh: str) -> None:
    today = station.clock.today().isoformat()
    for paper in papers:
        before = text(paper, "number")
        values: dict[str, Json] = {"paper": paper.id, "place": NUMBER_PLACE, "old": before}
        values |= {"new": fresh + before[len(old) :], "who": station.user.name, "on": today}
        op.new("correction", values)


def keep_both(station: Station, *, number: str, reason: str) -> Changes:
    """都保留: all papers stay as they are, and the ledger says of this station's own that the number was given twice.
    E-408, E-551 where it was not, E-552 where none of the cases is this station's.
    """
    _reason(station, reason)
    clash = next((c for c in clashes(station) if c.number == number), None)
    if clash is None:
        raise KnownError("E-551", number=number)
    own = [holder for holder in clash.holders if holder.own]
    if not own:
        raise KnownError("E-552", station=clash.holders[0].station)
    with station.write(VERB) as tx:
        for holder in own:
            record = station.case(holder.case).state.records[holder.rec]
            put = overwrite(record, {"state": "double", "reason": reason.strip()})
            tx.op(VERB, "register", case=holder.case).put(put)
    return changes_of(tx, label="注明重号")


def undo_settling(station: Station, *, case: str) -> Changes:
    """Take back the last settling of this case's number within thirty days; the number drawn for it becomes void. E-555
    where there is none, E-231 where somebody built on it since.
    """
    oldest = station.clock.now_ms() - UNDO_DAYS * 24 * 3600 * 1000
    ops = [op for op in station.store.ops_of(case) if op.verb == VERB and op.wall >= oldest]
    standing = [op for op in ops if any(_stands(station, case, c.rec, op.id) for c in op.changes or ())]
    if not standing:
        title = text(station.case(case).record, "title")
        raise KnownError("E-555", number=title)
    last = standing[-1]
    group = tuple(op.id for op in ops if (op.wall, op.actor) == (last.wall, last.actor))
    kinds = frozenset(c.kind for op in ops for c in op.changes or ())
    return undo.undo(station, Changes(kinds, (), group, case, "编号处理"))


def _stands(station: Station, case: str, rec: str, op: str) -> bool:
    """Whether what this op said of a number is still its last word."""
    record = station.case(case).state.records[rec]
    heads = record.units.get("state", []) if record.kind == "number" else []
    return any(head.op == op for head in heads)


def parsed(station: Station, number: str) -> Number:
    """A number as it stands on paper; E-553 where it is none of this committee."""
    found = parse(number.replace("(", "（").replace(")", "）"))
    short = station.store.setting("committee.short")
    if found is None or found.short != short:
        raise KnownError("E-553", number=number.strip(), short=short)
    return found
