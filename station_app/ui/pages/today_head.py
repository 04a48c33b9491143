"""The head of 今日待办: the day, the pages beside the menu, and what the user begins the day with."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from station_app.ui import keys
from station_app.ui.desk import Desk
from station_app.ui.frame.pages import menu_title
from station_app.ui.rounds import evaluating
from station_app.ui.style.tokens import S2, S4
from station_app.ui.widgets.layout import button, row, text

_BESIDE: Final = (("calendar", "calendar"), ("patrols", "eye"), ("daylog", "drafts"))
"""Pages beside the menu, and their pictures."""
_DECIDING: Final = (("board", "figures"), ("meeting", "people"))
"""Pages that whoever decides in the meeting begins the day with; in a line of their own, so that nothing is cut."""


class TodayHead(QWidget):
    """`beside`: the buttons by their pages."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        super().__init__()
        station = desk.station
        self.day = text("", "muted")
        self.beside: dict[str, QPushButton] = {}
        head = row(text(QCoreApplication.translate("TodayPage", "今日待办"), "page"), self.day, None, spacing=S4)
        for key, picture in _BESIDE:
            head.addWidget(self._lead(desk, key, picture))
        if station.can("evaluate"):
            said = QCoreApplication.translate("TodayPage", "登记满意度")
            act = partial(evaluating.evaluate, page, desk)
            self.beside["evaluate"] = button(said, act, kind="quiet", picture="check")
            head.addWidget(self.beside["evaluate"])
        said, hint = QCoreApplication.translate("TodayPage", "新登记"), keys.shown("new")
        self.new = button(said, partial(desk.go, "intake"), kind="primary", picture="plus", hint=hint)
        head.addWidget(self.new)
        if not station.can("register"):
            self.new.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        column.addLayout(head)
        if station.can("decide"):
            column.addLayout(row(*(self._lead(desk, key, picture) for key, picture in _DECIDING), None))

    def _lead(self, desk: Desk, key: str, picture: str) -> QPushButton:
        self.beside[key] = button(menu_title(key), partial(desk.go, key), kind="quiet", picture=picture)
        return self.beside[key]
