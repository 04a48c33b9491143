"""Pull: pages of a stream or of a granted case's history, verified, applied while the next one is fetched.

Where the server has segments for what is lacking of the own stream it names them instead of a page; a segment that is
of no use gives place to pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from sync.client import segments
from sync.client.calls import HISTORY, PULL, Line, Pending
from sync.client.codec import has_zstd
from sync.client.ledger import History, Page, ServerLink
from sync.client.retry import Batch
from sync.client.transport import Unfinished
from sync.client.verify import read_page
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.segment import Segment
from sync.contract.wire import pack_message

START_BYTES: Final = 128 * 1024
SLOW_START: Final = 512 * 1024
"""Where each answer takes long, fewer batches; what is cut is gone on with, so a large one risks nothing."""
LEAST_BYTES: Final = 16 * 1024
MOST_BYTES: Final = 2 * 1024 * 1024
"""Bytes of a page unpacked."""
TRIES: Final = 4


def _read(plain: bytes, *, link: ServerLink, place: tuple[str, str, int], listed: bool) -> Page | list[Segment]:
    """The verified page that was asked for at a place (stream, case, cursor), or the segments to take instead."""
    stream, case, cursor = place
    found = segments.read_listing(plain, cursor) if listed else []
    return found or read_page(plain, link, stream=stream, case=case, cursor=cursor)


class Puller:
    """Fetches and applies pages; `pulled` counts ops that were new here, `segments` those taken whole.

    `passed_over`: the code of what was wrong with a segment, "" where nothing was.
    """

    def __init__(self, line: Line, cancel: Callable[[], bool], progress: Callable[[int], None]) -> None:
        """`progress` is told how many ops each page brought."""
        self._line, self._ledger = line, line.ledger
        self._cancel, self._progress = cancel, progress
        self._batch = Batch(start=SLOW_START if line.slow else START_BYTES, least=LEAST_BYTES, most=MOST_BYTES)
        self._lost = 0
        self.pulled = self.segments = 0
        self.passed_over = ""
        self.stopped = False

    def stream(self, stream: str, cursor: int, *, own: bool = False) -> None:
        """Read a stream to its end from a cursor. `own`: also the own ops (they are lacking here)."""
        head: dict[str, Json] = {"stream": stream}
        if own:
            head["own"] = True
        else:
            head["have"] = list[Json](self._ledger.own_insts())
        if stream == self._line.link.stream and has_zstd():
            head["segments"] = True
        self._pages(PULL, head, stream, "", cursor)

    def history(self, wanted: History) -> None:
        """Read all ops of a granted case from its cursor on."""
        self._pages(HISTORY, {"case": wanted.case}, wanted.stream, wanted.case, wanted.cursor)

    def _pages(self, path: str, head: dict[str, Json], stream: str, case: str, cursor: int) -> None:
        self._batch.size = self._line.limit_of(path) or self._batch.size
        pending = self._ask(path, head, stream, case, cursor)
        while True:
            page = self._receive(pending)
            if isinstance(page, list):
                cursor = self._segments(page, stream, cursor)
                if self.stopped:
                    return
            if not isinstance(page, Page):
                if self.passed_over:
                    head.pop("segments", None)
                pending = self._ask(path, head, stream, case, cursor)
                continue
            if page.spell not in ("", self._line.spell):
                self.stopped = (
                    True  # the server began anew since the hello, maybe from an older disk: hello comes first
                )
                return
            if any(self._ledger.head_at(s.inst, s.first + s.count - 1) is None for s in page.own):
                # a clone went on meanwhile: the page passes over own ops that are not here
                head = {name: value for name, value in head.items() if name != "have"} | {"own": True}
                pending = self._ask(path, head, stream, case, cursor)
                continue
            self.stopped = self.stopped or self._cancel()
            cursor = page.cursor
            if page.more and not self.stopped:
                pending = self._ask(path, head, stream, case, cursor)
            self.pulled += self._ledger.apply(page)
            self._progress(len(page.ops))
            if self.stopped or not page.more:
                return

    def _segments(self, listed: list[Segment], stream: str, cursor: int) -> int:
        """Take segments; the cursor behind them. What is wrong with one is noted, and pages follow."""
        fetcher = segments.Fetcher(self._line, stream, self._cancel, self._progress)
        try:
            fetcher.take(listed, cursor)
        except KnownError as error:
            if error.code not in segments.PASSED_OVER:
                raise
            self.passed_over = error.code
        finally:
            self.pulled += fetcher.pulled
            self.segments += fetcher.taken
            self.stopped = self.stopped or fetcher.stopped
        return fetcher.cursor

    def _ask(
        self, path: str, head: dict[str, Json], stream: str, case: str, cursor: int
    ) -> Pending[Page | list[Segment]]:
        request = pack_message({**head, "cursor": cursor, "limit": self._batch.size})
        read = partial(_read, link=self._line.link, place=(stream, case, cursor), listed="segments" in head)
        return self._line.start(path, request, read)

    def _receive(self, pending: Pending[Page | list[Segment]]) -> Page | list[Segment] | None:
        """The verified page, the segments named instead, or None when it was cut and a smaller one should be asked for.

        None as well where a list of segments is none: pages are asked for.
        """
        try:
            page = self._line.finish(pending)
        except Unfinished:
            raise  # the next round goes on with it
        except KnownError as error:
            if error.code in segments.PASSED_OVER:
                self.passed_over = error.code
                return None
            self._lost += 1
            self._batch.failed()
            if error.code in ("E-106", "E-116") and self._lost < TRIES:
                return None
            raise
        self._batch.succeeded(pending.seconds)
        return page
