"""Saving one appeal with two parties against plain SQLModel: op, projections, pending search text; durable, encrypted.

As the desk saves it: the fields were checked when they were left, so the numbers' checks are remembered. As a day at
a station goes: some 150 saves after the program was opened, which is far less than one filling of the write-ahead log.
The sides take turns in blocks, so that one side's growing file does not make the other's commits wait.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.services import cases
from station_app.services.reading import lists
from tests.benchmarks import baseline_sqlmodel
from tests.benchmarks.timing import in_blocks, median, percentile, report
from tests.support.stations import make_station, wage_intake

pytestmark = pytest.mark.bench


def test_one_appeal_with_two_parties(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    engine = baseline_sqlmodel.engine(tmp_path / "plain.db", bytes(32))
    intake = wage_intake()
    intake.facts["story"] = "自十月八日起未发工资，多次催要未果。" * 4
    cases.register(station, intake=intake)

    baseline_sqlmodel.save(engine, -1)

    def ours(_number: int) -> None:
        cases.register(station, intake=intake)

    def theirs(number: int) -> None:
        baseline_sqlmodel.save(engine, number)

    def idle() -> None:
        """What the desk does between two saves: take over pending texts."""
        station.store.flush_index(50)

    times = in_blocks({"ours": ours, "sqlmodel": theirs}, blocks=10, size=15, between=idle)
    ratio = median(times["ours"]) / median(times["sqlmodel"])
    p99 = percentile(times["ours"], 0.99) * 1e3
    report(
        "save one appeal",
        {
            "p50_ms": median(times["ours"]) * 1e3,
            "sqlmodel_p50_ms": median(times["sqlmodel"]) * 1e3,
            "ratio": ratio,
            "p99_ms": p99,
        },
    )
    assert lists.found(station, "田志强") == lists.count(station)
    assert ratio <= 0.8
    assert p99 <= 10
