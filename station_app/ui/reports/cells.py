"""A table of figures: each number opens its cases, by a click or Enter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from station_app.services.figures.counting import Line
from station_app.services.reading.lists import Filter
from station_app.ui import words
from station_app.ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
_ROLE: Final = Qt.ItemDataRole
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CellsTable(Table):
    """The first column names a line, the others are numbers. *Signals:* `chosen` (row, column) of a number."""

    chosen = Signal(int, int)

    def __init__(self, name: str, model: QAbstractItemModel) -> None:
        super().__init__(name, model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.entered.connect(self._over)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.column() > 0:
            self.chosen.emit(index.row(), index.column())

    def _over(self, index: QModelIndex) -> None:
        """A number is something to press, a name is not."""
        shape = Qt.CursorShape.PointingHandCursor if index.column() > 0 else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cases of the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def fit_height(self) -> None:
        """As high as its lines, where the page scrolls and not the table."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 2)


COLUMNS: Final = ("label", "accepted", "resolved", "rate", "unresolved", "confirmed", "open", "people", "amount")
_OPENS: Final = {"rate": "resolved", "people": "accepted", "amount": "accepted"}
"""What a number that counts no cases by itself opens."""


class LinesModel(QAbstractTableModel):
    """Lines of figures under each other, the last one their sum."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._head = ""
        self._heads = {
            "accepted": self.tr("受理"),
            "resolved": self.tr("化解"),
            "rate": self.tr("化解率"),
            "unresolved": self.tr("未化解"),
            "confirmed": self.tr("司法确认"),
            "open": self.tr("在办"),
            "people": self.tr("涉及人数"),
            "amount": self.tr("涉及金额（元）"),
        }

    def show_lines(self, head: str, lines: list[Line]) -> None:
        """Other lines; `head` says what they are split by."""
        self.beginResetModel()
        self._head, self.lines = head, lines
        self.endResetModel()

    def cases(self, row: int, column: int) -> Filter | None:
        """The list behind a number; None for a name."""
        name = COLUMNS[column]
        if name == "label" or not 0 <= row < len(self.lines):
            return None
        return self.lines[row].cases(_OPENS.get(name, name))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return self._heads[COLUMNS[section]] if section else self._head
        return (RIGHT if section else LEFT) if role == _ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        name, line = COLUMNS[index.column()], self.lines[index.row()]
        if role == _ROLE.TextAlignmentRole:
            return RIGHT if index.column() else LEFT
        if role == _ROLE.FontRole and index.row() == len(self.lines) - 1:
            bold = QFont()
            bold.setBold(True)
            return bold
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return None
        value = getattr(line, name)
        if name == "amount":
            return words.yuan(value) if value else "0"
        return value if isinstance(value, str) else f"{value:,}"
