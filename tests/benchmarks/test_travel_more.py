"""A few changes of many, all projections made anew, memory of a round, and two hundred and forty stations at once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import search
from station_app.store.upkeep import rebuild
from sync.server.admin import organisation as organising
from tests.benchmarks import baseline_copy, rig
from tests.benchmarks.test_travel import baseline, copy_plain, fill
from tests.benchmarks.timing import median, report
from tests.support.clock import FakeClock
from tests.support.district import COMMITTEE, District, sample_organisation
from tests.support.served import REPO, served
from tests.support.stations import PASSWORD, STAFF, make_station

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

pytestmark = [pytest.mark.bench, pytest.mark.postgres]

CHANGED = 100
STATIONS = 240


def change(station: Station, number: int) -> None:
    """Change one field of a hundred cases scattered over all."""
    rows = station.store.con.execute("SELECT rec FROM case_row ORDER BY id").fetchall()
    for (rec,) in random.Random(number).sample(rows, CHANGED):
        cases.edit(station, case=rec, values={rec: {"place": f"第{number}次改过的地点"}})


def timed_round(station: Station) -> tuple[float, int]:
    """Seconds of one round, and ops that travelled."""
    start = time.perf_counter()
    outcome = syncing.run(station)
    spent = time.perf_counter() - start
    assert outcome.error is None, outcome.error
    return spent, outcome.pushed + outcome.pulled


@pytest.mark.timeout(1800)
def test_a_hundred_changed(tmp_path: Path, durable_postgres_server: PostgresServer) -> None:
    """Up and down, of 1,000, 10,000 and 50,000 ops at the same two stations, which grow in between; the limit merges as
    many rows into as many.
    """
    found: dict[str, float | int | str] = {}
    original = rig.build(tmp_path / "original", durable_postgres_server, lambda _: None)
    with original.copy(tmp_path / "copy") as copy:
        there = 0
        for count in (1_000, 10_000, 50_000):
            fill(copy.stations["first"], count - there)
            there = count
            for station in (*copy.stations.values(), *copy.stations.values()):
                timed_round(station)
            place = tmp_path / str(count)
            place.mkdir()
            copy_plain(copy.stations["first"], place / "plain.db", count)
            url = durable_postgres_server.fresh()
            with baseline(url) as (other, limit):
                baseline_copy.push(place / "plain.db", other)
                baseline_copy.pull(place / "copy.db", other)
                spent = _hundred_changed(copy, place, count, (other, limit))
            durable_postgres_server.drop(url)
            found |= {f"{name}_{count}_ms": 1000 * median(values) for name, values in spent.items()}
            for way in ("push", "pull"):
                found[f"{way}_{count}"] = median(spent[way]) / median(spent[f"limit_{way}"])
    for way in ("push", "pull"):
        for what in ("", "_cpu"):
            least, most = float(found[f"{way}{what}_1000_ms"]), float(found[f"{way}{what}_50000_ms"])
            found[f"{way}{what}_flat"] = most / least
    report("100 changed of N (goals: push 1.2, pull 1.3, flat)", found)
    assert float(found["push_flat"]) <= 1.3
    assert float(found["pull_flat"]) <= 1.3


def _hundred_changed(copy: rig.Copy, place: Path, count: int, limit: tuple[str, int]) -> dict[str, list[float]]:
    """Seconds, and seconds of CPU of both programs, each way in turns with the limit at (address, process)."""
    spent: dict[str, list[float]] = {}

    def timed(name: str, server: int, act: Callable[[], object]) -> None:
        start, used = time.perf_counter(), time.process_time() + rig.cpu_seconds(server)
        act()
        spent.setdefault(name, []).append(time.perf_counter() - start)
        spent.setdefault(f"{name}_cpu", []).append(time.process_time() + rig.cpu_seconds(server) - used)

    def one_round(station: Station) -> None:
        assert timed_round(station)[1] == CHANGED

    other, process = limit
    for number in range(9):
        change(copy.stations["first"], count + number)
        timed("limit_push", process, lambda: baseline_copy.push(place / "plain.db", other, changed=CHANGED))
        timed("push", copy.server, lambda: one_round(copy.stations["first"]))
        timed("limit_pull", process, lambda: baseline_copy.pull(place / "copy.db", other, changed=True))
        timed("pull", copy.server, lambda: one_round(copy.stations["empty"]))
    return spent


@pytest.mark.timeout(1800)
def test_everything_made_anew(tmp_path: Path) -> None:
    """All projections and the whole index from 100,000 ops within 8 s of CPU."""
    station = make_station(tmp_path / "pc").station
    fill(station, 100_000)
    assert station.store.con.execute("SELECT count(*) FROM op").fetchone()[0] >= 100_000
    started, used = time.perf_counter(), time.process_time()
    with station.store.raw_write() as con:
        rebuild.refold(station.store, con)
    folded = time.process_time() - used
    while station.store.flush_index(2000):
        pass
    cpu, spent = time.process_time() - used, time.perf_counter() - started
    report("rebuild of 100,000 ops", {"folded_cpu_s": folded, "cpu_s": cpu, "seconds": spent})
    assert len(search.find(station.store.con, "科学城工地")) == 50
    assert cpu <= 8.0
    station.store.close()


@pytest.mark.timeout(1800)
def test_memory_of_a_round(tmp_path: Path, durable_postgres_server: PostgresServer) -> None:
    """`station sync` as a process: the most it ever held, with 10,000 and 50,000 ops up and down."""
    (tmp_path / "password").write_text(PASSWORD, "utf-8")
    most: dict[str, float | int | str] = {}
    for count in (10_000, 50_000):
        original = rig.build(tmp_path / f"{count}", durable_postgres_server, partial(fill, count=count))
        with original.copy(tmp_path / f"copy{count}") as copy:
            for name in rig.NAMES:
                copy.stations[name].store.close()
                most[f"{'push' if name == 'first' else 'pull'}_{count}_mb"] = _peak(copy.place / name, tmp_path)
            most[f"server_{count}_cpu_s"] = rig.cpu_seconds(copy.server)
            for name in rig.NAMES:
                copy.stations[name] = rig.reopen(copy.place / name)
    report("memory of station sync", most)
    assert max(float(most[f"{way}_50000_mb"]) for way in ("push", "pull")) <= 150
    for way in ("push", "pull"):
        assert float(most[f"{way}_50000_mb"]) <= 1.25 * float(most[f"{way}_10000_mb"]), "grows with what travels"


def _peak(directory: Path, words: Path) -> float:
    """MB of the largest resident size of one `station sync`; ru_maxrss would count the process that started it too."""
    program = (
        "import sys, atexit\n"
        "held = lambda: next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "atexit.register(lambda: print(held(), file=sys.stderr))\n"
        "from station_app.cli.main import run\nrun()"
    )
    command = [sys.executable, "-c", program, "sync", "--data-dir", str(directory), "--user", STAFF[0].name]
    command += ["--password-file", str(words / "password"), "--json"]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-500:] + done.stdout[-500:]
    return int(done.stderr.split()[-1]) / 1024


@pytest.mark.timeout(1800)
def test_everybody_in_the_morning(tmp_path: Path, durable_postgres_server: PostgresServer) -> None:
    """240 stations with 200 ops each come back at once: within 10 minutes, without an error, nothing lost."""
    district = District(tmp_path / "district", FakeClock(), database=durable_postgres_server.fresh())
    plan = sample_organisation()
    names = [f"N{number:03d}" for number in range(STATIONS)]
    for number, code in enumerate(names):
        short = f"光凤东坑{number // 60}"  # a committee has letters for two hundred devices
        plan.committees[short] = {**plan.committees[COMMITTEE], "short": short}
        plan.stations[code] = {"code": code, "name": f"{code}站", "kind": "", "community": "dongkeng",
                               "committee": short, "address": "", "phone": ""}  # fmt: skip
    organising.apply(district.server, plan)
    codes = [district.code(name) for name in names]
    district.close()
    told: list[int] = []
    with served(tmp_path / "district", told=told.append) as url:
        stations = []
        for number, code in enumerate(codes):
            station = make_station(tmp_path / f"pc{number}").station
            enrolment.enrol(station, url=url, code=code)
            fill(station, 200)
            stations.append(station)
        before, started = rig.cpu_seconds(told[0]), time.perf_counter()
        with ThreadPoolExecutor(max_workers=16) as workers:
            outcomes = list(workers.map(syncing.run, stations))
        spent, used = time.perf_counter() - started, rig.cpu_seconds(told[0]) - before
        again = syncing.run(stations[0])
        for station in stations:
            station.store.close()
    errors = [o.error for o in outcomes if o.error is not None]
    pushed = sum(o.pushed for o in outcomes)
    report(
        "240 stations with 200 ops each",
        {"seconds": spent, "server_cpu_s": used, "server_cpu_ms_a_round": 1000 * used / STATIONS, "pushed": pushed,
         "pulled": sum(o.pulled for o in outcomes), "errors": len(errors), "cores": os.cpu_count() or 0},
    )  # fmt: skip
    assert errors == []
    assert again.error is None
    assert pushed >= STATIONS * 200
    assert spent <= 600
