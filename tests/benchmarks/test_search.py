"""Search while typing in 100,000 cases: exactly the hits of LIKE, the newest 50 and the full count within bounds."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import search
from tests.benchmarks.haystack import Haystack
from tests.benchmarks.timing import median, percentile, report
from tests.support.stations import make_station

pytestmark = [pytest.mark.bench, pytest.mark.slow]

CASES = 100_000
FIND_MS = 5.0
COUNT_MS = 20.0
# a whole case number: a person who types all of it waits a little longer, every part of it stands in every case
NUMBER_MS = 20.0


def fill(station: Station, haystack: Haystack) -> None:
    """Rows and index through the store's own SQL, without ops: search reads nothing else."""
    store = station.store
    columns = "id, rec, stream, station, title, own, shared, demo, discarded, conflicts, late, unreadable, changed"
    row = "?, ?, 'dongkeng', 'S', ?, 1, 0, 0, 0, 0, 0, 0, 1, 1"
    with store.raw_write() as con:
        con.executemany(
            f"INSERT INTO case_row({columns}, wall) VALUES({row})",
            ((n, f"{1:016x}.{n}.0", text[:20]) for n, text in enumerate(haystack.texts, 1)),
        )
        for number, text in enumerate(haystack.texts, 1):
            search.put_pending(con, number, text)
    while store.flush_index(1000):
        pass


def truth_of(haystack: Haystack) -> Callable[[str], list[int]]:
    """LIKE over the same texts, folded the same way (signs lie in a private area: no wildcard is left)."""
    con = sqlite3.connect(":memory:")
    con.execute("CREATE TABLE truth(id INTEGER PRIMARY KEY, text TEXT)")
    texts = (search.fold_text(search.with_initials(text)) for text in haystack.texts)
    con.executemany("INSERT INTO truth VALUES(?, ?)", enumerate(texts, 1))

    def hits(query: str) -> list[int]:
        rows = con.execute("SELECT id FROM truth WHERE text LIKE ? ORDER BY id DESC", (f"%{search.fold_text(query)}%",))
        return [row[0] for row in rows]

    return hits


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1e3


def measure(station: Station, kind: str, queries: list[str]) -> dict[str, float]:
    con = station.store.reader
    for query in queries:  # a person types sign by sign: the pages of the word before are warm
        search.find(con, query)
    finds = [timed(lambda q=query: search.find(con, q)) for query in queries]  # type: ignore[misc]  # bound at once
    lines = [timed(lambda q=query: lists.find(station, q)) for query in queries]  # type: ignore[misc]  # bound at once
    counts = [timed(lambda q=query: search.count(con, q)) for query in queries]  # type: ignore[misc]  # bound at once
    figures = {
        "find_p50_ms": median(finds),
        "find_p95_ms": percentile(finds, 0.95),
        "lines_p95_ms": percentile(lines, 0.95),
        "count_p95_ms": percentile(counts, 0.95),
    }
    report(f"search {kind}", {**figures})
    return figures


@pytest.mark.timeout(600)
def test_search_while_typing(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    haystack = Haystack(CASES)
    building = timed(lambda: fill(station, haystack))
    queries = haystack.queries()
    fresh = {kind: measure(station, f"{kind}, before idle time", asked) for kind, asked in queries.items()}
    steps = 0
    while station.store.tidy_index():
        steps += 1
    size = station.store.path.stat().st_size / 1e6
    report("search index", {"build_s": building / 1e3, "idle_steps": steps, "database_mb": size})
    found = {kind: measure(station, kind, asked) for kind, asked in queries.items()}

    hits = truth_of(haystack)
    for asked in queries.values():
        for query in asked:
            expected = hits(query)
            assert search.find(station.store.reader, query) == expected[:50], query
            assert search.count(station.store.reader, query) == len(expected), query
            assert [line.id for line in lists.find(station, query)] == expected[:50], query

    bound = {kind: NUMBER_MS if kind == "number" else FIND_MS for kind in found}
    assert {k: f["find_p95_ms"] for k, f in found.items() if f["find_p95_ms"] > bound[k]} == {}
    assert {k: f["count_p95_ms"] for k, f in found.items() if f["count_p95_ms"] > COUNT_MS} == {}
    assert {k: f["find_p95_ms"] for k, f in fresh.items() if f["find_p95_ms"] > 5 * bound[k]} == {}
