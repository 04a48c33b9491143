"""The first page tells of warnings that wait for a second person, of limits passed, and where the queue goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt

from station_app.services import agreements, cases
from station_app.services.loop import colours
from station_app.services.review import queue
from station_app.services.station import Station
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.today import TodayPage
from tests.services.loop.test_attention import with_limits
from tests.services.test_figures import appeal
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def today(qtbot: QtBot, window: MainWindow, shell: Shell) -> TodayPage:
    shell.desk.go("today")
    settle(qtbot, window.tasks)
    page = shell.pages["today"]
    assert isinstance(page, TodayPage)
    page.refresh()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    return page


def test_a_second_opinion_and_a_limit_passed_stand_on_the_first_page(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_limits(monkeypatch, accept=2)
    late = appeal(station, at="2026-11-12", steps="")
    case = appeal(station, at="2026-11-10")
    colours.raise_(station, case=case, to="red", reason="扬言堵门")
    colours.ask_lower(station, case=case, to="amber", reason="已当面稳控")
    page = today(qtbot, window, shell := enter())
    (over,) = page.firsts.view.lines.lines
    assert (over.argument, over.tone) == (late, "red")
    assert "受理超时 189 小时" in over.note
    (second,) = page.second.view.lines.lines
    assert second.text.endswith("：已当面稳控")
    assert second.note == "由他人复核"
    due = shell.menu.entries["today"].count
    assert due == 1, "the limit that passed; the warning is judged by somebody else"
    record = next(r for r in station.store.reference().of_kind("person") if r.id != station.user.person)
    me, station.user = station.user, replace(station.user, person=record.id)
    page.refresh()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert shell.menu.entries["today"].count == due + 1
    station.user = me
    assert cut(page) == []
    assert nameless(page) == []
    qtbot.keyClick(page.second.view, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    opened = shell.pages["case"]
    assert isinstance(opened, CasePage)
    assert opened.rec == case


def test_the_review_queue_goes_on_with_enter(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2, 3):
        case = appeal(station, at=f"2026-11-{day:02d}")
        cases.step(station, case=case, verb="mediate")
        agreements.make(station, case=case)
    whole = queue.page
    monkeypatch.setattr(queue, "page", lambda s, *, before=0, text="": whole(s, before=before, text=text, most=2))
    station.user = type(station.user)(station.user.person, station.user.name, ("mediator", "consultant"))
    page = today(qtbot, window, enter())
    lines = page.review.view.lines.lines
    assert len(lines) == 3
    assert lines[-1].text == "另有 1 件在办案件未查看，回车继续查看"
    page.review.view.opened.emit(lines[-1])
    settle(qtbot, window.tasks)
    assert [line.key for line in page.review.view.lines.lines] == ["agreement"] * 3
