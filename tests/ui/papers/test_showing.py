"""F8 and F11: the true pages over the desk and on the whole screen; Ctrl+Enter: issued and printed with one key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from station_app.services import agreements, cases, papers, printing
from station_app.services.cases import Values
from station_app.services.printing import Item, Pace, Port
from station_app.services.station import Station
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.court.dialog import CourtDialog
from station_app.ui.desk import Desk
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers import at_once
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.papers.printing_dialog import PrintDialog
from station_app.ui.papers.showing import ShowPaper
from tests.support.printers import FakePrinter
from tests.support.wages import CONTRACTOR, party_of, showcase_agreement, wage_case
from tests.ui.conftest import in_front, settle
from tests.ui.look import cut, nameless

NAME = "奔图 P3010"
CTRL = Qt.KeyboardModifier.ControlModifier
Enter = Callable[[], Shell]


@pytest.fixture
def shell(enter: Enter) -> Shell:
    return enter()


def rest(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        settle(qtbot, window.tasks)


def opened(shell: Shell, qtbot: QtBot, window: MainWindow, place: str, argument: object) -> QWidget:
    shell.desk.go(place, argument)
    rest(qtbot, window)
    return shell.pages[place]


def shown(page: QWidget) -> ShowPaper:
    return next(d for d in page.findChildren(ShowPaper) if d.isVisible())


def test_the_agreement_is_looked_at_page_by_page(
    qtbot: QtBot, window: MainWindow, shell: Shell, station: Station
) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    page = opened(shell, qtbot, window, "agreement", case)
    assert isinstance(page, AgreementPage)
    QTest.keyClick(page, Qt.Key.Key_F8)
    rest(qtbot, window)
    made = shown(page)
    assert "讨论稿" in made.note.text()
    assert made.preview.pages >= 2
    assert cut(made) == []
    assert nameless(made) == []
    area = made.preview.area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    rest(qtbot, window)
    assert made.preview.page == 2
    assert area.verticalScrollBar().value() == area.verticalScrollBar().minimum(), "a page begins at its head"
    QTest.keyClick(area, Qt.Key.Key_PageUp)
    assert made.preview.page == 1
    QTest.keyClick(made, Qt.Key.Key_F7)
    rest(qtbot, window)
    assert any(d.isVisible() for d in made.findChildren(CourtDialog)), "what a court would refuse, one key away"


def test_what_was_issued_is_shown_as_sealed_and_a_later_change_as_a_draft(
    qtbot: QtBot, window: MainWindow, shell: Shell, station: Station
) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement")
    page = opened(shell, qtbot, window, "agreement", case)
    QTest.keyClick(page, Qt.Key.Key_F8)
    rest(qtbot, window)
    made = shown(page)
    assert "第 1 版" in made.note.text()
    assert made.preview._data == papers.preview(station, case=case, template="agreement", draft=False)
    QTest.keyClick(made, Qt.Key.Key_F8)
    assert not made.isVisible(), "the same key closes it"
    identity = station.case(case).side("applicant")[0].identity
    assert identity is not None
    cases.edit(station, case=case, values={identity.id: {"phone": "13800138000"}}, label="")
    in_front(qtbot, window)
    QTest.keyClick(page, Qt.Key.Key_F8)
    rest(qtbot, window)
    assert "讨论稿" in shown(page).note.text(), "what is printed again would be another version"


def test_parties_see_the_whole_screen_and_no_findings(
    qtbot: QtBot, window: MainWindow, shell: Shell, station: Station
) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    page = opened(shell, qtbot, window, "case", case)
    QTest.keyClick(page, Qt.Key.Key_F11)
    rest(qtbot, window)
    made = shown(page)
    assert made.template == "agreement", "the paper that is due"
    assert made.isFullScreen()
    assert not made.court.isVisible()
    assert not made.note.isVisible()
    QTest.keyClick(made, Qt.Key.Key_F11)
    assert not made.isFullScreen()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_no_case_no_window(qtbot: QtBot, window: MainWindow, shell: Shell) -> None:
    page = shell.page("case")
    shell.stack.setCurrentWidget(page)
    QTest.keyClick(page, Qt.Key.Key_F8)
    assert page.findChildren(ShowPaper) == []


@pytest.mark.usefixtures("two_printers")
def test_one_key_issues_and_prints_a_copy_for_each_party_and_one_more(
    qtbot: QtBot, window: MainWindow, shell: Shell, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wage_case(station, workers=8)
    showcase_like(station, case)
    printing.remember(station, printer=NAME, duplex="long")
    port = FakePrinter()
    _quick(monkeypatch, lambda _name: port)
    page = opened(shell, qtbot, window, "case_papers", (case, ""))
    assert isinstance(page, CasePapersPage)
    assert page.card is not None
    assert page.card.template == "agreement"
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: f"已由“{NAME}”打印" in page.notices.message, timeout=20_000)
    rest(qtbot, window)
    assert station.case(case).paper("agreement") is not None
    card = papers.chosen(station, case=case, template="agreement")
    assert len(port.printed) == card.copies >= len(station.case(case).parties)
    assert [(p.printer, p.copies) for p in printing.printed(station, case=case)] == [(NAME, card.copies)]


@pytest.mark.usefixtures("two_printers")
def test_without_a_printer_the_window_waits(
    qtbot: QtBot, window: MainWindow, shell: Shell, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wage_case(station, workers=8)
    showcase_like(station, case)
    page = opened(shell, qtbot, window, "case_papers", (case, ""))
    assert isinstance(page, CasePapersPage)
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    rest(qtbot, window)
    rest(qtbot, window)
    made = page.printer
    assert made is not None
    assert made.isVisible()
    assert made.job is None
    assert not made.go.isEnabled()
    made.reject()


def showcase_like(station: Station, case: str) -> None:
    """One instalment of everything that is owed."""
    owed = sum(int(str(p.wage.get("owed"))) for p in station.case(case).parties if p.wage is not None)
    grid = agreements.split(station, case=case, totals=[owed])
    common: Values = {
        "payers": [party_of(station, case, CONTRACTOR)],
        "liability": "first",
        "what": "工资",
        "method": "payroll",
    }
    rows = agreements.rows_of(grid, common=common, dues=[{"due": "2026-12-01", "due_rule": "on_date"}])
    agreements.make(station, case=case, values={"confirm": "undecided", "read_mode": "self"}, rows=rows)


def _quick(monkeypatch: pytest.MonkeyPatch, port: Callable[[str], Port]) -> None:
    """The window as always, at a printer that does not keep anybody waiting."""

    def make(parent: QWidget, desk: Desk, *, item: Item) -> PrintDialog:
        made = PrintDialog(parent, desk, item=item, pace=Pace(every=0.005, patience=0.2, grace=0.2))
        made.open_port = port
        return made

    monkeypatch.setattr(at_once, "PrintDialog", make)
