"""Papers of a case on screen: what is missing, issue, pages as pictures, print to a PDF printer, save, verify."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers import verifying
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.tasks import Tasks
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    """A verb, the reading it causes, and the pictures this asks for."""
    for _ in range(4):
        once(qtbot, tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> CasePapersPage:
    case = wage_case(station)
    showcase_agreement(station, case)
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    settle(qtbot, window.tasks)
    made = shell.pages["case_papers"]
    assert isinstance(made, CasePapersPage)
    return made


def choose(qtbot: QtBot, window: MainWindow, page: CasePapersPage, template: str) -> None:
    place = next(i for i, c in enumerate(page.cards) if c.template == template)
    page.lines.setCurrentIndex(page.lines.lines.index(place, 0))
    settle(qtbot, window.tasks)


def test_issue_then_see_save_and_verify(qtbot: QtBot, window: MainWindow, page: CasePapersPage, tmp_path: Path) -> None:
    choose(qtbot, window, page, "agreement")
    assert page.preview.pages >= 2, "a draft can be looked at before"
    page.issue.click()
    settle(qtbot, window.tasks)
    assert "已出具第 1 版" in page.notices.message
    choose(qtbot, window, page, "agreement")
    assert page.card is not None
    assert page.card.version == 1
    assert not page.issue.isEnabled(), "the same facts are not issued twice"
    assert not page.preview.sheet.pixmap().isNull()
    page.write_file(tmp_path / "a.pdf", page._data)
    verifying.take(page, tmp_path / "a.pdf")
    settle(qtbot, window.tasks)
    assert page.notices.message.endswith("属实")


def test_nothing_of_another_case_can_be_issued_before_it_is_read(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, station: Station
) -> None:
    choose(qtbot, window, page, "agreement")
    other = wage_case(station, workers=8)
    page.opened((other, ""))
    assert page.card is None
    assert not page.issue.isEnabled()
    page._issue()
    settle(qtbot, window.tasks)
    assert station.case(other).papers == []
    assert page.card is not None


def test_pages_turn(qtbot: QtBot, window: MainWindow, page: CasePapersPage) -> None:
    choose(qtbot, window, page, "agreement")
    page.preview.after.click()
    settle(qtbot, window.tasks)
    assert page.preview.page == 2
    assert "第 2 页" in page.preview.where.text()


def test_what_is_missing_is_named(qtbot: QtBot, window: MainWindow, page: CasePapersPage) -> None:
    choose(qtbot, window, page, "representatives")
    assert page.lacks.text().startswith("待补充：")
    assert not page.issue.isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(qtbot, window.tasks)
    assert cut(page) == []
    assert nameless(page) == []
