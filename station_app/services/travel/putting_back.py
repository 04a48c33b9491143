"""What waits to be uploaded, item by item; and a person puts back what was not taken.

An op the platform did not take stays what it is: its content is written anew, by whoever puts it back, on what the case
says now. A received op that could not be read is asked for once more, and examined as if it came the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store import database, files, travel
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import FoldOp, State, fold, overwrite
from sync.contract.op import Change, creator_of, parse_header


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """A case of which something is not at the platform yet. `since`: ms of its oldest waiting op; sizes in bytes.

    `case` is "" for records about no case (people, organisation, keys).
    """

    case: str
    title: str
    ops: int
    bytes: int
    files: int
    since: int


def waiting_items(station: Station, *, limit: int = 200) -> list[WaitingItem]:
    """Everything that waits, the oldest first; its ops and files add up to what the status line counts."""
    store = station.store
    found: dict[int, list[int]] = {}
    for case_id, count, size, since in travel.waiting_by_case(store):
        found[case_id] = [count, size, 0, since]
    for case_id, count, size in files.waiting_by_case(store):
        entry = found.setdefault(case_id, [0, 0, 0, 0])
        entry[1] += size
        entry[2] += count
    items = [
        WaitingItem(*_named(station, case_id), ops=ops, bytes=size, files=count, since=since)
        for case_id, (ops, size, count, since) in found.items()
    ]
    return sorted(items, key=lambda item: (item.case == "", item.since))[:limit]


def _named(station: Station, case_id: int) -> tuple[str, str]:
    if not case_id:
        return "", ""
    row = station.store.reader.execute("SELECT rec, title FROM case_row WHERE id = ?", (case_id,)).fetchone()
    return (str(row[0]), str(row[1])) if row else (station.store.ids.case_rec(case_id), "")


def put_back(station: Station, *, op: str) -> Changes:
    """重新上传: bring back what was not taken. E-223 where nothing of this name is listed, E-404 without right.

    For a refused op the content is written anew (E-223 where a record it changed is gone); for one that could not be
    read nothing is written: the platform is asked for it again.
    """
    station.require("settle")
    row = station.store.con.execute("SELECT header FROM quarantine WHERE op = ?", (op,)).fetchone()
    if row is not None:
        _ask_again(station, op, parse_header(bytes(row[0])).stream)
        return Changes(frozenset({"problem"}), (), (), label="重新接收")
    return _write_anew(station, op)


def _ask_again(station: Station, op: str, stream: str) -> None:
    travel.reset_cursors(station.store, stream)
    with station.store.raw_write() as con:
        con.execute("DELETE FROM quarantine WHERE op = ?", (op,))


def _write_anew(station: Station, op: str) -> Changes:
    store = station.store
    place = store.con.execute("SELECT case_id FROM op WHERE id = ?", (store.ids.pk(op),)).fetchone()
    if place is None or op not in _listed(station):
        raise KnownError("E-223", what=op)
    case = store.ids.case_rec(int(place[0])) if place[0] else ""
    ops = store.ops_of(case)
    (old,) = [o for o in ops if o.id == op]
    state = fold(ops)
    with station.write("edit") as tx:
        made = tx.op("edit", old.compartment, case=case)
        fresh: dict[str, str] = {}
        for change in old.changes or ():
            if creator_of(change.rec) == op:
                fresh[change.rec] = made.new(change.kind, _moved(change.set, fresh))
            else:
                made.put(_on_top(state, change, _moved(change.set, fresh)))
        tx.con.execute("DELETE FROM refused WHERE op = ?", (op,))
        tx.con.execute("INSERT OR REPLACE INTO put_back VALUES(?, ?)", (op, station.clock.now_ms()))
    return changes_of(tx, label="重新上传")


def _listed(station: Station) -> set[str]:
    con = station.store.con
    rows = con.execute(
        "SELECT op FROM refused UNION SELECT op FROM problem WHERE kind = 'refused' EXCEPT SELECT op FROM put_back"
    )
    return {str(r[0]) for r in rows}


def _moved(values: Mapping[str, Json], fresh: Mapping[str, str]) -> dict[str, Json]:
    """Values that name a record made by the same op name the new one."""
    return {name: fresh.get(value, value) if isinstance(value, str) else value for name, value in values.items()}


def _on_top(state: State, change: Change, values: dict[str, Json]) -> Change:
    record = state.records.get(change.rec)
    if record is None or record.kind not in KINDS:
        raise KnownError("E-223", what=change.rec)
    return overwrite(record, values)


def settled_before(ops: list[FoldOp], now_ms: int, days: int = 30) -> list[FoldOp]:
    """The settling ops of a case that may still be undone: not older than so many days, newest first."""
    oldest = now_ms - days * 24 * 3600 * 1000
    return [op for op in reversed(ops) if op.verb == "settle" and op.wall >= oldest]


def undo_settling(station: Station, *, case: str) -> Changes:
    """Take back the last settling of a case within thirty days: both values stand again. E-405 where there is none,
    E-231 where somebody built on it since.
    """
    from station_app.services import undo

    found = settled_before(station.store.ops_of(case), station.clock.now_ms())
    if not found:
        raise KnownError("E-405", step="undo", state="")
    op = found[0]
    kinds = frozenset(c.kind for c in op.changes or ())
    ids = tuple(c.rec for c in op.changes or ())
    return undo.undo(station, Changes(kinds, ids, (op.id,), case, "处理两处修改"))


def count_waiting_files(station: Station) -> tuple[int, int]:
    """(files, bytes) that are not at the platform yet."""
    return files.waiting_bytes(station.store)


def problem_count(station: Station) -> int:
    """How many problems are listed: what was refused, kept apart, or taken out, and not put back since."""
    sql = (
        "SELECT (SELECT count(*) FROM refused) + (SELECT count(*) FROM quarantine) + (SELECT count(*) FROM problem"
        " WHERE kind = 'refused' AND op NOT IN (SELECT op FROM refused) AND op NOT IN (SELECT op FROM put_back))"
    )
    return int(database.one(station.store.reader, sql)[0])
