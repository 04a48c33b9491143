"""The line: one POST at a time through whatever stands between, every fault of it turned into a code people can read.

System proxies, automatic configurations, typed proxies with a log-in, private authorities and a wrong local clock are
normal here (CONTRACT 10).
"""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final, Protocol, cast, runtime_checkable
from urllib.parse import unquote, urlsplit

from sync.client.line import faults
from sync.client.line.speed import Speed
from sync.client.route import choosing, system
from sync.client.route.choosing import ProxyChoice, Route
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    import requests
    from urllib3 import BaseHTTPResponse

CONNECT_SECONDS: Final = 8.0
STALL_SECONDS: Final = 60.0
"""Longest silence while reading; the whole may take as long as it moves."""
_NO_CHECK_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL: chain and host are checked, the validity period is not."""
_CHUNK: Final = 16 * 1024
_NEXT_PROXY: Final = frozenset({"E-102", "E-122"})
"""Faults after which the next way of an automatic configuration is tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by lower-case name, the body's bytes as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Cut(Exception):
    """A request that broke off: the known error it amounts to, and what had come of the answer."""

    def __init__(self, error: KnownError, headers: Mapping[str, str] | None = None, data: bytes = b"") -> None:
        super().__init__(error)
        self.error, self.headers, self.data = error, headers or {}, data

    @property
    def announced(self) -> int:
        """Bytes the answer was to have; 0 where nothing is known of it."""
        length = self.headers.get("content-length", "")
        return int(length) if length.isdigit() else 0

    def after(self, before: bytes) -> Cut:
        """The same cut with what had come before it."""
        return Cut(self.error, self.headers, before + self.data)


class Unfinished(KnownError):
    """A request that broke off, and that the server may still hold: it can be gone on with in a later round.

    `have`: what had come of its answer.
    """

    def __init__(self, error: KnownError, have: Cut) -> None:
        super().__init__(error.code, **error.values)
        self.have = have


@runtime_checkable
class Resumes(Protocol):
    """A transport that can go on with a request of an earlier round."""

    def resume(self, path: str, headers: Mapping[str, str], body: bytes, have: Cut, *, limit: int) -> Answer:
        """Finish a request; `Unfinished` or a fault of the line where it broke off again, else E-106."""


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
        proxy: str | ProxyChoice = "system",
        ca_file: str = "",
        connect_seconds: float = CONNECT_SECONDS,
        stall_seconds: float = STALL_SECONDS,
        speed: Speed | None = None,
        say: Callable[[], system.Said] = system.said,
    ) -> None:
        """`proxy`: what the settings say, or "system", "none" or an address. `speed` counts and limits the bytes;
        `say` tells the system's proxies.

        E-107 for an address that is none, E-516 for a bad CA file, E-118 and E-119 of an automatic configuration.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise KnownError("E-107")
        self.url, self._host = url.rstrip("/"), parts.hostname
        self._ca_file, self._timeout = ca_file, (connect_seconds, stall_seconds)
        self.speed = speed or Speed()
        self.clock_suspect = False
        self.route: Route = choosing.find(url, ProxyChoice(proxy) if isinstance(proxy, str) else proxy, say=say)
        self._way = 0
        self._session = self._open()

    def _open(self) -> requests.Session:
        import requests
        import urllib3.util

        session = requests.Session()
        session.trust_env = False  # no .netrc, no CA file from the environment; proxies are set by hand
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        proxy = self.route.proxies[self._way]
        session.proxies = {"http": proxy, "https": proxy} if proxy else {}
        session.headers.clear()
        session.headers["User-Agent"] = urllib3.util.SKIP_HEADER  # says nothing the server needs
        secure = self.url.startswith("https:")
        context = tls_context(self._ca_file, check_time=not self.clock_suspect) if secure else None
        session.mount(f"{urlsplit(self.url).scheme}://", _adapter(context))
        return session

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """See `Transport.post`. What was cut is gone on with; a way that leads nowhere gives place to the next one."""
        from sync.client.line import resuming

        def once(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
            return self._checked(path, headers, body, limit)

        while True:
            try:
                return once(path, headers, body)
            except Cut as cut:
                return resuming.go_on(once, cut, path=path, request=(headers, body))
            except KnownError as error:
                if error.code not in _NEXT_PROXY or self._way + 1 >= len(self.route.proxies):
                    raise
            self._session.close()
            self._way += 1
            self._session = self._open()

    def resume(self, path: str, headers: Mapping[str, str], body: bytes, have: Cut, *, limit: int) -> Answer:
        """See `Resumes.resume`: one try, as the pauses were made in the round that was cut."""
        from sync.client.line import resuming

        def once(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
            return self._checked(path, headers, body, limit)

        return resuming.go_on(once, have, path=path, request=(headers, body), waits=resuming.AT_ONCE)

    def _checked(self, path: str, headers: Mapping[str, str], body: bytes, limit: int) -> Answer:
        """A certificate that is only out of its dates is looked at again without the dates."""
        import requests

        try:
            return self._post(path, headers, body, limit)
        except requests.exceptions.SSLError as exc:
            if self.clock_suspect or not faults.only_time(exc):
                raise KnownError("E-103", host=self._host) from exc
        self._session.close()
        self.clock_suspect = True
        self._session = self._open()
        try:
            return self._post(path, headers, body, limit)
        except requests.exceptions.SSLError as exc:
            raise KnownError("E-103", host=self._host) from exc

    def _post(self, path: str, headers: Mapping[str, str], body: bytes, limit: int) -> Answer:
        import requests
        import urllib3

        names: dict[str, str] = {}
        data = bytearray()
        try:
            with self._session.post(
                self.url + path,
                data=self.speed.body(body),
                headers=dict(headers),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                names = {k.lower(): v for k, v in response.headers.items()}
                self._read(response.raw, data, limit)
                return self._answered(response.status_code, names, bytes(data))
        except requests.exceptions.SSLError:
            raise
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as exc:
            proxy = self.route.proxies[self._way]
            error = faults.known(exc, host=self._host, proxy=choosing.shown(proxy), logged_in="@" in proxy)
            raise (Cut(error, names, bytes(data)) if error.code == "E-106" else error) from exc

    def _answered(self, status: int, names: Mapping[str, str], data: bytes) -> Answer:
        """An answer of 407 is the proxy's: to a plain request it says so in its own name."""
        if status == 407 and self.route.proxies[self._way]:
            proxy = self.route.proxies[self._way]
            raise faults.of_tunnel(407, host=self._host, proxy=choosing.shown(proxy), logged_in="@" in proxy)
        if status == 200 and not {"content-length", "transfer-encoding"} & names.keys() and not _is_page(names):
            raise OSError("the headers of the answer were cut")  # the library takes their end for an empty line
        return Answer(status, names, data)

    def _read(self, raw: BaseHTTPResponse, data: bytearray, limit: int) -> None:
        """The body as it came, not unpacked; E-116 beyond the limit."""
        while part := raw.read1(_CHUNK, decode_content=False):
            data += part
            self.speed.passed(len(part))
            if len(data) > limit:
                raise KnownError("E-116")
        left = raw.length_remaining
        if left:
            raise OSError(f"{left} bytes of the answer did not come")

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def _is_page(names: Mapping[str, str]) -> bool:
    return "html" in names.get("content-type", "")


def _adapter(context: ssl.SSLContext | None) -> requests.adapters.BaseAdapter:
    """An adapter whose connections, to the server or through a proxy, use this context and no other authorities."""
    from requests.adapters import HTTPAdapter

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # signature of the library
            super().init_poolmanager(*args, **{**kwargs, "ssl_context": context})

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # signature of the library
            return super().proxy_manager_for(proxy, **{**kwargs, "ssl_context": context})

        def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # signature of the library
            """Nothing is added to the context: requests would load its own list of authorities into it."""

        def proxy_headers(self, proxy: str) -> dict[str, str]:
            """Names and passwords in UTF-8 (RFC 7617); the library knows only Latin-1."""
            parts = urlsplit(proxy)
            if not parts.username:
                return {}
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            return {"Proxy-Authorization": f"Basic {base64.b64encode(login).decode()}"}

        def build_connection_pool_key_attributes(
            self, request: requests.PreparedRequest, verify: Any, cert: Any = None
        ) -> tuple[Any, Any]:  # signature of the library
            host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
            kept = {k: v for k, v in dict(pool).items() if k not in ("ca_certs", "ca_cert_dir")}
            return host, {**kept, "cert_reqs": "CERT_REQUIRED"}

    return Adapter(max_retries=0)
