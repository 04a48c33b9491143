"""预警 on the case page: reasons with the place of their words, raised with a reason, lowered by a second person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.cases import Intake
from station_app.services.station import Station, User
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.sections import Facts
from station_app.ui.case.warning import AskedCard, ReasonCard, WarningDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> CasePage:
    story = "没有打架，对方扬言带汽油上门，已报警。"
    case = cases.register(station, intake=Intake({"type": "wage_arrears"}, {"summary": "欠薪", "story": story})).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    found = shell.pages["case"]
    assert isinstance(found, CasePage)
    return found


def opened(qtbot: QtBot, window: MainWindow, page: CasePage) -> WarningDialog:
    facts = next(p for p in page.parts if isinstance(p, Facts))
    facts.colour.click()
    settle(qtbot, window.tasks)
    return next(d for d in page.findChildren(WarningDialog) if d.isVisible())


def asked(dialog: WarningDialog) -> FormDialog:
    return next(d for d in dialog.findChildren(FormDialog) if d.isVisible())


def test_every_reason_is_shown_with_its_words_in_place(qtbot: QtBot, window: MainWindow, page: CasePage) -> None:
    dialog = opened(qtbot, window, page)
    assert dialog.head.text() == "▲ 红色预警"
    cards = [c for c in dialog.findChildren(ReasonCard) if c.isVisible()]
    assert len(cards) == 3
    shown = " ".join(label.text() for label in cards[0].findChildren(type(dialog.head)))
    assert "<u>汽油</u>" in shown
    assert "权重 10" in shown
    assert "打架" not in " ".join(c.accessibleName() for c in cards)
    assert cut(dialog) == []
    assert nameless(dialog) == []
    assert not dialog.take.isVisible()
    assert not dialog.up.isVisible(), "nothing is above red"
    dialog.accept()


def test_one_asks_and_another_agrees(qtbot: QtBot, window: MainWindow, page: CasePage, station: Station) -> None:
    dialog = opened(qtbot, window, page)
    dialog.down.click()
    form = asked(dialog)
    form.form.set_values({"colour_change.to": "amber", "colour_change.reason": "已当面核实"})
    form.ok.click()
    for _ in range(3):
        settle(qtbot, window.tasks)
    card = next(c for c in dialog.findChildren(AskedCard) if c.isVisible())
    assert not card.yes.isVisible(), "the one who asked cannot agree"
    dialog.accept()
    reference = station.store.reference().records.values()
    person = next(r.id for r in reference if r.kind == "person" and r.id != station.user.person)
    page.station.user = User(person, "陈晓", ("mediator",))
    dialog = opened(qtbot, window, page)
    card = next(c for c in dialog.findChildren(AskedCard) if c.isVisible())
    assert cut(dialog) == []
    card.yes.click()
    for _ in range(3):
        settle(qtbot, window.tasks)
    record = station.case(page.rec).record
    assert text(record, "colour") == "amber"
    assert dialog.head.text() == "◆ 黄色预警"
    dialog.accept()


def test_it_is_raised_with_a_reason(qtbot: QtBot, window: MainWindow, page: CasePage, station: Station) -> None:
    case = cases.register(station, intake=Intake({"type": "contract"}, {"summary": "押金未退"})).case
    page.desk.go("case", case)
    settle(qtbot, window.tasks)
    facts = next(p for p in page.parts if isinstance(p, Facts))
    assert facts.colour.text() == "没有预警"
    dialog = opened(qtbot, window, page)
    assert not dialog.down.isVisible()
    dialog.up.click()
    form = asked(dialog)
    form.form.set_values({"colour_change.to": "amber", "colour_change.reason": "多次来访"})
    form.ok.click()
    for _ in range(3):
        settle(qtbot, window.tasks)
    assert text(station.case(case).record, "colour") == "amber"
    assert facts.colour.text() == "◆ 黄色预警 · 查看原因"
    dialog.accept()
