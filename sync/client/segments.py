"""Segments: ready-made stretches of a stream for a PC that is far behind, fetched in pieces, taken in as pages are.

A segment is believed when its bytes are those of its name and the page in it bears the server's certificate. Of one
that is cut short the pieces that came are kept, and the next try, in this round or a later one, asks for the rest only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from sync.client import codec
from sync.client.calls import Line, Pending
from sync.client.ledger import Page, ServerLink
from sync.client.retry import Batch
from sync.client.transport import Unfinished
from sync.client.verify import read_page
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.segment import MOST_LISTED, Segment, segments_from_json
from sync.contract.wire import pack_message, unpack_message

SEGMENT: Final = "/v1/segment"
PASSED_OVER: Final = frozenset({"E-542", "E-543"})
"""What is wrong with segments never ends a round: pages say the same."""
START_BYTES: Final = 512 * 1024
LEAST_BYTES: Final = 16 * 1024
MOST_BYTES: Final = 1024 * 1024
"""Bytes of a piece."""
TRIES: Final = 4
_LISTING: Final = 160 * MOST_LISTED
"""An answer that only names segments is no longer than this."""


def read_listing(plain: bytes, cursor: int) -> list[Segment]:
    """The segments that an answer to a pull names instead of a page; [] where it is a page. E-543 malformed."""
    if len(plain) > _LISTING:
        return []
    try:
        head, rest = unpack_message(plain)
    except BadOp:
        return []  # whoever reads it as a page says so
    if "segments" not in head:
        return []
    try:
        if rest:
            raise BadOp("bytes behind a list of segments")
        return segments_from_json(head["segments"], cursor)
    except BadOp as exc:
        raise KnownError("E-543", what=str(exc)) from exc


def read_segment(data: bytes, segment: Segment, link: ServerLink, stream: str) -> Page:
    """The verified page in a whole segment; E-543 where anything about it does not hold: nothing of it is used."""
    try:
        if not segment.is_of(data):
            raise BadOp("bytes of another name")
        page = read_page(codec.unzstd(data), link, stream=stream, case="", cursor=segment.low)
        if (page.cursor, page.more, len(page.ops), len(page.own)) != (segment.high, True, segment.ops, 0):
            raise BadOp("page of other numbers")
    except (BadOp, ValueError, KnownError) as exc:
        raise KnownError("E-543", what=str(exc)) from exc
    return page


class Fetcher:
    """Fetches and applies listed segments, the next one under way while one is applied.

    `pulled` counts ops that were new here, `taken` segments; `cursor` is where the last one left off.
    """

    def __init__(self, line: Line, stream: str, cancel: Callable[[], bool], progress: Callable[[int], None]) -> None:
        """`progress` is told how many ops each segment brought."""
        self._line, self._ledger, self._stream = line, line.ledger, stream
        self._cancel, self._progress = cancel, progress
        self._batch = Batch(start=START_BYTES, least=LEAST_BYTES, most=MOST_BYTES)
        self._lost = 0
        self.pulled = self.taken = self.cursor = 0
        self.stopped = False

    def take(self, listed: Sequence[Segment], cursor: int) -> None:
        """Take segments one after the other. E-542, E-543: from `cursor` on they are of no use; else the line's own."""
        self.cursor = cursor
        self._batch.size = self._line.limit_of(SEGMENT) or self._batch.size
        data = self._begun(listed[0])
        pending = self._ask(listed[0], data)
        for number, segment in enumerate(listed, 1):
            page = self._whole(pending, segment, data)
            if page is None:
                return
            self.stopped = self.stopped or self._cancel()
            if number < len(listed) and not self.stopped:
                data = self._begun(listed[number])
                pending = self._ask(listed[number], data)
            self.pulled += self._ledger.apply(page)
            self._progress(len(page.ops))
            self.taken, self.cursor = self.taken + 1, page.cursor
            if self.stopped:
                return

    def _begun(self, segment: Segment) -> bytearray:
        kept = self._ledger.piece(segment.id)
        return bytearray(kept if len(kept) < segment.size else b"")

    def _ask(self, segment: Segment, data: bytearray) -> Pending[Page | None]:
        request = pack_message({"id": segment.id, "offset": len(data), "limit": self._batch.size})
        read = partial(_read_piece, data=data, segment=segment, link=self._line.link, stream=self._stream)
        return self._line.start(SEGMENT, request, read)

    def _whole(self, pending: Pending[Page | None], segment: Segment, data: bytearray) -> Page | None:
        """The page of a segment once its last piece has come; None where somebody stopped it before."""
        while True:
            try:
                page = self._line.finish(pending)
            except KnownError as error:
                self._lost += 1
                self._batch.failed()
                lost = isinstance(error, Unfinished) or self._lost >= TRIES
                if lost or error.code not in ("E-106", "E-116"):
                    self._keep(segment, b"" if error.code in PASSED_OVER else bytes(data))
                    raise
            else:
                self._batch.succeeded(pending.seconds)
                if page is not None:
                    return page
            if self._cancel():
                self.stopped = True
                self._keep(segment, bytes(data))
                return None
            pending = self._ask(segment, data)

    def _keep(self, segment: Segment, data: bytes) -> None:
        self._ledger.keep_piece(segment.id, data)


def _read_piece(plain: bytes, *, data: bytearray, segment: Segment, link: ServerLink, stream: str) -> Page | None:
    """Put a piece behind those before it; the page where it was the last one."""
    try:
        head, piece = unpack_message(plain)
    except BadOp as exc:
        raise KnownError("E-543", what=str(exc)) from exc
    whole = len(data) + len(piece)
    if not piece or whole > segment.size or (head.get("size"), head.get("offset")) != (segment.size, len(data)):
        raise KnownError("E-543", what="piece of another segment")
    data += piece
    return read_segment(bytes(data), segment, link, stream) if whole == segment.size else None
