"""The packages of twelve cases for the court: issued, put together, written to disk; of two parties, of 17 workers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from station_app.services import agreements, papers
from station_app.services.paperwork import package
from station_app.services.signdesk import mass
from station_app.services.station import Station
from tests.benchmarks.timing import report
from tests.services.test_court_package import evidence
from tests.services.test_dossier_papers import neighbours, oral
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
CASES, SECONDS = 12, 10.0


def two_parties(station: Station) -> str:
    case = neighbours(station)
    oral(station, case, "written")
    agreements.edit(station, case=case, values={"confirm": "apply"})
    return case


def seventeen_workers(station: Station) -> str:
    case = wage_case(station)
    showcase_agreement(station, case)
    return case


@pytest.mark.parametrize("make", [two_parties, seventeen_workers])
def test_package_of_twelve_cases(tmp_path: Path, make: object) -> None:
    """Nothing but the agreement was issued before: the other papers are issued for the package."""
    assert callable(make)
    station = make_station(tmp_path / "data").station
    cases = [make(station) for _ in range(CASES)]
    for case in cases:
        evidence(station, case)
        papers.issue(station, case=case, template="agreement")
        mass.sign_all(station, case=case)
    times: list[float] = []
    cpu = time.process_time()
    pages = size = 0
    for case in cases:
        start = time.perf_counter()
        made = package.make(station, case=case)
        folder = package.save(made, tmp_path / "out")
        times.append(time.perf_counter() - start)
        pages += sum(f.pages for f in made.files)
        size += sum(f.stat().st_size for f in folder.iterdir())
    report(
        f"package of {CASES} cases, {getattr(make, '__name__', '')}",
        {
            "seconds": sum(times),
            "cpu_s": time.process_time() - cpu,
            "slowest_s": max(times),
            "pages": pages,
            "mb": size / 2**20,
        },
    )
    assert pages >= 12 * 8
    assert sum(times) <= SECONDS
