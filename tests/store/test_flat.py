"""What every round of travelling asks of the lists does not grow with the cases: the plan is a search, never a scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.services.travel import keys
from station_app.store.database import Connection
from tests.support.stations import make_station


@pytest.fixture
def con(tmp_path: Path) -> Connection:
    return make_station(tmp_path / "data").station.store.con


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (keys.CHANGED, "case_shared"),
        ("SELECT 1 FROM unread WHERE papers LIMIT 1", "unread_papers"),
    ],
)
def test_a_round_looks_at_what_changed_only(con: Connection, asked: str, index: str) -> None:
    plan = " ".join(str(row[3]) for row in con.execute(f"EXPLAIN QUERY PLAN {asked}", (0,) * asked.count("?")))
    assert index in plan
