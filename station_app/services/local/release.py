"""Which version of the program runs here."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from station_app import launcher, paths
from sync.contract.releasing.versions import is_version


def program_version() -> str:
    """The version of this program; "-" where it does not know. The launcher says what it started."""
    started = os.environ.get(launcher.VERSION, "")
    return started if is_version(started) else _own()


def home() -> Path | None:
    """The folder of the versions this program was started from; None where no launcher started it."""
    named = os.environ.get(launcher.HOME, "")
    return Path(named) if named and is_version(os.environ.get(launcher.VERSION)) else None


def prove() -> None:
    """This version shows itself: from now on the launcher keeps it. A folder that may not be written counts nothing."""
    place = home()
    if place is not None:
        with suppress(OSError):
            launcher.prove(place, program_version())


def fallen() -> str:
    """The version the launcher went back from by itself, "" for none."""
    place = home()
    return str(launcher.fallback(place).get("from", "")) if place is not None else ""


@cache
def _own() -> str:
    """What build.spec wrote into a packed program; in a checkout, what the environment knows."""
    try:
        return (paths.resources_dir() / "version").read_text("utf-8").strip()
    except OSError:
        pass
    try:
        return version("station-app")
    except PackageNotFoundError:
        return "-"
