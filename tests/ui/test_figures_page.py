"""统计分析: numbers, bars and points open exactly the cases they count; the list says so and can be widened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt

from station_app.services import cases
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.reports.cells import COLUMNS
from station_app.ui.reports.figures import FiguresPage
from tests.services.test_figures import appeal
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
    assert page.tiles["accepted"].accessibleName() == "受理 2"
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


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> FiguresPage:
    """Figures of 2026: three appeals in two communities, two of them resolved."""
    appeal(station, at="2026-03-05", steps="accept agree", people=4)
    appeal(station, at="2026-04-05", steps="accept", type="neighbour")
    cases.step(station, case=appeal(station, at="2026-04-07", steps="accept agree"), verb="take_effect")
    enter().desk.go("figures")
    settle(qtbot, window.tasks)
    made = window.findChild(FiguresPage)
    assert isinstance(made, FiguresPage)
    made.year.setCurrentIndex(1)
    settle(qtbot, window.tasks)
    return made


def listed(qtbot: QtBot, window: MainWindow) -> int:
    """How many cases the list shows now; then back to the figures."""
    settle(qtbot, window.tasks)
    found = window.findChild(CasesPage)
    assert found.isVisible()
    count = int(found.model.rowCount())
    assert window.shell is not None
    window.shell.desk.go("figures")
    settle(qtbot, window.tasks)
    return count


def test_every_large_figure_opens_its_cases(qtbot: QtBot, window: MainWindow, page: FiguresPage) -> None:
    shown = {name: tile.number.text() for name, tile in page.tiles.items()}
    assert shown == {
        "accepted": "3",
        "resolved": "2",
        "unresolved": "1",
        "confirmed": "0",
        "open": "3",
        "rate": "66.67%",
    }
    for name, opened in (*((n, int(v)) for n, v in shown.items() if n != "rate"), ("rate", 2)):
        qtbot.mouseClick(page.tiles[name], Qt.MouseButton.LeftButton)
        assert listed(qtbot, window) == opened, name


@pytest.mark.parametrize("by", ["service", "type", "source", "month", "days"])
def test_every_cell_of_the_table_opens_its_cases(qtbot: QtBot, window: MainWindow, page: FiguresPage, by: str) -> None:
    if by != "month":  # months are drawn by themselves
        page.by.setCurrentIndex(page.by.findData(by))
    settle(qtbot, window.tasks)
    page.as_table.click()
    assert page.cells.isVisible()
    assert not page.bars.isVisible()
    last = page.model.rowCount() - 1
    assert page.model.index(last, 0).data() == "合计"
    seen = 0
    for row in (0, last):
        for column in range(1, len(COLUMNS)):
            index = page.model.index(row, column)
            page.cells.setCurrentIndex(index)
            qtbot.keyClick(page.cells, Qt.Key.Key_Return)
            name, line = COLUMNS[column], page.model.lines[row]
            counts = {"rate": line.resolved, "people": line.accepted, "amount": line.accepted}
            assert listed(qtbot, window) == counts.get(name, getattr(line, name)), (line.label, name)
            seen += 1
    assert seen == 2 * 8
    assert page.cells.isVisible(), "the table stays chosen"


def test_a_name_in_the_table_opens_nothing(qtbot: QtBot, window: MainWindow, page: FiguresPage) -> None:
    page.as_table.click()
    page.cells.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.cells, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    assert page.isVisible()


def test_of_one_place_everything_is_of_that_place(qtbot: QtBot, window: MainWindow, page: FiguresPage) -> None:
    at = page.place.findText("凤凰街道")
    page.place.setCurrentIndex(at)
    settle(qtbot, window.tasks)
    assert page.tiles["accepted"].number.text() == "3"
    assert page.period().title == "2026年凤凰街道"
    page.place.setCurrentIndex(page.place.findData("baihua"))
    settle(qtbot, window.tasks)
    assert page.tiles["accepted"].number.text() == "0"
    assert page.tiles["rate"].number.text() == "—"
    page.report.click()
    settle(qtbot, window.tasks)
    assert page.dialog is not None
    assert "白花社区" in "".join(page.dialog.made.text)
    assert "没有受理" in "".join(page.dialog.made.text) or "受理群众诉求0件" in "".join(page.dialog.made.text)
    page.dialog.reject()
