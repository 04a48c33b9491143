"""The clock: legal days are Shanghai's whatever the machine's zone, and time moves only when told to."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.clock import SHANGHAI, Clock, FixedClock, SystemClock, shanghai_date, shanghai_time, to_ms
from tests.support.clock import FakeClock


def test_the_day_is_shanghais_not_the_machines() -> None:
    """One minute either side of midnight in Shanghai, which is 16:00 UTC the day before."""
    before = FixedClock(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    assert before.today() == date(2026, 11, 23)
    before.advance(minutes=2)
    assert before.today() == date(2026, 11, 24)


def test_system_clock_agrees_with_the_system() -> None:
    clock: Clock = SystemClock()
    earliest = datetime.now(UTC)
    read = clock.now_ms()
    assert to_ms(earliest) <= read <= to_ms(datetime.now(UTC))
    assert clock.today() in {moment.astimezone(SHANGHAI).date() for moment in (earliest, datetime.now(UTC))}


def test_naive_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 11, 24))  # noqa: DTZ001 - the point of the test


def test_a_fixed_clock_moves_only_when_told(clock: FakeClock) -> None:
    start = clock.now_ms()
    assert clock.now_ms() == start
    assert clock.advance(seconds=1.5) == start + 1500
    assert clock.advance(days=-1) == start + 1500 - 86_400_000
    assert clock.set(datetime(2019, 1, 1, tzinfo=SHANGHAI)) == clock.now_ms()
    assert clock.today() == date(2019, 1, 1)


@given(st.integers(-62_000_000_000_000, 250_000_000_000_000), st.integers(-12, 14))
def test_machine_time_round_trips(ms: int, offset: int) -> None:
    """Years 5 to 9892, any zone: no millisecond is lost, the day is Shanghai's."""
    aware = shanghai_time(ms).astimezone(timezone(timedelta(hours=offset)))
    assert to_ms(aware) == ms
    assert shanghai_date(to_ms(aware)) == aware.astimezone(SHANGHAI).date()
