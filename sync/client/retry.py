"""When to try again: growing pauses with jitter, the server's own wish first. Pure."""

from __future__ import annotations

from typing import Final

FIRST_SECONDS: Final = 10.0
LONGEST_SECONDS: Final = 900.0
ASK_A_PERSON: Final = frozenset(
    {"E-103", "E-105", "E-107", "E-108", "E-109", "E-114", "E-118", "E-119", "E-120", "E-121", "E-123"}
)
"""Errors that trying again does not mend; they are still tried at the longest pause."""


def pause(failures: int, chance: float, *, asked: float = 0.0, code: str = "") -> float:
    """Seconds to wait after this many failures in a row (0: none).

    `chance` in [0, 1) spreads two hundred stations that lost the same server; `asked`: the server's Retry-After.
    """
    if failures <= 0 and not asked:
        return 0.0
    longest = LONGEST_SECONDS if code in ASK_A_PERSON else min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(failures, 20))
    return max(longest * (0.5 + chance / 2), asked)


class Batch:
    """Bytes of one batch: doubled after quick successes, halved when the line breaks."""

    def __init__(self, *, start: int, least: int, most: int, quick_seconds: float = 4.0) -> None:
        """Begin at `start` bytes, never leave least…most."""
        self.size = start
        self._least, self._most, self._quick = least, most, quick_seconds

    def succeeded(self, seconds: float) -> None:
        """A batch went through in this time."""
        if seconds < self._quick:
            self.size = min(self._most, self.size * 2)

    def failed(self) -> bool:
        """A batch was cut or refused as too large; False when it cannot be made smaller."""
        smaller = max(self._least, self.size // 2)
        changed, self.size = smaller < self.size, smaller
        return changed
