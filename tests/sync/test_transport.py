"""The line for real: loopback servers that refuse, stall, cut, redirect; a proxy that wants a log-in; a wrong clock."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sync.client.transport import HttpTransport
from sync.contract.errors import KnownError

Act = Callable[[BaseHTTPRequestHandler], None]


def _plain(handler: BaseHTTPRequestHandler) -> None:
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


def test_a_body_goes_and_comes_as_it_is() -> None:
    seen: dict[str, str] = {}

    def act(handler: BaseHTTPRequestHandler) -> None:
        seen.update(handler.headers.items())
        _plain(handler)

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
        line = HttpTransport("http://district.example", proxy=proxy)
        assert line.post("/", {}, b"", limit=10).status == 407
        line.close()


def test_typed_proxy_is_used_and_its_absence_told() -> None:
    asked: list[str] = []

    def act(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        _plain(handler)

    with serving(act) as proxy:
        assert code_of("http://district.example", proxy=proxy) == ""
    assert asked == ["http://district.example/v1/hello"]
    assert code_of("http://district.example", proxy="http://127.0.0.1:9") == "E-102"


def test_system_proxy_comes_from_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def act(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        _plain(handler)

    with serving(act) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        assert code_of("http://district.example") == ""
    assert len(asked) == 1
    with serving(_plain) as url:
        assert code_of(url.replace("localhost", "127.0.0.1"), proxy="none") == ""


# -- TLS and clocks -----------------------------------------------------------------------------------------------


def _issue(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None,
    days: tuple[int, int], host: str = "",
) -> x509.Certificate:  # fmt: skip
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[0] if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=not host, path_length=None), critical=True)
    )
    if host:
        names = [x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer[1] if issuer else key, SHA256())


def tls(tmp_path: Path, days: tuple[int, int], host: str = "localhost") -> tuple[ssl.SSLContext, str]:
    """A server's context, and the file of the authority that issued it."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = _issue("district", ca_key, None, (-10_000, 10_000))
    leaf = _issue("server", key, (ca.subject, ca_key), days, host)
    (tmp_path / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "server.pem").write_bytes(leaf.public_bytes(Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    return context, str(tmp_path / "ca.pem")


@pytest.mark.parametrize(
    ("days", "suspect"), [((-1, 1), False), ((2000, 3000), True), ((-3000, -2000), True)], ids=["good", "2019", "late"]
)
def test_a_wrong_clock_does_not_stop_travelling(tmp_path: Path, days: tuple[int, int], suspect: bool) -> None:
    """To a PC whose clock stands in 2019 a good certificate is "not yet valid": only the dates are let go."""
    context, ca_file = tls(tmp_path, days)
    with serving(_plain, context) as url:
        line = HttpTransport(url, ca_file=ca_file)
        assert line.post("/v1/hello", {}, b"x", limit=10).body == b"x"
        assert line.clock_suspect is suspect
        assert line.post("/v1/hello", {}, b"y", limit=10).body == b"y"
        line.close()


@pytest.mark.parametrize("days", [(-1, 1), (2000, 3000)])
def test_another_authority_or_host_is_refused_whatever_the_clock(tmp_path: Path, days: tuple[int, int]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    context, ca_file = tls(tmp_path / "a", days)
    _, other = tls(tmp_path / "b", days)
    with serving(_plain, context) as url:
        assert code_of(url, ca_file=other) == "E-103"
        assert code_of(url) == "E-103"  # the system's authorities do not know the district's
        assert code_of(url.replace("localhost", "127.0.0.1"), ca_file=ca_file) == "E-103"


def test_a_ca_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    assert code_of("https://district.example", ca_file=str(tmp_path / "ca.pem")) == "E-516"
    assert code_of("https://district.example", ca_file=str(tmp_path / "absent.pem")) == "E-516"


def test_plain_http_at_a_tls_port(tmp_path: Path) -> None:
    context, _ = tls(tmp_path, (-1, 1))
    with serving(_plain, context) as url:
        assert code_of(url.replace("https", "http")) == "E-106"
