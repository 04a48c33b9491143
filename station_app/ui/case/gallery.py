"""图片材料 of a case: evidence and scans as thumbnails, made while they are looked at; a click opens."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QListView, QListWidget, QListWidgetItem, QVBoxLayout

from station_app.services import scans
from station_app.services.changes import Changes
from station_app.services.papers import Picture
from station_app.services.paperwork import evidence
from station_app.services.reading import thumbnails
from station_app.services.reading.thumbnails import SIDE, Shot
from station_app.services.station import Station
from station_app.ui.case import acts
from station_app.ui.case.part import Part
from station_app.ui.papers.printing import image
from station_app.ui.style import theme
from station_app.ui.style.icons import icon
from station_app.ui.style.tokens import S2, S3
from station_app.ui.widgets.layout import button, row
from station_app.ui.widgets.layout import text as label
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_MOST: Final = 60
"""Pictures shown; of more the last are named by their number."""
_REC: Final = int(Qt.ItemDataRole.UserRole)


class Gallery(Part):
    """Thumbnails in rows. Those not on this PC yet keep a sign in their place and are fetched with the next round."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("Gallery", "图片材料"))
        self.shots: list[Shot] = []
        self._asked: set[str] = set()
        self._opening = False
        words_ = QCoreApplication.translate("Gallery", "添加图片")
        self.add = button(words_, self._choose, kind="quiet", picture="attach")
        self.head.addWidget(self.add)
        self.view = QListWidget()
        self.view.setAccessibleName(QCoreApplication.translate("Gallery", "图片材料"))
        self.view.setViewMode(QListView.ViewMode.IconMode)
        self.view.setMovement(QListView.Movement.Static)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setIconSize(QSize(SIDE, SIDE))
        self.view.setGridSize(QSize(SIDE + 24, SIDE + 36))
        self.view.setWordWrap(False)
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setFixedHeight(SIDE + 56)
        self.view.itemActivated.connect(self._open)
        self.view.itemClicked.connect(self._open)
        self.empty = label(QCoreApplication.translate("Gallery", "照片、截图和扫描件在这里显示。"), "muted", wrap=True)
        self.more = label("", "muted")
        for widget in (self.view, self.empty, self.more):
            self.body.addWidget(widget)

    def show_case(self, found: Look) -> None:
        """Show which there are; the pictures themselves follow."""
        self.add.setVisible(self.page.station.can(evidence.VERB))
        shots = thumbnails.of_case(found.case)
        self.view.setVisible(bool(shots))
        self.empty.setVisible(not shots)
        self.more.setVisible(len(shots) > _MOST)
        self.more.setText(QCoreApplication.translate("Gallery", "另有 {n} 张").format(n=len(shots) - _MOST))
        if shots == self.shots:
            return
        self.shots = shots
        self._asked.clear()
        self.view.clear()
        waiting = icon("attach", "muted")
        for shot in shots[:_MOST]:
            item = QListWidgetItem(waiting, shot.name)
            item.setToolTip(shot.name)
            item.setData(_REC, shot.rec)
            self.view.addItem(item)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Pictures are made only for who looks."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Ask for the thumbnails that are not here yet, in order."""
        if not self.isVisible():
            return
        ratio, station = self.devicePixelRatioF(), self.page.station
        side = round(SIDE * ratio)
        for shot in self.shots[:_MOST]:
            if shot.rec not in self._asked:
                self._asked.add(shot.rec)
                self.page.tasks.read(
                    partial(thumbnails.thumbnail, station, shot.sha, side=side),
                    done=partial(self._came, shot.rec, ratio),
                    owner=self,
                )

    def _came(self, rec: str, ratio: float, picture: Picture | None) -> None:
        items = [self.view.item(n) for n in range(self.view.count())]
        for item in items:
            if picture is not None and item.data(_REC) == rec:
                item.setIcon(QIcon(_framed(image(picture), ratio)))

    # -- opening and adding ---------------------------------------------------------------------------------------

    def _open(self, item: QListWidgetItem) -> None:
        """By Enter or a click; a double click opens one, too."""
        if self._opening:
            return
        self._opening = True
        station, case, rec, name = self.page.station, self.page.rec, str(item.data(_REC)), item.text()
        self.page.tasks.write(
            lambda: thumbnails.data(station, case=case, rec=rec),
            done=partial(self._opened, name),
            failed=self._failed,
            owner=self,
        )

    def _opened(self, name: str, data: bytes) -> None:
        dialog = PictureDialog(self, name, data)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._opening = False

    def _failed(self, error: KnownError) -> None:
        self._opening = False
        self.page.notices.error(error)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            QCoreApplication.translate("Gallery", "选择图片"),
            "",
            QCoreApplication.translate("Gallery", "图片 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf);;全部文件 (*)"),
        )
        if names:
            self.take([Path(name) for name in names])

    def take(self, files: list[Path]) -> None:
        """Keep files as evidence, all of them or none."""
        station, case = self.page.station, self.page.rec
        said = QCoreApplication.translate("Gallery", "已存为证据材料。")
        acts.do(self.page, lambda: _added(station, case, files), said)


def _framed(shown: QImage, ratio: float) -> QPixmap:
    """The picture in the middle of a square with a thin line around it, so that names stand in one row."""
    side = round(SIDE * ratio)
    square = QPixmap(side, side)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    left, top = (side - shown.width()) // 2, (side - shown.height()) // 2
    painter.drawImage(left, top, shown)
    painter.setPen(QColor(theme.colours().line))
    painter.drawRect(left, top, shown.width() - 1, shown.height() - 1)
    painter.end()
    square.setDevicePixelRatio(ratio)
    return square


def _added(station: Station, case: str, files: list[Path]) -> Changes:
    try:
        sources = [scans.source(path.name, path.read_bytes()) for path in files]
    except OSError as error:
        raise KnownError("E-516", file=Path(str(error.filename)).name) from error
    return evidence.add_pictures(station, case=case, sources=sources)


class PictureDialog(QDialog):
    """One picture as large as the window allows."""

    def __init__(self, parent: Gallery, name: str, data: bytes) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        room = parent.window().size()
        ratio = self.devicePixelRatioF()
        side = max(200, min(room.width() - 96, room.height() - 140))
        self.shown = QLabel()
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setAccessibleName(name)
        try:
            pixmap = QPixmap.fromImage(image(scans.picture(data, side=round(side * ratio))))
            pixmap.setDevicePixelRatio(ratio)
            self.shown.setPixmap(pixmap)
        except KnownError:
            self.shown.setText(self.tr("这个文件不能显示为图片。"))
        column = QVBoxLayout(self)
        column.setContentsMargins(S3, S3, S3, S3)
        column.setSpacing(S2)
        column.addWidget(self.shown, 1)
        column.addLayout(row(label(name, "muted"), None, button(self.tr("关闭"), self.accept)))
        self.finished.connect(self.deleteLater)
