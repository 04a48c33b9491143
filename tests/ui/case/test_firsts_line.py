"""五个第一时间 on the case page: the words, and pausing with a reason and going on from the menu of a step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> CasePage:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    found = shell.pages["case"]
    assert isinstance(found, CasePage)
    return found


def press(page: CasePage, step: int, words: str) -> None:
    action = next(a for a in page.firsts.steps[step].menu().actions() if a.text() == words)
    action.trigger()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_the_line_is_whole(qtbot: QtBot, window: MainWindow, page: CasePage, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle(qtbot, window.tasks)
    said = [step.text() for step in page.firsts.steps]
    assert said[0].startswith("● 发现 ")
    assert said[1:] == ["○ 受理 办理中，时限未设定", "· 化解 未到", "· 确认 未到", "· 反馈 未到"]
    assert cut(page.firsts) == []
    assert nameless(page.firsts) == []
    last = page.firsts.steps[-1]
    assert last.mapTo(page, last.rect().topRight()).x() <= page.width()


def test_a_step_is_paused_with_its_reason_and_goes_on(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    assert [a.text() for a in page.firsts.steps[2].menu().actions()] == ["化解 未到"], "nothing to move yet"
    press(page, 1, "暂停计时")
    made = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    made.ok.click()
    settle(qtbot, window.tasks)
    assert made.form.boxes["first_change.reason"].error
    made.form.set_values({"first_change.from": cases.moment(station), "first_change.reason": "等待补交证件"})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    (record,) = station.case(page.rec).kind("first_change")
    assert text(record, "reason") == "等待补交证件"
    assert page.firsts.steps[1].text() == "◆ 受理 暂停计时"
    assert "等待补交证件" in page.firsts.steps[1].accessibleName()
    press(page, 1, "恢复计时")
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert page.firsts.steps[1].text() == "○ 受理 办理中，时限未设定"
