"""The print window: true pages on a printer of the system, choices by rule, progress, stopping, turning, going on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox

from station_app.documents.preview import page_count, page_image
from station_app.services import papers, printing
from station_app.services.printing import Pace, Port
from station_app.services.printjobs.cutting import cut
from station_app.services.station import Station
from station_app.ui import keys
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.papers import printing as printers
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.papers.printing_dialog import PrintDialog
from station_app.ui.papers.printing_form import COPIES, TITLE
from sync.contract.errors import KnownError
from tests.support.printers import FakePrinter, codes
from tests.support.wages import wage_case
from tests.ui.conftest import settle
from tests.ui.look import cut as cut_words
from tests.ui.look import nameless

pytestmark = pytest.mark.usefixtures("two_printers")
Enter = Callable[[], Shell]
QUICK = Pace(every=0.005, patience=0.2, grace=0.2)
NAME = "奔图 P3010"


def dialog(
    qtbot: QtBot, page: CasePapersPage, port: Port, *, printer: str = NAME, template: str = "agreement"
) -> PrintDialog:
    """The window for one paper; the printer is chosen, as a person does."""
    card = next(c for c in page.cards if c.template == template)
    item = printing.item_of(page.station, case=page.rec, card=card)
    made = PrintDialog(page, page.desk, item=item, pace=QUICK)
    return opened(qtbot, page, made, port, printer)


def opened(qtbot: QtBot, page: CasePapersPage, made: PrintDialog, port: Port, printer: str = NAME) -> PrintDialog:
    made.open_port = lambda _name: port
    made.open()
    settle(qtbot, page.tasks)
    made.form.printer.setCurrentIndex(made.form.printer.findData(printer))
    return made


def set_copies(made: PrintDialog, copies: int) -> None:
    model = made.form.model
    assert model.setData(model.index(0, COPIES), copies)


def until(qtbot: QtBot, met: Callable[[], bool]) -> None:
    qtbot.waitUntil(met, timeout=20_000)


# -- a printer of the system ----------------------------------------------------------------------------------------


def to_file(path: Path) -> Callable[[], QPrinter]:
    """A printer of Qt's own that writes a PDF, in the resolution of a cheap printer."""

    def make() -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(path))
        made.setResolution(300)
        return made

    return make


def ink(pdf: bytes, page: int) -> tuple[int, int, int, int]:
    """The box of all that is printed on a page, dots at 200 dpi."""
    shot = page_image(pdf, page, 200)
    dark = Image.frombytes("RGB", (shot.width, shot.height), shot.rgb).convert("L").point(lambda v: v < 128 and 255)
    box = dark.getbbox()
    assert box is not None
    return box


def test_a_printer_without_cups_gets_every_page_true_to_size(page: CasePapersPage, tmp_path: Path) -> None:
    whole = papers.preview(page.station, case=page.rec, template="agreement", draft=False)
    sealed = cut(whole, (1, 2))
    port = printers.Raster(NAME, to_file(tmp_path / "out.pdf"))
    assert port.state(port.send(sealed, title="协议", duplex="long")) == "done"
    out = (tmp_path / "out.pdf").read_bytes()
    assert codes(out) == codes(sealed) != [], "the codes can still be read"
    for number in (1, 2):
        moved = [abs(a - b) for a, b in zip(ink(sealed, number), ink(out, number), strict=True)]
        assert max(moved) <= 2, "a quarter of a millimetre: nothing is moved or scaled"


def test_a_smaller_page_is_not_blown_up(page: CasePapersPage, tmp_path: Path) -> None:
    """An A5 receipt on A4 paper keeps its size."""
    small = tmp_path / "a5.pdf"
    drawing = Canvas(str(small), pagesize=A5)
    drawing.rect(20, 20, A5[0] - 40, A5[1] - 40, fill=1)
    drawing.save()
    printers.Raster(NAME, to_file(tmp_path / "out.pdf")).send(small.read_bytes(), title="", duplex="single")
    was, is_ = ink(small.read_bytes(), 1), ink((tmp_path / "out.pdf").read_bytes(), 1)
    assert abs((was[2] - was[0]) - (is_[2] - is_[0])) <= 2
    assert abs((was[3] - was[1]) - (is_[3] - is_[1])) <= 2
    assert abs(was[1] - is_[1]) <= 2, "at the top"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing(page: CasePapersPage, tmp_path: Path) -> None:
    sealed = papers.preview(page.station, case=page.rec, template="agreement", draft=False)
    with pytest.raises(KnownError) as refused:
        printers.Raster(NAME, to_file(tmp_path / "no folder" / "x.pdf")).send(sealed, title="", duplex="single")
    assert refused.value.code == "E-302"


# -- choices --------------------------------------------------------------------------------------------------------


def test_copies_by_rule_and_the_last_printer_by_name(qtbot: QtBot, page: CasePapersPage) -> None:
    printing.remember(page.station, printer="惠普 1020", duplex="long")
    made = PrintDialog(page, page.desk, item=_item(page), pace=QUICK)
    made.open()
    settle(qtbot, page.tasks)
    assert made.form.name == "惠普 1020"
    order = made.form.order()
    assert (order.total, order.duplex, order.printer) == (21, "long", "惠普 1020")
    assert made.form.total.text() == "共 1 种 21 份"
    made.reject()


def _item(page: CasePapersPage) -> printing.Item:
    card = next(c for c in page.cards if c.template == "agreement")
    return printing.item_of(page.station, case=page.rec, card=card)


def test_a_printer_that_is_gone_is_named_and_no_other_is_taken(qtbot: QtBot, page: CasePapersPage) -> None:
    printing.remember(page.station, printer="佳能 2900", duplex="auto")
    made = PrintDialog(page, page.desk, item=_item(page), pace=QUICK)
    made.open()
    settle(qtbot, page.tasks)
    assert made.form.printer.currentText() == "佳能 2900（没有找到）"
    assert "没有找到打印机“佳能 2900”" in made.form.printer_said.text()
    assert not made.go.isEnabled()
    made.form.printer.setCurrentIndex(made.form.printer.findData(NAME))
    assert made.go.isEnabled()
    assert made.form.printer_said.isHidden()
    made.reject()


def test_no_printer_is_chosen_for_a_person(qtbot: QtBot, page: CasePapersPage) -> None:
    made = PrintDialog(page, page.desk, item=_item(page), pace=QUICK)
    made.open()
    settle(qtbot, page.tasks)
    assert made.form.printer.currentIndex() == -1
    assert not made.go.isEnabled()
    made.reject()


def test_copies_are_changed_in_the_list(qtbot: QtBot, page: CasePapersPage) -> None:
    made = dialog(qtbot, page, FakePrinter())
    table = made.form.table
    table.edit(made.form.model.index(0, COPIES))
    spin = table.findChild(QSpinBox)
    assert isinstance(spin, QSpinBox)
    spin.setValue(3)
    QTest.keyClick(spin, Qt.Key.Key_Return)
    until(qtbot, lambda: made.form.order().total == 3)
    model = made.form.model
    model.setData(model.index(0, TITLE), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not made.go.isEnabled()
    made.reject()


def test_pages_not_understood_are_said(qtbot: QtBot, page: CasePapersPage) -> None:
    port = FakePrinter()
    made = dialog(qtbot, page, port)
    made.form.pages.setText("前两页")
    made.go.click()
    assert "没有看懂要打印的页码“前两页”" in made.state.text()
    made.form.pages.setText("1-2")
    set_copies(made, 1)
    made.go.click()
    until(qtbot, lambda: bool(port.printed) and made.job is not None and made.job.next == 2)
    settle(qtbot, page.tasks)
    assert page_count(port.sent[0][1]) == 2


# -- at work --------------------------------------------------------------------------------------------------------


def test_all_required_papers_of_a_case_in_one_key(qtbot: QtBot, page: CasePapersPage) -> None:
    """What is complete is issued, all is printed; what lacks something is named."""
    port = FakePrinter()
    assert keys.shown("print_all") == "Ctrl+Shift+P"
    page.print_all.click()
    made = page.printer
    assert made is not None
    made._pace = QUICK
    opened(qtbot, page, made, port)
    ready = [c for c in page.cards if c.required and c.applies and not c.paper and not c.missing]
    lacking = [c for c in page.cards if c.required and c.applies and not c.paper and c.missing]
    assert str(len(ready)) in made.form.issue.text()
    assert [c.title for c in lacking if c.title not in made.form.left.text()][3:] == []
    made.go.click()
    settle(qtbot, page.tasks)
    until(qtbot, lambda: "打印" in page.notices.message)
    titles = {title.rpartition(" ")[0] for title in port.printed}
    assert len(titles) == 1 + len(ready)
    assert NAME in page.notices.message
    assert printing.remembered(page.station)[0] == NAME


def test_papers_of_many_cases_chosen_in_the_list(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    """One job, a separator before each case."""
    numbers = []
    for _ in range(3):
        case = wage_case(station, workers=8)
        numbers.append(papers.issue(station, case=case, template="acceptance_register").number)
    shell = enter()
    shell.go("cases")
    settle(qtbot, window.tasks)
    page = shell.pages["cases"]
    assert isinstance(page, CasesPage)
    rows = page.table.selectionModel()
    for number in (0, 2):
        rows.select(page.model.index(number, 0), rows.SelectionFlag.Select | rows.SelectionFlag.Rows)
    chosen = [station.case(page.model.rec(number)).get("number") for number in (0, 2)]
    assert len(rows.selectedRows()) == 2
    page.print.click()
    made, port = page.printer, FakePrinter()
    assert made is not None
    made._pace = QUICK
    made.open_port = lambda _name: port
    settle(qtbot, window.tasks)
    made.form.printer.setCurrentIndex(made.form.printer.findData(NAME))
    made.form.issue.setChecked(False)
    assert made.form.separators.isChecked()
    made.go.click()
    until(qtbot, lambda: f"已由“{NAME}”打印" in page.notices.message)
    assert [title == "打印分隔页" for title in port.printed] == [True, False, True, False]
    assert [str(chosen[0]) in port.printed[1], str(chosen[1]) in port.printed[3]] == [True, True]
    assert sorted(numbers) != sorted(map(str, chosen)), "only the chosen ones"


def test_stop_says_from_where_to_go_on(qtbot: QtBot, page: CasePapersPage) -> None:
    port = FakePrinter(slow=6)
    made = dialog(qtbot, page, port)
    set_copies(made, 9)
    made.go.click()
    until(qtbot, lambda: len(port.sent) >= 3)
    assert made.state.text().startswith("第 "), made.state.text()
    assert not page.desk.free_to_lock()
    made.reject()
    assert made.isVisible(), "it closes when the printer has let go"
    until(qtbot, made.go.isEnabled)
    done = len(port.printed)
    assert made.state.text() == f"▲ 打印了 9 份中的 {done} 份后中断。已打印的文书有效，请从第 {done + 1} 份继续。"
    assert made.go.text() == f"从第 {done + 1} 份继续"
    assert page.desk.free_to_lock()
    port.slow = 0
    made.go.click()
    until(qtbot, lambda: f"已由“{NAME}”打印 9 份" in page.notices.message)
    assert [t.rpartition(" ")[2] for t in port.printed] == [f"{n}-9" for n in range(1, 10)]


def test_a_failed_printer_is_named_and_another_goes_on(qtbot: QtBot, page: CasePapersPage) -> None:
    first, second = FakePrinter(fails=2), FakePrinter(name="惠普 1020")
    made = dialog(qtbot, page, first)
    set_copies(made, 3)
    made.go.click()
    until(qtbot, lambda: made.go.text() == "从第 2 份继续")
    made.open_port = lambda name: second if name == "惠普 1020" else first
    made.form.printer.setCurrentIndex(made.form.printer.findData("惠普 1020"))
    made.go.click()
    until(qtbot, lambda: "已由“惠普 1020”打印" in page.notices.message)
    assert [t[-3:] for t in first.printed + second.printed] == ["1-3", "2-3", "3-3"]
    lines = printing.printed(page.station, case=page.rec)
    assert [(line.printer, line.copies, line.broken) for line in lines] == [(NAME, 1, True), ("惠普 1020", 2, False)]


def test_nothing_came_out(qtbot: QtBot, page: CasePapersPage) -> None:
    made = dialog(qtbot, page, FakePrinter(refuses=1))
    made.go.click()
    until(qtbot, lambda: "没有响应" in made.state.text())
    assert made.state.text().startswith(f"▲ 打印机“{NAME}”没有响应。文书已经保存，编号不变。")
    assert made.go.text() == "打印"
    assert made.form.table.isEnabled()
    made.reject()


def test_the_stack_is_turned_by_hand(qtbot: QtBot, page: CasePapersPage) -> None:
    port = FakePrinter()
    made = dialog(qtbot, page, port)
    set_copies(made, 1)
    assert made.form.backs.isHidden()
    made.form.duplex.setCurrentIndex(made.form.duplex.findData("manual"))
    assert not made.form.backs.isHidden()
    made.go.click()
    until(qtbot, lambda: made.go.text() == "继续打印背面")
    sheets = (_item(page).pages + 1) // 2
    assert made.state.text() == f"请将已打印的 {sheets} 张纸翻面放回纸盒，放好后继续打印背面。"
    assert len(port.printed) == 1
    made.go.click()
    until(qtbot, lambda: "打印 1 份" in page.notices.message)
    assert [page_count(data) for _, data, _ in port.sent] == [sheets, sheets]


def test_the_trouble_of_the_printer_is_shown(qtbot: QtBot, page: CasePapersPage) -> None:
    made = dialog(qtbot, page, FakePrinter(hangs=1))
    made.go.click()
    until(qtbot, lambda: "打印机缺纸，请添加 A4 纸。" in made.state.text())
    until(qtbot, lambda: "没有响应" in made.state.text())
    made.reject()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, size: tuple[int, int]
) -> None:
    window.resize(*size)
    page.print_all.click()
    made = page.printer
    assert made is not None
    opened(qtbot, page, made, FakePrinter())
    made.form.duplex.setCurrentIndex(made.form.duplex.findData("manual"))
    settle(qtbot, page.tasks)
    assert cut_words(made) == []
    assert nameless(made) == []
    made.reject()
