"""数据上传: what differs stands side by side, one button takes one value; what was not taken says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QPushButton

from station_app.services import cases
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.services.travel.conflicts import Conflict, Rival, TravelProblem
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.travel import TravelPage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

SENTENCE = "“发生地点”有两处修改：王敏 11-20 10:12 改为 东区；您 11-20 10:05 改为 西区。两者都已保留，请选用。"


@pytest.fixture
def page(
    qtbot: QtBot,
    window: MainWindow,
    station: Station,
    enter: Callable[[], Shell],
    monkeypatch: pytest.MonkeyPatch,
) -> TravelPage:
    case = cases.register(station, intake=wage_intake()).case
    line = lists.cases(station)[0]
    rivals = (
        Rival("00.1", "王敏", 0, False, {"place": "东区"}, "东区"),
        Rival("00.2", "您", 0, True, {"place": "西区"}, "西区"),
    )
    conflict = Conflict(case, line.title, case, "case", "place", "发生地点", rivals, SENTENCE)
    problem = TravelProblem(case, line.title, "00.3", "E-113", 0, "收到的一条记录已保存，暂时无法归入案件。")
    monkeypatch.setattr(syncing, "conflicts", lambda _station, limit=0: [conflict])
    monkeypatch.setattr(syncing, "problems", lambda _station, limit=0: [problem])
    window.resize(911, 512)
    shell = enter()
    shell.go("travel")
    settle(qtbot, window.tasks)
    found = shell.pages["travel"]
    assert isinstance(found, TravelPage)
    return found


def test_both_values_are_shown_and_one_is_taken(
    qtbot: QtBot, window: MainWindow, station: Station, page: TravelPage
) -> None:
    buttons = {b.text(): b for b in page.findChildren(QPushButton) if b.isVisibleTo(page)}
    assert {"采用对方内容：东区", "采用本站内容：西区"} <= set(buttons)
    buttons["采用对方内容：东区"].click()
    qtbot.waitUntil(lambda: "已选用“东区”" in window.bar.message, timeout=30_000)
    assert lists.cases(station)[0].place == "东区"


def test_the_page_is_whole_and_named(page: TravelPage) -> None:
    assert cut(page) == []
    assert nameless(page) == []
    assert [line.text for line in page.problems.lines.lines] == ["收到的一条记录已保存，暂时无法归入案件。"]
    assert page.join.isVisibleTo(page)
    assert not page.now.isVisibleTo(page)


def test_a_round_shows_progress_and_can_be_stopped(page: TravelPage) -> None:
    page._progress((2, 5, 3_400))
    assert page.moved.text() == "已传输 3 KB"
    assert page.bar.isVisibleTo(page)
    assert page.bar.value() == 2
    assert page.stop.isVisibleTo(page)
    page._progress(None)
    assert not page.bar.isVisibleTo(page)
