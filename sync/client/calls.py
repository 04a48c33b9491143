"""Signed calls over a transport, one in flight while the next is being made ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final, Generic, TypeVar

from sync.client import codec, ledger
from sync.client.ledger import Ledger, ServerLink
from sync.client.transport import Cut, Resumes, Transport, Unfinished
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.wire import pack_message, unpack_message

HELLO: Final = "/v1/hello"
PUSH: Final = "/v1/push"
PULL: Final = "/v1/pull"
HISTORY: Final = "/v1/history"
OFFER: Final = "/v1/offer"
BLOB_PUT: Final = "/v1/blob/put"
BLOB_GET: Final = "/v1/blob/get"
SLOW_SECONDS: Final = 0.1
"""A short call that is longer on its way is taken for a slow line, until something larger tells its speed."""
TELLING_BYTES: Final = 32 * 1024
"""What has so many bytes, both ways together, tells the line's speed."""
DEAR: Final = 200_000
"""Bytes a second below which packing more tightly takes less time than it saves."""
KEEP_SECONDS: Final = 15 * 60.0
"""So long a request that broke off is worth going on with; servers keep their part as long."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Came(Generic[T]):
    """What a call brought, and its answer's bytes. Seconds in all, and without those the server said it was at work."""

    result: T
    size: int
    seconds: float
    on_the_way: float


@dataclass(slots=True)
class Pending(Generic[T]):
    """A call under way. `read` turns the verified plain answer into what is wanted; it runs beside the ledger's work.

    `seconds`, and `on_the_way` without the server's work, are known once `Line.finish` returned.
    """

    path: str
    packed: codec.Packed
    counter: int
    read: Callable[[bytes], T]
    future: Future[Came[T]]
    seconds: float = 0.0
    on_the_way: float = 0.0
    plain: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Traffic:
    """What went over the line: requests, bytes of bodies out and in as sent; `largest` of those out."""

    requests: int = 0
    out: int = 0
    into: int = 0
    largest: int = 0


@dataclass(slots=True)
class Line:
    """The ledger's keys and counter joined to a transport.

    The worker thread waits, verifies and reads what came; it touches no ledger.
    """

    ledger: Ledger
    link: ServerLink
    transport: Transport
    traffic: Traffic = field(default_factory=Traffic)
    slow: bool = False
    """Whether bytes are dear here and time for packing is not: by what is on its way, not by how busy the server is."""
    spell: str = ""
    """Of the server, as the hello had it."""
    came: tuple[str, bytes, bytes] | None = None
    """(path, plain request, plain answer) of a request of an earlier round that was gone on with."""
    _worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="line")
    )

    def pack(self, plain: bytes) -> codec.Packed:
        """Make a body ready for this line; worth doing while the one before is on its way."""
        return codec.pack(plain, tight=self.slow)

    def start(
        self,
        path: str,
        plain: bytes,
        read: Callable[[bytes], T],
        *,
        packed: codec.Packed | None = None,
        aside: bool = True,
    ) -> Pending[T]:
        """Send a request; returns at once, or not `aside` when the answer is here: who has nothing else to do meanwhile
        needs no thread. At most one may be under way, so that counters arrive in order. `packed`: the same body made
        ready before.

        What came to the same request of an earlier round is not asked for again.
        """
        known, self.came = (self.came, None) if self.came and self.came[:2] == (path, plain) else (None, self.came)
        if known is None:
            return self._send(path, packed or self.pack(plain), read, plain, aside=aside)
        done: Future[Came[T]] = Future()
        try:
            done.set_result(Came(read(known[2]), 0, 0.0, 0.0))
        except KnownError as error:
            done.set_exception(error)
        return Pending(path, codec.Packed(b"", {}), 0, read, done, plain=plain)

    def go_on(self) -> tuple[str, bytes] | None:
        """Finish the request that broke off in an earlier round of this process, before anything else is said: (path,
        plain answer), or None where there is nothing to go on with. A fault of the line where it breaks off again.

        Its counter is still the highest: nothing was sent after it.
        """
        kept = self.ledger.unfinished()
        if kept is None:
            return None
        if monotonic() - kept.at > KEEP_SECONDS or not isinstance(self.transport, Resumes):
            self.ledger.keep_unfinished(None)
            return None
        have = Cut(KnownError("E-106", what="cut"), kept.came_headers, kept.came)
        self.traffic.requests += 1
        try:
            answer = self.transport.resume(kept.path, kept.headers, kept.body, have, limit=codec.MAX_ANSWER)
            plain = codec.read_answer(answer, counter=kept.counter, server_key=self.link.sign_key)
        except Unfinished as error:
            again = replace(kept, came=error.have.data, came_headers=error.have.headers, at=monotonic())
            self.ledger.keep_unfinished(again)
            raise
        except KnownError as fault:
            if not isinstance(fault, codec.ServerRefusal) and fault.code not in ("E-106", "E-114"):
                raise  # somebody on the way answered; it is gone on with when he is out of it
            self.ledger.keep_unfinished(None)  # the server knows nothing of it any more: it is made anew
            return None
        self.ledger.keep_unfinished(None)
        self.traffic.into += len(answer.body) - len(kept.came)
        self.came = (kept.path, kept.plain, plain)
        return kept.path, plain

    def limit_of(self, path: str) -> int:
        """The limit named in a request of an earlier round whose answer has come since; 0 where there is none."""
        if self.came is None or self.came[0] != path:
            return 0
        limit = unpack_message(self.came[1])[0].get("limit")
        return limit if isinstance(limit, int) else 0

    def _send(
        self, path: str, packed: codec.Packed, read: Callable[[bytes], T], plain: bytes, *, aside: bool
    ) -> Pending[T]:
        counter = self.ledger.next_counter()
        headers = codec.sign_request(
            packed, path=path, device=self.ledger.device, counter=counter, sign=self.ledger.sign
        )
        self.traffic.requests += 1
        self.traffic.out += len(packed.body)
        self.traffic.largest = max(self.traffic.largest, len(packed.body))
        key = self.link.sign_key

        def work() -> Came[T]:
            began = monotonic()
            answer = self.transport.post(path, headers, packed.body, limit=codec.MAX_ANSWER)
            spent = monotonic() - began
            result = read(codec.read_answer(answer, counter=counter, server_key=key))
            return Came(result, len(answer.body), spent, max(0.0, spent - codec.spent(answer)))

        future = self._worker.submit(work) if aside else _at_once(work)
        return Pending(path, packed, counter, read, future, plain=plain, headers=headers)

    def finish(self, pending: Pending[T]) -> T:
        """Wait for what a call brought; a counter the server has seen is stepped over once."""
        try:
            return self._finish(pending)
        except codec.ServerRefusal as refusal:
            if refusal.counter < pending.counter:
                raise
            self.ledger.raise_counter(refusal.counter)
        again = self._send(pending.path, pending.packed, pending.read, pending.plain, aside=False)
        result = self._finish(again)
        pending.seconds, pending.on_the_way = again.seconds, again.on_the_way
        return result

    def _finish(self, pending: Pending[T]) -> T:
        try:
            came = pending.future.result()
        except Unfinished as error:
            self.ledger.keep_unfinished(
                ledger.Unfinished(
                    pending.path, pending.plain, pending.packed.body, pending.headers, pending.counter,
                    error.have.data, error.have.headers, monotonic(),
                )
            )  # fmt: skip
            raise
        pending.seconds, pending.on_the_way = came.seconds, came.on_the_way
        self.traffic.into += came.size
        moved = len(pending.packed.body) + came.size
        if moved >= TELLING_BYTES:
            self.slow = moved < came.on_the_way * DEAR
        return came.result

    def call(self, path: str, head: dict[str, Json], ops: bytes = b"") -> tuple[dict[str, Json], bytes]:
        """One call from start to end: head and the bytes after it. E-106 where the answer is malformed."""
        pending = self.start(path, pack_message(head, ops), read_head, aside=False)
        before = self.traffic.into
        said = self.finish(pending)
        if not ops and len(pending.packed.body) + self.traffic.into - before < TELLING_BYTES:
            self.slow = pending.on_the_way > SLOW_SECONDS
        return said

    def close(self) -> None:
        """Let the worker go; a request still under way is not waited for."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def _at_once(work: Callable[[], T]) -> Future[T]:
    """A piece of work done by the caller, told as if it had been done beside."""
    done: Future[T] = Future()
    try:
        done.set_result(work())
    except Exception as exc:
        done.set_exception(exc)
    return done


def read_head(plain: bytes) -> tuple[dict[str, Json], bytes]:
    """Split an answer; E-106 where it cannot be read."""
    try:
        return unpack_message(plain)
    except BadOp as exc:
        raise KnownError("E-106", what=str(exc)) from exc
