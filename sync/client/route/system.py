"""The proxy of this PC as its system knows it: environment first, then the Windows registry or the Linux desktop."""

from __future__ import annotations

import importlib
import os
import subprocess
import time
from ast import literal_eval
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

_SCHEMA: Final = "org.gnome.system.proxy"
_SECONDS: Final = 3.0
_MINUTE: Final = 60.0
_INTERNET_SETTINGS: Final = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"


@dataclass(frozen=True, slots=True)
class Said:
    """What the system says. `source`: environment, windows, desktop or none; `bypass`: hosts reached directly."""

    source: str = "none"
    http: str = ""
    https: str = ""
    bypass: tuple[str, ...] = ()
    pac: str = ""


def said(environment: Mapping[str, str] | None = None) -> Said:
    """Ask the system now; never raises: a system that cannot be asked says nothing."""
    found = from_environment(os.environ if environment is None else environment)
    if found.http or found.https:
        return found
    if os.name == "nt":
        return from_registry(_registry())
    return from_desktop(_gsettings)


class Asked:
    """What the system said, asked anew after a minute: a program is started for it, and a round takes milliseconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` in seconds."""
        self._now = now
        self._at, self._said = -_MINUTE, Said()

    def __call__(self) -> Said:
        """As `said`."""
        if self._now() - self._at >= _MINUTE:
            self._at, self._said = self._now(), said()
        return self._said


def from_environment(values: Mapping[str, str]) -> Said:
    """http_proxy, https_proxy, all_proxy, no_proxy in small or capital letters; capitals only where small are unset."""

    def value(name: str) -> str:
        return values.get(name) or values.get(name.upper(), "")

    every = value("all_proxy")
    bypass = tuple(p for p in value("no_proxy").split(",") if p.strip())
    return Said("environment", value("http_proxy") or every, value("https_proxy") or every, bypass)


def from_registry(values: Mapping[str, object]) -> Said:
    """Internet settings of Windows: ProxyEnable, ProxyServer ("host:port" or "http=…;https=…"), ProxyOverride,
    AutoConfigURL.
    """
    pac = str(values.get("AutoConfigURL") or "")
    if pac:
        return Said("windows", pac=pac)
    if not values.get("ProxyEnable"):
        return Said()
    text = str(values.get("ProxyServer") or "")
    by_kind = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    plain = "" if by_kind else text.strip()
    bypass = tuple(p for p in str(values.get("ProxyOverride") or "").split(";") if p)
    return Said("windows", by_kind.get("http", plain), by_kind.get("https", plain), bypass)


def _registry() -> dict[str, object]:
    """The values of the signed-in user."""
    registry: Any = importlib.import_module("winreg")  # Windows only
    found: dict[str, object] = {}
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, _INTERNET_SETTINGS) as key:
            for name in ("ProxyEnable", "ProxyServer", "ProxyOverride", "AutoConfigURL"):
                try:
                    found[name] = registry.QueryValueEx(key, name)[0]
                except OSError:
                    continue
    except OSError:
        return {}
    return found


def from_desktop(ask: Callable[[str, str], str]) -> Said:
    """The desktop's settings (GNOME's scheme, which UKUI and Deepin keep too): mode none, manual or auto."""
    mode = _text(ask(_SCHEMA, "mode"))
    if mode == "auto":
        return Said("desktop", pac=_text(ask(_SCHEMA, "autoconfig-url")))
    if mode != "manual":
        return Said()
    http, https = (_host_port(ask, kind) for kind in ("http", "https"))
    return Said("desktop", http, https or http, _list(ask(_SCHEMA, "ignore-hosts")))


def _host_port(ask: Callable[[str, str], str], kind: str) -> str:
    host, port = _text(ask(f"{_SCHEMA}.{kind}", "host")), ask(f"{_SCHEMA}.{kind}", "port").strip()
    return f"{host}:{port}" if host and port.isdigit() and int(port) else host


def _gsettings(schema: str, key: str) -> str:
    """What `gsettings` prints; "" where there is no such program, scheme or key."""
    try:
        done = subprocess.run(
            ["gsettings", "get", schema, key], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _text(printed: str) -> str:
    printed = printed.strip()
    return printed[1:-1] if printed[:1] == "'" == printed[-1:] and len(printed) > 1 else printed


def _list(printed: str) -> tuple[str, ...]:
    try:
        found = literal_eval(printed.strip().removeprefix("@as "))
    except (ValueError, SyntaxError):
        return ()
    return tuple(str(item) for item in found) if isinstance(found, list) else ()
