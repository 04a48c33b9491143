"""Idle lock: after minutes without key or mouse the desk is covered until its user gives the password again."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from station_app.services.local import login
from station_app.services.local.login import UserCard
from station_app.ui.desk import Desk
from station_app.ui.pages.login import PasswordCard, place_in_middle
from station_app.ui.style.tokens import TICK_MS

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """*Signals:* `idle` when nobody did anything for the minutes set. Watches the whole application."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there."""
        if event.type() in _ACTS:
            self._last = time.monotonic()
        return False

    def look(self, now: float | None = None) -> None:
        """Is it time to lock? (0 minutes: never)"""
        spent = (time.monotonic() if now is None else now) - self._last
        if self.minutes and spent >= self.minutes * 60:
            self.idle.emit()


class LockPage(QWidget):
    """Covers the whole desk. *Signals:* `unlocked`, `leave_wanted` (another user logs in)."""

    unlocked = Signal()
    leave_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from station_app.ui.widgets.layout import button

        self._desk = desk
        user = desk.station.user
        self.card = PasswordCard(self.tr("已锁定"), [UserCard(user.person, user.name, "")], go=self.tr("解锁"))
        self.card.tried.connect(self._try)
        other = button(self.tr("换一位用户登录"), self.leave_wanted.emit, kind="link")
        place_in_middle(self, self.card, other, head=desk.station.store.setting("station.name"))

    def _try(self, _name: str, password: str) -> None:
        station = self._desk.station
        self._desk.tasks.read(
            lambda: login.verify(station, password),
            done=lambda _none: self._open(),
            failed=self.card.refused,
            owner=self,
        )

    def _open(self) -> None:
        self.card.password.clear()
        self.card.working(False)
        self.unlocked.emit()
