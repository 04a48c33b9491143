"""从备份恢复: a backup is chosen and named, its user logs in, and the page says what came of it before work begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from station_app.clock import SystemClock
from station_app.services.local.login import UserCard
from station_app.ui import words
from station_app.ui.pages.login import PasswordCard, place_in_middle
from station_app.ui.style.tokens import CARD_WIDTH
from station_app.ui.widgets.layout import button, card, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.local.backup import Restored, Seen
    from station_app.ui.tasks import Tasks


class RestorePage(QWidget):
    """*Signals:* `ended` when the user went back, or the PC was restored and log-in comes next."""

    ended = Signal()

    def __init__(self, directory: Path, tasks: Tasks) -> None:
        super().__init__()
        self._directory, self._tasks = directory, tasks
        self._file: Path | None = None
        self.said = text(self.tr("选择备份文件（.gmbak）。本机还没有数据，不会覆盖任何内容。"), "muted", wrap=True)
        self.error = text("", "error", wrap=True)
        self.error.hide()
        self.choose = button(self.tr("选择备份文件"), self._choose, picture="restore")
        self.first = card(self.said, self.error, self.choose, title=self.tr("从备份恢复"))
        self.first.setFixedWidth(CARD_WIDTH)
        self.login: PasswordCard | None = None
        self._back = button(self.tr("返回"), self.ended.emit, kind="link")
        slot = QWidget()
        self._place = QVBoxLayout(slot)
        self._place.setContentsMargins(0, 0, 0, 0)
        place_in_middle(self, self.first, slot, self._back)

    def _choose(self) -> None:
        kinds = self.tr("备份 (*.gmbak)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选择备份文件"), "", kinds)
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Look into a backup."""
        from station_app.services.local import backup

        self._tasks.read(
            lambda: (file, backup.look(file)), done=lambda pair: self._seen(*pair), failed=self._refused, owner=self
        )

    def _seen(self, file: Path, seen: Seen) -> None:
        """Name it, and let one of its users log in."""
        self._file = file
        self.error.hide()
        said = self.tr("{station}，{at} 的备份，{size}。请用备份时的密码登录，核对后恢复。")
        self.said.setText(said.format(station=seen.station, at=words.stamp(seen.at), size=words.size(seen.size)))
        people = [UserCard(name, name, "") for name in seen.users]
        if self.login is not None:
            self.login.deleteLater()
        self.login = PasswordCard(self.tr("登录"), people, go=self.tr("恢复"))
        self.login.tried.connect(self._restore)
        self._place.addWidget(self.login)
        self.choose.setText(self.tr("换一份备份"))
        self.login.password.setFocus()

    def _restore(self, name: str, password: str) -> None:
        from station_app.services.local import backup

        file, directory = self._file, self._directory
        assert file is not None
        self._tasks.write(
            lambda: backup.restore(directory, file=file, name=name, password=password, clock=SystemClock()),
            done=self._restored,
            failed=self._failed,
            owner=self,
        )

    def _restored(self, done: Restored) -> None:
        """Say what there is now, and what must be looked at; then log in."""
        assert self.login is not None
        self.login.hide()
        self.choose.hide()
        self.said.setText(restored_words(done))
        self._back.setText(self.tr("去登录"))

    def _failed(self, error: KnownError) -> None:
        if self.login is not None:
            self.login.refused(error)

    def _refused(self, error: KnownError) -> None:
        self.error.setText(f"▲ {words.sentence(error)}")
        self.error.show()


def restored_words(done: Restored) -> str:
    """What a restore put in place, and which numbers are to be compared."""
    parts = [
        QCoreApplication.translate("RestorePage", "● 已恢复{station}：{at} 的备份，{n} 件案件。").format(
            station=done.station, at=words.stamp(done.at), n=done.cases
        )
    ]
    if done.old_series:
        said = QCoreApplication.translate(
            "RestorePage", "原编号字头 {old} 不再使用，登录后请在“数据上传－编号核对”中对照纸质文书登记。"
        )
        parts.append(said.format(old=done.old_series))
    series = QCoreApplication.translate("RestorePage", "现用字头：{series}。").format(series=done.series)
    none = QCoreApplication.translate("RestorePage", "没有备用字头，请向运维人员领取后再出具编号文书。")
    parts.append(series if done.series else none)
    parts.append(QCoreApplication.translate("RestorePage", "联网后自动取回备份以后已上传的记录。"))
    return "\n".join(parts)
