"""Small servers on loopback that do as told, and the code a request to one of them ends in."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sync.client.transport import HttpTransport
from sync.contract.errors import KnownError

Act = Callable[[BaseHTTPRequestHandler], None]


def plain(handler: BaseHTTPRequestHandler) -> None:
    """Give back what was sent."""
    size = int(handler.headers["Content-Length"])
    body = handler.rfile.read(size)
    handler.send_response(200)
    handler.send_header("Content-Type", "application/vnd.gm-batch")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(act: Act, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A threaded server on a free port that does `act` on each request; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            act(self)

        def do_CONNECT(self) -> None:
            act(self)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: Any) -> None:
            """Peers that hang up are what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http{'s' if context else ''}://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def code_of(url: str, *, body: bytes = b"hello", limit: int = 1000, **options: Any) -> str:
    """The code of the error a request to `url` ends in, "" where it succeeds."""
    try:
        line = HttpTransport(url, stall_seconds=0.3, connect_seconds=0.5, **options)
    except KnownError as error:
        return error.code
    try:
        line.post("/v1/hello", {"X-Test": "1"}, body, limit=limit)
    except KnownError as error:
        return error.code
    finally:
        line.close()
    return ""
