"""Signed calls over a transport, one in flight while the next is being made ready."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Generic, TypeVar

from sync.client import codec
from sync.client.ledger import Ledger, ServerLink
from sync.client.transport import Transport
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

T = TypeVar("T")


@dataclass(slots=True)
class Pending(Generic[T]):
    """A call under way. `read` turns the verified plain answer into what is wanted; it runs beside the ledger's work.

    `seconds` is known once `Line.finish` returned.
    """

    path: str
    packed: codec.Packed
    counter: int
    read: Callable[[bytes], T]
    future: Future[tuple[T, int, float]]
    seconds: float = 0.0


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
    """Whether even a short call takes long here: then bytes are dear and time for packing is not."""
    _worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="line")
    )

    def start(self, path: str, plain: bytes, read: Callable[[bytes], T]) -> Pending[T]:
        """Send a request; returns at once. At most one may be under way, so that counters arrive in order."""
        return self._send(path, codec.pack(plain, tight=self.slow), read)

    def _send(self, path: str, packed: codec.Packed, read: Callable[[bytes], T]) -> Pending[T]:
        counter = self.ledger.next_counter()
        headers = codec.sign_request(
            packed, path=path, device=self.ledger.device, counter=counter, sign=self.ledger.sign
        )
        self.traffic.requests += 1
        self.traffic.out += len(packed.body)
        self.traffic.largest = max(self.traffic.largest, len(packed.body))
        key = self.link.sign_key

        def work() -> tuple[T, int, float]:
            began = monotonic()
            answer = self.transport.post(path, headers, packed.body, limit=codec.MAX_ANSWER)
            spent = monotonic() - began
            return read(codec.read_answer(answer, counter=counter, server_key=key)), len(answer.body), spent

        return Pending(path, packed, counter, read, self._worker.submit(work))

    def finish(self, pending: Pending[T]) -> T:
        """Wait for what a call brought; a counter the server has seen is stepped over once."""
        try:
            return self._finish(pending)
        except codec.ServerRefusal as refusal:
            if refusal.counter < pending.counter:
                raise
            self.ledger.raise_counter(refusal.counter)
        again = self._send(pending.path, pending.packed, pending.read)
        result = self._finish(again)
        pending.seconds = again.seconds
        return result

    def _finish(self, pending: Pending[T]) -> T:
        result, size, pending.seconds = pending.future.result()
        self.traffic.into += size
        return result

    def call(self, path: str, head: dict[str, Json], ops: bytes = b"") -> tuple[dict[str, Json], bytes]:
        """One call from start to end: head and the bytes after it. E-106 where the answer is malformed."""
        pending = self.start(path, pack_message(head, ops), read_head)
        said = self.finish(pending)
        if not ops:
            self.slow = pending.seconds > SLOW_SECONDS
        return said

    def close(self) -> None:
        """Let the worker go; a request still under way is not waited for."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def read_head(plain: bytes) -> tuple[dict[str, Json], bytes]:
    """Split an answer; E-106 where it cannot be read."""
    try:
        return unpack_message(plain)
    except BadOp as exc:
        raise KnownError("E-106", what=str(exc)) from exc
