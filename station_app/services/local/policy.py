"""单位统一设定: a file the unit's IT puts on each PC; what it fixes nobody changes, what it suggests stands at first.

    unit = "光明区信息中心"           # who set it; shown beside each fixed field
    [fixed]
    "net.proxy" = "http://proxy.gm.example:8080"
    [first]
    "net.minutes" = "10"

On Windows the unit may also set the same by group policy (`station config admx` writes the template): HKLM\\Software\\
Policies\\StationApp with the values `Unit`, and `Fixed` and `First` with one value a setting. What it says goes before
the file.

A file that cannot be read never keeps anybody from working: it is passed over, and the doctor names it (E-266).
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from station_app import paths
from sync.contract.errors import KnownError

OWN: Final = frozenset({"number.series"})
"""Settings that belong to one PC; a file for many must not set them."""
REGISTRY: Final = "Software\\Policies\\StationApp"
_MOST_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Policy:
    """What the file says; `path` is None where there is no file."""

    path: Path | None = None
    unit: str = ""
    fixed: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)


def read() -> Policy:
    """The policy of this PC; E-266 for a file that is none."""
    found = next((path for path in paths.policy_files() if path.is_file()), None)
    return with_registry(_read(found) if found is not None else Policy(), _registry)


def with_registry(told: Policy, values: Callable[[str], dict[str, str]]) -> Policy:
    """What the file says, and over it what group policy says; `values`: subkey ("", "Fixed", "First") -> values."""
    own, fixed, first = values(""), values("Fixed"), values("First")
    wrong = sorted(OWN & (fixed.keys() | first.keys()))
    if wrong:
        raise KnownError("E-266", file=REGISTRY, place=wrong[0])
    if not (fixed or first):
        return told
    path = told.path if told.path is not None else Path(REGISTRY)
    return Policy(path, own.get("Unit", "") or told.unit, told.fixed | fixed, told.first | first)


def _registry(subkey: str) -> dict[str, str]:
    """The values of a key below ours that only an administrator can have set; {} on other systems."""
    found: dict[str, str] = {}
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, f"{REGISTRY}\\{subkey}".rstrip("\\")) as key:
                for number in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _ = winreg.EnumValue(key, number)
                    found[name] = str(value)
        except OSError:
            return found
    return found


def current() -> Policy:
    """The policy, or none where it cannot be read: work goes on."""
    try:
        return read()
    except KnownError:
        return Policy()


def _read(path: Path) -> Policy:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise KnownError("E-266", file=str(path))
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise KnownError("E-266", file=str(path)) from exc
    unknown = sorted(set(raw) - {"unit", "fixed", "first"})
    if unknown:
        raise KnownError("E-266", file=str(path), place=unknown[0])
    fixed, first = (_values(path, raw.get(part, {})) for part in ("fixed", "first"))
    return Policy(path, str(raw.get("unit", "")), fixed, first)


def _values(path: Path, table: Any) -> dict[str, str]:
    """`"net.proxy" = …` and `net.proxy = …` mean the same; numbers and yes/no become the setting's text."""
    found: dict[str, str] = {}

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{prefix}.{key}" if prefix else key, inner)
            return
        if isinstance(value, bool):
            found[prefix] = "1" if value else "0"
        elif isinstance(value, (str, int)):
            found[prefix] = str(value)
        else:
            raise KnownError("E-266", file=str(path), place=prefix)
        if prefix in OWN:
            raise KnownError("E-266", file=str(path), place=prefix)

    if not isinstance(table, dict):
        raise KnownError("E-266", file=str(path))
    walk("", table)
    return found
