"""--self-test: a throw-away station, every page of the menu drawn once; says what ran, exits 0."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from station_app.services.station import Station
    from sync.contract.canonical import Json


def run_self_test(*, lang: str = "", wish: str = "") -> int:
    """Draw the desk; 0 when every page could be drawn, 1 when a fault was met."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings

    from station_app.ui.app import make_app
    from station_app.ui.frame.window import MainWindow

    with tempfile.TemporaryDirectory(prefix="station-self-test-") as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        app = make_app(sys.argv[:1], lang=lang, wish=wish)
        faults: list[str] = []
        window = MainWindow(Path(folder) / "data")
        window.tasks.crashed.connect(faults.append)
        window.enter(_station(Path(folder) / "data"))
        window.show()
        assert window.shell is not None
        for key in window.shell.menu.entries:
            window.shell.go(key)
            app.processEvents()
            if window.grab().isNull():
                faults.append(key)
        pages = len(window.shell.menu.entries)
        window.close()
    sys.stdout.write(f"self-test: {pages} pages drawn, {len(faults)} faults\n")
    return 1 if faults else 0


def _station(directory: Path) -> Station:
    from station_app.ui.pages.setup import create

    empty: dict[str, Json] = {"phone": None, "address": None}
    values: dict[str, dict[str, Json]] = {
        "setup": {
            "station": "自检站点",
            "station_code": "SELF-TEST",
            "community": "selftest",
            "street": "自检街道",
            "committee": "自检人民调解委员会",
            "short": "自检",
            "court": "自检人民法院",
            "series": "A",
            "password": os.urandom(12).hex(),
        },
        "committee": empty,
        "person": {"name": "自检", "roles": ["mediator", "head"]},
    }
    return create(directory, values).station
