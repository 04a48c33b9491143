"""The signers of a case as a table: who, tail of the identity number, sum, state, and each instalment."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from station_app.services.performance import Due
from station_app.services.signdesk.desk import ABSENT, KEPT, PARTLY, REFUSED, SIGNED, Desk, Row
from station_app.ui import words
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style import theme
from station_app.ui.style.tokens import SHAPES

Index = QModelIndex | QPersistentModelIndex
NAME, TAIL, AMOUNT, STATE, FIRST = range(5)
_HEADS: Final = (
    QT_TRANSLATE_NOOP("SignDesk", "姓名"),
    QT_TRANSLATE_NOOP("SignDesk", "证件后四位"),
    QT_TRANSLATE_NOOP("SignDesk", "金额（元）"),
    QT_TRANSLATE_NOOP("SignDesk", "签署"),
)
MOST: Final = 3
"""Instalments with a column of their own; of more only the number paid is shown."""
TONES: Final[dict[str, words.Tone]] = {SIGNED: "green", KEPT: "green", REFUSED: "red", ABSENT: "red", PARTLY: "amber"}


def _say(source: str) -> str:
    return QCoreApplication.translate("SignDesk", source)


def state_words(row: Row) -> str:
    """●已签, ◆待签 …; how many of several."""
    said = words.code("sign_states", row.state)
    many = f" {row.signed}/{row.agreements}" if row.agreements > 1 else ""
    return f"{SHAPES[TONES.get(row.state, 'amber')]} {said}{many}"


def due_words(due: Due | None) -> str:
    """What one payee got of one instalment."""
    if due is None:
        return "—"
    if not due.left:
        return _say("已付")
    if due.failed:
        return _say("退回")
    return _say("部分已付") if due.paid else _say("未付")


class SignersModel(QAbstractTableModel):
    """The rows that fit what is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.rows: list[Row] = []

    def show_desk(self, desk: Desk, typed: str) -> None:
        """Replace what is shown: names that contain, or identity numbers that end as typed."""
        word = typed.strip()
        self.beginResetModel()
        self.desk = desk
        self.rows = [r for r in desk.rows if not word or word in r.name or (r.tail and r.tail.endswith(word.upper()))]
        self.endResetModel()

    @property
    def instalments(self) -> int:
        """Columns after the state."""
        count = len(self.desk.instalments) if self.desk else 0
        return count if count <= MOST else 1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(_HEADS) + self.instalments

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or self.desk is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIRST:
            return _say(_HEADS[section])
        if len(self.desk.instalments) > MOST:
            return _say("已付期数")
        return _say("第 {n} 期").format(n=section - FIRST + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE:
            return QColor(getattr(theme.colours(), TONES.get(row.state, "amber")))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row, column)
        return None

    def _words(self, row: Row, column: int) -> str:
        if column < FIRST:
            amount = words.yuan(row.amount) if row.amount else "—"
            return (row.name, row.tail or "—", amount, state_words(row))[column]
        assert self.desk is not None
        dues = {d.obligation: d for d in row.dues}
        if len(self.desk.instalments) > MOST:
            return f"{sum(not d.left for d in row.dues)}/{len(row.dues)}" if row.dues else "—"
        return due_words(dues.get(self.desk.instalments[column - FIRST].rec))


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == AMOUNT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
