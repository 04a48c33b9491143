"""Signed calls over a transport, one in flight while the next is being made ready."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from sync.client import codec
from sync.client.ledger import Ledger, ServerLink
from sync.client.transport import Answer, Transport
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.wire import pack_message, unpack_message

HELLO: Final = "/v1/hello"
PUSH: Final = "/v1/push"
PULL: Final = "/v1/pull"
HISTORY: Final = "/v1/history"
BLOB_PUT: Final = "/v1/blob/put"
BLOB_GET: Final = "/v1/blob/get"


@dataclass(slots=True)
class Pending:
    """A call under way. `seconds` is known once `Line.finish` returned."""

    path: str
    packed: codec.Packed
    counter: int
    started: float
    future: Future[Answer]
    seconds: float = 0.0


@dataclass(slots=True)
class Traffic:
    """What went over the line: requests, bytes of bodies out and in as sent."""

    requests: int = 0
    out: int = 0
    into: int = 0


@dataclass(slots=True)
class Line:
    """The ledger's keys and counter joined to a transport. The worker thread only waits; it touches no ledger."""

    ledger: Ledger
    link: ServerLink
    transport: Transport
    traffic: Traffic = field(default_factory=Traffic)
    _worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="line")
    )

    def start(self, path: str, plain: bytes) -> Pending:
        """Send a request; returns at once. At most one may be under way, so that counters arrive in order."""
        return self._send(path, codec.pack(plain))

    def _send(self, path: str, packed: codec.Packed) -> Pending:
        counter = self.ledger.next_counter()
        headers = codec.sign_request(
            packed, path=path, device=self.ledger.device, counter=counter, sign=self.ledger.sign
        )
        self.traffic.requests += 1
        self.traffic.out += len(packed.body)
        future = self._worker.submit(lambda: self.transport.post(path, headers, packed.body, limit=codec.MAX_ANSWER))
        return Pending(path, packed, counter, monotonic(), future)

    def finish(self, pending: Pending) -> bytes:
        """Wait for the verified plain answer; a counter the server has seen is stepped over once."""
        try:
            return self._finish(pending)
        except codec.ServerRefusal as refusal:
            if refusal.counter < pending.counter:
                raise
            self.ledger.raise_counter(refusal.counter)
        again = self._send(pending.path, pending.packed)
        plain = self._finish(again)
        pending.seconds = again.seconds
        return plain

    def _finish(self, pending: Pending) -> bytes:
        answer = pending.future.result()
        pending.seconds = monotonic() - pending.started
        self.traffic.into += len(answer.body)
        return codec.read_answer(answer, counter=pending.counter, server_key=self.link.sign_key)

    def call(self, path: str, head: dict[str, Json], ops: bytes = b"") -> tuple[dict[str, Json], bytes]:
        """One call from start to end: head and the bytes after it. E-106 where the answer is malformed."""
        return read_head(self.finish(self.start(path, pack_message(head, ops))))

    def close(self) -> None:
        """Let the worker go; a request still under way is not waited for."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def read_head(plain: bytes) -> tuple[dict[str, Json], bytes]:
    """Split an answer; E-106 where it cannot be read."""
    try:
        return unpack_message(plain)
    except BadOp as exc:
        raise KnownError("E-106", what=str(exc)) from exc
