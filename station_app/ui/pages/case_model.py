"""The table model of the list of cases: all ids are known, lines are read when they come into view, and kept."""

from __future__ import annotations

from array import array
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor

from station_app.services.reading import browse, lists
from station_app.services.reading.lists import CaseLine, Filter
from station_app.ui import words
from station_app.ui.desk import Desk
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style import theme

Index = QModelIndex | QPersistentModelIndex
CHUNK: Final = 100
KEEP: Final = 4000
"""Lines kept in memory; more than any screen shows."""

COLUMNS: Final = ("title", "state", "colour", "people", "amount", "registered", "number")
_HEADS: Final = {
    "title": QT_TRANSLATE_NOOP("Cases", "案件名称"),
    "state": QT_TRANSLATE_NOOP("Cases", "办理阶段"),
    "colour": QT_TRANSLATE_NOOP("Cases", "预警"),
    "people": QT_TRANSLATE_NOOP("Cases", "人数"),
    "amount": QT_TRANSLATE_NOOP("Cases", "金额（元）"),
    "registered": QT_TRANSLATE_NOOP("Cases", "登记日期"),
    "number": QT_TRANSLATE_NOOP("Cases", "案件编号"),
}
_RIGHT: Final = {"people", "amount"}


def _align(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class CasesModel(QAbstractTableModel):
    """*Signals:* `counted` (int) when the number of cases of the filter is known."""

    counted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.filter = Filter()
        self.ids: array[int] = array("q")
        self._lines: dict[int, CaseLine] = {}
        self._shown: dict[int, tuple[str, ...]] = {}
        self._wanted: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fetch)

    # -- what the view asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("Cases", _HEADS[COLUMNS[section]])
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _align(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            shown = self._row(index.row())
            return shown[index.column()] if shown else ""
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._tone(index.row(), column)
        return None

    def _row(self, row: int) -> tuple[str, ...] | None:
        case = self.ids[row]
        shown = self._shown.get(case)
        if shown is None:
            self._wanted.add(row // CHUNK)
            if not self._soon.isActive():
                self._soon.start(0)
        return shown

    def _tone(self, row: int, column: str) -> QColor | None:
        line = self._lines.get(self.ids[row])
        if line is None or column not in ("state", "colour"):
            return None
        tone = words.tone(line.state) if column == "state" else words.warning(line.colour)[1]
        return QColor(getattr(theme.colours(), "muted" if tone == "none" else tone))

    # -- where lines come from ------------------------------------------------------------------------------------

    def line(self, row: int) -> CaseLine | None:
        """The line of a row, None while it is on its way."""
        return self._lines.get(self.ids[row]) if 0 <= row < len(self.ids) else None

    def rec(self, row: int) -> str:
        """The record id of a row, "" while it is on its way."""
        line = self.line(row)
        return line.rec if line else ""

    def show_filter(self, flt: Filter) -> None:
        """Show another choice: the first page at once, then all ids."""
        self.filter = flt
        station = self._desk.station
        self._desk.tasks.read(lambda: lists.cases(station, flt=flt), done=self._first, key="cases-first")
        self._desk.tasks.read(lambda: browse.ids(station, flt), done=self._all, key="cases-ids")

    def refresh(self) -> None:
        """The same choice, read anew."""
        self.show_filter(self.filter)

    def _first(self, found: list[CaseLine]) -> None:
        ids = array("q", [line.id for line in found])
        if self.ids[: len(ids)] != ids or len(found) < lists.PAGE:
            self.beginResetModel()
            self.ids = ids
            self._forget()
            self._keep(found)
            self.endResetModel()
        else:
            self._keep(found)
            self._redraw(0, len(ids) - 1)

    def _all(self, ids: array[int]) -> None:
        known = len(self.ids)
        if ids[:known] == self.ids and known <= len(ids):
            if len(ids) > known:
                self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
                self.ids = ids
                self.endInsertRows()
        elif ids != self.ids:
            self.beginResetModel()
            self.ids = ids
            self.endResetModel()
        self.counted.emit(len(ids))

    def _fetch(self) -> None:
        chunks, self._wanted = sorted(self._wanted)[-4:], set()
        for chunk in chunks:
            part = self.ids[chunk * CHUNK : (chunk + 1) * CHUNK]
            read = partial(browse.lines, self._desk.station, part)
            self._desk.tasks.read(read, done=partial(self._came, chunk * CHUNK), owner=self)

    def _came(self, first: int, found: dict[int, CaseLine]) -> None:
        if len(self._lines) > KEEP:
            self._forget()
        self._keep(list(found.values()))
        last = min(first + CHUNK, len(self.ids)) - 1
        if first <= last:
            self._redraw(first, last)

    def _redraw(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _keep(self, found: list[CaseLine]) -> None:
        for line in found:
            self._lines[line.id] = line
            self._shown[line.id] = (
                line.title,
                words.state(line.state),
                words.warning(line.colour)[0],
                str(line.people or ""),
                words.yuan(line.amount) if line.amount else "",
                words.day(line.registered_at),
                line.number,
            )

    def _forget(self) -> None:
        self._lines.clear()
        self._shown.clear()
