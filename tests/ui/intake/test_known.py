"""What the desk knows while an appeal is typed: the same matter, the same unit, the same people; keys counted."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from station_app.services import cases
from station_app.services.intake import links
from station_app.services.local import drafts, settings
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import local
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake.page import IntakePage
from station_app.ui.pages.cases import CasesPage
from station_app.ui.papers import scans_given
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.intake.typing import CTRL, Key, Typist
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]
KNOWN_KEYS = 8
SIMPLE_KEYS = 60


@pytest.fixture
def earlier(station: Station) -> str:
    """A case on record, two days old or not: the clock stands still."""
    return cases.register(station, intake=wage_intake()).case


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, earlier: str, enter: Enter) -> IntakePage:
    shell = enter()
    shell.desk.go("intake")
    settle(qtbot, window.tasks)
    made = shell.pages["intake"]
    assert isinstance(made, IntakePage)
    window.activateWindow()
    made.form.focus_on("facts.summary")
    return made


@pytest.fixture
def typist(qtbot: QtBot, window: MainWindow) -> Typist:
    return Typist(qtbot, window.tasks)


@pytest.mark.parametrize("typed", ["tzq", "011X", "8159", "田志"])
def test_a_known_party_in_eight_keys(page: IntakePage, typist: Typist, station: Station, typed: str) -> None:
    worker = page.cards[0]
    worker.form.focus_on("party.name")
    typist.write(typed)
    assert worker.suggest.shown
    assert worker.suggest.results is not None
    shown = worker.suggest.results.lines.lines[0]
    assert shown.text == "田志强"
    assert "45012619890412011X" not in shown.note, "numbers are masked in a list others can see"
    typist.hit(Key.Key_Return)
    assert typist.keys <= KNOWN_KEYS
    given, errors = worker.input()
    assert errors == []
    assert (given.identity["id_number"], given.identity["phone"]) == ("45012619890412011X", "15026018159")
    assert [entry[2] for entry in local.access_log(station.store)] == ["recall"]


def test_facts_without_a_field_leave_with_the_person_they_came_with(page: IntakePage) -> None:
    worker = page.cards[0]
    known = {"party.name": "田志强", "identity.id_number": "45012619890412011X", "identity.ethnic": "08"}
    worker.fill(dict(known))
    assert worker.input()[0].identity["ethnic"] == "08"
    worker.form.set_values({"party.name": "石来旺", "identity.id_number": None})
    assert "ethnic" not in worker.input()[0].identity, "nothing of one person is kept of another"


def test_the_list_closes_with_esc_and_what_was_typed_stays(page: IntakePage, typist: Typist) -> None:
    worker = page.cards[0]
    worker.form.focus_on("party.name")
    typist.write("tz")
    typist.hit(Key.Key_Escape)
    assert not worker.suggest.shown
    assert worker.form.raw()["party.name"] == "tz"
    assert page.isVisible(), "Esc closed the list, not the page"


def test_the_strip_names_the_earlier_case_and_the_link_is_written(
    page: IntakePage, typist: Typist, station: Station, earlier: str
) -> None:
    page.form.control("facts.summary").set_value("拖欠工资，要求付清")
    page.cards[0].form.set_values({"party.name": "田志强", "identity.id_number": "45012619890412011X"})
    page.cards[1].form.set_values({"party.name": "演示宏川劳务有限公司"})
    page.alike.touch()
    typist.wait(0.6)
    assert page.alike.isVisible()
    assert "疑似重复" in page.alike.title.text()
    assert "证件号码相同" in page.alike.why.text()
    assert cut(page) == []
    assert nameless(page) == []
    field = page.cards[0].form.control("identity.phone").editor
    field.setFocus()
    typist.hit(Key.Key_F6)
    assert QApplication.focusWidget() is page.alike
    typist.write("2")
    assert QApplication.focusWidget() is field, "the caret is where it was"
    assert page.alike.links == [("related", earlier)]
    page.register.click()
    typist.wait(0.1)
    newest = lists.cases(station)[0].rec
    assert [(found.how, found.case) for found in links.of_case(station, station.case(newest))] == [("related", earlier)]
    assert [found.case for found in links.of_case(station, station.case(earlier))] == [newest]


def test_told_apart_is_not_asked_again_and_can_be_taken_back(
    page: IntakePage, typist: Typist, station: Station, earlier: str
) -> None:
    page.form.control("facts.summary").set_value("拖欠工资，要求付清")
    page.cards[0].form.set_values({"party.name": "田志强", "identity.id_number": "45012619890412011X"})
    page.alike.ask()
    typist.wait(0.1)
    page.alike.apart.click()
    page.alike.ask()
    typist.wait(0.1)
    assert page.alike.found == []
    page.alike.undo.click()
    typist.wait(0.1)
    assert [likely.line.rec for likely in page.alike.found] == [earlier]
    page.alike.view.click()
    typist.wait(0.1)
    assert not page.isVisible()
    assert page.cards[0].form.raw()["party.name"] == "田志强", "the appeal being typed is kept"


def test_the_fifth_appeal_against_a_unit_opens_their_list(
    page: IntakePage, typist: Typist, station: Station, window: MainWindow
) -> None:
    for _ in range(3):
        cases.register(station, intake=wage_intake())
    unit = page.cards[1]
    unit.form.set_values({"party.name": "演示宏川劳务有限公司"})
    unit.form.control("party.name").finished.emit()
    typist.wait(0.1)
    assert unit.hint.text() == "同一单位第 5 次被反映（近一年 5 次）"
    unit.look.click()
    typist.wait(0.2)
    assert window.shell is not None
    listed = window.shell.pages["cases"]
    assert isinstance(listed, CasesPage)
    assert listed.model.rowCount() == 4
    assert "演示宏川劳务有限公司" in listed.unpick.text()
    listed.unpick.click()
    typist.wait(0.1)
    assert listed.model.rowCount() == 4


def test_cleared_comes_back(page: IntakePage, typist: Typist, window: MainWindow) -> None:
    page.form.control("facts.summary").set_value("拖欠工资")
    page.cards[0].form.set_values({"party.name": "石来旺"})
    page.throw.click()
    assert page.cards[0].empty
    window.bar.act()
    assert page.form.raw()["facts.summary"] == "拖欠工资"
    assert page.cards[0].form.raw()["party.name"] == "石来旺"


def test_a_simple_appeal_in_sixty_keys_beyond_free_text(page: IntakePage, typist: Typist, station: Station) -> None:
    """Summary, type, a known worker, a new unit, the sum; accepted. Every key is really sent."""
    typist.text("拖欠十一月工资八千四百元，要求付清")
    typist.hit(Key.Key_Tab, times=2)
    typist.write("tqnmg")
    typist.hit(Key.Key_Tab, times=3)
    assert page.cards[0].isAncestorOf(QApplication.focusWidget())
    typist.write("tzq")
    typist.hit(Key.Key_Return)
    _tab_into(page, typist, page.cards[1])
    typist.text("演示晟和建筑工程有限公司")
    for _ in range(20):
        if page.more.control("case.amount").isAncestorOf(QApplication.focusWidget()):
            break
        typist.hit(Key.Key_Tab)
    typist.text("8400")
    typist.hit(Key.Key_Return, CTRL)
    typist.wait(0.2)
    line = lists.cases(station)[0]
    assert (line.state, line.type, line.amount) == ("accepted", "wage_arrears", 840000)
    assert line.title == "田志强与演示晟和建筑工程有限公司拖欠农民工工资纠纷"
    print(f"\n[keys] simple appeal: {typist.keys} beyond {typist.letters} letters of free text")
    assert typist.keys <= SIMPLE_KEYS


def _tab_into(page: IntakePage, typist: Typist, card: object) -> None:
    for _ in range(20):
        focus = QApplication.focusWidget()
        if page.cards[1].form.control("party.name").isAncestorOf(focus) and card is page.cards[1]:
            return
        typist.hit(Key.Key_Tab)
    raise AssertionError("never reached")


def test_a_card_on_the_reader_fills_a_party_and_a_broken_reader_is_one_sentence(
    page: IntakePage, typist: Typist, station: Station
) -> None:
    assert not page.cards[0].card.isVisible(), "no reader is set: everything is typed"
    told = json.dumps({"v": 1, "card": {"name": "石来旺", "number": "45012619890412011X", "address": "演示村1号"}})
    settings.put(station, {"reader.command": shlex.join([sys.executable, "-c", f"print({told!r})"])})
    worker = page.add("applicant")
    assert worker.card.isVisibleTo(worker)
    worker.card.click()
    typist.wait(3)
    given, errors = worker.input()
    assert errors == []
    assert (given.party["name"], given.identity["address"]) == ("石来旺", "演示村1号")
    settings.put(station, {"reader.command": shlex.join([sys.executable, "-c", "raise SystemExit(1)"])})
    worker.card.click()
    typist.wait(3)
    assert "读卡器" in page.notices.message
    assert worker.card.isEnabled()
    assert worker.form.raw()["party.name"] == "石来旺"


def photo(seed: int) -> QImage:
    """No white page: squares of every shade."""
    picture = QImage(200, 120, QImage.Format.Format_RGB32)
    for x in range(200):
        for y in range(120):
            picture.setPixel(x, y, ((x // 10) * (y // 10) * seed * 7919) & 0xFFFFFF)
    return picture


def test_pasted_and_dropped_pictures_become_evidence(page: IntakePage, typist: Typist, station: Station) -> None:
    picture = photo(1)
    QApplication.clipboard().setImage(picture)
    page.pictures.take_clipboard()
    typist.wait(0.2)
    page.pictures.take_clipboard()  # the same once more
    typist.wait(0.2)
    assert len(page.pictures.kept) == 1
    data = QMimeData()
    data.setImageData(photo(2))
    point = page.pictures.rect().center()
    act, press = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.pictures.dropEvent(QDropEvent(point, act, data, press, Qt.KeyboardModifier.NoModifier))
    typist.wait(0.2)
    assert len(page.pictures.kept) == 2
    assert [draft.kind for draft in drafts.of_user(station)] == [], "not among the user's drafts"
    page.form.control("facts.summary").set_value("漏水损坏吊顶")
    page.cards[0].form.set_values({"party.name": "石来旺"})
    page.register.click()
    typist.wait(0.3)
    view = station.case(lists.cases(station)[0].rec)
    assert [r.get("original") for r in view.kind("evidence")] == ["photo", "photo"]
    assert page.pictures.kept == []
    page.pictures.take([Path("/nowhere/a.png")])
    typist.wait(0.2)
    assert page.notices.message, "a file that is not there is said"


def test_a_page_of_the_watched_folder_belongs_to_the_appeal(page: IntakePage, typist: Typist, station: Station) -> None:
    from station_app.store import tray

    picture = scans_given.packed("收图", QImage(60, 60, QImage.Format.Format_RGB32))
    with station.store.raw_write() as con:
        tray.put(con, tray.Waiting(0, "ab" * 32, "IMG_1.png", 1, "E-336", 0, len(picture.data), "png"), picture.data)
    (waits,) = tray.pages(station.store)
    page.pictures._from_folder(waits.id)
    typist.wait(0.2)
    assert [kept.name for kept in page.pictures.kept] == ["IMG_1.png.png"]
    assert tray.pages(station.store) == []
    page.pictures.lines.opened.emit(page.pictures.lines.lines.lines[0])
    typist.wait(0.2)
    assert page.pictures.kept == []
