"""Reading an invitation (address and one-time code) from a picture file or the clipboard, wherever one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QGuiApplication, QImageWriter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from station_app.services.travel import invitation
from station_app.ui.style.tokens import S3
from station_app.ui.widgets.layout import button

if TYPE_CHECKING:
    from station_app.services.travel.invitation import Invitation
    from station_app.ui.tasks import Tasks


class InvitationButtons(QWidget):
    """*Signals:* `found` (Invitation), `refused` (KnownError)."""

    found = Signal(object)
    refused = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.from_file = button(self.tr("从二维码图片读取"), self._choose)
        self.from_clipboard = button(self.tr("从剪贴板读取"), self._paste)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(S3)
        line.addWidget(self.from_file)
        line.addWidget(self.from_clipboard)

    def _choose(self) -> None:
        kinds = self.tr("图片 (*.png *.jpg *.jpeg *.bmp *.webp)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("从二维码图片读取"), "", kinds)
        if name:
            self._read(lambda: invitation.from_file(Path(name)))

    def _paste(self) -> None:
        """A picture or the text of the code, as another program put it on the clipboard."""
        board = QGuiApplication.clipboard()
        image = board.image()
        if image.isNull():
            words = board.text()
            self._read(lambda: invitation.from_text(words))
            return
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        kept = bytes(data.data())
        self._read(lambda: invitation.from_picture(kept))

    def _read(self, act: Callable[[], Invitation]) -> None:
        self._tasks.read(act, done=self.found.emit, failed=self.refused.emit, owner=self)
