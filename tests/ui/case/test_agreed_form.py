"""达成协议 with no agreement made here: its form is asked, kept on the case, and refused where law wants writing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.figures import period as periods
from station_app.services import cases, sessions
from station_app.services.figures import ministry
from station_app.services.station import Station
from station_app.ui.case import acts
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from sync.contract.errors import KnownError
from tests.services.test_figures import appeal
from tests.ui.conftest import settle


def test_the_form_is_asked_and_counted(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    case = appeal(station, at="2026-11-10", type="neighbour")
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    acts.step(page, "agree")
    dialog = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    dialog.store()
    settle(qtbot, window.tasks)
    assert station.case(case).case_state == "accepted", "the form is needed"
    dialog.form.set_values({"case.agreement_form": "oral"})
    dialog.store()
    settle(qtbot, window.tasks)
    assert station.case(case).case_state == "agreed"
    whole = ministry.table(station, periods.month(2026, 11))[-1]
    assert (whole.values["oral"], whole.values["written"]) == (1, 0)
    assert whole.differences == []


def test_a_labour_dispute_is_agreed_in_writing(station: Station) -> None:
    case = appeal(station, at="2026-11-10", labour=True)
    with pytest.raises(KnownError, match="E-406"):
        cases.step(station, case=case, verb="agree", extra={"agreement_form": "oral"})
    assert station.case(case).case_state == "accepted"
    cases.step(station, case=case, verb="agree", extra={"agreement_form": "written"})
    assert station.case(case).get("agreement_form") == "written"


def test_reopening_asks_why_and_by_whom(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    case = appeal(station, at="2026-11-10", steps="accept")
    sessions.end(station, case=case, reason="failed")
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    acts.step(page, "reopen")
    dialog = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    dialog.store()
    settle(qtbot, window.tasks)
    assert station.case(case).case_state == "ended", "the reason is needed"
    dialog.form.set_values({"step.reason": "双方同意再次调解", "reopening.asked_by": "田志强"})
    dialog.store()
    settle(qtbot, window.tasks)
    (record,) = station.case(case).kind("reopening")
    assert (record.get("asked_by"), record.get("from")) == ("田志强", "ended")
    assert station.case(case).case_state == "accepted"


def test_a_case_is_said_to_be_difficult_with_the_hint_at_hand(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    case = appeal(station, at="2026-11-10", people=12)
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    act = next(a for a in page.menu.actions() if a.text() == "认定为疑难复杂案件")
    act.trigger()
    settle(qtbot, window.tasks)
    dialog = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    assert dialog.form.check()[0]["case"]["difficult_reason"] == "涉及12人，达到10人", "offered, to be corrected"
    dialog.store()
    settle(qtbot, window.tasks)
    assert station.case(case).get("difficult") is True
    assert ministry.table(station, periods.month(2026, 11))[-1].values["difficult"] == 0, "it is not closed yet"
    next(a for a in page.menu.actions() if a.text() == "取消疑难复杂认定").trigger()
    settle(qtbot, window.tasks)
    assert station.case(case).get("difficult") is False
