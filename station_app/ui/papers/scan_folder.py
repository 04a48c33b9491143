"""收图文件夹: looked at every two seconds while somebody is logged in; what came is said in the message bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from station_app.services.local import settings
from station_app.services.scanning import telling
from station_app.services.scans import Taken, Unfiled, Watch
from station_app.ui import words
from station_app.ui.desk import Desk
from sync.contract.errors import KnownError

_EVERY_MS: Final = 2_000
_GRAVE: Final = {"green": 0, "amber": 1, "red": 2}


class ScanFolder(QObject):
    """Reads in the read lane, files in the write lane, one file after the other. Without a folder it does nothing."""

    def __init__(self, desk: Desk, *, awake: Callable[[], bool] = lambda: True) -> None:
        """`awake`: False while the desk is locked, when nobody is there in whose name pages could be filed."""
        super().__init__(desk)
        self.desk, self._awake = desk, awake
        self.watch: Watch | None = None
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        desk.settings_changed.connect(self.follow)
        desk.tasks.crashed.connect(self._idle)
        self.follow()

    def follow(self) -> None:
        """Watch the folder of the settings; begin anew where it was changed."""
        folder = settings.get(self.desk.station, "scan.folder")
        if not folder or not self.desk.station.can("note"):
            self.watch = None
            self._timer.stop()
        elif self.watch is None or self.watch.folder != Path(folder):
            self.watch = Watch(Path(folder))
            self._timer.start()

    def look(self) -> None:
        """Find finished files and read the first of them."""
        watch = self.watch
        if watch is None or self._busy or not self._awake():
            return
        self._busy = True
        station = self.desk.station

        def next_file() -> Unfiled | None:
            ready = watch.ready(station.clock.now_ms())
            return watch.read(station, ready[0]) if ready else None

        self.desk.tasks.read(next_file, done=self._read, failed=self._lost, owner=self)

    def _read(self, file: Unfiled | None) -> None:
        watch, station = self.watch, self.desk.station
        if file is None or watch is None or file.path.parent != watch.folder:
            self._idle()
            return
        self.desk.tasks.write(lambda: watch.take(station, file), done=self._taken, failed=self._lost, owner=self)

    def _taken(self, taken: Taken) -> None:
        self._idle()
        lines = telling.lines(taken.report, words.lang())
        if lines:
            tone = max((t for t, _ in lines), key=lambda t: _GRAVE[t])
            said = self.tr("收图文件夹 {name}：{words}").format(name=taken.name, words="".join(s for _, s in lines))
            self.desk.notices.say(said, tone=tone, ms=0 if tone == "red" else 10_000)

    def _lost(self, error: KnownError) -> None:
        """E-335: the folder is not there; nothing more is asked of it until the setting is stored again."""
        self._idle()
        self._timer.stop()
        self.watch = None
        self.desk.notices.error(error)

    def _idle(self, _trace: object = None) -> None:
        self._busy = False


def choose_folder(parent: QWidget, desk: Desk) -> None:
    """Choose the folder that is watched; to choose none while there is one stops watching, after a question."""
    station = desk.station
    now = settings.get(station, "scan.folder")
    said = QCoreApplication.translate("ScanFolder", "选择收图文件夹（扫描仪、高拍仪存图的位置）")
    chosen = QFileDialog.getExistingDirectory(parent, said, now)
    if not chosen and (not now or not _stop(parent, now)):
        return
    desk.tasks.write(
        lambda: settings.put(station, {"scan.folder": chosen}),
        done=lambda _none: desk.settings_changed.emit(),
        owner=desk,
    )


def _stop(parent: QWidget, folder: str) -> bool:
    title = QCoreApplication.translate("ScanFolder", "收图文件夹")
    asked = QCoreApplication.translate("ScanFolder", "正在从“{folder}”收图。停止收图吗？").format(folder=folder)
    return QMessageBox.question(parent, title, asked) == QMessageBox.StandardButton.Yes
