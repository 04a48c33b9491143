"""The secretary's day (peers 2.4): the board in the morning, red cases with their reasons, an order from a case, who is
late, the chase, the rating, the weekly meeting, the figures; and what a secretary may not do is not offered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.services import cases
from station_app.services.loop import board, orders
from station_app.services.meeting import decisions
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.orders import LoopCard, Orders
from station_app.ui.case.page import CasePage
from station_app.ui.case.sections import Facts
from station_app.ui.desk import Page
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.pages.orders import OrdersPage
from station_app.ui.pages.today import TodayPage
from station_app.ui.reports.figures import FiguresPage
from station_app.ui.reports.meeting import MeetingPage
from station_app.ui.rounds.calendar import CalendarPage
from station_app.ui.rounds.patrols import PatrolsPage
from tests.services.test_meeting import DECISION
from tests.support.stations import wage_intake
from tests.ui.days.hands import Hands

Enter = Callable[[], Shell]
P = TypeVar("P", bound=Page)
MOST_KEYS = 20
"""Keys to give an order from an open case beyond the words of the matter and the unit."""


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow) -> Hands:
    return Hands(qtbot, window)


@pytest.fixture
def red(station: Station) -> str:
    """A case of thirty-two people, as the mediator took it in."""
    intake = wage_intake()
    intake.case["people"] = 32
    case = cases.register(station, intake=intake).case
    cases.step(station, case=case, verb="accept")
    return case


@pytest.fixture
def shell(enter: Enter, station: Station, hands: Hands, red: str, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The secretary sits down; the platform has confirmed what was sent."""
    monkeypatch.setattr(board, "confirmed_of", lambda _station, recs: set(recs))
    monkeypatch.setattr(orders, "confirmed", lambda _station, _rec: True)
    station.user = replace(station.user, roles=("secretary",))
    made = enter()
    hands.rest()
    return made


def clock(station: Station, day: int, hour: int) -> None:
    station.clock = FixedClock(datetime(2026, 11, day, hour, 0, tzinfo=SHANGHAI))


def page_of(shell: Shell, hands: Hands, key: str, kind: type[P], argument: object = None) -> P:
    shell.go(key, argument)
    hands.rest()
    page = shell.pages[key]
    assert isinstance(page, kind)
    return page


def dialog(shell: Shell) -> FormDialog:
    return next(d for d in shell.findChildren(FormDialog) if d.isVisible())


def test_a_day_of_the_secretary(shell: Shell, station: Station, hands: Hands, red: str) -> None:
    # 08:30 the red cases, each with its reason in words
    listed = page_of(shell, hands, "cases", CasesPage, Filter(colour="red"))
    assert listed.model.rowCount() == 1
    case = page_of(shell, hands, "case", CasePage, red)
    facts = next(p for p in case.parts if isinstance(p, Facts))
    assert "红色预警" in facts.colour.text()
    offered = {action.text() for action in case.menu.actions()}
    assert not {"达成协议", "开始调解", "受理", "终止调解"} & offered, "a secretary does not mediate"
    assert "调整承办人" in offered

    # 08:40 an order from the case: place, people, issuer and limits are filled in
    card = next(p for p in case.parts if isinstance(p, Orders))
    before = hands.keys
    hands.sit(card.issue)
    hands.press(card.issue, Qt.Key.Key_Space)
    form = dialog(shell)
    assert form.form.raw()["order.place"] == "科学城工地东区"
    form.form.set_values({"order.lead": "区住房建设局", "order.matter": "派员到场核实欠薪"})
    form.form.set_values({"order.report_by": "2026-11-20T10:00", "order.resolve_by": "2026-11-20T18:00"})
    hands.press(form, Qt.Key.Key_Return)
    assert hands.keys - before <= MOST_KEYS
    (line,) = board.lines(station)
    assert text(line.record, "report_by") == "2026-11-20T10:00"

    # 11:00 who owes what: the order is late, first on the first page and on the board
    clock(station, 20, 11)
    today = page_of(shell, hands, "today", TodayPage)
    (late,) = today.loop.view.lines.lines
    assert (late.tone, "超时" in late.note, "区住房建设局" in late.text) == ("red", True, True)
    today.loop.view.opened.emit(late)
    hands.rest()
    orders_page = shell.pages["orders"]
    assert isinstance(orders_page, OrdersPage)
    for step, given in (
        ("remind", {"order.remind_reason": "已超过报到时限"}),
        ("raise", {"order.raised_to": "凤凰街道党工委", "order.raise_reason": "督办后仍未到场"}),
    ):
        shown = orders_page.card
        assert isinstance(shown, LoopCard)
        if step not in shown.buttons:
            # the unit works outside the program: what was heard of it is written down here first
            shown.buttons["receive"].click()
            hands.rest()
            shown = orders_page.card
            assert isinstance(shown, LoopCard)
        shown.buttons[step].click()
        hands.rest()
        form = dialog(shell)
        form.form.set_values(given)
        form.ok.click()
        hands.rest()
    order = orders.find(station, red, line.rec)
    assert (text(order, "raised_to"), text(order, "remind_reason")) == ("凤凰街道党工委", "已超过报到时限")

    # 17:00 the result comes in by telephone and is rated
    clock(station, 20, 17)
    order_card = orders_page.card
    assert isinstance(order_card, LoopCard)
    if "receive" in order_card.buttons:
        order_card.buttons["receive"].click()
        hands.rest()
    orders.resolve(station, case=red, rec=line.rec, result="已督促付清工资")
    orders_page.refresh()
    hands.rest()
    order_card = orders_page.card
    assert isinstance(order_card, LoopCard)
    order_card.buttons["rate"].click()
    hands.rest()
    form = dialog(shell)
    form.form.set_values({"order.rating": "4"})
    form.ok.click()
    hands.rest()
    assert text(orders.find(station, red, line.rec), "rating") == "4"

    # next morning: a decision of the meeting is due, and the first page leads to the meeting and the board
    decisions.decide(station, case=red, values={**DECISION, "on": "2026-11-20", "until": "2026-11-21"})
    clock(station, 22, 8)
    today = page_of(shell, hands, "today", TodayPage)
    (due,) = today.decided.view.lines.lines
    assert ("东坑社区工作站" in due.text, "已逾期" in due.note, due.tone, due.key) == (True, True, "red", "meeting")
    for key in ("board", "meeting"):
        today.head.beside[key].click()
        hands.rest()
        assert shell.pages[key].isVisible()

    # the week: meeting sheet, figures whose numbers open their cases, rounds and diary of the community
    page_of(shell, hands, "meeting", MeetingPage)
    figures = page_of(shell, hands, "figures", FiguresPage)
    assert figures.isVisible()
    assert page_of(shell, hands, "calendar", CalendarPage).cards
    rounds = page_of(shell, hands, "patrols", PatrolsPage)
    assert rounds.new.isVisible()
