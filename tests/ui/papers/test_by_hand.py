"""A character no font has: the desk names the person and offers a frame; nothing is issued until it is chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QMessageBox, QPushButton

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers.page import CasePapersPage
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.papers.test_papers_page import choose, settle

NEVER = "\U0003fffd"


@pytest.mark.parametrize("answer", ["留空手写", "cancel"])
def test_the_choice_is_the_persons(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station, answer: str
) -> None:
    case = wage_case(station)
    cases.edit(station, case=case, values={station.case(case).side("applicant")[0].id: {"name": f"田{NEVER}"}})
    showcase_agreement(station, case)
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    settle(qtbot, window.tasks)
    page = shell.pages["case_papers"]
    assert isinstance(page, CasePapersPage)
    choose(qtbot, window, page, "agreement")
    page.issue.click()
    settle(qtbot, window.tasks)
    (box,) = page.findChildren(QMessageBox)
    assert f"“田{NEVER}”中的“{NEVER}”" in box.text()
    assert station.case(case).papers == []
    if answer == "cancel":
        box.reject()
    else:
        next(b for b in box.findChildren(QPushButton) if b.text() == answer).click()
    settle(qtbot, window.tasks)
    issued = [text(p, "by_hand") for p in station.case(case).papers]
    assert issued == ([] if answer == "cancel" else [NEVER])
