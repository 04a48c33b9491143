"""The first sync of a new PC: by segments and by pages in turns, against the plainest chain that carries its facts.

The chain is that of test_travel_chain: raw read, one zstd POST, COPY with fsync, back into SQLite; ours is the way down
alone. Segments are made before, as they are at a district in its quiet moments. Seconds and CPU of both programs.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.store import consistency
from sync.client import pulling
from sync.server.clock import SystemClock
from sync.server.segments import making
from sync.server.server import open_server
from tests.benchmarks import baseline_copy, rig
from tests.benchmarks.test_travel import baseline, copy_plain, fill, sync
from tests.benchmarks.timing import median, report

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

pytestmark = [pytest.mark.bench, pytest.mark.postgres]

GOAL = 1.1
"""Times the whole chain, aimed at."""
WORST = 0.9
"""CPU of both programs by segments, against that by pages: beyond this segments save nothing."""


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("count", "rounds"), [(10_000, 6), (50_000, 4)])
def test_first_sync(
    tmp_path: Path, durable_postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, count: int, rounds: int
) -> None:
    original = rig.build(tmp_path / "original", durable_postgres_server, lambda station: fill(station, count))
    first = rig.reopen(original.folder / "first")
    copy_plain(first, tmp_path / "plain.db", count)
    first.store.close()
    times: dict[str, list[float]] = {}
    making_cpu, size = 0.0, 0
    for number in range(rounds):
        way = "pages" if number % 2 else "segments"
        monkeypatch.setattr(pulling, "has_zstd", lambda way=way: way == "segments")
        with original.copy(tmp_path / str(number)) as copy:
            sync(copy.stations["first"])
            making_cpu, size = _pack(copy.place / "district") if way == "segments" else (making_cpu, size)
            limit_url = durable_postgres_server.fresh()
            with baseline(limit_url) as (other, limit):
                chain = _used(limit)
                start = time.perf_counter()
                baseline_copy.push(tmp_path / "plain.db", other)
                baseline_copy.pull(copy.place / "copy.db", other)
                times.setdefault("chain", []).append(time.perf_counter() - start)
                times.setdefault("chain_cpu", []).append(_used(limit) - chain)
            durable_postgres_server.drop(limit_url)
            used = _used(copy.server)
            spent, segments = _pulled(copy.stations["empty"], count)
            times.setdefault(way, []).append(spent)
            times.setdefault(f"{way}_cpu", []).append(_used(copy.server) - used)
            assert (segments > 0) == (way == "segments")
            if number == 0:
                assert consistency.check(copy.stations["empty"].store) == []
    figures: dict[str, float | int | str] = {f"{name}_s": median(found) for name, found in times.items()}
    for way in ("segments", "pages"):
        figures[way] = median(times[way]) / median(times["chain"])
    figures["goal"] = f"{GOAL} {'reached' if float(figures['segments']) <= GOAL else 'not reached'}"
    figures["cpu_of_pages"] = median(times["segments_cpu"]) / median(times["pages_cpu"])
    report(f"first sync of {count:,} ops", {**figures, "making_cpu_s": making_cpu, "bytes_per_op": size / count})
    assert float(figures["cpu_of_pages"]) <= WORST


def _pulled(station: Station, count: int) -> tuple[float, int]:
    start = time.perf_counter()
    outcome = syncing.run(station)
    spent = time.perf_counter() - start
    assert outcome.error is None, outcome.error
    assert outcome.passed_over == ""
    assert outcome.pulled >= count
    return spent, outcome.segments


def _pack(district: Path) -> tuple[float, int]:
    """Make the segments: CPU seconds, and bytes of one station's."""
    server = open_server(district, SystemClock())
    try:
        start = time.process_time()
        making.keep_up(server)
        spent = time.process_time() - start
        with server.storage.read() as tx:
            row = tx.row(
                "SELECT coalesce(max(total), 0) FROM (SELECT sum(size) AS total FROM segment GROUP BY station_no) t"
            )
        return spent, int(row[0]) if row else 0
    finally:
        server.close()


def _used(server: int) -> float:
    """CPU seconds of this process and of a server's so far."""
    return time.process_time() + rig.cpu_seconds(server) if server != os.getpid() else time.process_time()
