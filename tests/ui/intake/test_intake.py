"""Writing an appeal down as a user does: typed, checked in place, kept as a draft, registered, found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from station_app.services.local import drafts
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake.page import IntakePage
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter) -> IntakePage:
    shell = enter()
    shell.desk.go("intake")
    settle(qtbot, window.tasks)
    made = shell.pages["intake"]
    assert isinstance(made, IntakePage)
    return made


def write(page: IntakePage, number: str = "45012619890412011X") -> None:
    page.form.control("facts.summary").set_value("拖欠工资，要求付清")
    page.form.set_values({"case.type": "wage_arrears"})
    worker, company = page.cards
    worker.form.set_values({"party.name": "田志强", "identity.id_number": number, "identity.phone": "15026018159"})
    company.form.set_values({"party.name": "演示宏川劳务有限公司", "identity.id_number": "91440311MADEM0002W"})


def test_an_appeal_is_registered_and_accepted(
    qtbot: QtBot, window: MainWindow, page: IntakePage, station: Station
) -> None:
    write(page)
    page.accept.click()
    settle(qtbot, window.tasks)
    (line,) = lists.cases(station)
    assert (line.state, line.applicants, line.type) == ("accepted", "田志强", "wage_arrears")
    view = station.case(line.rec)
    assert [p.identity.get("id_kind") for p in view.parties if p.identity] == ["resident", "uscc"]
    assert drafts.of_user(station) == []
    assert page.cards[0].empty, "the next appeal begins empty"


def test_a_wrong_number_is_said_under_its_field_and_overridden_with_a_reason(
    qtbot: QtBot, window: MainWindow, page: IntakePage, station: Station
) -> None:
    write(page, "450126198904120111")
    page.register.click()
    settle(qtbot, window.tasks)
    box = page.cards[0].form.boxes["identity.id_number"]
    assert "校验" in box.error
    assert lists.count(station) == 0
    assert [d.title for d in drafts.of_user(station)] == ["拖欠工资，要求付清"], "nothing typed is lost"
    page.cards[0].form.control("identity.id_override").set_value("证件核对无误")
    page.register.click()
    settle(qtbot, window.tasks)
    assert lists.count(station) == 1


def test_a_wrong_credit_code_is_judged_as_a_credit_code(qtbot: QtBot, window: MainWindow, page: IntakePage) -> None:
    write(page)
    page.cards[1].form.set_values({"identity.id_number": "91440300MA5EXAMP9X"})
    page.register.click()
    assert "统一社会信用代码" in page.cards[1].form.boxes["identity.id_number"].error


def test_a_draft_comes_back_with_its_parties(
    qtbot: QtBot, window: MainWindow, page: IntakePage, station: Station
) -> None:
    write(page)
    page.saver.flush(always=True)
    settle(qtbot, window.tasks)
    again = IntakePage(page.desk)
    qtbot.addWidget(again)
    again.opened()
    settle(qtbot, window.tasks)
    assert again.form.control("facts.summary").value() == "拖欠工资，要求付清"
    assert [c.form.control("party.name").value() for c in again.cards] == ["田志强", "演示宏川劳务有限公司"]
    assert again.cards[1].kind == "organisation"


def test_a_name_committed_by_an_input_method(qtbot: QtBot, window: MainWindow, page: IntakePage) -> None:
    line = page.cards[0].form.control("party.name").editor
    assert isinstance(line, QLineEdit)
    line.setFocus()
    composing = QInputMethodEvent("tian", [])
    QApplication.sendEvent(line, composing)
    assert line.text() == ""
    commit = QInputMethodEvent("", [])
    commit.setCommitString("田志强")
    QApplication.sendEvent(line, commit)
    assert page.cards[0].form.control("party.name").value() == "田志强"


def test_a_repeated_visitor_is_named(qtbot: QtBot, window: MainWindow, page: IntakePage) -> None:
    write(page)
    page.register.click()
    settle(qtbot, window.tasks)
    card = page.cards[0]
    card.form.set_values({"identity.phone": "15026018159"})
    card.form.control("identity.phone").took()
    settle(qtbot, window.tasks)
    assert "另有 1 件诉求" in card.hint.text()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(qtbot: QtBot, window: MainWindow, page: IntakePage, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle(qtbot, window.tasks)
    assert cut(page) == []
    assert nameless(page) == []


def test_pressed_twice_is_registered_once(qtbot: QtBot, window: MainWindow, page: IntakePage, station: Station) -> None:
    write(page)
    page.accept.click()
    page._register(accept=True)  # as Ctrl+Enter does
    settle(qtbot, window.tasks)
    assert lists.count(station) == 1
    assert page.accept.isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_the_first_error_has_the_caret_and_is_in_sight(
    qtbot: QtBot, window: MainWindow, page: IntakePage, size: tuple[int, int]
) -> None:
    window.resize(*size)
    write(page, "450126198904120111")
    page.register.click()
    settle(qtbot, window.tasks)
    box = page.cards[0].form.boxes["identity.id_number"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert box.isAncestorOf(focus)
    assert box.visibleRegion().boundingRect() == box.rect(), "the field with its sentence, whole"
