"""What every control can do.

A control never judges while an input method composes: it reports `finished` when the field is left or Enter is hit.
`value()` raises the KnownError of what was typed; `raw()` never fails, so that a draft can hold what is not yet right.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

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
