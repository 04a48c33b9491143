"""The court's view beside the work: one button with the count, renewed a moment after typing stops; F7 opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from station_app.services import court
from station_app.services.cases import Values
from station_app.services.court import View
from station_app.ui import keys
from station_app.ui.court import dialog
from station_app.ui.desk import Desk
from station_app.ui.style.style import set_tone

_MOMENT = 400
"""Milliseconds without a key before the rules are asked again."""
Unsaved = Callable[[], tuple[Values, list[Values]] | None]
"""What is on screen: values of the agreement and its rows; None where nothing can be judged yet."""


class CourtChip(QPushButton):
    """Never blocks typing: the rules run in the read lane, a later answer takes the place of an earlier one.

    *Signals:* `seen` when there is a new view.
    """

    seen = Signal()

    def __init__(self, owner: QWidget, desk: Desk, unsaved: Unsaved | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setToolTip(keys.shown("findings"))
        self.view: View | None = None
        self._owner, self._desk, self._unsaved, self._case = owner, desk, unsaved, ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MOMENT)
        self._timer.timeout.connect(self._look)
        self.clicked.connect(self.open)
        keys.bind(owner, "findings", self.open)
        self.hide()

    @property
    def stops(self) -> int:
        """How many findings hold back papers for the court."""
        return len(court.stopped(self.view)) if self.view else 0

    def show_case(self, case: str) -> None:
        """Look at a case at once."""
        self._case = case
        self._look()

    def later(self) -> None:
        """Something was typed: look again when a moment passed without a key."""
        if self._case:
            self._timer.start()

    def open(self) -> None:
        """Show the findings."""
        if self._case:
            dialog.CourtDialog(self._owner, self._desk, case=self._case).open()

    def _look(self) -> None:
        station, case = self._desk.station, self._case
        unsaved = self._unsaved() if self._unsaved is not None else None

        def read() -> View:
            if unsaved is None:
                return court.look(station, case=case)
            return court.look_at(station, case=case, agreement=unsaved[0], rows=unsaved[1])

        self._desk.tasks.read(read, done=self._show, failed=lambda _error: None, owner=self, key=f"court-{id(self)}")

    def _show(self, view: View) -> None:
        self.view = view
        self.setText(f"{dialog.shape(view)} {self.tr('预审')}　{dialog.counted(view)}")
        self.setAccessibleName(self.text())
        set_tone(self, dialog.tone(view))
        self.setVisible(bool(view.materials) or bool(view.findings))
        self.seen.emit()
