"""The line for real: loopback servers that refuse, stall, cut, redirect; a proxy that wants a log-in; a wrong clock."""

from __future__ import annotations

import socket
import threading
import zlib
from http.server import BaseHTTPRequestHandler

import pytest

from sync.client.transport import HttpTransport
from tests.sync.loopback import Act, code_of, plain, serving


def test_a_body_goes_and_comes_as_it_is() -> None:
    seen: dict[str, str] = {}

    def act(handler: BaseHTTPRequestHandler) -> None:
        seen.update(handler.headers.items())
        plain(handler)

    with serving(act) as url:
        line = HttpTransport(url)
        answer = line.post("/v1/hello", {"Content-Type": "a/b", "Accept-Encoding": "gzip"}, b"\0\xff", limit=10)
        line.close()
    assert (answer.status, answer.body) == (200, b"\0\xff")
    assert seen["Content-Type"] == "a/b"
    assert "User-Agent" not in seen or "requests" not in seen["User-Agent"]
    assert "Authorization" not in seen


def test_packed_bodies_are_not_unpacked_by_the_library() -> None:
    packed = zlib.compress(b"x" * 1000)

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "deflate")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)

    with serving(act) as url:
        line = HttpTransport(url)
        assert line.post("/", {}, b"", limit=1000).body == packed
        line.close()


def test_redirects_are_handed_over_not_followed() -> None:
    asked: list[str] = []

    def act(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        handler.send_response(302)
        handler.send_header("Location", "/portal")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with serving(act) as url:
        line = HttpTransport(url)
        assert line.post("/v1/hello", {}, b"", limit=10).status == 302
        line.close()
    assert asked == ["/v1/hello"]


def _cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b"x" * 100)
    handler.close_connection = True


def _chunk_cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"64\r\nabc")
    handler.close_connection = True


def _silent(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def _stall(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.flush()
    threading.Event().wait(0.8)
    handler.close_connection = True


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"x" * 100_000)
    handler.close_connection = True


@pytest.mark.parametrize(
    ("act", "code"),
    [(_cut, "E-106"), (_chunk_cut, "E-106"), (_silent, "E-106"), (_stall, "E-106"), (_endless, "E-116")],
)
def test_broken_answers(act: Act, code: str) -> None:
    with serving(act) as url:
        assert code_of(url) == code


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert code_of(f"http://127.0.0.1:{taken.getsockname()[1]}") == "E-102"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "E-101"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "E-102"),
        (OSError(101, "network is unreachable"), "E-101"),
        (TimeoutError(110, "timed out"), "E-102"),
    ],
)
def test_names_and_networks(monkeypatch: pytest.MonkeyPatch, fault: OSError, code: str) -> None:
    def fails(*args: object, **kwargs: object) -> object:
        raise fault

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    assert code_of("http://district.example") == code


@pytest.mark.parametrize("url", ["", "ftp://x", "district.example", "http://"])
def test_no_address(url: str) -> None:
    assert code_of(url) == "E-107"


# -- proxies ------------------------------------------------------------------------------------------------------


def _wants_login(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    handler.send_response(407)
    handler.send_header("Proxy-Authenticate", 'Basic realm="unit"')
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    handler.close_connection = True


def test_proxy_that_wants_a_login_for_https() -> None:
    with serving(_wants_login) as proxy:
        assert code_of("https://district.example", proxy=proxy) == "E-105"


def test_proxy_that_wants_a_login_for_http() -> None:
    with serving(_wants_login) as proxy:
        assert code_of("http://district.example", proxy=proxy) == "E-105"
        assert code_of("http://district.example", proxy=proxy.replace("://", "://name:secret@")) == "E-121"


def test_typed_proxy_is_used_and_its_absence_told() -> None:
    asked: list[str] = []

    def act(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        plain(handler)

    with serving(act) as proxy:
        assert code_of("http://district.example", proxy=proxy) == ""
    assert asked == ["http://district.example/v1/hello"]
    assert code_of("http://district.example", proxy="http://127.0.0.1:9") == "E-122"


def test_system_proxy_comes_from_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def act(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        plain(handler)

    with serving(act) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        assert code_of("http://district.example") == ""
    assert len(asked) == 1
    with serving(plain) as url:
        assert code_of(url.replace("localhost", "127.0.0.1"), proxy="none") == ""
