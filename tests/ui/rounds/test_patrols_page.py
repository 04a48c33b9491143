"""排查记录: a round typed in, its findings dealt with or turned into an appeal with one key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services.figures import issued
from station_app.services.rounds import patrols
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.rounds.patrols import PatrolsPage
from tests.services.rounds.test_patrols import FOUND, ROUND
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def opened(qtbot: QtBot, window: MainWindow, shell: Shell) -> PatrolsPage:
    shell.go("patrols")
    settle(qtbot, window.tasks)
    page = shell.pages["patrols"]
    assert isinstance(page, PatrolsPage)
    return page


def dialog(shell: Shell) -> FormDialog:
    return next(d for d in shell.findChildren(FormDialog) if d.isVisible())


def test_a_round_is_typed_in_with_a_line_for_each_finding(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    page = opened(qtbot, window, shell := enter())
    assert page.empty.isVisibleTo(page)
    page.new.click()
    form = dialog(shell)
    form.form.set_values({"patrol.place": "科学城工地生活区", "round.found": "三号楼欠薪苗头\n\n公示栏过期"})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    (made,) = patrols.rounds(station)
    assert [text(f, "text") for f in made.findings] == ["三号楼欠薪苗头", "公示栏过期"]
    assert page.lines.lines.rowCount() == 1
    assert "待处理 2 项" in page.lines.lines.lines[0].note


def test_a_finding_becomes_an_appeal_and_the_desk_goes_there(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    _, first, second = patrols.record(station, values=ROUND, findings=FOUND).ids
    page = opened(qtbot, window, shell := enter())
    page.acts[f"appeal:{first}"]()
    form = dialog(shell)
    assert form.form.raw()["facts.summary"] == FOUND[0]["text"]
    form.form.set_values({"applicant.name": "田志强", "case.type": "wage_arrears"})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    case = shell.pages["case"]
    assert isinstance(case, CasePage)
    assert text(station.case(case.rec).record, "finding") == first
    page = opened(qtbot, window, shell)
    assert f"open:{first}" in page.acts
    page.acts[f"settle:{second}"]()
    form = dialog(shell)
    form.ok.click()
    assert form.form.boxes["finding.result"].error
    form.form.set_values({"finding.result": "已更换公示内容"})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert patrols.rounds(station)[0].open == 0


def test_a_persons_number_is_refused_in_words(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    page = opened(qtbot, window, shell := enter())
    page.open_new()
    form = dialog(shell)
    form.form.set_values({"patrol.place": "东区", "round.found": "工友电话15026018159"})
    form.ok.click()
    settle(qtbot, window.tasks)
    assert form.isVisible()
    assert "号码" in form.said.text()
    form.reject()
    assert patrols.rounds(station) == []


@pytest.mark.parametrize("width", [1366, 911])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, width: int
) -> None:
    _, first, _ = patrols.record(station, values=ROUND, findings=FOUND).ids
    patrols.settle(station, finding=first, result="已督促")
    window.resize(width, 700)
    page = opened(qtbot, window, enter())
    settle(qtbot, window.tasks)
    assert cut(page) == []
    assert nameless(page) == []


def test_the_register_of_the_month_is_looked_at_and_issued(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    patrols.record(station, values=ROUND, findings=FOUND)
    page = opened(qtbot, window, shell := enter())
    page.sheet.click()
    settle(qtbot, window.tasks)
    sheet = next(d for d in shell.findChildren(SheetDialog) if d.isVisible())
    assert sheet.name == "矛盾纠纷排查登记表（2026年11月）"
    assert any("发现问题2项" in block for block in sheet.made.text)
    sheet.issue.click()
    settle(qtbot, window.tasks)
    (told,) = issued.listed(station)
    assert (told.title, told.period) == ("矛盾纠纷排查登记表", "2026年11月1日至2026年11月30日")
    sheet.reject()
