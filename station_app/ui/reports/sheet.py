"""A paper of no one case (report, table, meeting sheet): its true pages first; issued, printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from station_app.services.figures import issued as reports
from station_app.services.figures import spreadsheet
from station_app.services.figures.issued import IssuedReport
from station_app.services.paperwork.station_papers import Made
from station_app.services.printing import Item
from station_app.ui import keys
from station_app.ui.desk import Desk
from station_app.ui.papers.preview import Preview
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.words import Tone, sentence
from sync.contract.errors import KnownError


class SheetDialog(QDialog):
    """`make` draws the paper in the read lane from a number and the remark typed; `name` is how its file is called and
    its print job.

    With `remarks` a remark (情况说明) can be typed, and the paper is drawn anew with it. Issuing draws a number and
    keeps the pages, which are shown from then on; a `final` paper is none of those, or was issued before.
    """

    issued = Signal()

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        *,
        name: str,
        make: Callable[[str, str], Made],
        remarks: bool = False,
        final: bool = False,
    ) -> None:
        super().__init__(parent)
        self.desk, self.name = desk, name
        self.made: Made | None = None
        self.printer: QDialog | None = None
        self.setWindowTitle(name)
        self.preview = Preview(desk.tasks)
        self.state = text(self.tr("正在生成，请稍候。"), "muted", wrap=True)
        self.issue = button(self.tr("出具"), self._issue, hint=self.tr("编号并保存原件，以后重印的都是这一份"))
        self.issue.setVisible(not final and desk.station.can("report"))
        self.print = button(self.tr("打印"), self._print, kind="primary", picture="printer", hint=keys.shown("print"))
        self.save = button(self.tr("另存为 PDF"), self._save, picture="download")
        self.close_ = button(self.tr("关闭"), self.reject)
        for each in (self.print, self.save, self.close_, self.issue):
            each.setAutoDefault(False)  # Enter in the remark writes it
        self.remark = QLineEdit()
        self.remark.setPlaceholderText(self.tr("情况说明，回车写入；不写的，留空手写"))
        self.remark.setAccessibleName(self.tr("情况说明"))
        self.remark.setVisible(remarks)
        self._make = make
        self.remark.returnPressed.connect(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.preview, 1)
        column.addWidget(self.remark)
        column.addWidget(self.state)
        column.addLayout(row(None, self.close_, self.save, self.issue, self.print))
        room = parent.window().size()
        self.resize(min(980, room.width() - 48), room.height() - 48)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.finished.connect(self.deleteLater)
        keys.bind(self, "print", self._print)
        self._note()

    def _note(self) -> None:
        """Draw it with the remark typed."""
        make, said = self._make, self.remark.text()
        self._able(False)
        self.desk.tasks.read(lambda: make("", said), done=self._show, failed=self._failed, owner=self, key="sheet")

    def _able(self, yes: bool) -> None:
        for each in (self.print, self.save, self.issue):
            each.setEnabled(yes)

    def _issue(self) -> None:
        """Number it and keep its pages."""
        make, said, station = self._make, self.remark.text(), self.desk.station
        if self.made is None:
            return
        self._able(False)
        self.desk.tasks.write(
            lambda: reports.issue(station, make=lambda no: make(no, said)),
            done=self._was_issued,
            failed=self._not_issued,
            owner=self,
        )

    def _was_issued(self, done: IssuedReport) -> None:
        self._show(done.made)
        self.issue.hide()
        self.remark.setEnabled(False)
        self._say(self.tr("已出具，编号{no}。原件已保存，可在“已出具的报表”中打开和重印。").format(no=done.no), "green")
        self.issued.emit()

    def _not_issued(self, error: KnownError) -> None:
        self._able(True)
        self._say(sentence(error), "red")

    def _say(self, words: str, tone: Tone) -> None:
        self.state.setText(words)
        set_tone(self.state, tone)
        self.state.show()

    def _show(self, made: Made) -> None:
        self.made = made
        self.state.hide()
        self._able(True)
        self.preview.show_pdf(made.pdf)

    def _failed(self, error: KnownError) -> None:
        self._say(sentence(error), "red")

    def _print(self) -> None:
        from station_app.ui.papers.printing_dialog import PrintDialog

        if self.made is None:
            return
        item = Item("", "", "", "sheet", self.name, 0, self.made.pages, 1, data=self.made.pdf)
        self.printer = PrintDialog(self, self.desk, item=item)
        self.printer.open()

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("另存为 PDF"), f"{self.name}.pdf", "PDF (*.pdf)")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Write the pages to a file; a fault is said in the dialog."""
        if self.made is None:
            return
        data = self.made.pdf
        self.desk.tasks.read(
            lambda: spreadsheet.save(path, data), done=lambda _n: self._saved(path), failed=self._failed, owner=self
        )

    def _saved(self, path: Path) -> None:
        self._say(self.tr("已保存：{name}").format(name=path.name), "green")
