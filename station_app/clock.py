"""The clock that is passed in: machine time in ms, legal days in China Standard Time (fixed +08:00).

The only module that reads the system's time. Everything else receives a `Clock`, so a demo, a test and a
machine whose clock stands in 2019 all run the same code.
"""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Fixed offset: no summer time in China since 1991, and a bare Windows PC has no zone database."""


class Clock(Protocol):
    """What logic may know of time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00Z."""

    def today(self) -> date:
        """The calendar day in Shanghai, which is the day that statutes count."""


class SystemClock:
    """The machine's own clock; may be wrong, and is then flagged elsewhere, never corrected here."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00Z by this machine."""
        return time.time_ns() // 1_000_000

    def today(self) -> date:
        """The day in Shanghai by this machine, whatever time zone it is set to."""
        return shanghai_date(self.now_ms())


class FixedClock:
    """A clock that moves only when told to: for the demo, and for tests."""

    def __init__(self, start: datetime) -> None:
        """Start at `start`, which must carry its time zone (ValueError otherwise)."""
        self._now_ms = to_ms(start)

    def now_ms(self) -> int:
        """The time last set, in milliseconds since 1970-01-01T00:00Z."""
        return self._now_ms

    def today(self) -> date:
        """The day in Shanghai of the time last set."""
        return shanghai_date(self._now_ms)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> int:
        """Move by this much (a negative span is a clock set back); the new time in milliseconds."""
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        self._now_ms += span // timedelta(milliseconds=1)
        return self._now_ms

    def set(self, moment: datetime) -> int:
        """Jump to `moment`, which must carry its time zone; the new time in milliseconds."""
        self._now_ms = to_ms(moment)
        return self._now_ms


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z of an aware moment; ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone names no instant")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def shanghai_time(ms: int) -> datetime:
    """The aware Shanghai date and time of a machine time, exact to the millisecond."""
    return datetime(1970, 1, 1, 8, tzinfo=SHANGHAI) + timedelta(milliseconds=ms)


def shanghai_date(ms: int) -> date:
    """The Shanghai calendar day of a machine time."""
    return shanghai_time(ms).date()
