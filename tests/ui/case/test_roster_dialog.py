"""The roster dialog as a mediator uses it: pasted, columns mapped, wrong cells mended in place, imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from station_app.services import cases, roster
from station_app.services.station import Station
from station_app.ui.case.roster import RosterDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.stations import wage_intake
from tests.ui.conftest import in_front, settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]
CTRL = Qt.KeyboardModifier.ControlModifier
ROSTER = Path(__file__).parents[2] / "data" / "rosters" / "wages-17.csv"
WRONG = ROSTER.read_bytes().replace(b"45012619890412011X", b"450126198904120111")


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> Iterator[RosterDialog]:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    made = RosterDialog(window, shell.desk, case=case)
    made.open()
    settle(qtbot, window.tasks)
    yield made
    if shiboken6.isValid(made):  # an import closes it
        made.reject()


def cell(dialog: RosterDialog, row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    return str(dialog.model.data(dialog.model.index(row, column), role) or "")


def test_a_roster_is_pasted_and_imported(
    qtbot: QtBot, window: MainWindow, dialog: RosterDialog, station: Station
) -> None:
    QApplication.clipboard().setText(ROSTER.read_text("utf-8-sig").replace(",", "\t"))
    dialog.pasted.setFocus()
    QTest.keyClick(dialog.pasted, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window.tasks)
    assert dialog.model.rowCount() >= 17
    assert cell(dialog, 0, 0) == "● 可导入"
    assert "131,460.00" in dialog.sums.text()
    assert dialog.take.text() == "导入 17 人"
    dialog.take.click()
    settle(qtbot, window.tasks)
    assert len(station.case(dialog._case).side("applicant")) == 17, "the one who was there is known by his number"


def test_a_wrong_cell_is_marked_in_place_and_mended_by_typing(
    qtbot: QtBot, window: MainWindow, dialog: RosterDialog
) -> None:
    dialog.read(WRONG, "a.csv")
    settle(qtbot, window.tasks)
    place = dialog.model.sheet.columns["id_number"] + 1
    assert cell(dialog, 0, 0) == "▲ 需更正"
    assert cell(dialog, 0, place).startswith("▲ 4501")
    assert "校验" in cell(dialog, 0, place, Qt.ItemDataRole.ToolTipRole)
    assert dialog.take.text() == "导入 16 人", "the others stay importable"
    fault = next(line for line in dialog.faults.lines.lines if line.tone == "red")
    assert fault.text.startswith("第 2 行")
    dialog.faults.opened.emit(fault)
    editor = dialog.table.findChild(QLineEdit)
    assert editor is not None, "the fault leads into its cell"
    assert editor.text() == "450126198904120111", "without the mark"
    editor.selectAll()
    QTest.keyClicks(editor, "45012619890412011X")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    assert dialog.take.text() == "导入 17 人"
    assert cell(dialog, 0, 0) == "● 可导入"
    assert dialog.table.currentIndex().row() == 0, "the caret stays where it was"


def test_a_column_with_an_unknown_head_is_mapped(qtbot: QtBot, window: MainWindow, dialog: RosterDialog) -> None:
    dialog.read("人员\t应发\t已付\n田志强\t100\t40\n")
    settle(qtbot, window.tasks)
    assert "缺少" in dialog.failure.text() or "姓名" in dialog.failure.text()
    assert not dialog.take.isEnabled()
    menu = dialog.table.menu(1)
    next(a for a in menu.actions() if a.text() == "姓名").trigger()
    settle(qtbot, window.tasks)
    assert not dialog.failure.isVisible()
    assert dialog.take.text() == "导入 1 人"
    assert "→ 姓名" in str(dialog.model.headerData(1, Qt.Orientation.Horizontal))


def test_a_file_that_is_no_roster_is_said_and_the_dialog_stays(
    qtbot: QtBot, window: MainWindow, dialog: RosterDialog
) -> None:
    dialog.read(b"%PDF-1.7", "名册.pdf")
    settle(qtbot, window.tasks)
    assert dialog.failure.text().startswith("▲ ")
    assert dialog.isVisible()
    assert not dialog.take.isEnabled()


def test_five_hundred_rows_are_read_and_shown_quickly(qtbot: QtBot, window: MainWindow, dialog: RosterDialog) -> None:
    lines = [f"工人{'甲乙丙丁戊己庚辛壬癸'[i % 10]}\t{i}00\t0\t{i}00" for i in range(1, 501)]
    dialog.read("\n".join(["姓名\t应发\t已付\t欠发", *lines]))
    settle(qtbot, window.tasks)
    assert dialog.take.text() == "导入 500 人"
    assert dialog.model.rowCount() == 500


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, dialog: RosterDialog, size: tuple[int, int]
) -> None:
    dialog.resize(size[0] - 48, size[1] - 48)
    assert cut(dialog) == []
    dialog.read(WRONG, "a.csv")
    settle(qtbot, window.tasks)
    assert cut(dialog) == []
    assert nameless(dialog) == []


def test_a_mapping_is_remembered_for_the_same_heads(
    qtbot: QtBot, window: MainWindow, dialog: RosterDialog, station: Station
) -> None:
    strange = "谁,还差多少\n石来旺,840.00\n"
    dialog.read(strange, "十月.csv")
    settle(qtbot, window.tasks)
    assert dialog.found is None
    dialog._meant(0, "name")
    dialog._meant(1, "owed")
    settle(qtbot, window.tasks)
    assert dialog.take.text() == "导入 1 人"
    dialog.take.click()
    settle(qtbot, window.tasks)
    again = RosterDialog(window, dialog._desk, case=dialog._case)
    again.open()
    again.read(strange.replace("石来旺", "石小明"), "十一月.csv")
    settle(qtbot, window.tasks)
    assert again.take.text() == "导入 1 人", "next month nobody maps the columns again"
    again.read(strange.replace("谁", "何人"), "别的.csv")
    settle(qtbot, window.tasks)
    assert again.found is None, "other heads are asked for"
    again.reject()


def test_the_total_is_held_against_what_was_demanded(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    """Ctrl+Shift+V on the case opens the window with what is on the clipboard; one fen short is said."""
    shell = enter()
    held = ROSTER.read_text("utf-8-sig").replace(",", "\t")
    for amount, said in (
        (13_146_000, "● 与登记的诉求金额一致"),
        (13_146_001, "少 0.01 元"),
        (13_000_000, "多 1,460.00 元"),
    ):
        intake = wage_intake()
        case = cases.register(station, intake=replace(intake, case={**intake.case, "amount": amount})).case
        shell.desk.go("case", case)
        settle(qtbot, window.tasks)
        in_front(qtbot, window)
        QApplication.clipboard().setText(held)
        QTest.keyClick(shell.pages["case"], Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
        settle(qtbot, window.tasks)
        made = next(d for d in shell.findChildren(RosterDialog) if d.isVisible())
        assert said in made.sums.text()
        assert cut(made) == []
        made.take.click()
        settle(qtbot, window.tasks)
        assert len(station.case(case).side("applicant")) == 17


def test_a_roster_taken_in_is_no_demand(station: Station) -> None:
    """The sum of the first roster was put there by the program: the next one is not held against it."""
    case = cases.register(station, intake=wage_intake()).case
    found = roster.preview(station, data=ROSTER.read_bytes(), filename="a.csv")
    roster.import_rows(station, case=case, rows=found.rows)
    assert roster.short_of_demand(station, case=case, found=found) is None
