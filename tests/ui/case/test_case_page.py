"""The page of a case as a mediator uses it: next step, dialogs, roster, undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.reading import history
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.tasks import Tasks
from sync.contract.fold import overwrite
from tests.support.stations import wage_intake
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    """A verb, the reading it causes, and the pictures this asks for."""
    for _ in range(4):
        once(qtbot, tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> CasePage:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    made = shell.pages["case"]
    assert isinstance(made, CasePage)
    return made


def dialog(page: CasePage) -> FormDialog:
    (found,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return found


def test_the_next_step_is_the_one_primary_button(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    assert page.next.text() == "受理"
    page.next.click()
    settle(qtbot, window.tasks)
    assert station.case(page.rec).case_state == "accepted"
    assert page.next.text() == "添加调解记录"
    page.next.click()
    shown = dialog(page)
    shown.form.control("session.record").set_value("双方到场，核对工资。")
    shown.store()
    settle(qtbot, window.tasks)
    assert station.case(page.rec).case_state == "mediating"
    assert page.next.text() == "制作调解协议书"


def test_nothing_can_be_pressed_before_the_case_is_read(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    other = cases.register(station, intake=wage_intake("13800138000")).case
    assert page.next.isVisible()
    page.opened(other)
    assert not page.next.isVisible(), "the step of the case before"
    assert not page.more.isEnabled()
    assert page.name.text() == ""
    settle(qtbot, window.tasks)
    assert page.next.isVisible()
    assert page.next.text() == "受理"


def test_a_required_field_keeps_the_dialog_open(qtbot: QtBot, window: MainWindow, page: CasePage) -> None:
    page.next.click()
    settle(qtbot, window.tasks)
    page.next.click()
    shown = dialog(page)
    shown.store()
    assert shown.isVisible()
    assert "▲" in shown.form.boxes["session.record"].error


def test_what_was_done_can_be_taken_back(qtbot: QtBot, window: MainWindow, page: CasePage, station: Station) -> None:
    page.next.click()
    settle(qtbot, window.tasks)
    page.notices._action.click()
    settle(qtbot, window.tasks)
    assert station.case(page.rec).case_state == "registered"
    assert [d.verb for d in history.of_case(station, case=page.rec)][:1] == ["undo"]


def test_a_refusal_asks_for_its_reason(qtbot: QtBot, window: MainWindow, page: CasePage, station: Station) -> None:
    (refuse,) = [a for a in page.menu.actions() if a.text() == "不予受理"]
    refuse.trigger()
    shown = dialog(page)
    shown.store()
    settle(qtbot, window.tasks)
    assert "▲" in shown.said.text(), "E-408"
    shown.form.control("step.reason").set_value("不属于调解范围")
    shown.store()
    settle(qtbot, window.tasks)
    assert text(station.case(page.rec).record, "state_reason") == "不属于调解范围"


def test_two_values_are_shown_and_one_is_taken(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    record = station.case(page.rec).record
    for place in ("甲地", "乙地"):
        with station.write("edit") as tx:
            tx.op("edit", "register", case=page.rec).put(overwrite(record, {"place": place}))
    page.refresh()
    settle(qtbot, window.tasks)
    rivals = page.parts[0]
    assert rivals.isVisibleTo(page)
    acts = [b for b in rivals.findChildren(type(page.next)) if b.text().startswith("采用")]
    acts[-1].click()
    settle(qtbot, window.tasks)
    assert station.case(page.rec).record.conflicts == {}


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(qtbot: QtBot, window: MainWindow, page: CasePage, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle(qtbot, window.tasks)
    assert cut(page) == []
    assert nameless(page) == []
