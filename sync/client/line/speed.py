"""A limit of bytes a second that is kept while the bytes go: for offices whose line others need too."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Final

PIECE: Final = 8 * 1024
_AHEAD_SECONDS: Final = 0.25
"""What may go at once after a silence: a quarter of a second's bytes."""


class Speed:
    """Counts bytes of both directions and waits where they go faster than `per_second` (0: no limit)."""

    def __init__(
        self,
        per_second: int = 0,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`now` and `sleep` in seconds."""
        self.per_second, self.bytes = per_second, 0
        self._now, self._sleep = now, sleep
        self._free = now()
        self.told: Callable[[int], None] | None = None

    def passed(self, count: int) -> None:
        """So many bytes went or came: wait until they fit the limit."""
        self.bytes += count
        if self.told is not None:
            self.told(self.bytes)
        if not self.per_second:
            return
        at = self._now()
        self._free = max(self._free, at - _AHEAD_SECONDS) + count / self.per_second
        if self._free > at:
            self._sleep(self._free - at)

    def body(self, data: bytes) -> bytes | Slow:
        """A body to send: bytes as they are, or a file that is read no faster than the limit."""
        return Slow(data, self) if len(data) > PIECE else data


class Slow(io.RawIOBase):
    """Bytes as a file whose reads keep to the limit; `__len__` lets the library announce the length."""

    def __init__(self, data: bytes, speed: Speed) -> None:
        super().__init__()
        self._view, self._at, self._speed = memoryview(data), 0, speed

    def __len__(self) -> int:
        return len(self._view)

    def readable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """How far it was read; without it the library could not announce a length."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """At most PIECE bytes at a time."""
        end = min(len(self._view), self._at + min(PIECE, size if size > 0 else PIECE))
        part = bytes(self._view[self._at : end])
        self._at = end
        self._speed.passed(len(part))
        return part
