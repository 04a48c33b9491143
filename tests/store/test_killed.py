"""kill -9 at fifty points of saving and issuing: what was acknowledged stands, the rest never happened.

The process is killed by itself just before its n-th statement reaches the database, so that every step of a save, of
an index flush and of issuing a paper is hit in turn. The syncing process is killed in tests/sync.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from station_app.services.station import Station
from station_app.store import consistency
from station_app.store.core import Store
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

_COMMON = """
import os, sys
from pathlib import Path
from station_app import bootstrap
from station_app.clock import SHANGHAI, FixedClock
from datetime import datetime
from station_app.services import cases, papers
from tests.support.stations import PASSWORD, cheap_passwords, wage_intake
cheap_passwords()
clock = FixedClock(datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI))
station = bootstrap.open_station(Path(sys.argv[1]), name="李明", password=PASSWORD, clock=clock)
countdown = int(sys.argv[2])
def trace(sql):
    global countdown
    countdown -= 1
    if countdown == 0:
        os.kill(os.getpid(), 9)
station.store.con.set_trace_callback(trace)
"""
_SAVE = """
for _ in range(2):
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    print(case, flush=True)
    station.store.flush_index()
"""
_ISSUE = """
case = sys.argv[3]
for template in ("acceptance_register", "rights_notice", "agreement"):
    print(papers.issue(station, case=case, template=template).paper, flush=True)
"""
SAVE_POINTS = range(1, 51)
ISSUE_POINTS = [*range(1, 41), 45, 50, 55, 60, 65, 70, 75, 80, 90, 100]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def killed(story: str, directory: Path, point: int, *more: str) -> tuple[list[str], bool]:
    """Run the story until the point; what it had acknowledged, and whether it was really killed."""
    run = subprocess.run(
        [sys.executable, "-c", _COMMON + story, str(directory), str(point), *more],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (-9, 0), run.stderr
    return run.stdout.split(), run.returncode == -9


@pytest.mark.slow
def test_saving(station: Station) -> None:
    directory, key = station.store.directory, station.store.key
    station.store.close()
    acknowledged: list[str] = []
    hits = 0
    for point in SAVE_POINTS:
        done, was_killed = killed(_SAVE, directory, point)
        acknowledged += done
        hits += was_killed
        store = Store(directory, key)
        assert consistency.check(store) == [], f"killed before statement {point}"
        assert {r[0] for r in store.con.execute("SELECT rec FROM case_row")} >= set(acknowledged)
        store.close()
    assert hits >= 40, "the points lie inside the story"


@pytest.mark.slow
def test_issuing(station: Station, tmp_path: Path) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    directory, key = station.store.directory, station.store.key
    station.store.close()
    hits = 0
    for point in ISSUE_POINTS:
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(directory, copy)
        done, was_killed = killed(_ISSUE, copy, point, case)
        hits += was_killed
        store = Store(copy, key)
        assert consistency.check(store) == [], f"killed before statement {point}"
        rows = store.con.execute("SELECT p.rec, b.size, length(b.data) FROM paper_row p JOIN blob b ON b.sha = p.pdf")
        kept = {r[0]: (r[1], r[2]) for r in rows}
        assert set(kept) >= set(done), "an acknowledged paper is there with its bytes"
        assert all(size == length for size, length in kept.values())
        ledger = store.con.execute("SELECT count(*), count(DISTINCT n) FROM number").fetchone()
        assert ledger[0] == ledger[1] <= 1, "no number drawn twice, none lost to the crash"
        store.close()
    assert hits >= 40, "the points lie inside the story"
