"""A table for long lists: one row height, whole rows chosen, Enter opens, keys typed into it go to the filter."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView

from station_app.ui.style.tokens import ROW_FACTOR


class Table(QTableView):
    """*Signals:* `opened` (row) by Enter or double click."""

    opened = Signal(int)

    def __init__(self, name: str, model: QAbstractItemModel, *, typing: QLineEdit | None = None) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self._typing = typing
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(32, round(self.fontMetrics().height() * ROW_FACTOR)))

    def set_widths(self, characters: dict[int, int], stretch: int) -> None:
        """Width of columns in Chinese characters; one column takes what is left."""
        unit = self.fontMetrics().horizontalAdvance("国")
        header = self.horizontalHeader()
        for column, count in characters.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, count * unit + 20)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; a letter begins to filter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        plain = event.text().isprintable() and event.text().strip()
        if self._typing is not None and plain and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._typing.setFocus(Qt.FocusReason.OtherFocusReason)
            self._typing.setText(event.text())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The font grew: rows grow too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()
