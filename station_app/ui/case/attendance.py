"""按考勤计算工资: an attendance sheet becomes what each is owed, with formula and article, then rows of the case."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from station_app.domain.calculators import wages
from station_app.domain.calculators.wages import Worked
from station_app.services import calculating
from station_app.services.changes import Changes
from station_app.ui import keys, words
from station_app.ui.desk import Desk
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.table import Table
from sync.contract.errors import KnownError

_HEADS: Final = (
    QT_TRANSLATE_NOOP("Attendance", "姓名"),
    QT_TRANSLATE_NOOP("Attendance", "计算"),
    QT_TRANSLATE_NOOP("Attendance", "应发（元）"),
    QT_TRANSLATE_NOOP("Attendance", "已付（元）"),
    QT_TRANSLATE_NOOP("Attendance", "欠发（元）"),
)
_WIDTHS: Final = {0: 6, 2: 7, 3: 7, 4: 7}


class WagesModel(QAbstractTableModel):
    """One worker a row: name, formula, due, paid, owed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Worked] = []

    def show_rows(self, rows: list[Worked]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return len(self.rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Heads of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return QCoreApplication.translate("Attendance", _HEADS[section])
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; sums stand at the right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self.rows[index.row()]
        formula = f"{wages.days_words(one.days)}工日×{words.yuan(one.rate)}元"
        money = (words.yuan(v) for v in (one.due, one.paid, one.owed))
        return (one.name, formula, *money)[index.column()]


class AttendanceDialog(QDialog):
    """Nothing is written before 写入名册; the sheet itself is never changed."""

    def __init__(self, parent: QWidget, desk: Desk, *, case: str) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, case
        self.setWindowTitle(self.tr("按考勤计算工资"))
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName(self.tr("粘贴考勤表"))
        self.pasted.setPlaceholderText(
            self.tr("从表格复制考勤表，粘贴在这里；或者选择 CSV、XLSX 文件。表头应有姓名、日工资，工日或者每日一列。")
        )
        self.pasted.textChanged.connect(self._read_pasted)
        self.choose = button(self.tr("选择文件"), self._choose, picture="table")
        self.paste = button(self.tr("粘贴"), self._paste, hint=keys.shown("paste_roster"))
        self.model = WagesModel(self)
        self.table = Table(self.tr("按考勤计算的工资"), self.model)
        self.table.set_widths(_WIDTHS, 1)
        self.table.hide()
        self.failure = text("", "error", wrap=True)
        self.failure.hide()
        self.sums = text("", "", wrap=True)
        self.keep = button(self.tr("另存名册"), self._keep, picture="download")
        self.take = button(self.tr("写入名册"), self._take, kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addLayout(row(self.choose, self.paste, None))
        column.addWidget(self.pasted, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self.failure)
        column.addWidget(self.sums)
        column.addLayout(row(None, button(self.tr("取消"), self.reject), self.keep, self.take))
        room = parent.window().size()
        self.resize(min(900, room.width() - 48), min(620, room.height() - 48))
        self.finished.connect(self.deleteLater)
        keys.bind(self, "paste_roster", self._paste)
        self._ready()

    def read(self, data: bytes | str) -> None:
        """In the read lane: a file's bytes or pasted cells."""
        self._desk.tasks.read(
            lambda: wages.from_attendance(data), done=self._show, failed=self._refused, owner=self, key="attendance"
        )

    def _read_pasted(self) -> None:
        if self.pasted.toPlainText().strip():
            self.read(self.pasted.toPlainText())

    def _paste(self) -> None:
        held = QApplication.clipboard().text()
        if held.strip():
            self.read(held)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("选择考勤表"), "", self.tr("考勤表 (*.csv *.xlsx *.txt);;全部文件 (*)")
        )
        if name:
            try:
                self.read(Path(name).read_bytes())
            except OSError:
                self._refused(KnownError("E-516", file=Path(name).name))

    def _show(self, rows: list[Worked]) -> None:
        self.failure.hide()
        self.pasted.hide()
        self.table.show()
        self.model.show_rows(rows)
        found = wages.result(rows)
        basis = "；".join(dict.fromkeys(a.printed for line in found.lines for a in line.basis))
        said = self.tr("{n} 人，欠发合计 {yuan} 元。依据：{basis}。").format(
            n=len(rows), yuan=words.yuan(found.total), basis=basis
        )
        self.sums.setText("\n".join([said, *found.notes]))
        self._ready()

    def _refused(self, error: KnownError) -> None:
        """A sheet that cannot be read or rows that could not be written: said, and what stands there stays."""
        self.failure.setText(f"▲ {words.sentence(error)}")
        self.failure.show()
        self._ready()

    def _ready(self) -> None:
        for tool in (self.keep, self.take):
            tool.setEnabled(bool(self.model.rows))

    def _keep(self) -> None:
        """The roster as a file, to be printed or sent to the employer for checking."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("另存名册"), self.tr("工资名册.csv"), self.tr("名册 (*.csv)")
        )
        if name:
            try:
                Path(name).write_text(wages.roster(self.model.rows), "utf-8", newline="")
            except OSError:
                self._refused(KnownError("E-516", file=Path(name).name))

    def _take(self) -> None:
        self.take.setEnabled(False)
        station, case, rows = self._desk.station, self._case, self.model.rows
        self._desk.tasks.write(
            lambda: calculating.import_wages(station, case=case, rows=rows),
            done=self._written,
            failed=self._refused,
            owner=self,
        )

    def _written(self, changes: Changes) -> None:
        self._desk.did(self.tr("工资已写入名册。"), changes)
        self.accept()
