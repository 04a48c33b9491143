"""The controls of a form: one widget with a value of the catalogue's type, and the raw text a draft keeps.

A control never judges while an input method composes: it reports `finished` when the field is left or Enter is hit.
`value()` raises the KnownError of what was typed; `raw()` never fails, so that a draft can hold what is not yet right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QTextOption
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from station_app.ui import words
from station_app.ui.forms import typed
from station_app.ui.style.fonts import tabular
from station_app.ui.style.style import set_property
from sync.contract.canonical import Json

Today = Callable[[], date]


class Control(QWidget):
    """Base. *Signals:* `edited` at each change by hand; `finished` when the field is left."""

    edited = Signal()
    finished = Signal()

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(editor, 1)
        self.row = row
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a field is never squeezed

    def took(self) -> None:
        """Something was chosen: that is a change and a finished one."""
        self.edited.emit()
        self.finished.emit()

    def value(self) -> Json:
        """The value, None for nothing. Raises KnownError."""
        raise NotImplementedError

    def set_value(self, value: Json) -> None:
        """Show a value; nothing is reported."""
        raise NotImplementedError

    def raw(self) -> Json:
        """What is typed, as a draft keeps it."""
        raise NotImplementedError

    def set_raw(self, raw: Json) -> None:
        """Put back what a draft kept."""
        raise NotImplementedError

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field."""
        set_property(self.editor, "wrong", "true" if wrong else "false")

    def set_read_only(self, yes: bool) -> None:
        """Show without letting it be changed."""
        self.editor.setEnabled(not yes)

    def caret(self) -> int:
        """Where the caret stands."""
        return 0

    def set_caret(self, place: int) -> None:
        """Put the caret back."""

    def set_hint(self, text: str) -> None:
        """Grey words while the field is empty."""

    def name_it(self, name: str) -> None:
        """The name a screen reader reads."""
        self.editor.setAccessibleName(name)


class Line(QLineEdit):
    """A line edit that knows whether an input method is composing in it."""

    composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note the composition."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class LineControl(Control):
    """Text on one line."""

    def __init__(self) -> None:
        self.line = Line()
        super().__init__(self.line)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self._left)

    def _left(self) -> None:
        if not self.line.composing:
            self.tidy()
            self.finished.emit()

    def tidy(self) -> None:
        """Rewrite what was typed in the usual form, where it can be read."""

    def value(self) -> Json:
        return self.line.text().strip() or None

    def set_value(self, value: Json) -> None:
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def raw(self) -> Json:
        return self.line.text()

    def set_raw(self, raw: Json) -> None:
        self.line.setText("" if raw is None else str(raw))

    def set_hint(self, text: str) -> None:
        self.line.setPlaceholderText(text)

    def set_read_only(self, yes: bool) -> None:
        self.line.setReadOnly(yes)
        set_property(self.line, "locked", "true" if yes else "false")

    def caret(self) -> int:
        return self.line.cursorPosition()

    def set_caret(self, place: int) -> None:
        self.line.setCursorPosition(place)


class NamesControl(LineControl):
    """Several names on one line, parted by 、."""

    BETWEEN: Final = re.compile(r"[、，,；;]")

    def value(self) -> Json:
        found = [name for one in self.BETWEEN.split(self.line.text()) if (name := one.strip())]
        return [*found] or None

    def set_value(self, value: Json) -> None:
        super().set_value("、".join(map(str, value)) if isinstance(value, list) else value)


class PasswordControl(LineControl):
    """A password: never kept in a draft."""

    def __init__(self) -> None:
        super().__init__()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> Json:
        return self.line.text() or None

    def raw(self) -> Json:
        return ""


class MoneyControl(LineControl):
    """Yuan as typed (13146, 13,146.00, 1.3万), 分 as value; thousands are set when the field is left."""

    def __init__(self) -> None:
        super().__init__()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFont(tabular(self.line.font()))

    def value(self) -> Json:
        from station_app.domain.money import parse_yuan

        text = self.line.text().strip()
        return parse_yuan(text) if text else None

    def set_value(self, value: Json) -> None:
        self.line.setText(words.yuan(value))

    def tidy(self) -> None:
        _try(lambda: self.set_value(self.value()))


class IntControl(LineControl):
    """A whole number."""

    def value(self) -> Json:
        from station_app.domain.text import compact
        from sync.contract.errors import KnownError

        text = compact(self.line.text()).replace(",", "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise KnownError("E-206", text=self.line.text())
        return int(text)


class DaysControl(LineControl):
    """Days with two decimals; hundredths of a day as value."""

    def value(self) -> Json:
        return typed.read_hundredths(self.line.text())

    def set_value(self, value: Json) -> None:
        self.line.setText(typed.show_hundredths(value) if isinstance(value, int) else "")


class MomentControl(LineControl):
    """A legal moment: 2026-11-24 09:05, 昨天 0905, 9:05."""

    def __init__(self, today: Today) -> None:
        super().__init__()
        self._today = today

    def value(self) -> Json:
        return typed.read_moment(self.line.text(), today=self._today()) or None

    def set_value(self, value: Json) -> None:
        self.line.setText(str(value).replace("T", " ") if value else "")

    def tidy(self) -> None:
        _try(lambda: self.set_value(self.value()))


class LongControl(Control):
    """Lines of text in a box that grows with them; Tab leaves it."""

    def __init__(self, lines: int = 3, most: int = 16) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box)
        self._least, self._most = lines, most
        self.box.setTabChangesFocus(True)
        self.box.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.box.document().contentsChanged.connect(self._grow)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._changed)
        self._silent = False
        self._grow()

    def _changed(self) -> None:
        if not self._silent:
            self.edited.emit()

    def _grow(self) -> None:
        rows = min(self._most, max(self._least, int(self.box.document().size().height())))
        height = rows * self.box.fontMetrics().lineSpacing() + 2 * int(self.box.document().documentMargin()) + 12
        if self.box.height() != height:
            self.box.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field is left; or became wider, so that its lines break elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._grow()
        return super().eventFilter(watched, event)

    def value(self) -> Json:
        return self.box.toPlainText().rstrip() or None

    def set_value(self, value: Json) -> None:
        self._silent = True
        self.box.setPlainText("" if value is None else str(value))
        self._silent = False

    def raw(self) -> Json:
        return self.box.toPlainText()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)

    def set_hint(self, text: str) -> None:
        self.box.setPlaceholderText(text)

    def set_read_only(self, yes: bool) -> None:
        self.box.setReadOnly(yes)

    def caret(self) -> int:
        return self.box.textCursor().position()

    def set_caret(self, place: int) -> None:
        cursor = self.box.textCursor()
        cursor.setPosition(min(place, len(self.box.toPlainText())))
        self.box.setTextCursor(cursor)


class TextsControl(LongControl):
    """Several texts, one a line."""

    def value(self) -> Json:
        lines: list[Json] = [line.strip() for line in self.box.toPlainText().splitlines() if line.strip()]
        return lines or None

    def set_value(self, value: Json) -> None:
        super().set_value("\n".join(map(str, value)) if isinstance(value, list) else value)


class BoolControl(Control):
    """Yes or no; the field's label stands beside the box."""

    def __init__(self, text: str) -> None:
        self.box = QCheckBox(text)
        super().__init__(self.box)
        self.box.clicked.connect(self.took)

    def value(self) -> Json:
        return self.box.isChecked()

    def set_value(self, value: Json) -> None:
        self.box.setChecked(bool(value))

    def raw(self) -> Json:
        return self.box.isChecked()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)


class CodesControl(Control):
    """Several of a list, as boxes to tick."""

    def __init__(self, choices: list[tuple[str, str]], columns: int = 3) -> None:
        self._panel = QWidget()
        super().__init__(self._panel)
        self._columns = columns
        self._grid = QGridLayout(self._panel)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[str, QCheckBox] = {}
        self._name = ""
        self.set_choices(choices)

    def set_choices(self, choices: list[tuple[str, str]]) -> None:
        """Offer other entries; what is ticked stays ticked."""
        ticked = [code for code, box in self._boxes.items() if box.isChecked()]
        for box in self._boxes.values():
            box.deleteLater()
        self._boxes = {}
        for number, (code, text) in enumerate(choices):
            box = QCheckBox(text)
            box.setAccessibleName(text)
            box.clicked.connect(self.took)
            self._grid.addWidget(box, number // self._columns, number % self._columns)
            self._boxes[code] = box
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))
        self.set_value(list[Json](ticked))

    def value(self) -> Json:
        ticked: list[Json] = [code for code, box in self._boxes.items() if box.isChecked()]
        return ticked or None

    def set_value(self, value: Json) -> None:
        wanted = value if isinstance(value, list) else []
        for code, box in self._boxes.items():
            box.setChecked(code in wanted)

    def raw(self) -> Json:
        return self.value()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)


def _try(act: Callable[[], object]) -> None:
    from sync.contract.errors import KnownError

    try:
        act()
    except KnownError:
        return
