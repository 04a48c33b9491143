"""The way to the server hop by hop, each tried by itself, so that the one that fails can be named.

Settings, name, connection, proxy and its log-in, TLS; what answers then is the caller's to ask with a real request. A
hop that fails ends the walk: nothing after it can be said.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from sync.client.line import faults
from sync.client.route import choosing, system
from sync.client.route.choosing import ProxyChoice, Route
from sync.client.transport import tls_context
from sync.contract.errors import KnownError

SECONDS: Final = 8.0
_PORTS: Final = {"http": 80, "https": 443}
_KINDS: Final = ("ntlm", "negotiate", "kerberos", "digest")


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop: `key` route, name, tcp, proxy or tls; `facts` for its sentence; `error` where it fails."""

    key: str
    facts: dict[str, str] = field(default_factory=dict)
    error: KnownError | None = None


class _Failed(Exception):
    def __init__(self, error: KnownError, **facts: str) -> None:
        super().__init__(error)
        self.error, self.facts = error, facts


def walk(
    url: str, choice: ProxyChoice, *, ca_file: str = "", say: Callable[[], system.Said] = system.said
) -> Iterator[Hop]:
    """The hops to an address in order, up to the first that fails. E-107 for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        yield Hop("route", {}, KnownError("E-107"))
        return
    try:
        route = choosing.find(url, choice, say=say)
    except KnownError as error:
        yield Hop("route", {}, error)
        return
    proxy = route.proxies[0]
    yield Hop("route", {"source": route.source, "proxy": choosing.shown(proxy), "pac": route.pac})
    yield from _connected(parts, route, ca_file)


def _connected(parts: SplitResult, route: Route, ca_file: str) -> Iterator[Hop]:
    proxy = route.proxies[0]
    target = urlsplit(proxy) if proxy else parts
    held: list[socket.socket] = []
    steps: list[tuple[str, Callable[[], dict[str, str]]]] = [
        ("name", lambda: _resolve(target, bool(proxy))),
        ("tcp", lambda: _connect(target, bool(proxy), held)),
    ]
    if proxy and parts.scheme == "https":
        steps.append(("proxy", lambda: _tunnel(parts, target, held[-1])))
    if parts.scheme == "https":
        steps.append(("tls", lambda: _secure(parts, held, ca_file)))
    try:
        for key, step in steps:
            try:
                yield Hop(key, step())
            except _Failed as failed:
                yield Hop(key, failed.facts, failed.error)
                return
    finally:
        for one in held:
            one.close()


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _resolve(target: SplitResult, of_proxy: bool) -> dict[str, str]:
    host = target.hostname or ""
    try:
        found = socket.getaddrinfo(host, _port(target), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        known = faults.known(exc, host=host)
        if of_proxy and known.code == "E-102":
            known = KnownError("E-122", host=host)
        raise _Failed(known, host=host) from exc
    return {"host": host, "address": str(found[0][4][0])}


def _connect(target: SplitResult, of_proxy: bool, held: list[socket.socket]) -> dict[str, str]:
    host, port = target.hostname or "", _port(target)
    began = time.monotonic()
    try:
        held.append(socket.create_connection((host, port), timeout=SECONDS))
    except OSError as exc:
        code = "E-122" if of_proxy else "E-102"
        known = faults.known(exc, host=host)
        raise _Failed(known if known.code == "E-101" else KnownError(code, host=f"{host}:{port}"), host=host) from exc
    return {"host": host, "port": str(port), "ms": str(round((time.monotonic() - began) * 1000))}


def _tunnel(server: SplitResult, proxy: SplitResult, line: socket.socket) -> dict[str, str]:
    """CONNECT by hand: a library would not show which kinds of log-in the proxy offers."""
    name = f"{server.hostname}:{_port(server)}"
    request = f"CONNECT {name} HTTP/1.1\r\nHost: {name}\r\n"
    if proxy.username:
        login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
        request += f"Proxy-Authorization: Basic {base64.b64encode(login).decode()}\r\n"
    shown = choosing.shown(proxy.geturl())
    answer = http.client.HTTPResponse(line, method="CONNECT")
    try:
        line.sendall(request.encode() + b"\r\n")
        answer.begin()
    except (OSError, http.client.HTTPException) as exc:
        raise _Failed(KnownError("E-122", host=shown)) from exc
    if answer.status == 200:
        return {"proxy": shown, "user": unquote(proxy.username or "")}
    offered = [v.split()[0].lower() for v in answer.headers.get_all("Proxy-Authenticate") or [] if v.strip()]
    if answer.status == 407 and offered and "basic" not in offered and offered[0] in _KINDS:
        raise _Failed(KnownError("E-120", host=shown, kind=offered[0].upper()))
    host = server.hostname or ""
    raise _Failed(faults.of_tunnel(answer.status, host=host, proxy=shown, logged_in=bool(proxy.username)))


def _secure(server: SplitResult, held: list[socket.socket], ca_file: str) -> dict[str, str]:
    host = server.hostname or ""
    line = held[-1]
    try:
        facts = _handshake(line, host, held, tls_context(ca_file))
    except ssl.SSLCertVerificationError as exc:
        if faults.only_time(exc):
            return {"host": host, "dates": "differ"}  # travelled with all the same: CONTRACT 10
        raise _Failed(portal(server) or KnownError("E-103", host=host), why=exc.verify_message) from exc
    except (OSError, ssl.SSLError) as exc:
        raise _Failed(portal(server) or KnownError("E-103", host=host)) from exc
    except KnownError as error:
        raise _Failed(error) from error
    return facts


def _handshake(line: socket.socket, host: str, held: list[socket.socket], context: ssl.SSLContext) -> dict[str, str]:
    secure = context.wrap_socket(line, server_hostname=host)
    held.append(secure)
    found = secure.getpeercert() or {}
    issuer = found.get("issuer", ())
    names = [str(pair[1]) for part in issuer if isinstance(part, tuple) for pair in part if pair[0] == "commonName"]
    return {"host": host, "issuer": names[0] if names else "", "until": str(found.get("notAfter", ""))}


def portal(server: SplitResult) -> KnownError | None:
    """E-104 where a plain request to the server's name is led to another place: a log-in page of the network."""
    host = server.hostname or ""
    with_port = http.client.HTTPConnection(host, 80, timeout=3)
    try:
        with_port.request("GET", "/")
        answer = with_port.getresponse()
        elsewhere = urlsplit(answer.headers.get("Location", "")).hostname
        led = answer.status in (301, 302, 303, 307) and elsewhere not in (None, host)
        return KnownError("E-104", status=answer.status) if led or answer.status == 511 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        with_port.close()
