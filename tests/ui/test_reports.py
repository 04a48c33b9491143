"""Reports on the desk: the true pages before printing, the table with its red sums, an export that can be ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from station_app.domain.figures import period as periods
from station_app.services.figures import report
from station_app.services.meeting import decisions
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.reports.board import BoardPage
from station_app.ui.reports.figures import FiguresPage
from station_app.ui.reports.issued import IssuedPage
from station_app.ui.reports.meeting import MeetingPage
from station_app.ui.reports.ministry import MinistryPage
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.reports.subsidy import SubsidyPage
from station_app.ui.style import theme
from tests.services.test_board import against
from tests.services.test_figures import agreed, appeal
from tests.services.test_meeting import DECISION
from tests.ui.conftest import settle

Enter = Callable[[], Shell]


def test_the_report_is_seen_before_it_is_saved(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, tmp_path: Path
) -> None:
    appeal(station, at="2026-11-05", steps="accept agree")
    enter().desk.go("figures")
    settle(qtbot, window.tasks)
    page = window.findChild(FiguresPage)
    page.year.setCurrentIndex(page.year.findData(2026))
    page.part.setCurrentIndex(page.part.findText("11月"))
    settle(qtbot, window.tasks)
    page.report.click()
    settle(qtbot, window.tasks)
    dialog = window.findChild(SheetDialog)
    assert dialog.name == "群众诉求服务工作月报（2026年11月）"
    assert dialog.preview.pages == 3
    assert not dialog.preview.sheet.pixmap().isNull()
    dialog.remark.setText("本月工地复工，欠薪集中。")
    qtbot.keyClick(dialog.remark, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    assert dialog.isVisible(), "Enter writes the remark, it closes nothing"
    assert any("本月工地复工" in block for block in dialog.made.text)
    dialog.write_to(tmp_path / "x.pdf")
    settle(qtbot, window.tasks)
    assert (tmp_path / "x.pdf").read_bytes() == dialog.made.pdf
    dialog.write_to(tmp_path / "none" / "x.pdf")
    settle(qtbot, window.tasks)
    assert "E-516" in dialog.state.text() or "x.pdf" in dialog.state.text()
    assert dialog.state.property("tone") == "red"
    dialog.reject()


def test_a_report_is_issued_opened_again_and_made_void(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    appeal(station, at="2026-11-05", steps="accept agree")
    shell = enter()
    shell.desk.go("meeting")
    settle(qtbot, window.tasks)
    window.findChild(MeetingPage).print.click()
    settle(qtbot, window.tasks)
    dialog = window.findChild(SheetDialog)
    assert "编号" not in dialog.made.text[0]
    shown = dialog.preview.sheet.pixmap()
    assert shown.width() <= dialog.preview.area.width() * shown.devicePixelRatio(), "a page across is seen whole"
    assert shown.width() > shown.height()
    dialog.issue.click()
    settle(qtbot, window.tasks)
    assert dialog.made.text[0] == "编号：（2026）A001号"
    assert "（2026）A001号" in dialog.state.text()
    assert not dialog.issue.isVisible(), "issued once"
    kept = dialog.made.pdf
    dialog.reject()
    shell.desk.go("figures")
    settle(qtbot, window.tasks)
    window.findChild(FiguresPage).kept.click()
    settle(qtbot, window.tasks)
    page = window.findChild(IssuedPage)
    assert [line.note for line in page.lines.lines.lines] == ["（2026）A001号"]
    qtbot.keyClick(page.lines, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    assert isinstance(page.dialog, SheetDialog)
    assert page.dialog.made.pdf == kept
    assert not page.dialog.issue.isVisible()
    page.dialog.reject()
    page.void.click()
    assert isinstance(page.dialog, FormDialog)
    page.dialog.form.set_values({"report.void_reason": "议题有遗漏"})
    page.dialog.store()
    settle(qtbot, window.tasks)
    assert page.lines.lines.lines[0].note == "已作废　（2026）A001号"
    assert not page.void.isVisible()


def test_the_table_shows_failing_sums_in_red_and_opens_cases(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    agreed(station, form="oral", fen=100)
    unknown = appeal(station, at="2021-01-05", steps="accept agree")
    shell = enter()
    shell.desk.go("ministry", periods.year_of(2021))
    settle(qtbot, window.tasks)
    page = window.findChild(MinistryPage)
    model = page.model
    line = model.names.index("oral")
    last = model.columnCount() - 1
    cell = model.index(line, last)
    assert cell.data() == "▲ 1"
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == QColor(theme.colours().red)
    assert model.index(model.names.index("total"), last).data() == "2"
    assert page.wrong.isVisible()
    assert not page.agree.isVisible()
    page.table.setCurrentIndex(cell)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    listed = window.findChild(CasesPage)
    assert listed.model.rowCount() == 1
    shell.desk.go("ministry", periods.year_of(2021))
    settle(qtbot, window.tasks)
    page.wrong.opened.emit(page.wrong.lines.lines[-1])
    settle(qtbot, window.tasks)
    assert [listed.model.rec(n) for n in range(listed.model.rowCount())] == [unknown]


def test_the_export_tells_its_progress_and_can_be_ended(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, tmp_path: Path
) -> None:
    appeal(station, at="2026-11-05", steps="accept agree")
    enter().desk.go("figures")
    settle(qtbot, window.tasks)
    page = window.findChild(FiguresPage)
    seen: list[tuple[int, int]] = []

    def sheets(told: report.Progress) -> object:
        def watched(done: int, steps: int) -> bool:
            seen.append((done, steps))
            if done == 3 and wish["stop"]:
                page.exporting._stop = True
            return told(done, steps)

        return report.sheets(station, periods.ALWAYS, progress=watched)

    wish = {"stop": True}
    page.exporting.start(tmp_path / "ended.xlsx", sheets)  # type: ignore[arg-type]  # an iterator of sheets
    assert page.exporting.isVisibleTo(page)
    settle(qtbot, window.tasks)
    assert seen[-1][0] == 3
    assert list(tmp_path.glob("*.xlsx*")) == []
    assert not page.exporting.isVisibleTo(page)
    page.write_to(tmp_path / "whole.xlsx")
    assert not page.save.isEnabled()
    settle(qtbot, window.tasks)
    assert page.save.isEnabled()
    assert openpyxl.load_workbook(tmp_path / "whole.xlsx").sheetnames[0] == "主要指标"


def test_the_meeting_decides_and_follows_up(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> None:
    case = appeal(station, at="2026-11-05", people=32)
    appeal(station, at="2026-11-05", type="wage_arrears")
    shell = enter()
    shell.desk.go("figures")
    settle(qtbot, window.tasks)
    window.findChild(FiguresPage).meeting.click()
    settle(qtbot, window.tasks)
    page = window.findChild(MeetingPage)
    assert page.head.text() == "2026年第47周书记会商"
    assert "▲红色 1 件，◆黄色 1 件" in page.counts.text()
    assert [line.tone for line in page.topics.lines.lines] == ["red", "amber"]
    page.decide.click()
    settle(qtbot, window.tasks)
    dialog = page.dialog
    assert isinstance(dialog, FormDialog)
    given = {"matter": "约谈负责人", "unit": "社区工作站", "until": "2026-11-25", "on": "2026-11-20"}
    dialog.form.set_values({f"decision.{name}": words for name, words in given.items()})
    dialog.store()
    settle(qtbot, window.tasks)
    (record,) = station.case(case).kind("decision")
    assert record.get("matter") == "约谈负责人"
    assert page.follow.isVisible()
    (line,) = page.follow.lines.lines
    assert line.text.startswith("约谈负责人　社区工作站")
    page.follow.opened.emit(line)
    settle(qtbot, window.tasks)
    done = page.dialog
    assert isinstance(done, FormDialog)
    done.form.set_values({"decision.result": "已约谈", "decision.done_on": "2026-11-20"})
    done.store()
    settle(qtbot, window.tasks)
    assert not page.follow.isVisible()
    assert station.case(case).kind("decision")[0].get("result") == "已约谈"


def test_a_class_is_given_and_reviewed_by_another(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    case = agreed(station, form="oral", fen=100)
    shell = enter()
    shell.desk.go("subsidy")
    settle(qtbot, window.tasks)
    page = window.findChild(SubsidyPage)
    assert page.empty.isVisible()
    page.month.addItem("2021年1月", "2021-01")
    page.month.setCurrentIndex(page.month.count() - 1)
    settle(qtbot, window.tasks)
    (line,) = page.lines.lines.lines
    assert line.note == "未定类"
    assert not page.review.isVisible()
    page.grade.click()
    dialog = page.dialog
    assert isinstance(dialog, FormDialog)
    dialog.form.set_values({"grading.grade": "simple", "grading.reason": "事实清楚"})
    dialog.store()
    settle(qtbot, window.tasks)
    assert station.case(case).kind("grading")[0].get("grade") == "simple"
    assert page.lines.lines.lines[0].note == "简易纠纷　待审核"
    page.review.click()
    reviewing = page.dialog
    assert isinstance(reviewing, FormDialog)
    reviewing.form.set_values({"grading.answer": "accepted"})
    reviewing.store()
    settle(qtbot, window.tasks)
    assert "定类人以外" in reviewing.said.text()
    reviewing.reject()


def test_the_board_opens_what_it_counts(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, tmp_path: Path
) -> None:
    for at in ("2026-10-02", "2026-11-02"):
        case = against(station, at=at, people=40)
    decisions.decide(station, case=case, values=DECISION)
    shell = enter()
    shell.desk.go("board")
    settle(qtbot, window.tasks)
    page = window.findChild(BoardPage)
    assert page.as_of.text() == "本站尚未接入区级平台，以下只含本机数据。"
    assert page.tiles["red"].accessibleName() == "▲ 在办红色预警 2"
    assert page.tiles["red"].number.property("tone") == "red"
    assert page.tiles["amber"].number.property("tone") == "none", "none of them is no warning"
    assert [line.text.strip() for line in page.debts.lines.lines] == ["东坑社区工作站", "会商：约谈物业公司负责人"]
    assert page.sums.text().startswith("共 2 件，在办 2 件，涉及 80 人")
    assert sum(v.count for v in page.months.values) == 2
    for chart, number, count in ((page.months, -1, 1), (page.months, 0, 0), (page.stations, 0, 2)):
        place = number % len(chart.values)
        assert chart.values[place].count == count
        chart.opened.emit(place)
        settle(qtbot, window.tasks)
        listed = window.findChild(CasesPage)
        assert listed.model.rowCount() == count
        assert listed.unpick.isVisible()
        shell.desk.go("board")
        settle(qtbot, window.tasks)
    page.debts.opened.emit(page.debts.lines.lines[0])
    settle(qtbot, window.tasks)
    assert [listed.model.rec(n) for n in range(listed.model.rowCount())] == [case], "the unit opens what it owes"
    page.write_to(tmp_path / "w.xlsx")
    settle(qtbot, window.tasks)
    assert openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames == ["欠薪台账", "到期未履行"]
