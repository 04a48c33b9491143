"""The red pen on screen: another wording proposed, shown struck and underlined, taken over with one key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.domain.case import text
from station_app.services import redline
from station_app.services.station import Station
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.agreement.term_dialog import TermDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]
BETTER = "本条改为：公司于2026年12月1日前付清。"


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        once(qtbot, window.tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> AgreementPage:
    case = wage_case(station)
    showcase_agreement(station, case)
    shell = enter()
    shell.desk.go("agreement", case)
    settle(qtbot, window)
    made = shell.pages["agreement"]
    assert isinstance(made, AgreementPage)
    return made


def opened(page: AgreementPage, place: int) -> TermDialog:
    page.wording.edit(page.terms.lines.lines[place])
    return next(d for d in page.findChildren(TermDialog) if d.isVisible())


def test_proposed_shown_and_taken_over_with_one_key(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    before = text(station.case(page.rec).terms[0], "text")
    dialog = opened(page, 0)
    dialog.words.setPlainText(BETTER)
    dialog.propose.click()
    settle(qtbot, window)
    assert "请写明" in dialog.said.text(), "a proposal needs its reason"
    dialog.reason.setPlainText("写明日期")
    dialog.propose.click()
    settle(qtbot, window)
    assert text(station.case(page.rec).terms[0], "text") == before
    assert page.terms.lines.lines[0].note == "1 条修改意见"
    dialog = opened(page, 0)
    (card,) = dialog.cards
    assert "<s>" in card.change.text()
    assert "<u>" in card.change.text()
    assert cut(dialog) == []
    assert nameless(dialog) == []
    card.take.setFocus()
    QTest.keyClick(card.take, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert text(station.case(page.rec).terms[0], "text") == BETTER
    assert page.terms.lines.lines[0].note == "已改写"


def test_left_aside_and_restored(qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station) -> None:
    before = text(station.case(page.rec).terms[0], "text")
    redline.propose(station, case=page.rec, term=station.case(page.rec).terms[0].id, words=BETTER, reason="更清楚")
    page.refresh()
    settle(qtbot, window)
    dialog = opened(page, 0)
    dialog.cards[0].leave.click()
    settle(qtbot, window)
    assert redline.proposals(station.case(page.rec)) == []
    dialog = opened(page, 0)
    dialog.words.setPlainText("另一种写法。")
    dialog.save.click()
    settle(qtbot, window)
    assert text(station.case(page.rec).terms[0], "text") == "另一种写法。"
    dialog = opened(page, 0)
    assert dialog.again.isVisible()
    dialog.again.click()
    settle(qtbot, window)
    assert text(station.case(page.rec).terms[0], "text") == before
