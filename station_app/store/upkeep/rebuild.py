"""All projections and the search index made anew from the ops, in one pass and one transaction.

Ops are read in two streams that both come in the order of their cases: the first two of a case lie at its own key, the
index of later ones is sorted by case. So there is no statement a case, and nothing waits for the idle lane afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from station_app.store import database, oplog, project, schema, search
from station_app.store.database import Connection
from station_app.store.erasure import applying
from station_app.store.upkeep.collecting import few_collections
from sync.contract.fold import FoldOp

if TYPE_CHECKING:
    from station_app.store.core import Store

_AT_ONCE: Final = 500
"""Cases held in memory."""
_FIRST: Final = (
    "SELECT case_id, id, header, body, rev FROM op WHERE case_id <> 0 AND id - case_id IN (0, 1) ORDER BY id"
)
_LATER: Final = (
    "SELECT case_id, id, header, body, rev FROM op INDEXED BY op_later"
    " WHERE id - case_id NOT IN (0, 1) AND case_id <> 0 ORDER BY case_id, id"
)
_ABOUT_NO_CASE: Final = "SELECT count(*) FROM op INDEXED BY op_later WHERE case_id = 0 AND id - case_id NOT IN (0, 1)"
_Unread = list[tuple[int, int, int]]


def refold(store: Store, con: Connection, progress: Callable[[int, int], None] | None = None) -> int:
    """Drop all projections and make them anew (inside the caller's transaction); how many cases there are.

    Cases that were taken in and not read yet stay so. `progress(done, total)` in cases.
    """
    unread = _unread(con)
    for name in schema.PROJECTION_NAMES:
        con.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in (*schema.PROJECTIONS, *schema.INDEX_SETTINGS):
        con.execute(statement)
    con.executemany("INSERT INTO unread VALUES(?, ?, ?)", unread)
    applying.put_all(store, con)
    changed = int(database.one(con, "UPDATE head SET changes = changes + 1 RETURNING changes")[0])
    ops = int(database.one(con, _ABOUT_NO_CASE)[0])
    listed = done = 0
    total = int(database.one(con, "SELECT count(DISTINCT case_id) FROM op WHERE case_id <> 0")[0]) if progress else 0
    found = _cases(store, con, {row[0] for row in unread})
    with search.building(con), few_collections():
        while some := list(islice(found, _AT_ONCE)):
            listed += project.put_anew(store, con, some, changed)
            done += len(some)
            ops += sum(len(of) for _, of in some)
            if progress is not None:
                progress(done, total)
    con.execute("UPDATE head SET cases = ?, ops = ?", (listed, ops))
    con.execute("INSERT OR REPLACE INTO meta VALUES('projection', ?)", (schema.projection_mark(),))
    return done


def _unread(con: Connection) -> _Unread:
    """Cases whose sealed bodies nobody has looked at; none where an older program had no such list."""
    columns = {str(row[1]) for row in con.execute("PRAGMA table_info(unread)")}
    if columns != {"case_id", "at", "papers"}:
        return []
    return [(int(a), int(b), int(c)) for a, b, c in con.execute("SELECT case_id, at, papers FROM unread")]


def _cases(store: Store, con: Connection, unread: set[int]) -> Iterator[tuple[int, list[FoldOp]]]:
    """Each case with its ops in local order, as `oplog.ops_of_case` gives them."""
    first, later = con.execute(_FIRST), con.execute(_LATER)
    for case_id, rows in groupby(merge(first, later, key=itemgetter(0)), key=itemgetter(0)):
        ours = list(rows)
        if case_id in unread:
            yield case_id, oplog.ops_of_case(con, store.vault, case_id)
            continue
        if len(ours) > 2:
            ours.sort(key=itemgetter(1))
        yield case_id, [oplog.fold_op(store.vault, header, body, rev) for _, _, header, body, rev in ours]
