"""What came of requests that broke off, and answers that may not have arrived: kept in memory for a short while.

A request is named by its signature; whoever knows it made the request. Nothing here is believed: a body is verified as
a whole when its rest has come, an answer is signed. Lost memory only means that more is sent again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

WORTH: Final = 16 * 1024
"""Bodies and answers below this many bytes are not kept: they are simply sent again."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of all bodies, and of all answers; the oldest make room."""
KEEP_MS: Final = 10 * 60 * 1000


@dataclass(slots=True)
class Kept:
    """Bytes of one request, or of the answer to it with its headers. `whole`: how many a request will have."""

    at: int
    data: bytearray
    whole: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


class Shelf:
    """Kept bytes by the signature of their request, the least recently touched first."""

    def __init__(self, now_ms: Callable[[], int], most: int = MOST_BYTES) -> None:
        """`most` bytes in all."""
        self._now, self._most = now_ms, most
        self._items: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str, data: bytes, *, whole: int = 0, headers: Mapping[str, str] | None = None) -> Kept:
        """Put something new under a name."""
        kept = Kept(self._now(), bytearray(data), whole, dict(headers or {}))
        with self._lock:
            self._items[name] = kept
            self._items.move_to_end(name)
            self._make_room()
        return kept

    def get(self, name: str) -> Kept | None:
        """What is kept under a name and not too old."""
        with self._lock:
            kept = self._items.get(name)
            if kept is not None and self._now() - kept.at > KEEP_MS:
                del self._items[name]
                return None
            return kept

    def drop(self, name: str) -> None:
        """It is not needed any more."""
        with self._lock:
            self._items.pop(name, None)

    def _make_room(self) -> None:
        old = self._now() - KEEP_MS
        size = sum(len(k.data) for k in self._items.values())
        while len(self._items) > 1:
            name, first = next(iter(self._items.items()))
            if size <= self._most and first.at >= old:
                return
            del self._items[name]
            size -= len(first.data)


class Holding:
    """Bodies that are coming or broke off, and answers just given."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        """`now_ms`: the server's clock."""
        self.bodies, self.answers = Shelf(now_ms), Shelf(now_ms)

    def answered(self, signature: str, data: bytes, headers: Mapping[str, str]) -> None:
        """The body came whole and was answered; kept where either of them is worth it."""
        body = self.bodies.get(signature)
        if len(data) > WORTH or body is not None:
            self.answers.begin(signature, data, headers=headers)
        self.bodies.drop(signature)

    def under_way(self, signature: str) -> bool:
        """Whether the whole body is here and has no answer yet."""
        body = self.bodies.get(signature)
        return body is not None and len(body.data) >= body.whole and self.answers.get(signature) is None
