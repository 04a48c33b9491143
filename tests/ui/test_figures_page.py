"""统计分析: numbers, bars and points open exactly the cases they count; the list says so and can be widened."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt

from station_app.services import cases
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.pages.figures import FiguresPage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle


def test_a_bar_opens_its_cases(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> None:
    made = [cases.register(station, intake=wage_intake()).case for _ in range(3)]
    for case in made[:2]:
        cases.step(station, case=case, verb="accept")
    shell = enter()
    shell.desk.go("figures")
    settle(qtbot, window.tasks)
    page = window.findChild(FiguresPage)
    assert page.tiles["accepted"].text().endswith("2")
    page.year.setCurrentIndex(1)
    page.by.setCurrentIndex(page.by.findData("type"))
    settle(qtbot, window.tasks)
    wages = next(n for n, v in enumerate(page.bars.values) if v.count == 2)
    page.bars.current = wages
    qtbot.keyClick(page.bars, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    listed = window.findChild(CasesPage)
    assert listed.model.rowCount() == 2
    assert listed.unpick.isVisible()
    listed.unpick.click()
    settle(qtbot, window.tasks)
    assert listed.model.rowCount() == 3
