"""A case with an issued agreement on its page of papers, and a PC with two printers that are none of this machine's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.services import papers
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers import printing as printers
from station_app.ui.papers.page import CasePapersPage
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle


@pytest.fixture
def two_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own printers are none of ours."""
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    monkeypatch.setattr(printers, "names", lambda queues=(): ["奔图 P3010", "惠普 1020", *queues])
    monkeypatch.setattr(printers, "usual", lambda: "")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> CasePapersPage:
    """The papers of the showcase's case, its agreement issued."""
    case = wage_case(station)
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement")
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    for _ in range(4):
        settle(qtbot, window.tasks)
    made = shell.pages["case_papers"]
    assert isinstance(made, CasePapersPage)
    return made
