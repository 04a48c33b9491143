"""Everything made anew is what was there: rows, index and counters, and what nobody has read yet stays unread."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from station_app import bootstrap
from station_app.services import cases, undo
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency, database, schema, search
from station_app.store.database import Connection
from station_app.store.upkeep import rebuild
from tests.support.stations import PASSWORD, make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """Cases with one op, with many, and with ops of two program starts between each other."""
    first = make_station(tmp_path / "data").station
    chance = random.Random(7)
    made = [cases.register(first, intake=wage_intake(f"138{n:08d}")).case for n in range(6)]
    other = bootstrap.open_station(first.store.directory, name="李明", password=PASSWORD, clock=first.clock)
    for number in range(12):
        station, case = chance.choice((first, other)), chance.choice(made[:4])
        cases.edit(station, case=case, values={case: {"place": f"改过第{number}次的地点"}})
    cases.step(first, case=made[1], verb="accept", at="2026-11-20T09:05")
    removed = cases.discard(first, case=made[2])
    undo.undo(first, removed)
    cases.discard(first, case=made[3])
    other.store.close()
    return first


def rows(con: Connection) -> dict[str, list[str]]:
    """Every projection but the index; what changes with each writing is left aside."""
    found = {}
    for table in schema.PROJECTION_NAMES:
        if table not in ("idx", "pend"):
            names = [str(r[1]) for r in con.execute(f"PRAGMA table_info({table})") if r[1] not in ("changed", "id_")]
            found[table] = sorted(map(repr, con.execute(f"SELECT {', '.join(names)} FROM {table}")))
    return found


def tokens(con: Connection) -> list[tuple[object, ...]]:
    """Every token of the index with its place."""
    con.execute("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, idx, instance)")
    found = [tuple(r) for r in con.execute("SELECT term, doc, offset FROM temp.seen ORDER BY doc, offset, term")]
    con.execute("DROP TABLE temp.seen")
    return found


def test_nothing_differs_afterwards(station: Station) -> None:
    store = station.store
    while store.flush_index():
        pass
    counted = database.one(store.con, "SELECT ops, cases, inst, seq, head FROM head")
    before, indexed = rows(store.con), tokens(store.con)
    steps: list[tuple[int, int]] = []
    with store.raw_write() as con:
        assert rebuild.refold(store, con, lambda done, total: steps.append((done, total))) == 6
    assert rows(store.con) == before
    assert tokens(store.con) == indexed
    assert database.one(store.con, "SELECT ops, cases, inst, seq, head FROM head") == counted
    assert steps == [(6, 6)]
    assert database.one(store.con, "SELECT count(*) FROM pend") == (0,), "nothing waits for the idle lane"
    assert consistency.check(store) == []
    assert [line.rec for line in lists.find(station, "改过第")] == [
        line.rec for line in lists.cases(station) if "改过第" in str(line.place)
    ]


def test_an_older_database_is_made_anew_when_it_is_opened(station: Station) -> None:
    store = station.store
    with store.raw_write() as con:
        con.execute("DROP TABLE unread")  # as a program wrote it that knew of no such list
        con.execute("UPDATE case_row SET title = 'x'")
        con.execute("UPDATE meta SET value = '1' WHERE key = 'projection'")
    store.con.close()
    again = bootstrap.open_station(store.directory, name="李明", password=PASSWORD, clock=station.clock)
    assert lists.find(again, "田志强")
    assert consistency.check(again.store) == []
    assert search.count(again.store.con, "改过第") > 0
