"""按考勤计算工资 on the desk: a pasted sheet, each formula with its article, rows written; a wrong sheet is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import number
from station_app.services import cases
from station_app.services.station import Station
from station_app.ui.case.attendance import AttendanceDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.sections import Parties
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.services.test_attendance import SHEET
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> AttendanceDialog:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    part = next(p for p in page.parts if isinstance(p, Parties))
    assert part.attendance.isVisibleTo(part)
    part.attendance.click()
    return next(d for d in page.findChildren(AttendanceDialog) if d.isVisible())


def test_a_pasted_sheet_becomes_rows_of_the_case(
    qtbot: QtBot, window: MainWindow, dialog: AttendanceDialog, station: Station
) -> None:
    assert cut(dialog) == []
    assert nameless(dialog) == []
    assert not dialog.take.isEnabled()
    dialog.pasted.setPlainText(SHEET)
    settle(qtbot, window.tasks)
    shown = [str(dialog.model.index(0, c).data()) for c in range(dialog.model.columnCount())]
    assert shown == ["田某", "2.5工日×400.00元", "1,000.00", "100.00", "900.00"]
    assert dialog.sums.text().startswith("2 人，欠发合计 2,040.00 元。依据：保障农民工工资支付条例（2019年）第十一条。")
    assert cut(dialog) == []
    case = dialog._case
    dialog.take.click()
    settle(qtbot, window.tasks)
    owed = {p.name: number(p.wage, "owed") for p in station.case(case).parties}
    assert owed["田某"] == 90_000
    assert owed["覃某"] == 114_000


def test_a_sheet_that_cannot_be_read_is_said_and_nothing_is_written(
    qtbot: QtBot, window: MainWindow, dialog: AttendanceDialog, tmp_path: Path
) -> None:
    dialog.pasted.setPlainText("姓名,天数\n田某,3\n")
    settle(qtbot, window.tasks)
    assert "日工资" in dialog.failure.text()
    assert not dialog.take.isEnabled()
