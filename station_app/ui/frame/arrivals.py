"""New orders and hand-offs, watched from log-in on: the figure in the menu, and a message that stays until acted on."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from station_app.services.changes import Changes
from station_app.services.loop import board
from station_app.ui.desk import Desk


class Arrivals(QObject):
    """Counts after every change and every round; says so when there are more than before."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.count = 0
        self._said = ""
        desk.tasks.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        station = self._desk.station
        self._desk.tasks.read(lambda: board.count_new(station), done=self._show, key="arrivals")

    def _changed(self, changes: Changes) -> None:
        if not changes.kinds or changes.concerns("order", "order_part", "hand_off", "case"):
            self.refresh()

    def _show(self, count: int) -> None:
        more, self.count = count > self.count, count
        self._desk.counted.emit("orders", count)
        if not count and self._said and self._desk.notices.message == self._said:
            self._desk.notices.clear()
        if more:
            said = self._said = self.tr("收到新的发令、移交 {n} 件，请签收或者答复。").format(n=count)
            go = (self.tr("查看"), lambda: self._desk.go("orders"))
            self._desk.notices.say(said, tone="amber", action=go, ms=0)
            QApplication.alert(self._desk.notices.window())  # the task bar, where another program is in front
