"""A mediator's day at the desk, told in order: drafts, a walk-in, the same matter, a roster, a session, the agreement.

Keys of the walk-in are really sent and counted. Orders from the community, scans, visits and the close of the day have
stories of their own (tests/ui/test_orders_page, papers, rounds).
"""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication

from station_app.domain.case import number, text
from station_app.services import cases
from station_app.services.intake import links
from station_app.services.local import drafts
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.roster import RosterDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake.page import IntakePage
from tests.support.stations import wage_intake
from tests.support.wages import ROSTERS
from tests.ui.conftest import settle
from tests.ui.intake.typing import CTRL, Key, Typist

Enter = Callable[[], Shell]
WALK_IN_KEYS = 60


def test_a_day(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    earlier = cases.register(station, intake=wage_intake()).case
    half_written(station)
    typist = Typist(qtbot, window.tasks)
    shell = enter()
    window.activateWindow()
    shell.header.search.setFocus()
    typist.wait(0.1)
    case = _walk_in(shell, typist, station, earlier)
    _mass(qtbot, window, shell, case)
    _session(qtbot, window, shell, station, case)
    _agreement(qtbot, window, shell, station, case)
    assert consistency.check(station.store) == []


def half_written(station: Station) -> None:
    """Yesterday's form: the caret stood behind the second character."""
    people = [{"party.role": "applicant", "party.kind": "person"},
              {"party.role": "respondent", "party.kind": "organisation"}]  # fmt: skip
    data = {"facts.summary": "拖欠", "case.service": "mediation", "parties": list(people)}
    drafts.save(station, kind="intake", title="拖欠", data=dict(data), caret="facts.summary:2")


def _walk_in(shell: Shell, typist: Typist, station: Station, earlier: str) -> str:
    """08:30 the draft opens where it stood; 08:40 the words, the people; 08:44 the same matter is linked."""
    typist.hit(Key.Key_N, CTRL)
    page = shell.pages["intake"]
    assert isinstance(page, IntakePage)
    assert page.form.raw()["facts.summary"] == "拖欠"
    assert page.form.caret() == "facts.summary:2"
    typist.text("十一月工资八千四百元，要求付清")
    typist.hit(Key.Key_Tab, times=2)
    typist.write("tqnmg")
    typist.hit(Key.Key_Tab, times=3)
    assert page.cards[0].isAncestorOf(QApplication.focusWidget())
    typist.write("tzq")
    typist.hit(Key.Key_Return)
    assert page.cards[0].form.raw()["identity.phone"] == "15026018159"
    while not page.cards[1].isAncestorOf(QApplication.focusWidget()):
        typist.hit(Key.Key_Tab)
    typist.write("yshc")
    typist.hit(Key.Key_Return)
    typist.wait(0.7)
    assert "同一单位第 2 次" in page.cards[1].hint.text()
    assert page.alike.isVisible()
    typist.hit(Key.Key_F6)
    typist.write("2")
    typist.hit(Key.Key_Return, CTRL)
    typist.wait(0.3)
    newest = lists.cases(station)[0]
    assert (newest.state, newest.type) == ("accepted", "wage_arrears")
    assert [found.case for found in links.of_case(station, station.case(newest.rec))] == [earlier]
    print(f"\n[keys] walk-in: {typist.keys} beyond {typist.letters} letters of free text")
    assert typist.keys <= WALK_IN_KEYS
    return newest.rec


def _mass(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> None:
    """09:10 sixteen colleagues: pasted from a spreadsheet, one bad number marked in place and mended."""
    dialog = RosterDialog(window, shell.desk, case=case)
    dialog.open()
    wrong = (ROSTERS / "wages-17.csv").read_text("utf-8-sig").replace("45012619890412011X", "450126198904120111")
    QApplication.clipboard().setText(wrong.replace(",", "\t"))
    dialog.take_clipboard()
    settle(qtbot, window.tasks)
    fault = next(line for line in dialog.faults.lines.lines if line.tone == "red")
    assert dialog.take.text() == "导入 16 人"
    assert isinstance(fault.argument, tuple)
    dialog._typed(*fault.argument, "45012619890412011X")
    settle(qtbot, window.tasks)
    assert "131,460.00" in dialog.sums.text(), "the total of the sheet"
    dialog.take.click()
    settle(qtbot, window.tasks)
    assert len(shell.desk.station.case(case).side("applicant")) == 17


def _session(qtbot: QtBot, window: MainWindow, shell: Shell, station: Station, case: str) -> None:
    """09:30 the next step is the session; its form opens by the one button."""
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    page.next.click()
    (asked,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    asked.form.set_values({"session.record": "双方核对工资，同意分两期付清。", "session.result": "continued"})
    asked.store()
    settle(qtbot, window.tasks)
    assert station.case(case).case_state == "mediating"


def _agreement(qtbot: QtBot, window: MainWindow, shell: Shell, station: Station, case: str) -> None:
    """10:20 two instalments, split by what is owed; the sum is the roster's."""
    shell.desk.go("agreement", case)
    for _ in range(4):
        settle(qtbot, window.tasks)
    page = shell.pages["agreement"]
    assert isinstance(page, AgreementPage)
    payer = station.case(case).side("respondent")[0].id
    page.form.set_values({"obligation.payers": [payer]})
    page.instalments.show_values([7_146_000, 6_000_000], ["2026-12-01", "2026-12-31"])
    page._split("owed")
    for _ in range(4):
        settle(qtbot, window.tasks)
    page.save.click()
    for _ in range(4):
        settle(qtbot, window.tasks)
    view = station.case(case)
    assert number(view.agreement, "total") == 13_146_000
    assert [text(o, "due") for o in view.obligations] == ["2026-12-01", "2026-12-31"]
