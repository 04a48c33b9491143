"""A clock for tests: stands still at a known moment until it is moved."""

from datetime import datetime
from typing import Final

import pytest

from station_app.clock import SHANGHAI, FixedClock

START: Final = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
"""A Tuesday morning, 2026-11-24 09:00 in Shanghai: a working day with working days on both sides."""


class FakeClock(FixedClock):
    """`FixedClock` that starts at `START`; `advance(...)` and `set(...)` move it."""

    def __init__(self, start: datetime = START) -> None:
        super().__init__(start)


@pytest.fixture
def clock() -> FakeClock:
    """A fresh clock at `START` for each test."""
    return FakeClock()
