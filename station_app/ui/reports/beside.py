"""A list with what is chosen beside it; one under the other where the window is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.ui.desk import Desk, Page
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import Canvas
from station_app.ui.widgets.lines import LinesView


class BesidePage(Page):
    """Read anew when opened and when anything changed. Subclasses fill `body` by `beside` and override `refresh`."""

    shares = (3, 2)
    """How list and side share the room."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.side = Canvas(margin=S3)
        self.body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.body.setSpacing(S4)
        self._lines: QWidget | None = None

    def list_of(self, name: str) -> LinesView:
        """The list whose chosen line is told beside it by `_choose`; Enter opens nothing more."""
        lines = LinesView(name, fit=False)
        lines.marked = True
        lines.selectionModel().currentChanged.connect(lambda *_: self._choose())
        lines.opened.connect(lambda _line: None)
        self._lines = lines
        return lines

    def beside(self, left: QWidget) -> None:
        """Lay out the list, or what holds it, and the side."""
        self.body.addWidget(left)
        self.body.addWidget(self.side)
        self.narrow(False)

    def refresh(self) -> None:
        """Read anew."""
        raise NotImplementedError

    def _choose(self) -> None:
        """Show the chosen one at the side."""
        raise NotImplementedError

    def opened(self, argument: object = None) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def narrow(self, yes: bool) -> None:
        way = QBoxLayout.Direction
        self.body.setDirection(way.TopToBottom if yes else way.LeftToRight)
        for place, share in enumerate(self.shares):
            self.body.setStretch(place, share)

    def first_field(self) -> QWidget | None:
        return self._lines
