"""Units noted from the desk, a joint unit that signs for its own part, new orders on the first page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.loop import board, orders, parts, reach
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.orders import OrdersPage
from station_app.ui.pages.today import TodayPage
from sync.contract.fold import overwrite
from tests.services.test_orders import GIVEN
from tests.support.stations import wage_intake
from tests.ui.conftest import settle

Enter = Callable[[], Shell]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform has confirmed everything."""
    monkeypatch.setattr(board, "confirmed_of", lambda _station, recs: set(recs))


def joint(station: Station) -> tuple[str, str]:
    """An order of another station that leads elsewhere and names this one as joint: (case, order)."""
    case = cases.register(station, intake=wage_intake()).case
    rec = orders.issue(station, case=case, values=GIVEN).ids[0]
    with station.write("order") as tx:
        order = station.case(case).state.records[rec]
        own = station.store.setting("station.code")
        tx.op("order", "register", case=case).put(overwrite(order, {"sent_to": ["S9", own], "lead": "区住房建设局"}))
    return case, rec


def test_a_new_order_stands_first_on_the_first_page_and_a_joint_unit_signs(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, sent: None
) -> None:
    case, rec = joint(station)
    shell = enter()
    shell.go("today")
    settle(qtbot, window.tasks)
    page = shell.pages["today"]
    assert isinstance(page, TodayPage)
    (line,) = page.loop.view.lines.lines
    assert (line.tone, "待签收" in line.note) == ("red", True)
    assert shell.menu.entries["orders"].count == 1
    page.loop.view.opened.emit(line)
    settle(qtbot, window.tasks)
    orders_page = shell.pages["orders"]
    assert isinstance(orders_page, OrdersPage)
    assert orders_page.card is not None
    assert list(orders_page.card.buttons) == ["receive"]
    orders_page.card.buttons["receive"].click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    view = station.case(case)
    part = parts.part_of(view, view.state.records[rec], station.store.setting("station.code"))
    assert text(part, "received_by") == "李明"
    assert not view.state.records[rec].get("received_at"), "the leading unit has not signed"
    assert shell.menu.entries["orders"].count == 0
    assert list(orders_page.card.buttons) == ["arrive", "resolve"]


def test_a_unit_is_noted_and_forgotten_from_the_desk(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    shell = enter()
    shell.go("orders")
    settle(qtbot, window.tasks)
    page = shell.pages["orders"]
    assert isinstance(page, OrdersPage)
    for name, known in (("凤凰街道办事处", [("GM-FH", "凤凰街道办事处")]), ("", [])):
        page.units.click()
        form = next(d for d in shell.findChildren(FormDialog) if d.isVisible())
        form.form.set_values({"station.code": "GM-FH", "station.name": name})
        form.ok.click()
        settle(qtbot, window.tasks)
        assert reach.receivers(station) == known
