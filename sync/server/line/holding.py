"""What came of requests that broke off, and answers that may not have arrived: kept in memory for a while.

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
"""Of all bodies and answers, half each; what was touched longest ago makes room."""
KEEP_MS: Final = 15 * 60 * 1000
"""From when something last came of it, or was asked for: a line that is away for some minutes loses nothing."""


@dataclass(slots=True)
class Kept:
    """Bytes of one request, or of the answer to it with its headers. `whole`: how many a request will have; `reader`:
    the device that may have the answer only while it is not revoked, "" where nothing is read by it.
    """

    at: int
    data: bytearray
    whole: int = 0
    reader: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Shelf:
    """Kept bytes by the signature of their request, the least recently touched first."""

    def __init__(self, now_ms: Callable[[], int], *, most: int, keep_ms: int) -> None:
        """`most` bytes in all, each for `keep_ms` after it was last touched."""
        self._now, self._most, self._keep_ms = now_ms, most, keep_ms
        self._items: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str, data: bytes, *, whole: int = 0, headers: Mapping[str, str] | None = None) -> Kept:
        """Put something new under a name."""
        kept = Kept(self._now(), bytearray(data), whole, headers=dict(headers or {}))
        with self._lock:
            self._items[name] = kept
            self._items.move_to_end(name)
            self._make_room()
        return kept

    def get(self, name: str) -> Kept | None:
        """What is kept under a name and not too old."""
        with self._lock:
            kept = self._items.get(name)
            if kept is not None and self._now() - kept.at > self._keep_ms:
                del self._items[name]
                return None
            if kept is not None:
                kept.at = self._now()
                self._items.move_to_end(name)
            return kept

    def grown(self, kept: Kept) -> None:
        """More of it has come; it is kept from now on, and others may have to make room."""
        with self._lock:
            kept.at = self._now()
            self._make_room()

    def drop(self, name: str) -> None:
        """It is not needed any more."""
        with self._lock:
            self._items.pop(name, None)

    def _make_room(self) -> None:
        old = self._now() - self._keep_ms
        size = sum(len(k.data) for k in self._items.values())
        while len(self._items) > 1:
            name, first = next(iter(self._items.items()))
            if size <= self._most and first.at >= old:
                return
            del self._items[name]
            size -= len(first.data)


class Holding:
    """Bodies that are coming or broke off, and answers just given."""

    def __init__(self, now_ms: Callable[[], int], *, most: int = MOST_BYTES, keep_ms: int = KEEP_MS) -> None:
        """`now_ms`: the server's clock; `most` bytes in all."""
        self._now = now_ms
        self.limit(most=most, keep_ms=keep_ms)

    def limit(self, *, most: int, keep_ms: int) -> None:
        """Begin anew with these limits; what was held is forgotten."""
        self.bodies = Shelf(self._now, most=most // 2, keep_ms=keep_ms)
        self.answers = Shelf(self._now, most=most // 2, keep_ms=keep_ms)

    def answered(self, signature: str, data: bytes, headers: Mapping[str, str], *, reader: str = "") -> None:
        """The body came whole and was answered; kept where either of them is worth it. `reader`: see `Kept`."""
        body = self.bodies.get(signature)
        if len(data) > WORTH or body is not None:
            self.answers.begin(signature, data, headers=headers).reader = reader
        self.bodies.drop(signature)

    def under_way(self, signature: str) -> bool:
        """Whether the whole body is here and has no answer yet."""
        body = self.bodies.get(signature)
        return body is not None and len(body.data) >= body.whole and self.answers.get(signature) is None
