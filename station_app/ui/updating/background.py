"""New versions in the background: looked for now and then, fetched a little at a time between rounds of travelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from station_app.services.updating.standing import Standing
    from station_app.ui.desk import Desk
    from station_app.ui.frame.travelling import Travelling
    from station_app.ui.tasks import Call

_LOOK_MS: Final = 30_000


class Updating(QObject):
    """Never in the way of what people wrote: it runs only while nothing travels, in slices of some seconds.

    *Signals:* `stood` (Standing) after each look or slice.
    """

    stood = Signal(object)

    def __init__(self, desk: Desk, travelling: Travelling) -> None:
        super().__init__(desk)
        self._desk, self._travelling = desk, travelling
        self._call: Call | None = None
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Where it is time and nothing travels: one slice."""
        from station_app.services.updating import standing

        station = self._desk.station
        if self._call is not None or self._travelling.under_way or not standing.due(station):
            return
        self._call = self._desk.tasks.net(
            lambda call: standing.in_background(station, lambda: call.cancelled),
            done=self._over,
            failed=lambda _e: self._end(),
            owner=self,
        )

    def stop(self) -> None:
        """The session ends; what was fetched is kept."""
        self._timer.stop()
        if self._call is not None:
            self._call.cancel()
            self._end()

    def _over(self, state: Standing) -> None:
        self._end()
        self.stood.emit(state)
        if state.offered and state.offered != self._said and not state.next:
            self._said = state.offered
            said = self.tr("有新版本 {version}，方便时可以在“系统设置－关于”中更新。")
            self._desk.notices.say(said.format(version=state.offered), ms=8000)

    def _end(self) -> None:
        self._call = None
