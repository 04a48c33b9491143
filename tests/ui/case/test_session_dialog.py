"""The session at the table: a timer, tinted tabs of one side, a draft that outlives a crash."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.local import drafts
from station_app.services.station import Station, User
from station_app.ui.case import acts
from station_app.ui.case.page import CasePage
from station_app.ui.case.session_dialog import SessionDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def opened(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> SessionDialog:
    shell.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    acts.add_session(page)
    settle(qtbot, window.tasks)
    return next(d for d in shell.findChildren(SessionDialog) if d.isVisible())


def accepted(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    return case


def test_record_and_notes_are_kept_apart_and_saved_together(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = accepted(station)
    dialog = opened(qtbot, window, enter(), case)
    assert [dialog.tabs.tabText(n) for n in range(3)] == ["双方", "申请人单独", "被申请人单独"]
    assert "08:52 开始" in dialog.spent.text()
    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.form.set_values({"session.record": "双方到场。"})
    dialog.notes["respondent"].setPlainText("愿意分两期。")
    dialog._stop()
    assert dialog.form.raw()["session.to"] == "2026-11-20 08:52"
    dialog.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    view = station.case(case)
    assert text(view.kind("session")[0], "record") == "双方到场。"
    (note,) = view.kind("private_note")
    assert (text(note, "side"), text(note, "text")) == ("respondent", "愿意分两期。")
    assert drafts.load(station, kind="case", record=case) is None


def test_what_was_typed_comes_back_after_leaving(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = accepted(station)
    dialog = opened(qtbot, window, shell := enter(), case)
    dialog.form.set_values({"session.record": "才写了一半"})
    dialog.notes["applicant"].setPlainText("单独说的话")
    dialog.saver.touch()
    dialog.reject()
    settle(qtbot, window.tasks)
    assert drafts.load(station, kind="case", record=case) is not None
    again = opened(qtbot, window, shell, case)
    assert again.form.raw()["session.record"] == "才写了一半"
    assert again.notes["applicant"].toPlainText() == "单独说的话"
    again.reject()


def test_a_recorder_has_no_such_tabs(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    case = accepted(station)
    station.user = User(station.user.person, "陈晓", ("recorder",))
    dialog = opened(qtbot, window, enter(), case)
    assert dialog.tabs.count() == 1
    dialog.reject()
