"""Keeps a form's draft every two seconds after a change, with the caret; nothing typed is ever lost for longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from station_app.services.local import drafts
from station_app.ui.desk import Desk
from station_app.ui.style.tokens import AUTOSAVE_MS
from sync.contract.canonical import Json


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a draft holds: the title for the list of drafts, the form as typed, the caret."""

    title: str
    data: dict[str, Json]
    caret: str


class Autosave(QObject):
    """One form's keeper: `touch()` at each change, `flush()` when leaving, `drop()` once it became a record."""

    def __init__(
        self, desk: Desk, take: Callable[[], Snapshot], *, kind: str, record: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(parent or desk)
        self._desk, self._take, self._kind, self._record = desk, take, kind, record
        self._draft = 0
        self._dropped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def waiting(self) -> bool:
        """True while something typed is not yet on its way to the disk."""
        return self._timer.isActive()

    def touch(self) -> None:
        """Something was typed: the draft is on disk two seconds from the first of these at the latest."""
        self._dropped = False
        if not self._timer.isActive():
            self._timer.start()

    def adopt(self, draft: int) -> None:
        """Go on with a draft that was loaded."""
        self._draft = draft

    def flush(self, *, always: bool = False) -> None:
        """Keep it now, if anything was typed since (or `always`, when the user asks with Ctrl+S)."""
        if not (self._timer.isActive() or always or self.sender() is self._timer):
            return
        self._timer.stop()
        shot, station = self._take(), self._desk.station

        def keep() -> int:
            return drafts.save(
                station, kind=self._kind, record=self._record, title=shot.title, data=shot.data, caret=shot.caret
            )

        self._desk.tasks.write(keep, done=self._kept)

    def _kept(self, draft: int) -> None:
        if self._dropped:  # registered while the save was on its way
            self._desk.tasks.write(lambda: drafts.drop(self._desk.station, draft))
            return
        self._draft = draft
        self._desk.draft_saved.emit(self._desk.station.clock.now_ms())

    def drop(self) -> None:
        """The form became a record, or was thrown away."""
        self._timer.stop()
        self._dropped = True
        draft, self._draft = self._draft, 0
        if draft:
            self._desk.tasks.write(lambda: drafts.drop(self._desk.station, draft))
