"""居民自助登记 on the desk: the first page counts them, one key makes an appeal, another answers in words."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from station_app.services import cases
from station_app.services.selfentry import appointments, entries
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.today import TodayPage
from station_app.ui.rounds.selfentries import SelfEntriesPage
from sync.contract.canonical import Json
from tests.server.selfentry.sending import photo
from tests.support.letters import arrived, withdrawn
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def opened(qtbot: QtBot, window: MainWindow, shell: Shell) -> SelfEntriesPage:
    shell.go("selfentries")
    settle(qtbot, window.tasks)
    page = shell.pages["selfentries"]
    assert isinstance(page, SelfEntriesPage)
    return page


def today(shell: Shell) -> TodayPage:
    page = shell.pages["today"]
    assert isinstance(page, TodayPage)
    return page


def test_one_key_makes_an_appeal(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    rec = arrived(station, photos=(photo(),), hours=4, what="老板欠我三个月工资", called="王强", phone="13800138000")
    shell = enter()
    section = today(shell).said
    assert section.isVisibleTo(today(shell))
    (line,) = section.view.lines.lines
    assert ("老板欠我三个月工资" in line.text, line.argument) == (True, rec)
    section.view.opened.emit(line)
    settle(qtbot, window.tasks)
    page = shell.pages["selfentries"]
    assert isinstance(page, SelfEntriesPage)
    assert set(page.acts) == {"accept", "decline"}
    assert (nameless(page), cut(page)) == ([], [])
    page._press("accept")
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    case = shell.pages["case"]
    assert isinstance(case, CasePage)
    assert station.case(case.rec).get("entry") == rec
    assert len(station.case(case.rec).kind("evidence")) == 1
    page = opened(qtbot, window, shell)
    assert page.found == []
    assert page.empty.isVisibleTo(page)
    page.every.setChecked(True)
    settle(qtbot, window.tasks)
    assert "open" in page.acts


def test_an_answer_needs_words_that_name_nobody(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    rec = arrived(station, what="隔壁社区的路灯坏了")
    page = opened(qtbot, window, shell := enter())
    page.acts["decline"]()
    form = next(d for d in shell.findChildren(FormDialog) if d.isVisible())
    form.form.set_values({"self_entry.answer": "elsewhere", "self_entry.reason": "请打 13800138000"})
    form.ok.click()
    settle(qtbot, window.tasks)
    assert entries.entry(station, rec).open
    form.form.set_values({"self_entry.reason": "这条路由塘家社区管理，请到塘家社区反映。"})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    done = entries.entry(station, rec)
    assert (done.answer, done.reason) == ("elsewhere", "这条路由塘家社区管理，请到塘家社区反映。")
    assert page.found == []


def test_what_is_not_here_says_why(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    arrived(station, code="A" * 12, here=False, what="还没有传到")
    arrived(station, code="B" * 12, here=False, device="d-" + "0" * 16, what="别的电脑")
    page = opened(qtbot, window, shell := enter())
    assert len(page.found) == 2
    for place in range(2):
        page.lines.setCurrentIndex(page.lines.lines.index(place, 0))
        assert set(page.acts) == {"decline"}
    shell.go("today")
    settle(qtbot, window.tasks)
    assert len(today(shell).said.view.lines.lines) == 2


def test_a_withdrawal_of_a_case_under_way_is_not_missed(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    early, late = arrived(station, code="C" * 12, what="先撤回"), arrived(station, code="D" * 12, what="后撤回")
    case = entries.accept(station, entry=late).case
    withdrawn(station, early)
    withdrawn(station, late)
    page = opened(qtbot, window, shell := enter())
    assert [entry.rec for entry in page.found] == [late]
    assert "open" in page.acts
    shell.go("today")
    settle(qtbot, window.tasks)
    (line,) = today(shell).said.view.lines.lines
    assert "居民要求撤回" in line.note
    cases.step(station, case=case, verb="refuse", reason="not_ours")
    assert entries.attention(station) == []


def test_a_booking_is_shown_to_its_people_by_choice(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    page.records.open_new("booking")
    form = next(d for d in shell.findChildren(FormDialog) if d.isVisible())
    values: dict[str, Json] = {"booking.purpose": "mediation", "booking.at": "2026-11-24T10:00", "told.yes": True}
    form.form.set_values(values)
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    (shown,) = appointments.shown(station, case=case)
    assert (shown.get("at"), shown.get("who")) == ("2026-11-24T10:00", "李明")
    page.records.open_record(str(shown.get("booking")))
    form = next(d for d in shell.findChildren(FormDialog) if d.isVisible())
    form.form.set_values({"told.yes": False})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert appointments.shown(station, case=case) == []
