"""申请依法删除 on the page of a case: what goes and what stays is said before, and an erased case says so."""

from __future__ import annotations

import json
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from station_app.services import cases
from station_app.services.station import Station, User
from station_app.services.travel import erasing
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def shown(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> CasePage:
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    return page


def press(qtbot: QtBot, window: MainWindow, page: CasePage, title: str) -> None:
    next(a for a in page.menu.actions() if a.text() == title).trigger()
    settle(qtbot, window.tasks)


def test_the_head_asks_and_takes_it_back(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> None:
    station.store.set_settings({"link.key": "00"})
    case = cases.register(station, intake=wage_intake()).case
    page = shown(qtbot, window, enter(), case)
    press(qtbot, window, page, "申请依法删除")
    dialog = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    assert dialog.ok.text() == "提交申请"
    assert "不能恢复" in dialog.remarks.text()
    assert "保留：编号" in dialog.remarks.text()
    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.store()
    assert erasing.asked(station) == [], "a ground and a reason are needed"
    dialog.form.set_values({"erasure_request.ground": "law", "erasure_request.reason": "法院判决要求删除"})
    dialog.store()
    settle(qtbot, window.tasks)
    (asked,) = erasing.asked(station)
    assert (asked.ground, asked.answer) == ("law", "")
    press(qtbot, window, page, "撤回删除申请")
    assert erasing.asked(station) == []


def test_only_the_head_finds_it(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    station.user = User(station.user.person, station.user.name, ("mediator",))
    page = shown(qtbot, window, enter(), case)
    assert "申请依法删除" not in [a.text() for a in page.menu.actions()]


def test_an_erased_case_says_so_and_offers_nothing(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    said = {"case": case, "keeps": [], "at": 1_795_000_000_000, "ground": "law", "authority": "区司法局〔2026〕1号"}
    with station.store.raw_write() as con:
        told = json.dumps({**said, "asked_by": "李明", "by": "周某", "signature": ""})
        con.execute("INSERT INTO erased VALUES(?, ?, ?)", (case, said["at"], told))
    page = shown(qtbot, window, enter(), case)
    assert page.stage.text() == "已依法删除"
    assert "区司法局〔2026〕1号" in page.number.text()
    assert not page.more.isEnabled()
    assert not page.next.isVisible()
    assert not page.papers.isVisible()
