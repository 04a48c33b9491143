"""系统设置, 备份: where backups go, when the last one was made, 立即备份 with its progress, and how to restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from station_app.services.local import backing, settings
from station_app.services.local.backing import BackupStatus
from station_app.ui import words
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4, SHAPES
from station_app.ui.widgets.layout import button, card, row, text

if TYPE_CHECKING:
    from station_app.services.local.backup import Written
    from station_app.ui.desk import Desk
    from station_app.ui.words import Tone
    from sync.contract.errors import KnownError

BACKUP: Final = FormSpec(
    "settings",
    (
        Section(
            "",
            (
                Item(
                    "set.backup.folder",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "备份文件夹"),
                    hint=QT_TRANSLATE_NOOP("Forms", "U 盘、移动硬盘或者另一台电脑上的文件夹"),
                    span=2,
                ),
                Item(
                    "set.backup.days",
                    type="int",
                    label=QT_TRANSLATE_NOOP("Forms", "多少天没有备份时提醒（0 为不提醒）"),
                ),
            ),
        ),
    ),
)


class BackupTab(QWidget):
    """One sentence on how it stands, one button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from station_app.ui.pages.settings import SettingsForm

        self._desk, self._busy = desk, False
        self.state = text("", wrap=True)
        self.warning = text("", wrap=True)
        self.warning.hide()
        self.now = button(self.tr("立即备份"), self.start, kind="primary", picture="save")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("备份进度"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        acts = QWidget()
        acts.setLayout(row(self.now, None))
        self.form = SettingsForm(BACKUP, desk)
        choose = QWidget()
        choose.setLayout(row(button(self.tr("选择文件夹"), self._choose), None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(S4)
        outer.addWidget(card(self.state, self.warning, self.bar, acts, title=self.tr("备份")))
        outer.addWidget(card(self.form, choose, title=self.tr("备份到哪里")))
        outer.addWidget(card(_steps(self.tr("怎样恢复")), title=self.tr("怎样恢复")))
        desk.settings_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Look again."""
        self.form.load()
        station = self._desk.station
        self._desk.tasks.read(lambda: backing.status(station), done=self._show, owner=self, key="backup-state")

    def _show(self, state: BackupStatus) -> None:
        self.now.setEnabled(not self._busy)
        if state.at:
            said = self.tr("最近一次备份 {at}，{n} 天前。").format(at=words.stamp(state.at), n=state.age)
        else:
            said = self.tr("还没有备份过。")
        tone: Tone = "amber" if state.old else "green" if state.at else "none"
        self.state.setText(f"{SHAPES[tone]} {said}")
        self.state.setAccessibleName(said)
        set_tone(self.state, tone)
        warning = self._warning(state)
        self.warning.setText(f"{SHAPES['amber']} {warning}")
        self.warning.setVisible(bool(warning))
        set_tone(self.warning, "amber")

    def _warning(self, state: BackupStatus) -> str:
        if not state.folder:
            return self.tr("还没有设置备份文件夹，按“立即备份”时选择。")
        if not state.reachable:
            return self.tr("备份文件夹现在打不开，请插好 U 盘或者移动硬盘。")
        if state.same_disk:
            return self.tr("备份文件夹与数据在同一块磁盘，磁盘损坏时会一起丢失，请改用 U 盘、移动硬盘或者另一台电脑。")
        return ""

    def _choose(self) -> str:
        station = self._desk.station
        said = self.tr("选择放备份的文件夹")
        folder = QFileDialog.getExistingDirectory(self, said, settings.get(station, "backup.folder"))
        if folder:
            self.put(folder)
        return folder

    def put(self, folder: str) -> None:
        """Store the folder."""
        station = self._desk.station
        self._desk.tasks.write(
            lambda: settings.put(station, {"backup.folder": str(Path(folder))}),
            done=lambda _n: self._desk.settings_changed.emit(),
            owner=self,
        )

    def start(self) -> None:
        """Back up now; without a folder one is chosen first. The lane that reads: nobody's saving waits for a stick."""
        if self._busy or not (settings.get(self._desk.station, "backup.folder") or self._choose()):
            return
        self._busy = True
        self.now.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._desk.tasks.write(lambda: None, done=lambda _n: self._write(), owner=self)  # after the folder is stored

    def _write(self) -> None:
        station, tasks = self._desk.station, self._desk.tasks

        def told(done: int, of: int) -> None:
            tasks.post(lambda: self._progress(done, of))

        tasks.read(
            lambda: backing.write_now(station, progress=told), done=self._done, failed=self._failed, key="backup"
        )

    def _progress(self, done: int, of: int) -> None:
        if of and self._busy:
            self.bar.setRange(0, 100)
            self.bar.setValue(100 * done // of)

    def _done(self, made: Written) -> None:
        self._ended()
        said = self.tr("已备份 {n} 件案件（{size}），并已打开核对：{name}").format(
            n=made.cases, size=words.size(made.size), name=made.path.name
        )
        self._desk.notices.say(said, tone="green")
        self._desk.settings_changed.emit()

    def _failed(self, error: KnownError) -> None:
        self._ended()
        self._desk.notices.error(error)
        self.refresh()

    def _ended(self) -> None:
        self._busy = False
        self.bar.hide()
        self.now.setEnabled(True)


def _steps(name: str) -> QWidget:
    """What to do when this PC breaks, in order."""
    from PySide6.QtCore import QCoreApplication

    said = QCoreApplication.translate(
        "BackupTab",
        "1. 在新电脑上安装本程序并打开，在“建立站点”页选择“从备份恢复”。\n"
        "2. 选择最近一份备份（.gmbak），用备份时的姓名和密码登录。\n"
        "3. 联网后自动取回备份以后已上传的记录；既没有备份、也没有上传的内容无法找回。\n"
        "4. 原编号字头不再使用，改用备用字头；备份以后用过的编号，在“数据上传－编号核对”中对照纸质文书登记。\n"
        "忘记密码的，用密钥恢复单。备份文件全程加密，没有密码或者恢复单，任何人都打不开。",
    )
    label = text(said, "muted", wrap=True)
    label.setAccessibleName(name)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(S3)
    column.addWidget(label)
    return holder
