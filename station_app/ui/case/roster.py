"""导入名册: a file or pasted cells become a table with every fault at its place; good rows go into the case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from station_app.domain.roster import Roster
from station_app.services import roster
from station_app.services.changes import Changes
from station_app.ui import keys, words
from station_app.ui.desk import Desk
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from sync.contract.errors import KnownError

_COLUMNS = ("name", "id_number", "phone", "work", "days", "due", "paid", "owed")


class RosterDialog(QDialog):
    """Nothing is written before 导入; rows with faults stay out and are named."""

    def __init__(self, parent: QWidget, desk: Desk, *, case: str) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, case
        self.found: Roster | None = None
        self.setWindowTitle(self.tr("导入名册"))
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName(self.tr("粘贴名册"))
        self.pasted.setPlaceholderText(self.tr("从表格复制名册（含表头），粘贴在这里；或者选择 CSV、XLSX 文件。"))
        self.pasted.setMaximumHeight(110)
        self.pasted.textChanged.connect(self._read_pasted)
        self.choose = button(self.tr("选择文件"), self._choose, picture="table")
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName(self.tr("名册预览"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setHorizontalHeaderLabels([self._head(name) for name in _COLUMNS])
        self.faults = text("", "error", wrap=True)
        self.sums = text("", "muted", wrap=True)
        self.take = button(self.tr("导入"), self._import, kind="primary")
        self.take.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.pasted)
        column.addLayout(row(self.choose, None))
        column.addWidget(self.table, 1)
        column.addWidget(self.faults)
        column.addWidget(self.sums)
        column.addLayout(row(None, button(self.tr("取消"), self.reject), self.take))
        room = parent.window().size()
        self.resize(min(980, room.width() - 48), min(640, room.height() - 48))
        self.finished.connect(self.deleteLater)
        keys.bind(self, "paste_roster", self.pasted.paste)

    def _head(self, name: str) -> str:
        return words.label({"name": "party.name", "id_number": "identity.id_number", "phone": "identity.phone"}.get(
            name, f"wage.{name}"))  # fmt: skip

    def read(self, data: bytes | str, name: str = "") -> None:
        """Read a file's bytes or pasted text in the read lane and show it."""
        station = self._desk.station
        self._desk.tasks.read(
            lambda: roster.preview(station, data=data, filename=name),
            done=self._show,
            failed=self._unreadable,
            owner=self,
            key="roster",
        )

    def _read_pasted(self) -> None:
        words_ = self.pasted.toPlainText()
        if words_.strip():
            self.read(words_)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("选择名册"), "", self.tr("名册 (*.csv *.xlsx *.txt);;全部文件 (*)")
        )
        if name:
            try:
                self.read(Path(name).read_bytes(), Path(name).name)
            except OSError:
                self._unreadable(KnownError("E-516", file=Path(name).name))

    def _unreadable(self, error: KnownError) -> None:
        self.found = None
        self.table.setRowCount(0)
        self.sums.setText("")
        self.faults.setText(f"▲ {words.sentence(error)}")
        self.take.setEnabled(False)

    def _show(self, found: Roster) -> None:
        self.found = found
        self.table.setRowCount(len(found.rows))
        for line, entry in enumerate(found.rows):
            wage = entry.wage_values()
            identity = entry.identity_values()
            shown = {"name": entry.name, **identity, **wage}
            for place, name in enumerate(_COLUMNS):
                self.table.setItem(line, place, QTableWidgetItem(_cell(name, shown.get(name))))
        self.table.resizeColumnsToContents()
        wrong = [f"▲ {self._place(e.row_no)}{words.sentence(e.known())}" for e in found.errors[:6]]
        if len(found.errors) > len(wrong):
            wrong.append(self.tr("另有 {n} 处。").format(n=len(found.errors) - len(wrong)))
        self.faults.setText("\n".join(wrong))
        self.faults.setVisible(bool(wrong))
        totals = found.totals
        said = self.tr("可导入 {n} 人，应发 {due} 元，已付 {paid} 元，欠发 {owed} 元")
        self.sums.setText(
            said.format(
                n=totals.people, due=words.yuan(totals.due), paid=words.yuan(totals.paid), owed=words.yuan(totals.owed)
            )
        )
        self.take.setText(self.tr("导入 {n} 人").format(n=len(found.rows)))
        self.take.setEnabled(bool(found.rows))

    def _place(self, row_no: int) -> str:
        return self.tr("第 {n} 行：").format(n=row_no) if row_no else ""

    def _import(self) -> None:
        if self.found is None:
            return
        station, case, rows = self._desk.station, self._case, self.found.rows
        self._desk.tasks.write(
            lambda: roster.import_rows(station, case=case, rows=rows),
            done=self._imported,
            failed=self._unreadable,
            owner=self,
        )

    def _imported(self, changes: Changes) -> None:
        self._desk.did(self.tr("名册已导入。"), changes)
        self.accept()


def _cell(name: str, value: object) -> str:
    if name in ("due", "paid", "owed"):
        return words.yuan(value)
    if name == "days" and isinstance(value, int):
        return f"{value / 100:g}"
    return str(value or "")
