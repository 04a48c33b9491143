"""One card of the page of a case: a title with buttons at its right, and a body; one with a list of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout

from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import button, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line, LinesView

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_MOST = 60
"""Lines shown at once; the others come when they are asked for."""


class Part(QFrame):
    """A card with a title, buttons at its right, and a body."""

    def __init__(self, page: CasePage, title: str) -> None:
        super().__init__()
        self.page = page
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(S4, S3, S4, S4)
        self.body.setSpacing(S3)
        self.head = row(label(title, "title"), None, spacing=S2)
        self.body.addLayout(self.head)

    def show_case(self, found: Look) -> None:
        """Show what was read."""
        raise NotImplementedError


class ListPart(Part):
    """A card with a list of lines."""

    def __init__(self, page: CasePage, title: str, empty: str) -> None:
        super().__init__(page, title)
        self.lines = LinesView(title)
        self.empty = label(empty, "muted", wrap=True)
        self.rest = button("", self._unfold, kind="link")
        self.rest.hide()
        self._all: list[Line] = []
        self._unfolded = ""
        self.body.addWidget(self.lines)
        self.body.addWidget(self.rest)
        self.body.addWidget(self.empty)

    def put(self, lines: list[Line]) -> None:
        """Show these lines, or the sentence for none."""
        self._all = lines
        whole = self._unfolded == self.page.rec
        self.lines.show_lines(lines if whole else lines[:_MOST])
        self.lines.setVisible(bool(lines))
        left = 0 if whole else len(lines) - _MOST
        self.rest.setText(QCoreApplication.translate("CasePage", "显示其余 {n} 项").format(n=left))
        self.rest.setAccessibleName(self.rest.text())
        self.rest.setVisible(left > 0)
        self.empty.setVisible(not lines)

    def _unfold(self) -> None:
        """All lines of this case, until another one is shown."""
        self._unfolded = self.page.rec
        self.put(self._all)
        self.lines.setFocus()
