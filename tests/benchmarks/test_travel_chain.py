"""10,000 ops up and down by a station and a server at work, against the whole chain of the limit (baseline_copy).

The chain is the whole way of a fact in the plainest form: raw read, one zstd POST, COPY with fsync, back into SQLite;
ours is each way alone. test_travel measures the same against each way of the limit, with everything just opened.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from station_app.services.travel import enrolment
from station_app.store import consistency
from tests.benchmarks import baseline_copy
from tests.benchmarks.test_travel import baseline, copy_plain, fill, sync
from tests.benchmarks.timing import median, report
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.served import served
from tests.support.stations import make_station

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

pytestmark = [pytest.mark.bench, pytest.mark.postgres]

OPS = 10_000
ROUNDS = 3


def test_ten_thousand_ops(tmp_path: Path, durable_postgres_server: PostgresServer) -> None:
    plain = tmp_path / "plain.db"
    times: dict[str, list[float]] = {name: [] for name in ("push", "pull", "copy_push", "copy_pull")}
    per_op, copied = 0.0, 0
    for number in range(ROUNDS):
        place = tmp_path / str(number)
        district = District(place / "district", FakeClock(), database=durable_postgres_server.fresh())
        codes = [district.code("S1") for _ in range(2)]
        district.close()
        first = make_station(place / "first").station
        empty = make_station(place / "empty").station
        with served(place / "district") as url:
            for station, code in zip((first, empty), codes, strict=True):
                enrolment.enrol(station, url=url, code=code)
            fill(first, 200)
            for station in (first, empty, first, empty):
                sync(station)
            fill(first, OPS)
            if number == 0:
                copy_plain(first, plain, OPS)
            with baseline(durable_postgres_server.fresh()) as (other, _):
                start = time.perf_counter()
                copied = baseline_copy.push(plain, other)
                times["copy_push"].append(time.perf_counter() - start)
                spent, ops, size = sync(first)
                times["push"].append(spent)
                assert ops == OPS
                per_op = size / OPS
                start = time.perf_counter()
                baseline_copy.pull(place / "copy.db", other)
                times["copy_pull"].append(time.perf_counter() - start)
                spent, ops, size = sync(empty)
                times["pull"].append(spent)
                assert ops == OPS
        assert consistency.check(empty.store) == []
        first.store.close()
        empty.store.close()
    whole = median([a + b for a, b in zip(times["copy_push"], times["copy_pull"], strict=True)])
    push, pull = median(times["push"]) / whole, median(times["pull"]) / whole
    report(
        "travel of 10,000 ops",
        {**{f"{n}_s": median(t) for n, t in times.items()}, "push": push, "pull": pull, "bytes_per_op": per_op,
         "copy_bytes_per_op": copied / OPS},
    )  # fmt: skip
    assert push <= 1.5
    assert pull <= 1.5
    assert per_op <= 330
