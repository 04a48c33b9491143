"""图片材料: photographs and screenshots of an appeal by file, paste, drag, or from the watched folder."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QVBoxLayout, QWidget

from station_app.services import scans
from station_app.services.intake import pictures
from station_app.services.intake.pictures import Kept
from station_app.services.scans import Waiting
from station_app.services.station import Station
from station_app.ui import keys
from station_app.ui.desk import Desk
from station_app.ui.papers import scans_given
from station_app.ui.papers.scans_given import Given
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError


class Pictures(QFrame):
    """What waits; a click on a line takes it away again. Nothing travels before the appeal is registered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        self.kept: list[Kept] = []
        self.choose = button(self.tr("选择图片"), self._choose, kind="quiet", picture="attach")
        self.paste = button(self.tr("粘贴图片"), self.take_clipboard, kind="quiet", hint=keys.shown("paste_scan"))
        self.folder = button(self.tr("收图文件夹"), self._offer_folder, kind="quiet", picture="download")
        self.hint = text(self.tr("可把图片、微信截图拖到这里；登记后存为证据材料。"), "muted", wrap=True)
        self.lines = LinesView(self.tr("图片材料"))
        self.lines.opened.connect(self._away)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S4)
        column.setSpacing(S2)
        column.addLayout(row(text(self.tr("图片材料"), "title"), None, self.folder, self.paste, self.choose))
        column.addWidget(self.hint)
        column.addWidget(self.lines)
        keys.bind(self, "paste_scan", self.take_clipboard)
        self.show_kept([])

    def stops(self) -> list[QWidget]:
        """Where Tab goes."""
        return [self.folder, self.paste, self.choose, self.lines]

    def refresh(self) -> None:
        """What waits on this PC."""
        station = self._desk.station
        self._desk.tasks.read(lambda: pictures.waiting(station), done=self.show_kept, owner=self)

    def show_kept(self, kept: list[Kept]) -> None:
        """Show these."""
        self.kept = kept
        size = self.tr("{n} KB，点按取消")
        self.lines.show_lines(
            [Line(one.name, size.format(n=max(1, one.size // 1024)), "none", "picture", one.id) for one in kept]
        )
        self.lines.setVisible(bool(kept))

    # -- taking in ------------------------------------------------------------------------------------------------

    def take(self, given: Iterable[Given]) -> None:
        """Keep files and pictures, one after the other."""
        station = self._desk.station
        for one in given:
            self._desk.tasks.write(
                partial(_keep, station, one), done=self.show_kept, failed=self._desk.notices.error, owner=self
            )

    def take_clipboard(self) -> None:
        """Ctrl+V here: pictures and files of the clipboard."""
        now = self._desk.station.clock.now_ms()
        self.take(scans_given.of_mime(QGuiApplication.clipboard().mimeData(), now))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("选择图片"), "", self.tr("图片 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf);;全部文件 (*)")
        )
        self.take([Path(name) for name in names])

    def _offer_folder(self) -> None:
        """Pages of the watched folder that bear no code of ours."""
        station = self._desk.station
        self._desk.tasks.read(lambda: scans.waiting(station), done=self._show_folder, owner=self)

    def _show_folder(self, waiting: list[Waiting]) -> None:
        menu = QMenu(self)
        for page in waiting:
            action = QAction(scans_given.waiting_line(page).text, menu)
            action.triggered.connect(lambda _on=False, number=page.id: self._from_folder(number))
            menu.addAction(action)
        if not waiting:
            menu.addAction(self.tr("收图文件夹没有待归档的图片")).setEnabled(False)
        self.menu = menu
        menu.popup(self.folder.mapToGlobal(self.folder.rect().bottomLeft()))

    def _from_folder(self, page: int) -> None:
        station = self._desk.station
        self._desk.tasks.write(
            lambda: pictures.take_from_tray(station, page=page),
            done=self.show_kept,
            failed=self._desk.notices.error,
            owner=self,
        )

    def _away(self, line: Line) -> None:
        station, picture = self._desk.station, int(str(line.argument))
        self._desk.tasks.write(lambda: pictures.drop(station, picture=picture), done=self.show_kept, owner=self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures."""
        if scans_given.has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self.take(scans_given.of_mime(event.mimeData(), self._desk.station.clock.now_ms()))
        event.acceptProposedAction()


def _keep(station: Station, given: Given) -> list[Kept]:
    if isinstance(given, Path):
        try:
            source = scans.source(given.name, given.read_bytes())
        except OSError as error:
            raise KnownError("E-516", file=given.name) from error
    else:
        source = scans_given.packed(*given)
    return pictures.keep(station, source=source)
