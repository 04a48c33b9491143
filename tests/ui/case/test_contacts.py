"""联系与回访: one key for a result; what is due stands on the first page and is done from there; the way to an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QLabel

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.services import cases, performance
from station_app.services.loop import contacts
from station_app.services.station import Station
from station_app.ui.case.contacts import Contacts
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.quick import QuickDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.today import TodayPage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def part(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> Contacts:
    shell.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    return next(p for p in page.parts if isinstance(p, Contacts))


def quick(shell: Shell) -> QuickDialog:
    return next(d for d in shell.findChildren(QuickDialog) if d.isVisible())


def accepted(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    return case


def test_a_call_is_kept_with_one_key_and_three_days_open_the_way_to_an_end(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = accepted(station)
    card = part(qtbot, window, shell := enter(), case)
    for day in (20, 21, 22):
        station.clock = FixedClock(datetime(2026, 11, day, 9, 0, tzinfo=SHANGHAI))
        card.call.click()
        form = quick(shell)
        assert list(form.answers) == list(contacts.KEYS)
        form.answers["no_answer"].click()
        settle(qtbot, window.tasks)
        settle(qtbot, window.tasks)
    assert len(station.case(case).kind("contact")) == 3
    assert "有 3 天未能联系上" in card.lines.lines.lines[0].text
    assert "终止调解" in card.lines.lines.lines[0].text
    from station_app.ui.case import acts

    acts.step(card.page, "end")
    form2 = next(d for d in shell.findChildren(FormDialog) if d.isVisible())
    form2.form.set_values({"step.why": "unreachable"})
    form2.ok.click()
    settle(qtbot, window.tasks)
    assert station.case(case).case_state == "ended"


def test_the_number_to_call_stands_beside_whom_it_belongs_to(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = accepted(station)
    card = part(qtbot, window, shell := enter(), case)
    card.call.click()
    made = quick(shell)
    party = made.form.boxes["contact.party"]
    said = next(label for label in party.findChildren(QLabel) if label.text().startswith("联系对象"))
    assert said.text() == "联系对象（没有登记电话）"
    made.form.set_values({"contact.party": station.case(case).side("applicant")[0].id})
    made.form.edited.emit()
    assert said.text() == "联系对象（15026018159）"
    made.reject()


def test_what_is_due_is_done_from_the_first_page(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = accepted(station)
    party = station.case(case).side("respondent")[0].id
    contacts.record(station, case=case, outcome="no_answer", party=party, values={"next_on": "2026-11-22"})
    performance.plan_visit(station, case=case, on="2026-11-22")
    station.clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI))
    shell = enter()
    shell.go("today")
    settle(qtbot, window.tasks)
    page = shell.pages["today"]
    assert isinstance(page, TodayPage)
    lines = page.plans.view.lines.lines
    by_word = {line.text[:3]: line for line in lines}
    assert set(by_word) == {"待联系", "待回访"}
    page.plans.view.opened.emit(by_word["待回访"])
    form = quick(shell)
    assert "田志强 15026018159" in "".join(label.text() for label in form.findChildren(QLabel)), "whom to ring up"
    form.form.set_values({"visit.text": "两期均已到账。"})
    form.answers["full"].click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    (visit,) = station.case(case).kind("visit")
    assert (text(visit, "performed"), text(visit, "text")) == ("full", "两期均已到账。")
    page.plans.view.opened.emit(by_word["待联系"])
    form = quick(shell)
    assert form.form.raw()["contact.party"] == party
    form.answers["reached"].click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert not page.plans.isVisibleTo(page)


def test_nothing_is_cut(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    case = accepted(station)
    performance.plan_visit(station, case=case, on="2026-11-22")
    window.resize(911, 700)
    card = part(qtbot, window, shell := enter(), case)
    card.call.click()
    settle(qtbot, window.tasks)
    assert cut(quick(shell)) == []
    assert nameless(quick(shell)) == []
    quick(shell).reject()
    assert cut(card) == []
