"""The grid of a roster: every line of the file as it stands, faults marked in cells, cells typed over in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from station_app.services import roster
from station_app.services.roster import RowError, Sheet
from station_app.ui import words
from station_app.ui.style import theme
from station_app.ui.style.tokens import ROW_FACTOR, SHAPES

Index = QModelIndex | QPersistentModelIndex
_NUMBERS: Final = frozenset({"no", "day_rate", "days", "due", "paid", "owed"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a cell or of a line."""

    tone: words.Tone
    said: str


class RosterModel(QAbstractTableModel):
    """*Signals:* `typed` (line, column, text): a cell was typed over; `meant` (column, field): a column was mapped."""

    typed = Signal(int, int, str)
    meant = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet([], 0, {}, None, None)
        self.rows: list[int] = []
        """Lines of the file that are shown, in order."""
        self.marks: dict[tuple[int, int], Mark] = {}
        self.states: dict[int, Mark] = {}
        self._width = 0

    def show_sheet(self, sheet: Sheet) -> None:
        """Replace what is shown; the place of the caret stays where the file has the same shape as before."""
        rows = [i for i in range(sheet.first_line, len(sheet.lines)) if any(sheet.lines[i])]
        width = max((len(line) for line in sheet.lines), default=0)
        same = rows == self.rows and width == self._width
        if not same:
            self.beginResetModel()
        self.sheet, self.rows, self._width = sheet, rows, width
        self._judge()
        if same and rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, width))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, width)
        elif not same:
            self.endResetModel()

    def _judge(self) -> None:
        """Marks of cells and lines from what the roster says."""
        self.marks, self.states = {}, {}
        found = self.sheet.roster
        if found is None:
            return
        good = QCoreApplication.translate("RosterGrid", "可导入")
        for row in found.rows:
            self.states[row.line - 1] = Mark("amber" if row.hints else "green", good)
        for error in found.errors:
            self._put(error, importable=error.line - 1 in self.states)

    def _put(self, error: RowError, *, importable: bool) -> None:
        line, tone = error.line - 1, "red" if error.blocking else "amber"
        said = words.sentence(error.known())
        column = self.column_of(error)
        if column >= 0:
            self.marks.setdefault((line, column), Mark("red" if tone == "red" else "amber", said))
        if error.row_no == 0:
            self.states[line] = Mark("amber", QCoreApplication.translate("RosterGrid", "合计不符"))
        elif importable:
            self.states[line] = Mark("amber", QCoreApplication.translate("RosterGrid", "可导入"))
        else:
            self.states[line] = Mark("red", QCoreApplication.translate("RosterGrid", "需更正"))

    def column_of(self, error: RowError) -> int:
        """The column of a fault; -1 where the file has no such column."""
        found = self.sheet.roster
        titles = found.mapping if found else {}
        return next((self.sheet.columns[name] for name, title in titles.items() if title == error.column), -1)

    # -- shape: one column more than the file, for what becomes of each line ---------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return self._width + 1

    def place(self, index: Index) -> tuple[int, int]:
        """(line, column) of the file, from 0; column -1 for what becomes of the line."""
        return self.rows[index.row()], index.column() - 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() else usual

    def field_of(self, column: int) -> str:
        """The field a column of the file stands for; "" for none."""
        return next((name for name, place in self.sheet.columns.items() if place == column), "")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return str(self.rows[section] + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._head(section)
        if role == Qt.ItemDataRole.ToolTipRole and section:
            return QCoreApplication.translate("RosterGrid", "点按更正本列的含义")
        return None

    def _head(self, section: int) -> str:
        if not section:
            return QCoreApplication.translate("RosterGrid", "结果")
        column, name = section - 1, self.field_of(section - 1)
        found = self.sheet.roster
        own = dict(roster.fields()).get(name, "")
        above = [line[column] for line in self.sheet.lines[: self.sheet.first_line] if column < len(line)]
        title = found.mapping.get(name, "") if found and name else next((t for t in reversed(above) if t), "")
        if not own:
            own = QCoreApplication.translate("RosterGrid", "不导入")
            return f"{title}\n{own}" if title else own
        return f"{title}\n→ {own}" if title and title != own else own

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.place(index)
        mark = self.marks.get((line, column)) if column >= 0 else self.states.get(line)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(line, column, mark, plain=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.field_of(column) in _NUMBERS
            return (
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        return _look(mark, role) if mark is not None else self._unread(line, column, role)

    def _words(self, line: int, column: int, mark: Mark | None, *, plain: bool) -> str:
        if column < 0:
            return f"{SHAPES[mark.tone]} {mark.said}" if mark else QCoreApplication.translate("RosterGrid", "不导入")
        cells = self.sheet.lines[line]
        own = cells[column] if column < len(cells) else ""
        return own if plain or mark is None else f"{SHAPES[mark.tone]} {own}".strip()

    def _unread(self, line: int, column: int, role: int) -> object:
        """Grey: lines that are no people and columns that stand for nothing."""
        grey = line not in self.states or (column >= 0 and not self.field_of(column))
        return QColor(theme.colours().muted) if role == Qt.ItemDataRole.ForegroundRole and grey else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, column = self.place(index)
        if role != Qt.ItemDataRole.EditRole or column < 0 or str(value) == self._words(line, column, None, plain=True):
            return False
        self.typed.emit(line, column, str(value).strip())
        return True


def _look(mark: Mark, role: int) -> object:
    colours = theme.colours()
    if role == Qt.ItemDataRole.ForegroundRole:
        return QColor(getattr(colours, mark.tone))
    if role == Qt.ItemDataRole.BackgroundRole and mark.tone != "green":
        return QColor(getattr(colours, f"{mark.tone}_tint"))
    if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        return mark.said
    return None


class RosterView(QTableView):
    """Digits and letters type over a cell; a click on a head, or Shift+F10 in a column, maps the column."""

    def __init__(self, model: RosterModel) -> None:
        super().__init__()
        self.setModel(model)
        self.grid = model
        self.setAccessibleName(QCoreApplication.translate("RosterGrid", "名册"))
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # arrows go from cell to cell, Tab leaves the grid
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().setDefaultSectionSize(max(30, round(self.fontMetrics().height() * ROW_FACTOR)))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(60)
        self.horizontalHeader().sectionClicked.connect(self.ask_meaning)
        self.customContextMenuRequested.connect(lambda _place: self.ask_meaning(self.currentIndex().column()))
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        """Columns as wide as their first lines need; no column takes more than a third."""
        self.resizeColumnsToContents()
        most = max(160, self.viewport().width() // 3)
        for column in range(self.grid.columnCount()):
            self.setColumnWidth(column, min(most, self.columnWidth(column) + 12))

    def menu(self, section: int) -> QMenu:
        """What a column may stand for."""
        menu = QMenu(self)
        now = self.grid.field_of(section - 1)
        for name, own in (*roster.fields(), ("", QCoreApplication.translate("RosterGrid", "不导入"))):
            action = menu.addAction(own, lambda name=name: self.grid.meant.emit(section - 1, name))
            action.setCheckable(True)
            action.setChecked(name == now)
        return menu

    def ask_meaning(self, section: int) -> None:
        """Ask what a column stands for."""
        if section < 1:
            return
        head = self.horizontalHeader()
        place = head.mapToGlobal(head.rect().topLeft())
        place.setX(place.x() + max(0, head.sectionViewportPosition(section)))
        place.setY(place.y() + head.height())
        menu = self.menu(section)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def go(self, line: int, column: int) -> None:
        """Put the caret into a cell of the file and open it for typing."""
        if line not in self.grid.rows:
            return
        index = self.grid.index(self.grid.rows.index(line), max(0, column) + 1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if column >= 0:
            self.edit(index)
