"""Payee × instalment as an editable table: exact to 分, sums of rows and columns live, blocks pasted from a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QApplication, QHeaderView, QTableView, QWidget

from station_app.domain.agreement.grid import Grid
from station_app.domain.money import parse_yuan, yuan
from station_app.ui.style.tokens import ROW_FACTOR
from sync.contract.errors import KnownError

Index = QModelIndex | QPersistentModelIndex
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class MatrixModel(QAbstractTableModel):
    """*Signals:* `grid_changed` (Grid) after each edit; `refused` (KnownError) for what was no amount; `too_large`
    when a pasted block does not fit."""

    grid_changed = Signal(object)
    refused = Signal(object)
    too_large = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid((), ())
        self.names: dict[str, str] = {}
        self.dues: list[str] = []
        self.locked = False

    def show_grid(self, grid: Grid, names: dict[str, str], dues: Sequence[str]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.grid, self.names, self.dues = grid, names, list(dues)
        self.endResetModel()

    # -- shape: one more row and column for the sums, one more column for the name ---------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if (parent is not None and parent.isValid()) or not self.grid.payees else len(self.grid.payees) + 1

    def columnCount(self, parent: Index | None = None) -> int:
        return self.grid.columns + 2

    def _is_cell(self, index: Index) -> bool:
        return index.row() < len(self.grid.payees) and 1 <= index.column() <= self.grid.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return usual | Qt.ItemFlag.ItemIsEditable if self._is_cell(index) and not self.locked else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if section < len(self.grid.payees) else ""
        if section == 0:
            return QCoreApplication.translate("Matrix", "权利人")
        if section > self.grid.columns:
            return QCoreApplication.translate("Matrix", "合计（元）")
        due = self.dues[section - 1] if section <= len(self.dues) else ""
        return QCoreApplication.translate("Matrix", "第 {n} 期").format(n=section) + (f"\n{due}" if due else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        last = row == len(self.grid.payees)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(row, column, last=last)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and (last or column > self.grid.columns):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _words(self, row: int, column: int, *, last: bool) -> str:
        grid = self.grid
        if column == 0:
            return QCoreApplication.translate("Matrix", "合计") if last else self.names.get(grid.payees[row], "")
        if column > grid.columns:
            return yuan(grid.total if last else grid.row_sums[row])
        return yuan(grid.column_sums[column - 1] if last else grid.cells[row][column - 1])

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self._is_cell(index):
            return False
        return self._put({(index.row(), index.column() - 1): str(value)})

    def paste(self, index: Index, block: str) -> bool:
        """Put a block of cells, as a spreadsheet copies it, from this cell on; all of it or nothing."""
        values = {}
        for down, line in enumerate(block.rstrip("\r\n").splitlines()):
            for along, cell in enumerate(line.split("\t")):
                row, column = index.row() + down, index.column() - 1 + along
                if not (0 <= row < len(self.grid.payees) and 0 <= column < self.grid.columns):
                    self.too_large.emit()  # an amount must never be dropped in silence
                    return False
                values[row, column] = cell
        return bool(values) and self._put(values)

    def empty(self, indexes: Sequence[Index]) -> bool:
        """Put 0.00 into the cells."""
        return self._put({(i.row(), i.column() - 1): "" for i in indexes if self._is_cell(i)})

    def _put(self, values: dict[tuple[int, int], str]) -> bool:
        grid = self.grid
        try:
            for (row, column), typed in values.items():
                grid = grid.with_cell(row, column, parse_yuan(typed) if typed.strip() else 0)
        except KnownError as error:
            self.refused.emit(error)
            return False
        self.grid = grid
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.grid_changed.emit(grid)
        return True


class MatrixView(QTableView):
    """Keys as in a spreadsheet: digits begin an edit, Enter goes down, Delete empties, blocks are copied and pasted."""

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self.setModel(model)
        self.matrix = model
        self.setAccessibleName(QCoreApplication.translate("Matrix", "分期明细表"))
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)  # arrows go from cell to cell, Tab leaves the grid
        self.verticalHeader().setDefaultSectionSize(max(30, round(self.fontMetrics().height() * ROW_FACTOR)))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(90)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, and down after Enter."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.matrix.locked:
            self.matrix.paste(self.currentIndex(), QApplication.clipboard().text())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in _PLAIN:
            if self.state() != QTableView.State.EditingState:  # an editor passes its Enter on; closing it goes down
                self._down()
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.matrix.locked:
            self.matrix.empty(self.selectionModel().selectedIndexes())
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Down after what was typed is taken by Enter."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def _down(self) -> None:
        now = self.currentIndex()
        if now.isValid() and now.row() + 1 < self.matrix.rowCount():
            self.setCurrentIndex(now.siblingAtRow(now.row() + 1))

    def copied(self) -> str:
        """The chosen block as a spreadsheet pastes it."""
        chosen = self.selectionModel().selectedIndexes()
        lines: dict[int, dict[int, str]] = {}
        for index in chosen:
            lines.setdefault(index.row(), {})[index.column()] = str(index.data()).replace(",", "")
        return "\n".join("\t".join(cells[c] for c in sorted(cells)) for _, cells in sorted(lines.items()))
