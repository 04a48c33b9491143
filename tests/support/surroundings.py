"""A home of its own for each test process, so that no test reads or writes the developer's files or settings.

Set before Qt, requests or the program look at the environment: conftest imports it first.
"""

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

FOREIGN_ZONE: Final = "TST+11"
"""Eleven hours behind UTC, in the POSIX form that needs no zone database: whoever asks for the machine's
local day instead of Shanghai's is a day off for most of the day, and a test shows it."""

_CHANGED_BY_USERS: Final = (
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "LANGUAGE",
    "STATION_RESOURCES",
    "STATION_HOME",
)


def isolate() -> Path:
    """Point home, settings, caches, locale and time zone at known values; the temporary home."""
    home = Path(tempfile.mkdtemp(prefix="station-test-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["TZ"] = FOREIGN_ZONE
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
    for name in _CHANGED_BY_USERS:
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost,::1"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return home
