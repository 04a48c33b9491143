"""Opening a case with notes of one side is kept; who asks for a colleague's is refused, and that is kept too."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt

from station_app.services import cases, sessions
from station_app.services.local import access
from station_app.services.station import Station, User
from station_app.ui.case.around.access import AccessDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.services.loop.test_private_notes import HELD, SECRET
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


def kept(station: Station, case: str) -> list[tuple[str, str]]:
    return [(e.who, e.act) for e in access.entries(station, case=case)]


def test_opening_and_being_refused_are_kept(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    sessions.record(station, case=case, values={**HELD}, notes={"applicant": SECRET})
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    settle(qtbot, window.tasks)
    assert kept(station, case) == [("李明", "view_closed")]
    page.refresh()
    settle(qtbot, window.tasks)
    assert len(kept(station, case)) == 1, "the same opening"
    me = station.user
    colleague = next(r.id for r in station.store.reference().of_kind("person") if r.id != me.person)
    station.user = User(colleague, "陈晓", me.roles)
    page.refresh()
    settle(qtbot, window.tasks)
    lines = page.records.lines
    row = next(n for n, line in enumerate(lines.lines.lines) if "另有 1 次" in line.text)
    lines.setCurrentIndex(lines.lines.index(row, 0))
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    assert kept(station, case)[0] == ("陈晓", "refuse_closed")
    assert "只有记录人和承办人可以查看" in page.notices.message
    station.user = me
    next(a for a in page.menu.actions() if a.text() == "访问记录").trigger()
    settle(qtbot, window.tasks)
    (dialog,) = page.findChildren(AccessDialog)
    assert [line.tone for line in dialog.list.lines.lines] == ["amber", "none"]
    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.accept()
