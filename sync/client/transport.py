"""The line: one POST at a time through whatever stands between, every fault of it turned into a code people can read.

System proxies, typed proxies, private authorities and a wrong local clock are normal here (CONTRACT 10).
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final, Protocol, cast
from urllib.parse import urlsplit

from sync.contract.errors import KnownError

if TYPE_CHECKING:
    import requests
    from urllib3 import BaseHTTPResponse

CONNECT_SECONDS: Final = 8.0
STALL_SECONDS: Final = 60.0
"""Longest silence while reading; the whole may take as long as it moves."""
_NO_CHECK_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL: chain and host are checked, the validity period is not."""
_TIME_FAULTS: Final = frozenset({9, 10})
"""X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED."""
_CHUNK: Final = 64 * 1024
_OFFLINE: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by lower-case name, the body's bytes as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """One request and its answer; KnownError of the 1xx codes for every fault of the line."""

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """Send a body to a path of the server; E-116 where the answer is larger than `limit` bytes."""


def tls_context(ca_file: str = "", *, check_time: bool = True) -> ssl.SSLContext:
    """The context of a connection: with `ca_file` only these authorities are trusted, else those of the system.

    E-516 where the file cannot be read.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as exc:
        raise KnownError("E-516", file=ca_file) from exc
    if not check_time:
        context.verify_flags = cast("ssl.VerifyFlags", int(context.verify_flags) | _NO_CHECK_TIME)
    return context


class HttpTransport:
    """The line over HTTP(S). `clock_suspect` tells whether a certificate's dates did not fit this PC's clock."""

    def __init__(
        self,
        url: str,
        *,
        proxy: str = "system",
        ca_file: str = "",
        connect_seconds: float = CONNECT_SECONDS,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        """`proxy`: "system", "none" or an address. E-107 for an address that is none, E-516 for a bad CA file."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise KnownError("E-107")
        self.url, self._host = url.rstrip("/"), parts.hostname
        self._proxy, self._ca_file = proxy, ca_file
        self._timeout = (connect_seconds, stall_seconds)
        self.clock_suspect = False
        self._session = self._open()

    def _open(self) -> requests.Session:
        import requests

        session = requests.Session()
        session.trust_env = False  # no .netrc, no CA file from the environment; proxies are set by hand
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.proxies = self._proxies()
        session.headers.clear()
        if self.url.startswith("https:"):
            context = tls_context(self._ca_file, check_time=not self.clock_suspect)
            session.mount("https://", _adapter(context))
        return session

    def _proxies(self) -> Any:  # type of requests' own stubs differs between versions
        from requests.utils import get_environ_proxies

        if self._proxy == "none":
            return {}
        if self._proxy != "system":
            return {"http": self._proxy, "https": self._proxy}
        return get_environ_proxies(self.url, no_proxy=None)

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """See `Transport.post`. A certificate that is only out of its dates is looked at again without the dates."""
        import requests

        try:
            return self._post(path, headers, body, limit=limit)
        except requests.exceptions.SSLError as exc:
            if self.clock_suspect or not _only_time(exc):
                raise KnownError("E-103", host=self._host) from exc
        self._session.close()
        self.clock_suspect = True
        self._session = self._open()
        try:
            return self._post(path, headers, body, limit=limit)
        except requests.exceptions.SSLError as exc:
            raise KnownError("E-103", host=self._host) from exc

    def _post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        import requests
        import urllib3

        try:
            with self._session.post(
                self.url + path,
                data=body,
                headers=dict(headers),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                data = _read(response.raw, limit)
                names = {k.lower(): v for k, v in response.headers.items()}
                return Answer(response.status_code, names, data)
        except requests.exceptions.SSLError:
            raise
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as exc:
            raise self._known(exc) from exc

    def _known(self, exc: BaseException) -> KnownError:
        """The code of a fault: what is at the bottom of the chain of errors counts, not what it is wrapped in."""
        import requests
        import urllib3

        causes = list(_causes(exc))
        if any("407" in str(c) and "unnel" in str(c) for c in causes):
            return KnownError("E-105")
        for cause in causes:
            if isinstance(cause, socket.gaierror):
                temporary = cause.errno in (socket.EAI_AGAIN, getattr(socket, "EAI_NODATA", socket.EAI_AGAIN))
                return KnownError("E-101") if temporary else KnownError("E-102", host=self._host)
            if isinstance(cause, OSError) and cause.errno in _OFFLINE:
                return KnownError("E-101")
        unreached = (
            requests.exceptions.ConnectTimeout,
            requests.exceptions.ProxyError,
            urllib3.exceptions.NewConnectionError,
            ConnectionRefusedError,
        )
        if any(isinstance(c, unreached) for c in causes):
            return KnownError("E-102", host=self._host)
        return KnownError("E-106", what=type(exc).__name__)

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def _adapter(context: ssl.SSLContext) -> requests.adapters.BaseAdapter:
    """An adapter whose connections, to the server or through a proxy, use this context and no other authorities."""
    from requests.adapters import HTTPAdapter

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # signature of the library
            super().init_poolmanager(*args, **{**kwargs, "ssl_context": context})

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # signature of the library
            return super().proxy_manager_for(proxy, **{**kwargs, "ssl_context": context})

        def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # signature of the library
            """Nothing is added to the context: requests would load its own list of authorities into it."""

        def build_connection_pool_key_attributes(
            self, request: requests.PreparedRequest, verify: Any, cert: Any = None
        ) -> tuple[Any, Any]:  # signature of the library
            host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
            kept = {k: v for k, v in dict(pool).items() if k not in ("ca_certs", "ca_cert_dir")}
            return host, {**kept, "cert_reqs": "CERT_REQUIRED"}

    return Adapter(max_retries=0)


def _read(raw: BaseHTTPResponse, limit: int) -> bytes:
    """The body as it came, not unpacked; E-116 beyond the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        part = raw.read(_CHUNK, decode_content=False)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > limit:
            raise KnownError("E-116")


def _causes(exc: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from: causes, contexts, wrapped arguments and reasons."""
    todo, seen = [exc], set[int]()
    while todo:
        current = todo.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [a for a in current.args if isinstance(a, BaseException)]
        reason = getattr(current, "reason", None)
        if isinstance(reason, BaseException):
            inner.append(reason)
        todo += [*inner, current.__cause__, current.__context__]


def _only_time(exc: BaseException) -> bool:
    """True when nothing but the dates of a certificate was wrong."""
    return any(isinstance(c, ssl.SSLCertVerificationError) and c.verify_code in _TIME_FAULTS for c in _causes(exc))
