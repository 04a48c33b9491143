"""社区发令: new orders are unmissable and acknowledged with one click; the case shows each order's line and steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.services import cases
from station_app.services.loop import board, orders
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.orders import Orders
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.orders import OrdersPage
from sync.contract.fold import overwrite
from tests.services.test_orders import GIVEN
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def arrive(station: Station) -> tuple[str, str]:
    """An order of another station that lies here: (case, order)."""
    case = cases.register(station, intake=wage_intake()).case
    rec = orders.issue(station, case=case, values=GIVEN).ids[0]
    with station.write("order") as tx:
        order = station.case(case).state.records[rec]
        own = station.store.setting("station.code")
        tx.op("order", "register", case=case).put(overwrite(order, {"sent_to": [own], "lead": "凤凰街道"}))
    return case, rec


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform has confirmed everything."""
    monkeypatch.setattr(board, "confirmed_of", lambda _station, recs: set(recs))


def board_page(qtbot: QtBot, window: MainWindow, shell: Shell) -> OrdersPage:
    shell.go("orders")
    settle(qtbot, window.tasks)
    page = shell.pages["orders"]
    assert isinstance(page, OrdersPage)
    return page


def dialog(shell: Shell) -> FormDialog:
    return next(d for d in shell.findChildren(FormDialog) if d.isVisible())


def test_a_new_order_is_told_at_log_in_and_acknowledged_with_one_click(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, sent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    flashed: list[object] = []
    monkeypatch.setattr(QApplication, "alert", lambda of, _ms=0: flashed.append(of))
    case, rec = arrive(station)
    shell = enter()
    settle(qtbot, window.tasks)
    assert flashed == [window], "also where another program is in front"
    assert shell.menu.entries["orders"].count == 1
    assert "新的发令" in shell.desk.notices.message
    shell.desk.notices.act()
    settle(qtbot, window.tasks)
    page = shell.pages["orders"]
    assert isinstance(page, OrdersPage)
    assert "1 件" in page.fresh.text()
    assert page.fresh.isVisibleTo(page)
    assert page.card is not None
    assert list(page.card.buttons) == ["receive"]
    page.card.buttons["receive"].click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert text(orders.find(station, case, rec), "received_by") == "李明"
    assert shell.menu.entries["orders"].count == 0
    assert not page.fresh.isVisibleTo(page)
    assert page.card is not None
    assert list(page.card.buttons) == ["arrive", "resolve"]


def test_written_with_no_network_it_reads_waiting(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    orders.issue(station, case=case, values=GIVEN)
    shell = enter()
    page = board_page(qtbot, window, shell)
    (line,) = page.lines.lines.lines
    assert line.note.startswith("待发送")
    assert shell.menu.entries["orders"].count == 0
    assert page.card is not None
    said = " ".join(label.text() for label in page.card.findChildren(type(page.fresh)))
    assert "尚未发送至区住房建设局" in said
    assert "报到时限 11-20 09:22" in said


def test_late_ones_ask_for_the_reason_and_can_be_chased(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, sent: None
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    rec = orders.issue(station, case=case, values=GIVEN).ids[0]
    orders.receive(station, case=case, rec=rec)
    station.clock = FixedClock(datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI))
    shell = enter()
    page = board_page(qtbot, window, shell)
    assert "超时" in page.lines.lines.lines[0].note
    assert page.card is not None
    assert list(page.card.buttons) == ["arrive", "resolve", "remind"]
    page.card.buttons["arrive"].click()
    made = dialog(shell)
    assert cut(made) == []
    made.form.set_values({"order.arrived_by": "陈某", "order.arrived_rank": "科长"})
    made.ok.click()
    settle(qtbot, window.tasks)
    assert "超时原因" in made.said.text()
    made.form.set_values({"order.late_reason": "道路施工"})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert text(orders.find(station, case, rec), "late_reason") == "道路施工"


def test_the_case_gives_orders_and_hands_over(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    part = next(p for p in page.parts if isinstance(p, Orders))
    part.issue.click()
    made = dialog(shell)
    assert made.form.control("order.place").value() == "科学城工地东区"
    assert cut(made) == []
    assert nameless(made) == []
    made.ok.click()
    assert made.form.boxes["order.lead"].error
    made.form.set_values({"order.lead": "区住房建设局", "order.matter": "派员到场", "order.joint": ["区人力资源局"]})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    (card,) = part.cards
    assert list(card.buttons) == ["receive", "withdraw"]
    card.outside.click()
    made = dialog(shell)
    made.form.set_values({"order_outside.unit": "区供电局", "order_outside.contact": "张工"})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    (card,) = part.cards
    assert card._details()[1] == "外单位　区供电局　张工　尚无书面答复"
    part.offer.click()
    made = dialog(shell)
    made.form.set_values({"hand_off.to": "区人民法院", "hand_off.to_kind": "court", "hand_off.reason": "调解不成"})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert len(part.cards) == 2
    part.cards[1].buttons["accept"].click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert "区人民法院" in part.holder.text()
    assert not part.offer.isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, sent: None, size: tuple[int, int]
) -> None:
    window.resize(*size)
    arrive(station)
    case = cases.register(station, intake=wage_intake()).case
    rec = orders.issue(station, case=case, values=GIVEN).ids[0]
    orders.receive(station, case=case, rec=rec)
    shell = enter()
    page = board_page(qtbot, window, shell)
    for row in range(2):
        page.lines.setCurrentIndex(page.lines.lines.index(row, 0))
        settle(qtbot, window.tasks)
        assert cut(page) == []
        assert nameless(page) == []
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    assert cut(shell.pages["case"]) == []
