"""共享文件夹: exchanged every minute while somebody is logged in; a folder that is gone is said once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from station_app.services.changes import Changes
from station_app.services.local import settings
from station_app.services.travel import sharing
from station_app.services.travel.sharing import Exchange
from station_app.ui.desk import Desk
from sync.contract.errors import KnownError

_LOOK_MS: Final = 10_000


class SharedFolder(QObject):
    """Works in the net lane: a share may be slow to answer. *Signals:* `came` after each round, good or bad."""

    came = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._busy, self._said = desk, False, ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.settings_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Look at the clock only where there is a folder."""
        if settings.get(self._desk.station, "share.folder"):
            self._timer.start()
        else:
            self._timer.stop()

    def look(self, *, now: bool = False) -> None:
        """Exchange when a minute has passed, or at once."""
        station = self._desk.station
        if self._busy or not (now or sharing.due(station)):
            return
        self._busy = True
        self._desk.tasks.net(lambda _call: sharing.exchange(station), done=self._done, failed=self._failed, owner=self)

    def _done(self, done: Exchange | None) -> None:
        self._busy, self._said = False, ""
        if done is not None and (done.ops or done.blobs):
            self._desk.tasks.changed.emit(Changes(frozenset({"case"}), (), ("pulled",)))
        self.came.emit()

    def _failed(self, error: KnownError) -> None:
        self._busy = False
        if error.code != self._said:
            self._said = error.code
            self._desk.notices.error(error)
        self.came.emit()


def choose(parent: QWidget, desk: Desk) -> None:
    """Choose the folder; to choose none while there is one stops exchanging, after a question."""
    station = desk.station
    now = settings.get(station, "share.folder")
    said = QCoreApplication.translate("SharedFolder", "选择本站各台电脑都能打开的文件夹")
    chosen = QFileDialog.getExistingDirectory(parent, said, now)
    if not chosen and (not now or not _stop(parent, now)):
        return
    put(desk, chosen)


def put(desk: Desk, folder: str) -> None:
    """Store the folder and begin with it."""
    station = desk.station
    desk.tasks.write(
        lambda: settings.put(station, {"share.folder": str(Path(folder)) if folder else ""}),
        done=lambda _none: desk.settings_changed.emit(),
        owner=desk,
    )


def _stop(parent: QWidget, folder: str) -> bool:
    title = QCoreApplication.translate("SharedFolder", "共享文件夹")
    asked = QCoreApplication.translate("SharedFolder", "正在通过“{folder}”交换。停止交换吗？").format(folder=folder)
    return QMessageBox.question(parent, title, asked) == QMessageBox.StandardButton.Yes
