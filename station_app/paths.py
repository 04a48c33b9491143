"""Where files lie: the program's own (checkout, packaged program, STATION_RESOURCES), and the station's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from station_app import launcher
from sync.contract.errors import KnownError

VARIABLE: Final = "STATION_RESOURCES"
POLICY: Final = "STATION_POLICY"
POLICY_FILE: Final = "policy.toml"


def resources_dir() -> Path:
    """Return the folder `resources`; raises E-516 where it is missing.

    The environment variable decides alone where it is set (a program installed apart from its data; a wrong setting
    is named, never passed over), else the packaged program's own folder, else the checkout beside this package.
    This is the only reader of `sys._MEIPASS`.
    """
    setting = os.environ.get(VARIABLE)
    bundle = getattr(sys, "_MEIPASS", None)
    if setting:
        folder = Path(setting)
    elif bundle:
        folder = Path(bundle) / "resources"
    else:
        folder = Path(__file__).resolve().parents[1] / "resources"
    if not folder.is_dir():
        raise KnownError("E-516", file=str(folder))
    return folder


def data_dir(given: Path | None = None) -> Path:
    """The station's data directory: as given, else STATION_DATA, else the user's own data directory of this system."""
    if given is not None:
        return given
    if os.environ.get("STATION_DATA"):
        return Path(os.environ["STATION_DATA"])
    from platformdirs import user_data_path

    return user_data_path("station-app", appauthor=False)


def policy_files() -> tuple[Path, ...]:
    """Where the unit's policy may lie, the first found counts: STATION_POLICY alone where it is set; else beside the
    packaged program (an install folder that is copied whole, or the folder of the versions), else the machine's own
    configuration directory.
    """
    setting = os.environ.get(POLICY)
    if setting:
        return (Path(setting),)
    from platformdirs import site_config_path

    beside = (Path(sys.executable).parent / POLICY_FILE,) if getattr(sys, "_MEIPASS", None) else ()
    if os.environ.get(launcher.HOME):
        beside = (*beside, Path(os.environ[launcher.HOME]) / POLICY_FILE)
    return (*beside, site_config_path("station-app", appauthor=False) / POLICY_FILE)
