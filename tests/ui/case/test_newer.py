"""A case with what a later program recorded: the page says so, names its acts as such, and shows the rest."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from station_app.services import cases
from station_app.services.station import Station
from station_app.ui.case.around.newer import Newer
from station_app.ui.case.page import CasePage
from station_app.ui.case.sections import Course
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from sync.contract.canonical import Json
from sync.contract.fold import overwrite
from tests.support.stations import wage_intake
from tests.ui.conftest import settle


def shown(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> CasePage:
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    return page


def test_what_cannot_be_shown_is_counted(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    plain, strange = (cases.register(station, intake=wage_intake()).case for _ in range(2))
    with station.store.write(actor=station.user.person, wall=station.clock.now_ms()) as tx:
        tx.op("walk", "register", case=strange).new("walk", {"day": "2026-11-20", "note": "初次"})
    shell = enter()
    page = shown(qtbot, window, shell, strange)
    (part,) = (p for p in page.parts if isinstance(p, Newer))
    (course,) = (p for p in page.parts if isinstance(p, Course))
    assert part.isVisible()
    assert "有 1 项由较新版本登记，已原样保存，升级后可见" in part.said.text()
    assert course.lines.lines.lines[0].text == "较新版本的办理事项"
    page = shown(qtbot, window, shell, plain)
    assert not part.isVisible()


def test_codes_of_a_later_list_are_shown_as_they_are(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    record = station.case(case).state.records[case]
    later: dict[str, Json] = {"state": "paused", "colour": "violet", "service": "singing", "channel": "balloon"}
    with station.store.write(actor=station.user.person, wall=station.clock.now_ms()) as tx:
        tx.op("edit", "register", case=case).put(overwrite(record, later))
    page = shown(qtbot, window, enter(), case)
    assert "paused" in page.stage.text()
    assert page.seen is not None
    assert page.parts[-1].isVisible()
