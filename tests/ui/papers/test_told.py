"""Before a paper for the court is issued or printed it is said what the court would refuse; a look is one key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QAbstractButton, QMessageBox

from station_app.domain.case import text
from station_app.services import court, terms
from station_app.services.station import Station
from station_app.ui.court.dialog import CourtDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers.page import CasePapersPage
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle as once


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        once(qtbot, window.tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> CasePapersPage:
    """An agreement with two terms nobody may agree on, chosen on its page of papers."""
    case = wage_case(station)
    showcase_agreement(station, case)
    terms.add(station, case=case, words="付清前，工人不得离开深圳。")
    terms.add(station, case=case, words="工人不得上访。")
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    settle(qtbot, window)
    made = shell.pages["case_papers"]
    assert isinstance(made, CasePapersPage)
    place = next(i for i, c in enumerate(made.cards) if c.template == "agreement")
    made.lines.setCurrentIndex(made.lines.lines.index(place, 0))
    settle(qtbot, window)
    return made


def box(page: CasePapersPage) -> QMessageBox:
    return next(b for b in page.findChildren(QMessageBox) if b.isVisible())


def press(made: QMessageBox, words: str) -> None:
    buttons = {b.text(): b for b in made.buttons() if isinstance(b, QAbstractButton)}
    buttons[words].click()


def issued(station: Station, case: str) -> list[str]:
    return [text(p, "template") for p in station.case(case).papers]


def test_it_is_said_before_and_the_parties_may_still_have_their_agreement(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, station: Station
) -> None:
    page.issue.click()
    settle(qtbot, window)
    made = box(page)
    assert made.text() == "法院可能不予受理：2 项"
    assert "不得离开深圳" in made.informativeText()
    assert "不得上访" in made.informativeText()
    assert issued(station, page.rec) == [], "nothing yet"
    press(made, "仍然继续")
    settle(qtbot, window)
    assert issued(station, page.rec) == ["agreement"]
    assert any(text(r, "question") == court.TOLD for r in station.case(page.rec).kind("answer"))


def test_what_it_is_about_is_one_key_away(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, station: Station
) -> None:
    page.issue.click()
    settle(qtbot, window)
    made = box(page)
    default = made.defaultButton()
    assert default is not None
    assert default.text() == "查看并修改"
    press(made, "查看并修改")
    settle(qtbot, window)
    assert any(d.isVisible() for d in page.findChildren(CourtDialog))
    assert issued(station, page.rec) == []


def test_a_sound_agreement_is_issued_at_once(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, station: Station
) -> None:
    for term in [t for t in station.case(page.rec).terms if "不得" in text(t, "text")]:
        terms.remove(station, case=page.rec, term=term.id)
    page.refresh()
    settle(qtbot, window)
    page.issue.click()
    settle(qtbot, window)
    assert [b for b in page.findChildren(QMessageBox) if b.isVisible()] == []
    assert issued(station, page.rec) == ["agreement"]
