"""The desk against a bare window: log-in painted; from the accepted password to the first page, 20,000 cases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from station_app.services import cases
from station_app.services.station import Station
from tests.benchmarks.timing import median, report
from tests.support.stations import PASSWORD, make_station, wage_intake

pytestmark = pytest.mark.bench

CASES = 20_000
ROUNDS = 9


def run(*words: str) -> float:
    """Seconds that a fresh process reports."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.desk_start", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    return float(done.stdout.split()[-1])


def test_log_in_is_painted_nearly_as_soon_as_a_bare_window(tmp_path: Path) -> None:
    make_station(tmp_path / "data").station.store.close()
    run("bare")
    run("login", str(tmp_path / "data"))
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(run("bare"))
        ours.append(run("login", str(tmp_path / "data")))
    ratio = median(ours) / median(bare)
    report("log-in painted", {"bare_s": median(bare), "login_s": median(ours), "ratio": ratio})
    assert ratio <= 2.5


def fill(station: Station, count: int) -> None:
    """Many registered cases, five hundred to a transaction."""
    clean, errors = cases.check_intake(wage_intake(), station)
    assert not errors
    for _ in range(0, count, 500):
        with station.write("register") as tx:
            for _ in range(500):
                cases.put_new_case(station, tx, clean)


def test_the_first_page_stands_half_a_second_after_the_password(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    fill(station, CASES)
    station.store.close()
    run("today", str(tmp_path / "data"), PASSWORD)
    times = [run("today", str(tmp_path / "data"), PASSWORD) for _ in range(5)]
    report("password to first page", {"cases": CASES, "median_s": median(times), "worst_s": max(times)})
    assert median(times) <= 0.5
