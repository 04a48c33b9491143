"""Controls typed on one line: text, names, a password, money, whole numbers, days, a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

from station_app.ui import words
from station_app.ui.forms import typed
from station_app.ui.forms.controls.base import Control, Today
from station_app.ui.style.fonts import tabular
from station_app.ui.style.style import set_property
from sync.contract.canonical import Json


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
        if_readable(lambda: self.set_value(self.value()))


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
        if_readable(lambda: self.set_value(self.value()))


def if_readable(act: Callable[[], object]) -> None:
    """Do it where what was typed can be read; else it stays as it was typed."""
    from sync.contract.errors import KnownError

    try:
        act()
    except KnownError:
        return
