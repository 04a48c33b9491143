"""F3 and F4 on the page of a new appeal, and where the menu says one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from station_app.domain.case import text
from station_app.domain.intake import phrases
from station_app.services import cases
from station_app.services.local import drafts
from station_app.services.station import Station
from station_app.ui.forms.phrases import Phrases
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake import keeping
from station_app.ui.intake.page import IntakePage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell]) -> IntakePage:
    shell = enter()
    window.activateWindow()
    shell.desk.go("intake")
    settle(qtbot, window.tasks)
    made = shell.pages["intake"]
    assert isinstance(made, IntakePage)
    return made


def focus() -> object:
    return QApplication.focusWidget()


def story(page: IntakePage) -> QPlainTextEdit:
    box = page.more.control("facts.story").editor
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    return box


def commit(box: QPlainTextEdit, words: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(box, event)


def test_f3_asks_who_acts_for_the_party_and_it_is_registered(
    qtbot: QtBot, window: MainWindow, page: IntakePage, station: Station
) -> None:
    page.form.set_values({"facts.summary": "拖欠工资"})
    page.cards[0].form.set_values({"party.name": "田志强"})
    page.cards[1].form.set_values({"party.name": "演示宏川劳务有限公司"})
    page.cards[1].form.focus_on("party.name")
    assert not page.cards[1].agent.isVisible()
    QTest.keyClick(page.cards[1].form.control("party.name").editor, Key.Key_F3)
    settle(qtbot, window.tasks)
    assert page.cards[1].agent.isVisible()
    assert not page.cards[0].agent.isVisible()
    assert page.cards[1].agent.control("agent.name").isAncestorOf(QApplication.focusWidget()) or (
        focus() is page.cards[1].agent.control("agent.name").editor
    )
    page.cards[1].agent.set_values({"agent.phone": "13800000001"})
    page.register.click()
    settle(qtbot, window.tasks)
    assert page.cards[1].agent.boxes["agent.name"].error, "an agent has a name"
    page.cards[1].agent.set_values({"agent.name": "周律", "agent.kind": "lawyer", "agent.authority": "special"})
    page.saver.flush(always=True)
    settle(qtbot, window.tasks)
    kept = drafts.load(station, kind="intake")
    assert kept is not None
    page.begin()
    keeping.put_back(page, kept.data)
    assert page.cards[1].agent.isVisibleTo(page.cards[1]), "a draft brings the agent back"
    page.register.click()
    for _ in range(3):
        settle(qtbot, window.tasks)
    (case,) = [str(r[0]) for r in station.store.reader.execute("SELECT rec FROM case_row")]
    parties = station.case(case).parties
    assert [[text(a, "name") for a in p.agents] for p in parties] == [[], ["周律"]]
    assert text(parties[1].agents[0], "authority") == "special"


def test_a_call_typed_in_a_long_field_becomes_its_phrase(page: IntakePage) -> None:
    """Half-width and full-width semicolon; only what was committed counts; taken out again by one undo."""
    for call in (";fq", "；fq"):
        box = story(page)
        box.clear()
        commit(box, "经协商，")
        commit(box, call)
        fq = next(p for p in phrases.phrases() if p.code == "fq")
        assert box.toPlainText() == "经协商，" + fq.text
        assert box.textCursor().selectedText() == phrases.BLANK, "the first blank is ready to be written over"
        box.undo()
        assert box.toPlainText() in ("经协商，" + call, "经协商，")
    box = story(page)
    box.clear()
    for typed in (";xxxx", "a;f", "；"):
        commit(box, typed)
    assert box.toPlainText() == ";xxxxa;f；"


def test_f4_opens_the_list_and_enter_takes(qtbot: QtBot, window: MainWindow, page: IntakePage) -> None:
    box = story(page)
    QTest.keyClick(box, Key.Key_F4)
    holder = box.findChild(Phrases)
    assert holder is not None
    assert holder.menu is not None
    assert holder.menu.isVisible()
    assert len(holder.menu.actions()) == len(phrases.phrases())
    QTest.keyClick(holder.menu, Key.Key_Down)
    QTest.keyClick(holder.menu, Key.Key_Return)
    settle(qtbot, window.tasks)
    assert box.toPlainText() == phrases.phrases()[1].text
    assert window.focusWidget() is box


def test_phrases_are_as_data_says() -> None:
    """Codes of two to four letters, none twice, none that begins another one: it would be taken too early."""
    found = [p.code for p in phrases.phrases()]
    assert all(2 <= len(code) <= 4 and code.isascii() and code.islower() for code in found)
    assert not [(a, b) for a in found for b in found if a != b and b.startswith(a)]
    assert phrases.called("经协商；gz") is not None
    assert phrases.called("经协商gz") is None


def test_the_menu_says_where_one_is(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()

    def marked() -> list[str]:
        return [key for key, entry in shell.menu.entries.items() if entry.isChecked()]

    for key, argument, entry in (
        ("today", None, ["today"]),
        ("case", case, ["cases"]),
        ("case_papers", (case, ""), ["cases"]),
        ("calendar", None, ["today"]),
        ("meeting", None, ["figures"]),
        ("intake", None, ["cases"]),
        ("settings", None, ["settings"]),
    ):
        shell.go(key, argument)
        settle(qtbot, window.tasks)
        assert marked() == entry, key
    shell.menu.entries.pop("cases").setChecked(False)
    shell.menu.show_page("case")
    assert marked() == [], "no entry of this role: none is marked"
