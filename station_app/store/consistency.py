"""The proof that nothing is lost: fold(all ops) = projections = search index = counters; for tests and doctor."""

from __future__ import annotations

from station_app.store import database, oplog, project, schema, search
from station_app.store.core import Store
from station_app.store.database import Connection
from station_app.store.erasure import applying
from sync.contract.chain import NO_HEAD, next_head, opening_head


def _snapshot(con: Connection, table: str) -> list[tuple[object, ...]]:
    names = [str(r[1]) for r in con.execute(f"PRAGMA table_info({table})") if r[1] not in ("changed", "id_")]
    if table == "problem":
        names.remove("id")
    return sorted((tuple(r) for r in con.execute(f"SELECT {', '.join(names)} FROM {table}")), key=repr)


def check(store: Store) -> list[str]:
    """Return what differs; empty when all is sound. Works on a savepoint and leaves nothing behind."""
    faults: list[str] = []
    while store.flush_index(10**9):
        pass
    with store.raw_write() as con:
        faults += _chain_faults(store, con)
        faults += _projection_faults(store, con)
        faults += _index_faults(store, con)
        faults += applying.faults(con)
        ops, cases = database.one(con, "SELECT ops, cases FROM head")
        if ops != database.one(con, "SELECT count(*) FROM op")[0]:
            faults.append("counter of ops")
        if cases != database.one(con, "SELECT count(*) FROM case_row")[0]:
            faults.append("counter of cases")
    return faults


def _chain_faults(store: Store, con: Connection) -> list[str]:
    """Every own incarnation is one chain from its opening to its head, without a gap, and begins at an own head.

    Usually the last one before it; on a restored PC an earlier one, when what came after it was fetched back. Such a PC
    may lack ops of cases that are granted no longer: the server has confirmed them, and the chain is followed up to
    there.
    """
    faults: list[str] = []
    confirmed = {str(inst): int(seq) for inst, seq in con.execute("SELECT inst, seq FROM acked")}
    last_no, last_seq, last_head = database.one(con, "SELECT inst, seq, head FROM head")
    heads, openings = {NO_HEAD}, dict[str, bytes]()
    for no, inst, device, opened in con.execute(
        "SELECT no, inst, device, before FROM inst WHERE own = 1 ORDER BY no"
    ).fetchall():
        openings[str(inst)] = bytes(opened)
        head, expected = opening_head(device, inst, bytes(opened)), 1
        for pk, header in con.execute("SELECT id, header FROM op WHERE id >> 32 = ? ORDER BY id", (no,)):
            if pk & 0xFFFFFFFF != expected:
                if pk & 0xFFFFFFFF > confirmed.get(str(inst), 0) + 1:
                    faults.append(f"gap in {inst} at {expected}")
                break
            head, expected = next_head(head, bytes(header)), expected + 1
            heads.add(head)
        heads.add(head)
        if no == last_no and (expected - 1 != last_seq or head != bytes(last_head)):
            faults.append("head differs from the chain")
    strange = [inst for inst, opened in openings.items() if opened not in heads]
    return faults + [f"incarnation {inst} does not continue an own one" for inst in strange]


def _projection_faults(store: Store, con: Connection) -> list[str]:
    tables = [t for t in schema.PROJECTION_NAMES if t not in ("pend", "unread", "idx")]
    kept = {t: _snapshot(con, t) for t in tables}
    con.execute("SAVEPOINT proof")
    for table in tables:
        con.execute(f"DELETE FROM {table}")
    applying.put_all(store, con)
    for (case_id,) in con.execute("SELECT DISTINCT case_id FROM op WHERE case_id <> 0").fetchall():
        project.put_case(store, con, case_id, oplog.ops_of_case(con, store.vault, case_id), 0, fresh=True)
    faults = [f"projection {t} differs from the fold" for t in tables if _snapshot(con, t) != kept[t]]
    con.execute("ROLLBACK TO proof")
    con.execute("RELEASE proof")
    return faults


def _index_faults(store: Store, con: Connection) -> list[str]:
    """Index a second time from the fold, in memory, and compare the entries token by token."""
    con.execute("SAVEPOINT proof")
    con.execute("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, idx, instance)")
    kept = con.execute("SELECT term, doc, offset FROM temp.seen ORDER BY doc, offset, term").fetchall()
    con.execute("DROP TABLE temp.seen")
    faults: list[str] = []
    expected: list[tuple[object, ...]] = []
    for (case_id,) in con.execute("SELECT id FROM case_row ORDER BY id").fetchall():
        from sync.contract.fold import fold

        state = fold(oplog.ops_of_case(con, store.vault, case_id))
        case = state.records[store.ids.case_rec(case_id)]
        parties = project.alive(r for r in state.records.values() if r.kind == "party")
        text = search.indexed_text(search.with_initials(project.search_text(state, case, parties)))
        expected += [(token.lower(), case_id, place) for place, token in enumerate(text.split(" ")) if token]
    if [tuple(r) for r in kept] != sorted(expected, key=lambda e: (e[1], e[2], e[0])):
        faults.append("search index differs from the fold")
    con.execute("ROLLBACK TO proof")
    con.execute("RELEASE proof")
    return faults
