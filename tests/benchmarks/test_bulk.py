"""500 agreements of two pages, one for each person of a case: issued, archival, signed codes, sealed, stored, logged.

Each is a transaction of its own, durable on disk. Between two of them the baseline makes the same pages with plain
Platypus: the same words, a code on each page, no archive format, nothing stored.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from station_app.domain.case import text
from station_app.paths import resources_dir
from station_app.services.paperwork import bulk
from station_app.store import consistency
from tests.benchmarks import baseline_platypus, many
from tests.benchmarks.timing import median, percentile, report
from tests.support.stations import make_station

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
PEOPLE = 500


def resident() -> float:
    """MB of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_an_agreement_for_each_of_500(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    case = many.group_case(station, PEOPLE)
    baseline_platypus.register(resources_dir() / "fonts")
    items = bulk.each_worker(station, case=case)
    terms = [text(t, "text") for t in station.case(case).terms]
    ours: list[float] = []
    theirs: list[float] = []
    memory: list[float] = []
    mark = time.perf_counter()

    def between(done: int, _total: int, _number: str) -> None:
        nonlocal mark
        ours.append(time.perf_counter() - mark)
        start = time.perf_counter()
        baseline_platypus.issue(many.plain_values(done - 1, terms), done)
        theirs.append(time.perf_counter() - start)
        memory.append(resident())
        mark = time.perf_counter()

    run = bulk.issue_many(station, items, between)
    assert (run.failed, run.stopped, len(run.made)) == ([], None, PEOPLE)
    assert {m.pages for m in run.made} == {2}
    ratio = median(ours) / median(theirs)
    last = median(ours[-100:]) / median(theirs[-100:])
    size = median([float(m.bytes) for m in run.made])
    grown = memory[-1] - memory[-101]
    report(
        "500 agreements, one for each",
        {
            "p50_ms": median(ours) * 1e3,
            "p95_ms": percentile(ours, 0.95) * 1e3,
            "platypus_p50_ms": median(theirs) * 1e3,
            "ratio": ratio,
            "ratio_of_last_100": last,
            "bytes": size,
            "rss_mb": memory[-1],
            "rss_grown_by_last_100_mb": grown,
        },
    )
    assert consistency.check(station.store) == []
    assert ratio <= 1.2
    assert last <= 1.2
    assert size <= 100 * 1024
    assert grown <= 0.03 * memory[-1], "the database's page cache (32 MB) is full by then; nothing else may grow"
