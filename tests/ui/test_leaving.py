"""离岗交接 from the settings: what goes over is listed first; then the colleague is gone from the log-in."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services.local import login
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.settings import SettingsPage
from station_app.ui.pages.settings_people import PeopleTab
from tests.services.loop.test_succession import case_of, colleague
from tests.ui.conftest import settle


def test_the_cases_are_listed_and_go_over(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]
) -> None:
    leaver = colleague(station)
    case = case_of(station, leaver)
    shell = enter()
    shell.go("settings")
    settle(qtbot, window.tasks)
    page = shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    tab = page.findChild(PeopleTab)
    assert isinstance(tab, PeopleTab)
    tab.refresh()
    settle(qtbot, window.tasks)
    for row in range(tab.list.lines.rowCount()):
        tab.list.setCurrentIndex(tab.list.lines.index(row, 0))
        mine = tab.list.lines.lines[row].argument == station.user.person
        assert tab.leave.isEnabled() is not mine
        if tab.list.lines.lines[row].argument == leaver:
            break
    tab.leave.click()
    settle(qtbot, window.tasks)
    form = next(d for d in shell.findChildren(FormDialog) if d.isVisible())
    form.ok.click()
    assert form.form.boxes["assignment.to"].error
    form.form.set_values({"assignment.to": station.user.person, "assignment.reason": "调离"})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert text(station.case(case).record, "mediator") == station.user.person
    assert leaver not in {u.person for u in login.users(station.store.directory)}
