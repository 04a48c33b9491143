"""An office's proxy as a process of its own: CONNECT and plain requests, with a log-in if wanted; it serves a PAC too.

As a program: `python -m tests.support.proxy [--login NAME:PASSWORD] [--ntlm] [--forbid] [--log FILE]` prints its port.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.served import REPO


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running proxy: its address, and the lines it wrote: method, target, status."""

    url: str
    log: Path

    @property
    def seen(self) -> list[str]:
        """What it was asked, in order."""
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []


@contextlib.contextmanager
def proxying(directory: Path, *options: str) -> Iterator[Proxy]:
    """A proxy process on a free port; it ends with the block."""
    log = directory / f"proxy{len(list(directory.glob('proxy*.log')))}.log"
    command = [sys.executable, "-m", "tests.support.proxy", "--log", str(log), *options]
    process = subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Proxy(f"http://127.0.0.1:{int(process.stdout.readline())}", log)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    options: argparse.Namespace

    def _told(self, status: int) -> None:
        with Path(self.options.log).open("a", encoding="utf-8") as file:
            file.write(f"{self.command} {self.path} {status}\n")

    def _refused(self) -> bool:
        wanted = self.options.login
        given = self.headers.get("Proxy-Authorization", "")
        if self.options.ntlm or (wanted and given != "Basic " + base64.b64encode(wanted.encode()).decode()):
            kind = "NTLM" if self.options.ntlm else 'Basic realm="office"'
            self._short(407, {"Proxy-Authenticate": kind})
            return True
        if self.options.forbid:
            self._short(403, {})
            return True
        return False

    def _short(self, status: int, headers: dict[str, str]) -> None:
        self._told(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = True

    def do_CONNECT(self) -> None:
        """Open a way and carry bytes both ways until one end closes."""
        if self._refused():
            return
        host, _, port = self.path.rpartition(":")
        try:
            far = socket.create_connection((host.strip("[]"), int(port)), timeout=5)
        except OSError:
            self._short(502, {})
            return
        self._told(200)
        self.send_response(200, "Connection established")
        self.end_headers()
        with far, contextlib.suppress(OSError):
            _carry(self.connection, far)
        self.close_connection = True

    def do_POST(self) -> None:
        """A plain request with the whole address in its first line."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self._refused():
            return
        parts = urlsplit(self.path)
        headers = {k: v for k, v in self.headers.items() if not k.lower().startswith("proxy-")}
        far = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
        far.request("POST", parts.path, body, headers)
        answer = far.getresponse()
        data = answer.read()
        self._told(answer.status)
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        far.close()

    def do_GET(self) -> None:
        """The automatic configuration that names this proxy for everything."""
        port = self.connection.getsockname()[1]
        text = f'function FindProxyForURL(url, host) {{ return "PROXY 127.0.0.1:9; PROXY 127.0.0.1:{port}; DIRECT"; }}'
        self._told(200)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ns-proxy-autoconfig")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: Any) -> None:
        """Quiet."""


def _carry(one: socket.socket, other: socket.socket) -> None:
    while True:
        for ready in select.select([one, other], [], [])[0]:
            data = ready.recv(65536)
            if not data:
                return
            (other if ready is one else one).sendall(data)


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--login", default="")
    parser.add_argument("--ntlm", action="store_true")
    parser.add_argument("--forbid", action="store_true")
    parser.add_argument("--log", required=True)
    _Handler.options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
