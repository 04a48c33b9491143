"""编号核对 on 数据上传: a number given twice and a lost one are answered there, and the answer can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QPushButton

from station_app.domain.case import text
from station_app.services import cases, papers
from station_app.services.numbering import clashes, questions, unknown
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.number_questions import ReasonDialog
from station_app.ui.pages.travel import TravelPage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


def numbered(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    papers.issue(station, case=case, template="acceptance_register")
    return case


@pytest.fixture
def pair(station: Station) -> tuple[str, str]:
    """Two cases under one number, and one number lost: what a ledger that went back leaves behind."""
    first = numbered(station)
    with station.store.raw_write() as con:
        con.execute("DELETE FROM number")
    second = numbered(station)
    with station.store.raw_write() as con:
        con.execute("UPDATE number SET n = 2, text = replace(text, '0001', '0002')")
    numbered(station)
    with station.store.raw_write() as con:
        con.execute("DELETE FROM number WHERE n = 2")
    station.store.set_settings({"restore.at": "1", "restore.of": "1763601120000", "restore.series": "Q"})
    return first, second


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, station: Station, pair: tuple[str, str], enter: Callable[[], Shell]
) -> TravelPage:
    window.resize(911, 512)
    shell = enter()
    shell.go("travel")
    settle(qtbot, window.tasks)
    found = shell.pages["travel"]
    assert isinstance(found, TravelPage)
    return found


def test_the_menu_counts_what_is_asked(
    qtbot: QtBot, window: MainWindow, station: Station, page: TravelPage, pair: tuple[str, str]
) -> None:
    shell = page.window().findChild(Shell)
    assert shell is not None

    def figure() -> int:
        shell.status.refresh()
        settle(qtbot, window.tasks)
        assert shell.status.state is not None
        return shell.menu.entries["travel"].count - shell.status.state.unsent_cases

    assert (questions.count(station), figure()) == (3, 3), "one number given twice, one lost, papers to compare"
    clashes.renumber(station, case=pair[1], reason="两台电脑曾使用同一字头")
    assert figure() == 2
    unknown.checked(station)
    assert figure() == 1
    station.user = replace(station.user, roles=("recorder",))
    assert questions.count(station) == 0, "who cannot settle it is not asked"


def press(page: TravelPage, words: str) -> None:
    (found,) = [b for b in page.numbers.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(page)]
    found.click()


def dialog(page: TravelPage) -> ReasonDialog:
    (found,) = [d for d in page.numbers.findChildren(ReasonDialog) if d.isVisible()]
    return found


def test_a_case_gets_a_new_number(
    qtbot: QtBot, window: MainWindow, station: Station, page: TravelPage, pair: tuple[str, str]
) -> None:
    assert page.numbers.isVisible()
    assert cut(page) == []
    assert nameless(page) == []
    old = text(station.case(pair[1]).record, "number")
    press(page, "第 2 件改编新号")
    asked = dialog(page)
    asked.ok.click()
    qtbot.waitUntil(asked.error.isVisible, timeout=30_000)
    assert station.case(pair[1]).get("number") == old, "no reason, no change"
    asked._reason.setText("磁盘恢复后重复编号")
    asked.ok.click()
    qtbot.waitUntil(lambda: "改编编号" in window.bar.message, timeout=30_000)
    settle(qtbot, window.tasks)
    assert clashes.clashes(station) == []
    assert station.case(pair[0]).get("number") == old
    assert station.case(pair[1]).get("number") != old
    window.bar.act()
    qtbot.waitUntil(lambda: len(clashes.clashes(station)) == 1, timeout=30_000)


def test_a_lost_number_is_noted(qtbot: QtBot, window: MainWindow, station: Station, page: TravelPage) -> None:
    (gap,) = unknown.gaps(station)
    press(page, "登记去向")
    asked = dialog(page)
    assert asked.number == gap.number
    assert cut(asked) == []
    asked.choices[unknown.VOID].setChecked(True)
    asked._reason.setText("废纸已收回")
    asked.ok.click()
    qtbot.waitUntil(lambda: "登记编号去向" in window.bar.message, timeout=30_000)
    (note,) = unknown.notes(station)
    assert (note.number, note.answer) == (gap.number, unknown.VOID)
    settle(qtbot, window.tasks)
    assert unknown.gaps(station) == []


def test_after_a_restore_a_person_says_that_it_was_compared(
    qtbot: QtBot, window: MainWindow, station: Station, page: TravelPage
) -> None:
    assert unknown.restored(station) is not None
    press(page, "已核对完毕")
    qtbot.waitUntil(lambda: unknown.restored(station) is None, timeout=30_000)
