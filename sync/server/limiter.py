"""How often somebody may be wrong: failures per address and in all, in a moving window (enrolment codes, log-ins)."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limiter:
    """Counts failures. After `each` from one address or `total` from all, more tries are refused within the window."""

    window_ms: int = 10 * 60 * 1000
    each: int = 10
    total: int = 200
    _failures: deque[tuple[int, str]] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, who: str, now_ms: int) -> int:
        """Seconds until `who` may try again; 0 when now."""
        with self._lock:
            while self._failures and not now_ms - self.window_ms < self._failures[0][0] <= now_ms:
                self._failures.popleft()
            mine = [at for at, name in self._failures if name == who]
            blocked = mine[0] if len(mine) >= self.each else None
            if blocked is None and len(self._failures) >= self.total:
                blocked = self._failures[0][0]
            return 0 if blocked is None else max(1, (blocked + self.window_ms - now_ms + 999) // 1000)

    def failed(self, who: str, now_ms: int) -> None:
        """Count a failure."""
        with self._lock:
            self._failures.append((now_ms, who))
