"""Packages: all pinned, the pins are what is installed, and neither end needs the other's packages."""

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from typing import Final

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import ROOT, imported, modules

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: Final = PROJECT["optional-dependencies"]

WINDOWS: Final = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split("\n")
    pins: dict[str, str] = {}
    for line in filter(None, lines):
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([\w.!+]+)", line)
        assert match, f"constraints.txt: {line!r} is not name==version"
        name = canonicalize_name(match[1])
        assert name not in pins, f"constraints.txt: {name} twice"
        pins[name] = match[2]
    return pins


def _reach(*groups: str, system: dict[str, str] | None = None) -> set[str]:
    """Every distribution that an install with these extras brings, by the metadata of what is installed here."""
    roots = [*PROJECT["dependencies"], *(line for group in groups for line in EXTRAS[group])]
    waiting = [Requirement(line) for line in roots]
    seen: dict[str, set[str]] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        known = seen.setdefault(name, set())
        fresh = ({""} | requirement.extras) - known
        known |= fresh
        waiting += [Requirement(line) for line in _requires(name) if _wanted(Requirement(line), fresh, system)]
    return set(seen)


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []  # a package of another system


def _wanted(requirement: Requirement, extras: set[str], system: dict[str, str] | None) -> bool:
    if requirement.marker is None:
        return "" in extras
    base = {key: str(value) for key, value in default_environment().items()} | (system or {})
    return any(requirement.marker.evaluate(base | {"extra": extra}) for extra in extras)


def test_everything_installed_is_pinned_on_linux_and_windows() -> None:
    pins = _pins()
    for system in (None, WINDOWS):
        assert _reach("station", "server", "dev", system=system) - set(pins) == set()


def test_nothing_is_pinned_that_nobody_needs() -> None:
    needed = _reach("station", "server", "dev") | _reach("station", "server", "dev", system=WINDOWS)
    assert set(_pins()) - needed - {"setuptools"} == set()


def test_the_pins_are_what_is_installed() -> None:
    off = {}
    for name, version in _pins().items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # a package of another system
        if installed != version:
            off[name] = f"{installed} is installed, {version} is pinned; run make setup"
    assert off == {}


def _third_party(*tops: str) -> set[str]:
    names = set()
    for module in modules(*tops):
        found = {name.split(".")[0] for _, name in imported(module.tree)}
        names |= found - set(sys.stdlib_module_names) - {"station_app", "sync", "tests"}
    return names


@pytest.mark.parametrize(
    ("tops", "groups"), [(("station_app", "sync/client"), ("station",)), (("sync/server",), ("server",))]
)
def test_every_import_is_a_declared_dependency(tops: tuple[str, ...], groups: tuple[str, ...]) -> None:
    """Imports inside functions count too: they fail late, on a user's machine."""
    owners = metadata.packages_distributions()
    allowed = _reach(*groups)
    strangers = {
        name for name in _third_party(*tops) if not {canonicalize_name(o) for o in owners.get(name, [name])} & allowed
    }
    assert strangers == set()


_BLOCKED_IMPORT: Final = """
import importlib, pkgutil, sys
blocked, tops = set(sys.argv[1].split(",")), sys.argv[2].split(",")
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in blocked:
            raise ModuleNotFoundError(f"not installed in this half: {name}")
sys.meta_path.insert(0, Absent())
for top in tops:
    package = importlib.import_module(top)
    for found in pkgutil.walk_packages(getattr(package, "__path__", []), top + "."):
        if not found.name.endswith(("__main__", ".migrations.env")):  # these run when imported
            importlib.import_module(found.name)
print("ok")
"""


@pytest.mark.parametrize(
    ("tops", "groups", "absent"),
    [
        (("station_app", "sync.client", "sync.contract"), ("station",), ("fastapi", "psycopg", "uvicorn", "alembic")),
        (("sync.server", "sync.contract"), ("server",), ("PySide6", "reportlab", "sqlcipher3", "sqlmodel")),
    ],
)
def test_each_half_runs_without_the_others_packages(
    tops: tuple[str, ...], groups: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    """Import every module with exactly the packages that its own extra brings."""
    present = _reach(*groups)
    blocked = {
        module
        for module, owners in metadata.packages_distributions().items()
        if not {canonicalize_name(owner) for owner in owners} & present
        and not {"station-app", "setuptools", "pip"} & set(owners)
    }
    assert set(absent) <= blocked
    command = [sys.executable, "-c", _BLOCKED_IMPORT, ",".join(sorted(blocked)), ",".join(tops)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)
    assert ran.stdout == "ok\n", ran.stderr[-2000:]
