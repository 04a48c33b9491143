"""From what a library raised to the code people can read: what is at the bottom of the chain of errors counts."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Final

from sync.contract.errors import KnownError

_TIME_FAULTS: Final = frozenset({9, 10})
"""X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED."""
_OFFLINE: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_TUNNEL: Final = re.compile(r"Tunnel connection failed: (\d{3})")
_GATEWAY: Final = frozenset({502, 503, 504})


def known(exc: BaseException, *, host: str, proxy: str = "", logged_in: bool = False) -> KnownError:
    """The code of a fault. `proxy`: the proxy asked, as people may see it; `logged_in`: it was given a name and
    password.
    """
    causes = list(chain(exc))
    for cause in causes:
        refused = _TUNNEL.search(str(cause))
        if refused:
            return of_tunnel(int(refused[1]), host=host, proxy=proxy, logged_in=logged_in)
    if proxy and any(_unreached(c) for c in causes):
        return KnownError("E-122", host=proxy)
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            temporary = cause.errno in (socket.EAI_AGAIN, getattr(socket, "EAI_NODATA", socket.EAI_AGAIN))
            return KnownError("E-101") if temporary else KnownError("E-102", host=host)
        if isinstance(cause, OSError) and cause.errno in _OFFLINE:
            return KnownError("E-101")
    if any(_unreached(c) for c in causes):
        return KnownError("E-102", host=host)
    return KnownError("E-106", what=type(exc).__name__)


def of_tunnel(status: int, *, host: str, proxy: str, logged_in: bool) -> KnownError:
    """What a proxy's refusal to open a way means: E-105 or E-121 log-in, E-102 server not found, E-123 forbidden."""
    if status == 407:
        return KnownError("E-121", host=proxy) if logged_in else KnownError("E-105", host=proxy)
    if status in _GATEWAY:
        return KnownError("E-102", host=host)
    return KnownError("E-123", host=proxy, status=status)


def _unreached(cause: BaseException) -> bool:
    import requests
    import urllib3

    kinds = (
        requests.exceptions.ConnectTimeout,
        requests.exceptions.ProxyError,
        urllib3.exceptions.NewConnectionError,
        ConnectionRefusedError,
    )
    return isinstance(cause, kinds)


def chain(exc: BaseException | None) -> Iterator[BaseException]:
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


def only_time(exc: BaseException) -> bool:
    """True when nothing but the dates of a certificate was wrong."""
    return any(isinstance(c, ssl.SSLCertVerificationError) and c.verify_code in _TIME_FAULTS for c in chain(exc))
