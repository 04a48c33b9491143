"""The list of cases: pages read when seen, filter while typing, recycle bin with undo, fluid when long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.services import cases
from station_app.services.reading import browse, lists
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from sync.contract.states import OPEN
from tests.support.stations import wage_intake
from tests.ui.conftest import settle

Enter = Callable[[], Shell]


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> CasesPage:
    for number in range(230):
        cases.register(station, intake=wage_intake(f"150260{number:05d}"))
    shell = enter()
    shell.go("cases")
    settle(qtbot, window.tasks)
    found = shell.pages["cases"]
    assert isinstance(found, CasesPage)
    return found


def test_all_are_counted_and_lines_come_when_seen(qtbot: QtBot, window: MainWindow, page: CasesPage) -> None:
    model = page.model
    assert model.rowCount() == 230
    assert page.shown.text() == "共 230 件"
    assert model.line(0) is not None
    assert model.line(229) is None
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.line(229) is not None, timeout=30_000)
    last = model.line(229)
    assert last is not None
    assert model.index(229, 0).data() == last.title
    assert model.index(229, 4).data() == "8,400.00"


def test_the_list_filters_while_typing(qtbot: QtBot, window: MainWindow, page: CasesPage) -> None:
    QTest.keyClicks(page.typed, "15026000042")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=30_000)
    page.typed.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 230, timeout=30_000)


def test_a_letter_typed_in_the_table_begins_to_filter(page: CasesPage) -> None:
    page.table.setFocus()
    QTest.keyClicks(page.table, "t")
    assert page.typed.text() == "t"


def test_stages_and_enter(qtbot: QtBot, window: MainWindow, page: CasesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    station = page.station
    first = lists.cases(station)[-1]
    cases.step(station, case=first.rec, verb="accept")
    page.states.setCurrentIndex(page.states.findText("已受理"))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=30_000)
    settle(qtbot, window.tasks)
    opened: list[object] = []
    monkeypatch.setattr(page.desk, "go", lambda key, argument=None: opened.append((key, argument)))
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [("case", first.rec)]


def test_the_recycle_bin_and_taking_it_back(qtbot: QtBot, window: MainWindow, page: CasesPage) -> None:
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.drop.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 229, timeout=30_000)
    qtbot.waitUntil(lambda: "回收站" in window.bar.message, timeout=30_000)
    window.bar._action.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 230, timeout=30_000)
    assert lists.count(page.station) == 230


def test_ids_are_the_same_cases_as_the_pages(page: CasesPage) -> None:
    ids = list(browse.ids(page.station))
    assert ids == sorted(ids, reverse=True)
    assert ids[:200] == [line.id for line in lists.cases(page.station)]
    assert set(browse.lines(page.station, ids[:3])) == set(ids[:3])


def test_a_hundred_thousand_rows_stay_fluid(qtbot: QtBot, window: MainWindow, page: CasesPage) -> None:
    """The model is told of 100,000 ids: scrolling never waits for a line."""
    from array import array

    model = page.model
    model.beginResetModel()
    model.ids = array("q", list(model.ids) * 435)
    model.endResetModel()
    spent = []
    for row in (50_000, 99_999, 25_000, 0):
        start = time.thread_time()  # of this thread: others may be at work on the machine
        page.table.scrollTo(model.index(row, 0))
        page.table.viewport().repaint()
        spent.append(time.thread_time() - start)
    assert max(spent) < 0.1
    settle(qtbot, window.tasks)


def test_a_filter_is_kept_under_a_name_and_shown_again(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    made = [cases.register(station, intake=wage_intake()).case for _ in range(3)]
    cases.step(station, case=made[1], verb="accept")
    enter().desk.go("cases")
    settle(qtbot, window.tasks)
    page = window.findChild(CasesPage)
    page.states.setCurrentIndex(page._place_of(("accepted",)))
    page.colours.setCurrentIndex(page.colours.findData("amber"))
    settle(qtbot, window.tasks)
    assert page.model.rowCount() == 1
    page.saved.keep("已受理的黄色预警")
    page._show_saved(Filter())
    settle(qtbot, window.tasks)
    assert page.model.rowCount() == 3
    page.saved.fill()
    page.saved.choices.actions()[0].trigger()
    settle(qtbot, window.tasks)
    assert page.states.currentData() in (("accepted",), ["accepted"])
    assert page.model.rowCount() == 1
    page.saved.drop("已受理的黄色预警")
    settle(qtbot, window.tasks)
    page.saved.fill()
    assert [a.text() for a in page.saved.choices.actions()] == ["保存当前筛选…"]


def test_a_page_that_asks_for_stages_gets_them(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    made = [cases.register(station, intake=wage_intake()).case for _ in range(2)]
    cases.step(station, case=made[0], verb="refuse", reason="已由人民法院受理")
    enter().desk.go("cases", Filter(states=tuple(sorted(OPEN))))
    settle(qtbot, window.tasks)
    assert window.findChild(CasesPage).model.rowCount() == 1
