"""The way to one address as a list of proxies in order; "" stands for going there directly."""

from __future__ import annotations

import fnmatch
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from sync.client.route import pac, system
from sync.contract.errors import KnownError

SYSTEM: Final = "system"
NONE: Final = "none"
PAC: Final = "pac"
_KINDS: Final = ("http", "https")


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """What the settings say. `proxy`: system, none, pac or an address; `pac`: address or file of the configuration.

    `user` and `password` are given to every proxy that has none in its own address; neither is ever shown.
    """

    proxy: str = SYSTEM
    pac: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Route:
    """`proxies`: addresses to try in order, "" for none; `source`: typed, none, environment, desktop, windows, pac."""

    source: str
    proxies: tuple[str, ...] = field(repr=False)
    pac: str = ""
    logged_in: bool = False


def find(url: str, choice: ProxyChoice, *, say: Callable[[], system.Said] = system.said) -> Route:
    """The way to an address. E-118 where the automatic configuration cannot be had, E-119 where it names none of ours,
    E-518 where the typed address is none.
    """
    if choice.proxy == NONE:
        return Route(NONE, ("",))
    if choice.proxy == PAC:
        return _by_pac(url, choice.pac, choice)
    if choice.proxy != SYSTEM:
        return _route("typed", [_address(choice.proxy)], choice)
    said = say()
    if said.pac:
        return _by_pac(url, said.pac, choice)
    parts = urlsplit(url)
    proxy = said.https if parts.scheme == "https" else said.http
    if not proxy or bypassed(parts.hostname or "", said.bypass):
        return Route(said.source if proxy else NONE, ("",))
    return _route(said.source, [_address(proxy)], choice)


def _by_pac(url: str, place: str, choice: ProxyChoice) -> Route:
    found = pac.evaluate(place, url)
    usable = [p for p in found if not p or urlsplit(p).scheme in _KINDS]
    if not usable:
        raise KnownError("E-119", what=" ".join(found)[:80])
    return _route(PAC, usable, choice, place=place)


def _route(source: str, proxies: list[str], choice: ProxyChoice, *, place: str = "") -> Route:
    named = tuple(_with_login(p, choice) for p in proxies)
    return Route(source, named, place, any(urlsplit(p).username for p in named))


def _with_login(proxy: str, choice: ProxyChoice) -> str:
    parts = urlsplit(proxy)
    if not proxy or parts.username or not choice.user:
        return proxy
    login = f"{quote(choice.user, safe='')}:{quote(choice.password, safe='')}"
    return f"{parts.scheme}://{login}@{parts.netloc}"


def _address(proxy: str) -> str:
    """A proxy's address with a scheme; E-518 for what is none."""
    whole = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(whole)
        good = parts.scheme in _KINDS and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        good = False
    if not good:
        raise KnownError("E-518", key="net.proxy", value=shown(whole))
    return f"{parts.scheme}://{parts.netloc}"


def shown(proxy: str) -> str:
    """A proxy's address without its log-in, as people and reports may see it."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if proxy else ""


def bypassed(host: str, patterns: tuple[str, ...]) -> bool:
    """True where the list of exceptions names a host: names with *, parts of domains, <local>, networks."""
    host = host.lower()
    return any(_matches(host, pattern.strip().lower()) for pattern in patterns if pattern.strip())


def _matches(host: str, pattern: str) -> bool:
    if pattern == "*":
        return True
    if pattern == "<local>":
        return "." not in host and ":" not in host
    try:
        if ipaddress.ip_address(host) in ipaddress.ip_network(pattern, strict=False):
            return True
    except ValueError:
        pass
    bare = pattern.rpartition("://")[2].lstrip(".")
    return host == bare or host.endswith("." + bare) or fnmatch.fnmatchcase(host, bare)
