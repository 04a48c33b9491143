"""Pages with long names, many people, large sums and nothing at all: what counts stays whole, and empty says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QTableView

from station_app.services import cases
from station_app.services.cases import Intake, PartyInput
from station_app.services.reading import browse
from station_app.services.reading.browse import PaperLine
from station_app.services.station import Station
from station_app.ui.agreement.instalments import Instalments
from station_app.ui.case.page import CasePage
from station_app.ui.case.sections import Parties
from station_app.ui.forms.controls.ticks import CodesControl
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.pages.papers import PapersPage
from station_app.ui.papers.page import CasePapersPage
from tests.ui.conftest import settle
from tests.ui.look import cut

Enter = Callable[[], Shell]
NAME = "阿卜杜热合曼·麦麦提吐尔逊·尼亚孜·阿卜力米提·玉苏普江·艾合买提·库尔班江"
COMPANY = "深圳市光明区演示科学城第二期综合开发及配套基础设施建设工程项目总承包联合体建筑工程有限责任公司凤凰分公司"
SUM = 123_456_789_012
NARROW = (911, 512)
"""1366 x 768 at 150 %."""


@pytest.fixture
def crowded(station: Station) -> str:
    """65 workers, the first with the longest name, against a company whose name fills a line."""
    people = [PartyInput({"role": "applicant", "kind": "person", "name": NAME}, {"phone": "15026018159"})]
    people += [PartyInput({"role": "applicant", "kind": "person", "name": f"演示工人{n}"}, {}) for n in range(64)]
    company = PartyInput({"role": "respondent", "kind": "organisation", "name": COMPANY}, {})
    values = {"type": "wage_arrears", "labour": True, "amount": SUM}
    given = Intake(dict(values), {"summary": "拖欠工资，要求付清" * 8, "story": "情况。" * 200}, [*people, company])
    case = cases.register(station, intake=given).case
    cases.step(station, case=case, verb="accept")
    return case


@pytest.mark.parametrize("size", [NARROW, (1366, 768)])
@pytest.mark.parametrize("key", ["case", "agreement", "case_papers"])
def test_long_names_and_many_people_cut_nothing(
    qtbot: QtBot, window: MainWindow, crowded: str, enter: Enter, key: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    shell = enter()
    shell.desk.go(key, (crowded, "") if key == "case_papers" else crowded)
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert cut(shell) == []


def test_whoever_is_in_a_long_list_can_be_reached(
    qtbot: QtBot, window: MainWindow, crowded: str, enter: Enter, station: Station
) -> None:
    shell = enter()
    shell.desk.go("case", crowded)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    part = next(p for p in page.parts if isinstance(p, Parties))
    assert (part.lines.lines.rowCount(), part.rest.text()) == (60, "显示其余 6 项")
    part.rest.click()
    assert part.lines.lines.rowCount() == 66
    assert not part.rest.isVisibleTo(page)
    page.refresh()
    settle(qtbot, window.tasks)
    assert part.lines.lines.rowCount() == 66, "reading the case anew does not fold it again"


def whole(table: QTableView, row: int, column: int) -> bool:
    """Whether a cell shows all of its words."""
    words = str(table.model().index(row, column).data())
    return table.fontMetrics().horizontalAdvance(words) + 12 <= table.columnWidth(column)


@pytest.mark.parametrize("size", [NARROW, (1366, 768)])
def test_a_sum_is_never_cut(
    qtbot: QtBot, window: MainWindow, crowded: str, enter: Enter, size: tuple[int, int]
) -> None:
    window.resize(*size)
    shell = enter()
    shell.go("cases")
    settle(qtbot, window.tasks)
    page = shell.pages["cases"]
    assert isinstance(page, CasesPage)
    assert page.model.index(0, 4).data() == "1,234,567,890.12"
    assert whole(page.table, 0, 4)


@pytest.mark.parametrize("size", [NARROW, (1366, 768)])
def test_the_number_of_a_paper_is_never_cut(
    qtbot: QtBot, window: MainWindow, enter: Enter, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = "（2026）光凤东坑人调字第A0012号"
    paper = PaperLine("1", "2", COMPANY, "agreement", "人民调解协议书", number, 1, 2, "issued", 0)
    monkeypatch.setattr(browse, "papers", lambda *_a, **_k: [paper])
    window.resize(*size)
    shell = enter()
    shell.go("papers")
    settle(qtbot, window.tasks)
    page = shell.pages["papers"]
    assert isinstance(page, PapersPage)
    assert whole(page.table, 0, 1)


def test_an_empty_list_says_why(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    shell = enter()
    shell.go("cases")
    settle(qtbot, window.tasks)
    page = shell.pages["cases"]
    assert isinstance(page, CasesPage)
    assert page.empty.text().startswith("还没有诉求。按“新登记”（Ctrl+N）")
    assert not page.table.isVisibleTo(page)
    assert not page.print.isVisibleTo(page), "a button that can do nothing is not offered"
    page.bin.setChecked(True)
    settle(qtbot, window.tasks)
    assert page.empty.text() == "回收站是空的。"
    page.bin.setChecked(False)
    cases.register(station, intake=Intake({}, {"summary": "第一件"}, []))
    page.model.refresh()
    settle(qtbot, window.tasks)
    assert page.table.isVisibleTo(page)
    assert not page.empty.isVisibleTo(page)
    page.typed.setText("没有这样的人")
    qtbot.waitUntil(lambda: page.empty.text() == "没有符合条件的诉求。", timeout=10_000)


def test_boxes_to_tick_stand_in_as_many_columns_as_fit(qtbot: QtBot) -> None:
    control = CodesControl([("a", COMPANY), ("b", "王三"), ("c", "李四")])
    qtbot.addWidget(control)
    control.resize(420, 200)
    control.show()
    long, short = control._boxes["a"], control._boxes["b"]
    qtbot.waitUntil(lambda: long.x() == short.x() and long.y() < short.y(), timeout=5000)
    assert long.text().endswith("…")
    assert long.toolTip() == long.accessibleName() == COMPANY
    control.set_choices([("a", "张三"), ("b", "王三"), ("c", "李四")])
    qtbot.waitUntil(lambda: control._boxes["a"].y() == control._boxes["c"].y(), timeout=5000)
    assert control._boxes["a"].text() == "张三"
    assert control._boxes["a"].toolTip() == ""


def test_instalments_count_from_one_and_the_last_one_stays(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    made = Instalments(enter().desk)
    qtbot.addWidget(made)
    made.show_values([100, 200, 300], ["", "", ""])
    made._lines[0].remove.click()
    assert [line.number.text() for line in made._lines] == ["第 1 期", "第 2 期"]
    made._lines[0].remove.click()
    assert not made._lines[0].remove.isVisibleTo(made)
    made.add()
    assert made._lines[0].remove.isVisibleTo(made)
    made.set_read_only(True)
    assert not any(line.remove.isVisibleTo(made) for line in made._lines)
    box = made.forms[0].boxes["obligation.amount"]
    assert not box._must.isVisibleTo(box), "nothing must be filled in where nothing can be"


def test_what_cannot_be_pressed_says_why(
    qtbot: QtBot, window: MainWindow, station: Station, crowded: str, enter: Enter
) -> None:
    shell = enter()
    shell.desk.go("case_papers", (crowded, ""))
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    page = shell.pages["case_papers"]
    assert isinstance(page, CasePapersPage)
    place = next(n for n, c in enumerate(page.cards) if c.template == "agreement")
    page.lines.setCurrentIndex(page.lines.lines.index(place, 0))
    settle(qtbot, window.tasks)
    assert page.of.words.endswith("拖欠农民工工资纠纷"), "whose papers these are stands above them"
    assert not page.issue.isEnabled()
    assert page.issue.toolTip().startswith("待补充：")
    assert page.void.toolTip() == page.void.accessibleDescription() == "只有已出具、尚未签署的文书可以作废"
    place = next(n for n, c in enumerate(page.cards) if not c.missing)
    page.lines.setCurrentIndex(page.lines.lines.index(place, 0))
    settle(qtbot, window.tasks)
    assert page.issue.isEnabled()
    assert page.issue.toolTip() == ""
