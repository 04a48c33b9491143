"""日程 and 工作日志: what stands in the diary, who is on duty, what clashes; remarks kept, the page written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.services import cases
from station_app.services.rounds import bookings, daylog, duty
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.today import TodayPage
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.rounds.calendar import CalendarPage
from station_app.ui.rounds.daylog import DayLogPage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def booked(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    for minute, purpose in ((0, "mediation"), (30, "court_video")):
        values = {"purpose": purpose, "at": f"2026-11-20T09:{minute:02}", "place": "三楼调解室"}
        bookings.book(station, case=case, values={**values}, anyway=True)
    return case


def calendar(qtbot: QtBot, window: MainWindow, shell: Shell) -> CalendarPage:
    shell.go("calendar")
    settle(qtbot, window.tasks)
    page = shell.pages["calendar"]
    assert isinstance(page, CalendarPage)
    return page


def dialog(shell: Shell) -> FormDialog:
    return next(d for d in shell.findChildren(FormDialog) if d.isVisible())


def test_a_week_and_a_day_with_what_clashes(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    case = booked(station)
    page = calendar(qtbot, window, shell := enter())
    assert (page.first, list(page.cards)[-1]) == (date(2026, 11, 16), "2026-11-22")
    lines = page.cards["2026-11-20"].lines.lines
    assert [(line.tone, "地点冲突" in line.note) for line in lines] == [("red", True)] * 2
    page.other.click()
    settle(qtbot, window.tasks)
    assert list(page.cards) == ["2026-11-20"]
    page.after.click()
    settle(qtbot, window.tasks)
    assert page.cards["2026-11-21"].lines.lines == []
    page.now.click()
    settle(qtbot, window.tasks)
    page.cards["2026-11-20"].opened.emit(page.cards["2026-11-20"].lines.lines[0])
    settle(qtbot, window.tasks)
    opened = shell.pages["case"]
    assert isinstance(opened, CasePage)
    assert opened.rec == case


def test_a_clash_is_said_in_the_form_and_booked_only_on_purpose(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = booked(station)
    shell = enter()
    shell.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    page.records.open_new("booking")
    form = dialog(shell)
    form.form.set_values({"booking.purpose": "lawyer", "booking.at": "2026-11-20T09:10", "booking.place": "三楼调解室"})
    form.ok.click()
    settle(qtbot, window.tasks)
    assert "已有安排" in form.said.text()
    form.form.set_values({"anyway.yes": True})
    form.ok.click()
    settle(qtbot, window.tasks)
    assert len(station.case(case).kind("booking")) == 3


def test_duty_is_set_for_some_days_and_taken_off(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    page = calendar(qtbot, window, shell := enter())
    page.open_duty()
    form = dialog(shell)
    form.form.set_values({"duty.person": station.user.person, "span.until": "2026-11-21"})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    days = duty.listed(station, "2026-11-20", "2026-11-22")
    assert [(d.day, d.name) for d in days] == [("2026-11-20", "李明"), ("2026-11-21", "李明")]
    page._off(days[0].rec)
    settle(qtbot, window.tasks)
    assert len(duty.listed(station, "2026-11-20", "2026-11-22")) == 1


def test_the_log_keeps_remarks_and_writes_its_page(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, tmp_path: Path
) -> None:
    booked(station)
    shell = enter()
    shell.go("daylog")
    settle(qtbot, window.tasks)
    page = shell.pages["daylog"]
    assert isinstance(page, DayLogPage)
    assert "登记诉求 1" in page.sums.text()
    page.form.set_values({"day_log.text": "空调报修。"})
    page.keep.click()
    settle(qtbot, window.tasks)
    assert daylog.read(station, "2026-11-20").remarks == "空调报修。"
    page.turn(-1)
    settle(qtbot, window.tasks)
    assert page.form.raw()["day_log.text"] in (None, "")
    assert not page.after.isHidden()
    page.turn(5)
    settle(qtbot, window.tasks)
    assert page.day == date(2026, 11, 20), "never beyond today"
    page.sheet.click()
    settle(qtbot, window.tasks)
    sheet = next(d for d in shell.findChildren(SheetDialog) if d.isVisible())
    sheet.write_to(tmp_path / "log.pdf")
    settle(qtbot, window.tasks)
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
    sheet.reject()


@pytest.mark.parametrize("width", [1366, 911])
@pytest.mark.parametrize("key", ["calendar", "daylog"])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, width: int, key: str
) -> None:
    booked(station)
    duty.put(station, day="2026-11-20", person="李明", values={"phone": "0755-27401234"})
    window.resize(width, 700)
    shell = enter()
    shell.go(key)
    settle(qtbot, window.tasks)
    page = shell.pages[key]
    assert cut(page) == []
    assert nameless(page) == []


def test_the_first_page_leads_there(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    shell = enter()
    shell.go("today")
    settle(qtbot, window.tasks)
    page = shell.pages["today"]
    assert isinstance(page, TodayPage)
    for key in ("calendar", "patrols", "daylog"):
        assert page.head.beside[key].isVisibleTo(page)
        page.head.beside[key].click()
        settle(qtbot, window.tasks)
        assert key in shell.pages
