"""A line with faults on real sockets: cuts at byte k either way, drops, delays, doubles, is slow, shows a portal.

It stands between a real client and a real server and knows no protocol but where a request begins. What passed is
counted in both directions, so that a test can say how much was sent again.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

_CHUNK: Final = 4096
_ARRIVE: Final = 0.05
PORTAL: Final = (
    b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/login\r\nContent-Type: text/html\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


@dataclass(slots=True)
class Fault:
    """What happens to the next connections. `way`: "up" to the server, "down" to the client.

    cut: after `after` bytes that way the connection ends. drop: it is refused at once. silent: taken, never answered
    (for `seconds`). late: every piece comes `seconds` later. double: the request is sent to the server once more on a
    connection of its own. portal: a redirect to a log-in page. `times`: connections it befalls.
    """

    kind: Literal["cut", "drop", "silent", "late", "double", "portal"]
    way: Literal["up", "down"] = "up"
    after: int = 0
    seconds: float = 0.0
    times: int = 1


@dataclass(slots=True)
class Counted:
    """Bytes that passed, and connections."""

    up: int = 0
    down: int = 0
    connections: int = 0


@dataclass(slots=True)
class Line:
    """The running line. `fault` befalls new connections; `left` also one that is open: bytes left by way. `gone`: every
    new connection is refused; `gone_after_cut`: so it is from the next cut on.
    """

    port: int
    server: tuple[str, int]
    rate: float = 0.0
    delay: float = 0.0
    counted: Counted = field(default_factory=Counted)
    fault: Fault | None = None
    met: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    cuts: int = 0
    gone: bool = False
    gone_after_cut: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self, way: Literal["up", "down"], after: int) -> None:
        """Cut whatever connection carries the byte number `after` from now on, that way, once."""
        with self.lock:
            self.left = {way: after}

    def taken(self) -> Fault | None:
        """The fault of a new connection, if any is planned."""
        with self.lock:
            self.counted.connections += 1
            if self.gone:
                return Fault("drop")
            fault = self.fault
            if fault is not None:
                fault.times -= 1
                self.met.append(fault.kind)
                if fault.times <= 0:
                    self.fault = None
            return fault

    def allowed(self, way: str, size: int) -> int:
        """How many of so many bytes may still pass; fewer means: cut now."""
        with self.lock:
            left = self.left.get(way)
            if left is not None:
                if size >= left:
                    size, self.left = left, {}
                    self.cuts += 1
                    self.gone = self.gone or self.gone_after_cut
                    self.met.append(f"cut {way}")
                    self._count(way, size)
                    return -1 - size
                self.left[way] = left - size
            self._count(way, size)
            return size

    def _count(self, way: str, size: int) -> None:
        if way == "up":
            self.counted.up += size
        else:
            self.counted.down += size


@contextlib.contextmanager
def faulty(server_url: str, *, rate: float = 0.0, delay: float = 0.0) -> Iterator[Line]:
    """A line to a server. `rate`: bytes a second each way (0: as fast as it goes); `delay`: seconds one way."""
    host, _, port = server_url.removeprefix("http://").partition(":")
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if rate:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    line = Line(listener.getsockname()[1], (host, int(port)), rate, delay)
    over = threading.Event()
    thread = threading.Thread(target=_accept, args=(listener, line, over), daemon=True)
    thread.start()
    try:
        yield line
    finally:
        over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _accept(listener: socket.socket, line: Line, over: threading.Event) -> None:
    while not over.is_set():
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(client, line), daemon=True).start()


def _serve(client: socket.socket, line: Line) -> None:
    fault = line.taken()
    with client, contextlib.suppress(OSError):
        if fault is not None and _instead(client, fault):
            return
        with socket.create_connection(line.server) as server:
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _both_ways(client, server, line, fault)


def _instead(client: socket.socket, fault: Fault) -> bool:
    """Faults where nothing reaches the server; True when that was all."""
    if fault.kind == "silent":
        time.sleep(fault.seconds)
    if fault.kind == "portal":
        client.recv(_CHUNK)
        client.sendall(PORTAL)
        client.shutdown(socket.SHUT_WR)
        client.settimeout(0.5)
        with contextlib.suppress(OSError):
            while client.recv(65536):
                pass
    return fault.kind in ("drop", "silent", "portal")


def _both_ways(client: socket.socket, server: socket.socket, line: Line, fault: Fault | None) -> None:
    end = threading.Event()
    seen = bytearray() if fault is not None and fault.kind == "double" else None

    def stop() -> None:
        """Both ends are told that no more will come; what is on its way arrives."""
        if not end.is_set():
            end.set()
            for one in (client, server):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    late = fault.seconds if fault is not None and fault.kind == "late" else 0.0
    pumps = [
        _Pump(client, server, line, "up", stop, end, fault, seen, line.delay + late),
        _Pump(server, client, line, "down", stop, end, fault, None, line.delay + late),
    ]
    threads = [threading.Thread(target=work, daemon=True) for pump in pumps for work in (pump.read, pump.write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if seen:
        _again(bytes(seen), line.server)


def _again(data: bytes, server: tuple[str, int]) -> None:
    """What a client sent, sent once more by somebody who recorded it."""
    with contextlib.suppress(OSError), socket.create_connection(server) as second:
        second.settimeout(3)
        second.sendall(data)
        second.shutdown(socket.SHUT_WR)
        while second.recv(65536):
            pass


@dataclass(slots=True)
class _Pump:
    """One direction of one connection: read, wait as the link would, write."""

    source: socket.socket
    target: socket.socket
    line: Line
    way: str
    stop: Callable[[], None]
    end: threading.Event
    fault: Fault | None
    seen: bytearray | None
    delay: float
    cut: bool = False
    waiting: queue.Queue[tuple[float, bytes] | None] = field(default_factory=lambda: queue.Queue(maxsize=4))

    def read(self) -> None:
        """Take what comes and note when it is through."""
        free = 0.0
        left = self.fault.after if self.fault and self.fault.kind == "cut" and self.fault.way == self.way else None
        while not self.end.is_set():
            try:
                data = self.source.recv(_CHUNK)
            except OSError:
                data = b""
            if not data:
                break
            passed = self.line.allowed(self.way, len(data))
            cut = passed < 0
            data = data[: -1 - passed] if cut else data
            if left is not None and len(data) >= left:
                data, cut = data[:left], True
            left = None if left is None else left - len(data)
            if self.seen is not None:
                self.seen += data
            now = time.monotonic()
            free = max(now, free) + (len(data) / self.line.rate if self.line.rate else 0.0)
            self.waiting.put((free + self.delay, data))
            if cut:
                self.cut = True
                break
        self.waiting.put(None)

    def write(self) -> None:
        """Hand on at its time."""
        while (item := self.waiting.get()) is not None:
            due, data = item
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                self.target.sendall(data)
            except OSError:
                self.end.set()
                continue
        if self.cut:
            time.sleep(_ARRIVE)  # a pulled cable does not take back what has arrived
        with contextlib.suppress(OSError):
            self.target.shutdown(socket.SHUT_WR)
        self.stop()
