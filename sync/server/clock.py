"""The server's clock; the only module here that reads the machine's time. Legal days are those of Shanghai (+08:00)."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY_MS: Final = 24 * 3600 * 1000


class Clock(Protocol):
    """What the server's logic may know of time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00Z."""


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00Z by this machine."""
        return time.time_ns() // 1_000_000


def legal_day(now_ms: int) -> date:
    """The calendar day in Shanghai of a machine time."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(SHANGHAI).date()


def iso(now_ms: int) -> str:
    """A machine time as the catalogue's moments: minutes of Shanghai, "2026-11-20T08:52"."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def readable(now_ms: int) -> str:
    """A machine time as people in Shanghai read it; "" for 0 (never)."""
    if not now_ms:
        return ""
    return datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
