"""A dressed application with the bundled font, an encrypted station, and the window a user sits in front of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication, QWidget

from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.style import style
from station_app.ui.tasks import WORKERS, Tasks
from tests.support.qt import FAMILY
from tests.support.stations import make_station


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Light, 100 %, the font that the program ships."""
    if qapp.property("dressed") != "light":
        style.apply(qapp, wish="light", family=FAMILY)
        qapp.setProperty("dressed", "light")
    return qapp


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A new encrypted station; its first user is logged in."""
    return make_station(tmp_path / "data").station


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Lanes that end with the test."""
    lanes = Tasks()
    yield lanes
    lanes.close()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The main window on an empty directory, 1366 x 768, not yet at any page."""
    made = MainWindow(tmp_path / "data")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def enter(qtbot: QtBot, window: MainWindow, station: Station) -> Callable[[], Shell]:
    """Log in without the log-in page; the desk as the user sees it, first lists read."""

    def go() -> Shell:
        window.enter(station)
        assert window.shell is not None
        settle(qtbot, window.tasks)
        in_front(qtbot, window)
        return window.shell

    return go


def in_front(qtbot: QtBot, window: QWidget) -> None:
    """Keys that act in the whole window are passed over while another window is active: one that a test before left
    to be closed, or that came late on a busy machine.
    """
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    """Wait until the lanes are empty and all results were delivered (timers of typing included)."""
    from PySide6.QtTest import QTest

    for _ in range(3):
        QTest.qWait(5)
        for lane in ("write", "read"):
            met = Barrier(WORKERS[lane])  # every worker of the lane comes here, so none is still at work
            for waiting in [tasks._lanes[lane].submit(met.wait, 10) for _ in range(WORKERS[lane])]:
                waiting.result(10)
        QTest.qWait(5)
