"""The forms of orders and hand-offs offer units while a name is typed; Enter takes the first, and a line below
makes a unit of a list a direct receiver.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt

from station_app.services import cases
from station_app.services.loop import board, reach
from station_app.services.places import units
from station_app.services.station import Station
from station_app.ui.case.orders import Orders
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.style.tokens import TYPING_MS
from tests.services.test_choosing import LIST
from tests.services.test_units import listed
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.test_orders_page import dialog


def test_an_order_is_given_with_a_few_letters(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell], tmp_path: Path
) -> None:
    units.put(station, listed(station, tmp_path, LIST))
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    next(p for p in page.parts if isinstance(p, Orders)).issue.click()
    made = dialog(shell)

    def choose(path: str, typed: str) -> None:
        line = made.form.boxes[path].control.line
        line.setFocus()
        line.insert(typed)  # as an input method commits it
        line.textEdited.emit(line.text())
        for _ in range(400):
            settle(qtbot, window.tasks)
            if made.units[path].shown:
                break
            time.sleep(TYPING_MS / 1000 / 4)
        qtbot.keyClick(line, Qt.Key.Key_Return)

    choose("order.lead", "qzf")
    assert made.form.control("order.lead").value() == "区住房建设局"
    choose("order.joint", "qrl")
    choose("order.joint", "、某人")
    assert made.form.control("order.joint").value() == ["区人力资源局", "某人民法庭"]
    assert made.isVisible(), "Enter took the unit, it did not close the form"
    made.form.set_values({"order.matter": "派员到场"})
    made.ok.click()
    settle(qtbot, window.tasks)
    (line,) = board.of_case(station, station.case(case))
    assert line.unit == "区住房建设局"
    assert line.record.get("joint") == ["区人力资源局", "某人民法庭"]
    assert not line.record.get("sent_to")


def test_a_unit_of_the_list_is_reached_directly_by_the_line_below_it(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell], tmp_path: Path
) -> None:
    units.put(station, listed(station, tmp_path, LIST))
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    next(p for p in page.parts if isinstance(p, Orders)).issue.click()
    made = dialog(shell)
    line = made.form.boxes["order.lead"].control.line
    line.setFocus()
    line.insert("qzf")
    line.textEdited.emit(line.text())
    for _ in range(400):
        settle(qtbot, window.tasks)
        if made.units["order.lead"].shown:
            break
        time.sleep(TYPING_MS / 1000 / 4)
    results = made.units["order.lead"].results
    assert results is not None
    offered = [str(results.model().index(n, 0).data()) for n in range(results.model().rowCount())]
    assert offered == ["区住房建设局", "区住房建设局：设为直接送达"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(line, key)
    settle(qtbot, window.tasks)
    assert reach.receivers(station) == [("GM-ZJ", "区住房建设局")]
    made.form.set_values({"order.matter": "派员到场"})
    made.ok.click()
    settle(qtbot, window.tasks)
    (found,) = board.of_case(station, station.case(case))
    assert found.record.get("sent_to") == ["GM-ZJ"]
