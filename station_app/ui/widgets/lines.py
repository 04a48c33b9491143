"""Short lists of lines: shape, one sentence, a note on the right. Enter or a click opens; type to jump."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from station_app.ui.style import theme
from station_app.ui.style.tokens import S2, S3, SHAPES
from station_app.ui.words import Tone

_LINE: Final = int(Qt.ItemDataRole.UserRole)
_SIGNS: Final = _LINE + 1
"""Whether any line of the list bears a sign: then all texts begin behind its place."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `key` and `argument` say what it opens."""

    text: str
    note: str = ""
    tone: Tone = "none"
    key: str = ""
    argument: object = None


class LinesModel(QAbstractListModel):
    """The lines of one list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.signs = False

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.lines = list(lines)
        self.signs = any(line.tone != "none" for line in lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row a line."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, the whole line for the painter, and what a screen reader says."""
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role == _SIGNS:
            return self.signs
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{line.text} {line.note}".strip()
        return None


class LineDelegate(QStyledItemDelegate):
    """Draws shape, text and note; the text gives way to the note, both are cut with an ellipsis."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        line = index.data(_LINE)
        assert isinstance(line, Line)
        opt: Any = QStyleOptionViewItem(option)  # Any: the stubs leave out the fields of style options
        self.initStyleOption(opt, index)
        opt.text = ""
        style = opt.widget.style() if opt.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, opt, painter, opt.widget)
        colours = theme.colours()
        rect = opt.rect.adjusted(S3, 0, -S3, 0)
        metrics = QFontMetrics(opt.font)
        painter.save()
        if index.row() < index.model().rowCount() - 1:  # the frame ends the last line
            painter.setPen(QColor(colours.line))
            painter.drawLine(opt.rect.bottomLeft(), opt.rect.bottomRight())
        painter.setFont(opt.font)
        if line.tone != "none":
            painter.setPen(QColor(getattr(colours, line.tone)))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, SHAPES[line.tone])
        if index.data(_SIGNS):
            rect.setLeft(rect.left() + metrics.height() + S2 // 2)
        note = metrics.elidedText(line.note, Qt.TextElideMode.ElideRight, rect.width() // 2)
        width = metrics.horizontalAdvance(note)
        painter.setPen(QColor(colours.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        painter.setPen(QColor(colours.text))
        space = QRect(rect.left(), rect.top(), rect.width() - width - (S3 if note else 0), rect.height())
        text = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two heights of the font, at least 32 px at 100 %."""
        fields: Any = option  # Any: as above
        return QSize(100, max(32, round(fields.fontMetrics.height() * 1.8)))


class LinesView(QListView):
    """*Signals:* `opened` (Line) by Enter or click. With `fit` it is as high as its lines and never scrolls."""

    opened = Signal(object)

    def __init__(self, name: str, *, fit: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(self))
        self.setProperty("role", "lines")
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(lambda index: self.opened.emit(index.data(_LINE)))
        self._fit = fit
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.marked = False
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace the lines; the chosen row stays where it was."""
        row = self.currentIndex().row()
        self.lines.show_lines(lines)
        if lines:
            self._mark(min(max(row, 0), len(lines) - 1))
        if self._fit:
            self.setFixedHeight(max(1, len(lines)) * self.sizeHintForRow(0) + 4 if lines else 0)

    def _mark(self, row: int) -> None:
        """The current row; it is shown as chosen only where keys act on it, or where the list says so (`marked`)."""
        index = self.lines.index(row, 0)
        if self.marked or self.hasFocus():
            self.setCurrentIndex(index)
        else:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys act here now."""
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys act elsewhere."""
        super().focusOutEvent(event)
        if not self.marked:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(_LINE))
            return
        super().keyPressEvent(event)
