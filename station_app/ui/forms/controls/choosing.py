"""Controls to choose with: a code by label or pinyin initials, a day by typing or from the calendar."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QCompleter, QToolButton

from station_app.ui.forms import typed
from station_app.ui.forms.controls.base import Control, Today
from station_app.ui.forms.controls.line import LineControl, if_readable
from station_app.ui.style.icons import icon
from sync.contract.canonical import Json

_CODE: Final = int(Qt.ItemDataRole.UserRole)


@lru_cache(maxsize=2048)
def _initials(text: str) -> tuple[str, ...]:
    from station_app.domain.text import pinyin_initials

    return pinyin_initials(text)


class _Fitting(QSortFilterProxyModel):
    """Entries whose label contains what is typed, or whose pinyin initials begin with it."""

    wanted = ""

    def want(self, text: str) -> None:
        """Show what fits this text."""
        self.wanted = text.strip().casefold()
        self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Label, code or initials."""
        if not self.wanted:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        text = str(index.data() or "").casefold()
        if self.wanted in text or self.wanted == str(index.data(_CODE) or ""):
            return True
        return self.wanted.isascii() and any(self.wanted in word for word in _initials(text))


class Combo(QComboBox):
    """A combo box that the wheel does not change while a page is scrolled, and that takes typing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()


class _Completer(QCompleter):
    """Offers what the proxy lets through: the proxy filters, the completer only shows."""

    def __init__(self, fitting: _Fitting, combo: QComboBox) -> None:
        super().__init__(fitting, combo)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._fitting = fitting

    def splitPath(self, path: str) -> list[str]:
        """Each time something is typed."""
        self._fitting.want(path)
        return [""]


class CodeControl(Control):
    """One of a list: type a part of the label or its pinyin initials, or open the list with Alt+Down."""

    def __init__(self, choices: list[tuple[str, str]], *, empty: bool = True) -> None:
        self.combo = Combo()
        super().__init__(self.combo)
        self._empty = empty
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        self._model = QStandardItemModel(self)
        self.combo.setModel(self._model)
        self._fitting = _Fitting(self)
        self._fitting.setSourceModel(self._model)
        completer = _Completer(self._fitting, self.combo)
        completer.popup().setProperty("role", "popup")
        completer.activated[QModelIndex].connect(self._took)  # type: ignore[index]  # an overloaded signal
        self.combo.setCompleter(completer)
        self.combo.activated.connect(lambda _row: self.took())
        line = self.combo.lineEdit()
        assert line is not None
        self._line = line
        line.textEdited.connect(lambda _text: self.edited.emit())
        line.editingFinished.connect(self._left)
        self.set_choices(choices)

    def set_choices(self, choices: list[tuple[str, str]]) -> None:
        """Offer other entries; what was chosen stays if it is still among them."""
        before = self._code()
        self._model.clear()
        for code, text in ([("", "")] if self._empty else []) + choices:
            item = QStandardItem(text)
            item.setData(code, _CODE)
            self._model.appendRow(item)
        self.set_value(before)

    def keep(self, code: str, words: str) -> None:
        """Offer a code that is stored and no longer in the list, so that it can stay."""
        if code and self.combo.findData(code, _CODE) < 0:
            item = QStandardItem(words)
            item.setData(code, _CODE)
            self._model.appendRow(item)

    def _code(self) -> str:
        row = self.combo.findText(self.combo.currentText(), Qt.MatchFlag.MatchExactly)
        return str(self.combo.itemData(row, _CODE) or "") if row >= 0 else ""

    def _took(self, index: QModelIndex) -> None:
        self.set_value(str(index.data(_CODE)))
        self.took()

    def _left(self) -> None:
        """One entry fits what was typed: it is meant."""
        text = self.combo.currentText().strip()
        if text and not self._code():
            self._fitting.want(text)
            if self._fitting.rowCount() == 1:
                self.set_value(str(self._fitting.index(0, 0).data(_CODE)))
                self.edited.emit()
        self.finished.emit()

    def value(self) -> Json:
        from sync.contract.errors import KnownError

        text = self.combo.currentText().strip()
        code = self._code()
        if text and not code:
            raise KnownError("E-217", value=text, field=self.combo.accessibleName())
        return code or None

    def set_value(self, value: Json) -> None:
        row = self.combo.findData(value or "", _CODE)
        self.combo.setCurrentIndex(row)
        if row < 0:
            self.combo.setEditText("" if value is None else str(value))
        self._line.setCursorPosition(0)

    def raw(self) -> Json:
        return self._code() or self.combo.currentText()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)

    def set_hint(self, text: str) -> None:
        self._line.setPlaceholderText(text)

    def name_it(self, name: str) -> None:
        self.combo.setAccessibleName(name)
        self._line.setAccessibleName(name)


class DateControl(LineControl):
    """A legal day: typed in any usual way, or chosen from the calendar (Alt+Down)."""

    def __init__(self, today: Today) -> None:
        super().__init__()
        self._today = today
        self._button = QToolButton()
        self._button.setIcon(icon("calendar", "muted"))
        self._button.setProperty("kind", "quiet")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setAccessibleName(self.tr("从日历选择"))
        self._button.setToolTip(self.tr("从日历选择"))
        self._button.clicked.connect(self.open_calendar)
        self.row.addWidget(self._button)
        self._calendar: _Calendar | None = None

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        self._calendar = _Calendar()
        day = QDate.fromString(str(self.raw()), Qt.DateFormat.ISODate)
        today = self._today()
        self._calendar.setSelectedDate(day if day.isValid() else QDate(today.year, today.month, today.day))
        self._calendar.clicked.connect(self._picked)
        self._calendar.activated.connect(self._picked)
        self._calendar.move(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        self._calendar.show()

    def _picked(self, day: QDate) -> None:
        self.set_value(day.toString(Qt.DateFormat.ISODate))
        if self._calendar is not None:
            self._calendar.close()
        self.edited.emit()
        self.finished.emit()

    def value(self) -> Json:
        return typed.read_day(self.line.text(), today=self._today()) or None

    def tidy(self) -> None:
        if_readable(lambda: self.set_value(self.value()))

    def set_read_only(self, yes: bool) -> None:
        super().set_read_only(yes)
        self._button.setVisible(not yes)


class _Calendar(QCalendarWidget):
    """A calendar that goes away when something else is clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left: closed."""
        super().focusOutEvent(event)
        self.close()
