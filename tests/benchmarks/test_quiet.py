"""Nothing to do, one lone op, and a weak link: what a round costs, against the same bytes sent bare.

The weak link delays each way by 150 ms and lets so many bits a second through; the limit is the same bodies packed once
by zstd at its nineteenth level and sent in one request over the same link.
"""

from __future__ import annotations

import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zstandard

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from sync.contract.wire import pack_ops
from tests.benchmarks.test_travel import fill
from tests.benchmarks.timing import median, report
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.faulty import faulty
from tests.support.served import served
from tests.support.stations import ORG, make_station, wage_intake

pytestmark = pytest.mark.bench


@contextmanager
def joined(place: Path) -> Iterator[tuple[Station, str]]:
    """A station that has been there, and the district's address."""
    district = District(place / "district", FakeClock())
    code = district.code("S1")
    district.close()
    station = make_station(place / "pc", org=dataclasses.replace(ORG, station_code="待分配")).station
    with served(place / "district") as url:
        enrolment.enrol(station, url=url, code=code)
        for _ in range(3):
            assert syncing.run(station).error is None
        yield station, url
    station.store.close()


def through(station: Station, url: str) -> None:
    """Reach the district by this address."""
    station.store.set_settings({"net.server": url})


def quiet(station: Station) -> float:
    """Milliseconds of a round without news."""
    start = time.perf_counter()
    assert not syncing.run(station).changed
    return (time.perf_counter() - start) * 1000


def test_nothing_to_do(tmp_path: Path) -> None:
    with joined(tmp_path) as (station, url), faulty(url) as line:
        through(station, line.url)
        syncing.run(station)
        before = line.counted.up + line.counted.down
        outcome = syncing.run(station)
        size = line.counted.up + line.counted.down - before
        through(station, url)
        spent = [[quiet(station) for _ in range(20)] for _ in range(6)]
        best, all_of_them = min(map(median, spent)), median([ms for run in spent for ms in run])
        report(
            "nothing to do",
            {"bytes": size, "requests": outcome.traffic.requests, "ms": best, "ms_all": all_of_them},
        )
        assert outcome.traffic.requests == 1
        assert size <= 700
        assert best <= 2.5


def test_one_lone_op(tmp_path: Path) -> None:
    with joined(tmp_path) as (station, _):
        case = cases.register(station, intake=wage_intake()).case
        syncing.run(station)
        made = cases.edit(station, case=case, values={case: {"place": "科学城工地西区"}})
        assert len(made.ops) == 1
        outcome = syncing.run(station)
        lone = outcome.traffic.largest
        report("one lone op", {"body": lone, "requests": outcome.traffic.requests})
        assert outcome.pushed == 1
        assert lone <= 500


@pytest.mark.parametrize("kbit", [64, 128])
def test_weak_link(tmp_path: Path, kbit: int) -> None:
    rate = kbit * 1000 / 8
    with joined(tmp_path) as (station, url), faulty(url, rate=rate, delay=0.15) as line:
        fill(station, 500)
        bare = packed(station, 500)
        limit = send_bare(bare, rate)
        through(station, line.url)
        start = time.perf_counter()
        outcome = syncing.run(station)
        spent = time.perf_counter() - start
        assert (outcome.error, outcome.pushed) == (None, 500)
        report(
            f"weak link of {kbit} kbit/s, 500 ops",
            {"s": spent, "limit_s": limit, "ratio": spent / limit, "bytes": outcome.traffic.out, "bare": len(bare)},
        )
        assert spent <= 1.15 * limit


def packed(station: Station, count: int) -> bytes:
    """The newest ops as frames, packed as tightly as zstd packs."""
    rows = station.store.con.execute("SELECT header, body FROM op ORDER BY id DESC LIMIT ?", (count,)).fetchall()
    frames = pack_ops([(bytes(h), bytes(b)) for h, b in reversed(rows)])
    return zstandard.ZstdCompressor(level=19).compress(frames)


def send_bare(data: bytes, rate: float) -> float:
    """Seconds until a plain socket at the other end of such a link has everything and its answer is back."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)

    def take() -> None:
        end, _ = listener.accept()
        with end:
            left = len(data)
            while left > 0 and (part := end.recv(65536)):
                left -= len(part)
            end.sendall(b"x")

    thread = threading.Thread(target=take)
    thread.start()
    with faulty(f"http://127.0.0.1:{listener.getsockname()[1]}", rate=rate, delay=0.15) as line:
        start = time.perf_counter()
        with socket.create_connection(("127.0.0.1", line.port)) as end:
            end.sendall(data)
            assert end.recv(1) == b"x"
        spent = time.perf_counter() - start
    thread.join()
    listener.close()
    return spent
