"""A paper of no one case (report, table, meeting sheet): its true pages first, then print it or save it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from station_app.services.figures import spreadsheet
from station_app.services.paperwork.station_papers import Made
from station_app.services.printing import Item
from station_app.ui import keys
from station_app.ui.desk import Desk
from station_app.ui.papers.preview import Preview
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.words import sentence
from sync.contract.errors import KnownError


class SheetDialog(QDialog):
    """`make` draws the paper in the read lane; `name` is how its file is called and its print job.

    With `noted` a remark (情况说明) can be typed, and the paper is drawn anew with it.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        *,
        name: str,
        make: Callable[[], Made],
        noted: Callable[[str], Made] | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.name = desk, name
        self.made: Made | None = None
        self.printer: QDialog | None = None
        self.setWindowTitle(name)
        self.preview = Preview(desk.tasks)
        self.state = text(self.tr("正在生成，请稍候。"), "muted", wrap=True)
        self.print = button(self.tr("打印"), self._print, kind="primary", picture="printer", hint=keys.shown("print"))
        self.save = button(self.tr("另存为 PDF"), self._save, picture="download")
        self.close_ = button(self.tr("关闭"), self.reject)
        for each in (self.print, self.save, self.close_):
            each.setAutoDefault(False)  # Enter in the remark writes it
        self.remark = QLineEdit()
        self.remark.setPlaceholderText(self.tr("情况说明，回车写入；不写的，留空手写"))
        self.remark.setAccessibleName(self.tr("情况说明"))
        self.remark.setVisible(noted is not None)
        self._noted = noted
        self.remark.returnPressed.connect(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.preview, 1)
        column.addWidget(self.remark)
        column.addWidget(self.state)
        column.addLayout(row(None, self.close_, self.save, self.print))
        room = parent.window().size()
        self.resize(min(980, room.width() - 48), room.height() - 48)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.finished.connect(self.deleteLater)
        keys.bind(self, "print", self._print)
        self._draw(make)

    def _note(self) -> None:
        """Draw it anew with the remark typed."""
        noted, said = self._noted, self.remark.text()
        if noted is not None:
            self._draw(lambda: noted(said))

    def _draw(self, make: Callable[[], Made]) -> None:
        self.print.setEnabled(False)
        self.save.setEnabled(False)
        self.desk.tasks.read(make, done=self._show, failed=self._failed, owner=self, key="sheet")

    def _show(self, made: Made) -> None:
        self.made = made
        self.state.hide()
        self.print.setEnabled(True)
        self.save.setEnabled(True)
        self.preview.show_pdf(made.pdf)

    def _failed(self, error: KnownError) -> None:
        self.state.setText(sentence(error))
        self.state.show()
        set_tone(self.state, "red")

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
        self.state.setText(self.tr("已保存：{name}").format(name=path.name))
        set_tone(self.state, "green")
        self.state.show()
