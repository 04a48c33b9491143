"""Uploads in the background: asks the service when the next round is due, runs it in the net lane, tells progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from station_app.services.changes import Changes
from station_app.services.travel import syncing
from station_app.services.travel.syncing import TravelStatus
from station_app.ui.desk import Desk
from station_app.ui.tasks import Call

if TYPE_CHECKING:
    from station_app.services.travel.syncing import Outcome, Progress

_LOOK_MS = 5_000


class Travelling(QObject):
    """*Signals:* `progress` ((done, total, bytes) or None when over); `came` (Outcome) after each round."""

    progress = Signal(object)
    came = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._call: Call | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def under_way(self) -> bool:
        """True while a round runs."""
        return self._call is not None

    def _look(self) -> None:
        if self._call is None:
            station = self._desk.station
            self._desk.tasks.read(lambda: syncing.status(station), done=self._due, key="travel-due")

    def _due(self, state: TravelStatus) -> None:
        if state.enrolled and state.next_try() <= self._desk.station.clock.now_ms():
            self.start()

    def start(self) -> None:
        """Do a round now."""
        if self._call is not None:
            return
        desk, station = self._desk, self._desk.station

        def tell(step: Progress) -> None:
            desk.tasks.post(lambda: self.progress.emit((step.done, step.total, step.out + step.into)))

        self.progress.emit((0, 0, 0))
        self._call = desk.tasks.net(
            lambda call: syncing.run(station, tell, lambda: call.cancelled),
            done=self._over,
            failed=lambda _e: self._end(),
            owner=self,
        )

    def stop(self) -> None:
        """Break the round off; what was sent counts."""
        if self._call is not None:
            self._call.cancel()
            self._end()

    def _over(self, outcome: Outcome) -> None:
        self._end()
        self.came.emit(outcome)
        if outcome.lost:
            warning = syncing.disk_warning(self._desk.station)
            if warning is not None:
                self._desk.notices.error(warning)
        if outcome.pulled:
            self._desk.tasks.changed.emit(Changes(frozenset({"case"}), (), ("pulled",)))

    def _end(self) -> None:
        self._call = None
        self.progress.emit(None)
