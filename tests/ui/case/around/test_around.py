"""On the page of a case: linking, merging and taking back, the copy panel, another service, who is kept hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.cases import Intake, PartyInput
from station_app.services.intake import links, secrecy
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.ui.case.around.copying import CopyPanel
from station_app.ui.case.around.dialog import LinkDialog
from station_app.ui.case.around.hidden import Hidden
from station_app.ui.case.around.links import Links
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake.page import IntakePage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


@pytest.fixture
def pair(station: Station) -> tuple[str, str]:
    """The same matter entered twice."""
    one, two = (cases.register(station, intake=wage_intake()).case for _ in range(2))
    return one, two


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, pair: tuple[str, str], enter: Enter) -> CasePage:
    shell = enter()
    shell.desk.go("case", pair[1])
    settle(qtbot, window.tasks)
    made = shell.pages["case"]
    assert isinstance(made, CasePage)
    return made


def part(page: CasePage) -> Links:
    return next(p for p in page.parts if isinstance(p, Links))


def entry(page: CasePage, title: str) -> None:
    next(a for a in page.menu.actions() if a.text() == title).trigger()


def dialog(page: CasePage, kind: type) -> object:
    return next(d for d in page.findChildren(kind) if d.isVisible())


def test_a_likely_duplicate_is_merged_from_its_line_and_taken_back(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station, pair: tuple[str, str]
) -> None:
    shown = part(page)
    alike, repeat = shown.lines.lines.lines
    assert (alike.key, alike.argument) == ("alike", pair[0])
    assert "同一单位第 2 次" in repeat.text
    assert cut(page) == []
    assert nameless(page) == []
    shown.lines.opened.emit(alike)
    asked = dialog(page, LinkDialog)
    assert isinstance(asked, LinkDialog)
    assert asked.other == pair[0]
    assert cut(asked) == []
    assert nameless(asked) == []
    asked.choices["merge"].setChecked(True)
    asked.reason.setText("重复登记")
    asked.store()
    settle(qtbot, window.tasks)
    assert [line.rec for line in lists.cases(station)] == [pair[0]]
    assert page.stage.text() == "已并入"
    assert not page.next.isVisible(), "the work goes on in the other"
    assert next(line.key for line in shown.lines.lines.lines) == "linked"
    shown.undo.click()
    settle(qtbot, window.tasks)
    assert lists.count(station) == 2
    assert page.next.isVisible()


def test_another_case_is_found_by_typing_and_the_link_taken_out(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station, pair: tuple[str, str]
) -> None:
    other = Intake(
        {}, {"summary": "电梯多次故障"}, [PartyInput({"role": "applicant", "kind": "person", "name": "石来旺"})]
    )
    third = cases.register(station, intake=other).case
    asked = LinkDialog(page, page.desk, case=pair[1])
    asked.open()
    assert not asked.ok.isEnabled()
    asked.typed.setText("石来旺")
    asked._ask()
    settle(qtbot, window.tasks)
    assert asked.other == third
    asked.store()
    settle(qtbot, window.tasks)
    assert [found.case for found in links.of_case(station, station.case(pair[1]))] == [third]
    part(page).away.click()
    settle(qtbot, window.tasks)
    assert links.of_case(station, station.case(third)) == []


def test_the_copy_panel_copies_the_next_field_and_keeps_the_number(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station, pair: tuple[str, str]
) -> None:
    entry(page, "逐项复制到其他系统")
    settle(qtbot, window.tasks)
    panel = dialog(page, CopyPanel)
    assert isinstance(panel, CopyPanel)
    assert panel.sheet is not None
    clipboard = QGuiApplication.clipboard()
    copied = []
    while panel.next.isEnabled():
        panel.copy_next()
        copied.append(clipboard.text())
    assert copied[:2] == ["田志强", "15026018159"]
    assert copied == [line.value for line in panel.sheet.lines if line.value]
    assert nameless(panel) == []
    assert cut(panel) == []
    panel.number.setText("GM202611200088")
    panel.keep.click()
    settle(qtbot, window.tasks)
    assert [line.rec for line in lists.find(station, "0088")] == [pair[1]]
    clipboard.setText(copied[1])
    panel.close()
    QApplication.processEvents()
    assert clipboard.text() == "", "a telephone number does not stay on a shared PC"


def test_the_same_again_begins_with_the_unit_and_no_applicant(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    entry(page, "复制为新登记")
    settle(qtbot, window.tasks)
    assert window.shell is not None
    intake = window.shell.pages["intake"]
    assert isinstance(intake, IntakePage)
    assert [c.form.raw()["party.name"] for c in intake.cards] == ["", "演示宏川劳务有限公司"]
    assert intake.more.raw()["case.place"] == "科学城工地东区"
    intake.cards[0].form.set_values({"party.name": "石来旺"})
    intake.register.click()
    settle(qtbot, window.tasks)
    assert lists.cases(station)[0].title == "石来旺与演示宏川劳务有限公司拖欠农民工工资纠纷"


def test_an_appeal_being_written_is_not_written_over_by_a_sample(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    shell = window.shell
    assert shell is not None
    shell.desk.go("intake")
    settle(qtbot, window.tasks)
    intake = shell.pages["intake"]
    assert isinstance(intake, IntakePage)
    intake.form.control("facts.summary").set_value("正在写的诉求")
    shell.desk.go("case", page.rec)
    settle(qtbot, window.tasks)
    entry(page, "复制为新登记")
    settle(qtbot, window.tasks)
    assert intake.form.raw()["facts.summary"] == "正在写的诉求"
    assert "还没有登记" in window.bar.message


def test_a_case_turns_into_another_service(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station, pair: tuple[str, str]
) -> None:
    entry(page, "转为其他服务")
    asked = dialog(page, FormDialog)
    assert isinstance(asked, FormDialog)
    asked.form.set_values({"case.service": "legal", "step.reason": "当事人只需要咨询"})
    asked.store()
    settle(qtbot, window.tasks)
    assert text(station.case(pair[1]).record, "service") == "legal"
    entry(page, "另开关联诉求")
    asked = dialog(page, FormDialog)
    assert isinstance(asked, FormDialog)
    asked.form.set_values({"case.service": "psych", "facts.summary": "情绪低落"})
    asked.store()
    settle(qtbot, window.tasks)
    assert [found.how for found in links.of_case(station, station.case(pair[1]))] == ["opened"]


def test_who_is_hidden_is_shown_on_demand_only(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    given = wage_intake()
    given.case = {"service": "complaint", "secrecy": "confidential"}
    case = cases.register(station, intake=given).case
    page.desk.go("case", case)
    settle(qtbot, window.tasks)
    hidden = next(p for p in page.parts if isinstance(p, Hidden))
    assert hidden.isVisible()
    assert "田志强" not in page.name.text() + hidden.said.text()
    hidden.look.click()
    settle(qtbot, window.tasks)
    assert "田志强" in hidden.said.text()
    hidden.make_known.click()
    asked = dialog(page, FormDialog)
    assert isinstance(asked, FormDialog)
    asked.form.set_values({"step.reason": "本人书面同意"})
    asked.store()
    settle(qtbot, window.tasks)
    assert not secrecy.is_hidden(station.case(case))
    assert page.name.text().startswith("田志强")
    assert not hidden.isVisible()
