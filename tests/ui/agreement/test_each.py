"""One agreement for each worker from the desk: started, told, stopped and gone on with; nothing is issued twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.services import agreements, papers
from station_app.services.cases import Values
from station_app.services.station import Station
from station_app.ui.agreement.each import EachDialog
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.wages import CONTRACTOR, party_of, wage_case
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(6):
        once(qtbot, window.tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> AgreementPage:
    case = wage_case(station, workers=8)
    showcase_agreement_8(station, case)
    shell = enter()
    shell.desk.go("agreement", case)
    settle(qtbot, window)
    made = shell.pages["agreement"]
    assert isinstance(made, AgreementPage)
    return made


def showcase_agreement_8(station: Station, case: str) -> None:
    """One payment to each of the eight."""
    grid = agreements.split(station, case=case, totals=[18_260_000])
    common: Values = {"payers": [party_of(station, case, CONTRACTOR)], "liability": "first", "what": "工资"}
    dues: list[Values] = [{"due": "2026-12-01", "due_rule": "on_date"}]
    rows = agreements.rows_of(grid, common={**common, "method": "payroll"}, dues=dues)
    agreements.make(station, case=case, rows=rows)


def issued(station: Station, case: str) -> int:
    return len([p for p in station.case(case).papers if p.get("template") == "agreement"])


def test_eight_agreements_are_issued_and_told(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    assert page.signing.each.isVisible()
    dialog = EachDialog(page)
    dialog.open()
    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.go.click()
    qtbot.waitUntil(lambda: "已出具 8 份" in dialog.said.text(), timeout=20_000)
    assert issued(station, page.rec) == 8
    settle(qtbot, window)
    dialog.reject()


def test_stopping_keeps_what_was_issued_and_goes_on(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    dialog = EachDialog(page)
    dialog.open()
    dialog.start()
    dialog._stop()
    qtbot.waitUntil(lambda: "已停止" in dialog.said.text() or "已出具 8 份" in dialog.said.text(), timeout=20_000)
    before = issued(station, page.rec)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.said.text().startswith("已出具 8 份"), timeout=20_000)
    assert issued(station, page.rec) == 8
    assert before <= 8
    settle(qtbot, window)
    dialog.reject()


def test_an_agreement_that_cannot_be_issued_is_said(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    papers.issue(station, case=page.rec, template="agreement")
    dialog = EachDialog(page)
    dialog.open()
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.said.text().startswith("▲"), timeout=10_000)
    settle(qtbot, window)
    dialog.reject()
