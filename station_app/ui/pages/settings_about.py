"""系统设置, 关于: version, where the data lie, is this PC fit to work, keys, licences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station_app.services.local import health, kit
from station_app.services.local.health import Finding
from station_app.services.local.release import program_version
from station_app.ui import keys
from station_app.ui.style.tokens import S2, S4, S5
from station_app.ui.updating.card import UpdateCard
from station_app.ui.widgets.layout import button, card, row, text
from station_app.ui.widgets.lines import Line, LinesView

if TYPE_CHECKING:
    from station_app.services.station import Station
    from station_app.ui.desk import Desk
    from sync.contract.errors import KnownError


class AboutTab(QWidget):
    """What runs here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.version = text("", wrap=True)
        self.place = text("", "muted", wrap=True)
        self.findings = LinesView(self.tr("本机检查"))
        self.findings.hide()
        self.check = button(self.tr("检查本机"), self._examine)
        self.pack = button(self.tr("导出体检包"), self._choose_place)
        self.packed = text(
            self.tr("体检包供运维人员查找故障，内有检查结果、设置、运行日志和故障报告，不含当事人和案件内容。"),
            "muted",
            wrap=True,
        )
        licences = text(
            self.tr("本程序以 Apache-2.0 许可发布；界面使用 Qt（LGPL），字体为思源黑体、思源宋体（SIL OFL）。"),
            "muted",
            wrap=True,
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(S4)
        outer.addWidget(card(self.version, self.place, licences, title=self.tr("群众诉求服务站")))
        self.update_card = UpdateCard(desk)
        outer.addWidget(self.update_card)
        outer.addWidget(card(_left(self.check, self.pack), self.packed, self.findings, title=self.tr("本机检查")))
        said = self.tr("文书、条款、代码表和规则用的是哪一版、来源和签名；区里下发的资料包在这里导入。")
        self.packs = button(self.tr("资料包"), lambda: desk.go("packs"))
        outer.addWidget(card(_left(self.packs), text(said, "muted", wrap=True), title=self.tr("资料包")))
        outer.addWidget(card(_key_table(), title=self.tr("快捷键")))

    def refresh(self) -> None:
        """Say what runs."""
        from PySide6.QtCore import qVersion

        self.version.setText(self.tr("版本 {own}，Qt {qt}").format(own=program_version(), qt=qVersion()))
        self.update_card.refresh()
        self.place.setText(self.tr("数据文件夹：{path}").format(path=self._desk.station.store.directory))

    def _examine(self) -> None:
        station = self._desk.station
        for one in (self.check, self.pack):
            one.setEnabled(False)
        self._desk.tasks.read(
            lambda: health.examine(station),
            done=self._show,
            failed=self._failed,
            owner=self,
        )

    def _choose_place(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self, self.tr("体检包存放的文件夹"))
        if name:
            self.export(Path(name))

    def export(self, folder: Path) -> None:
        """Examine, and write the pack into a folder."""
        station = self._desk.station
        for one in (self.check, self.pack):
            one.setEnabled(False)

        def done(made: tuple[list[Finding], Path]) -> None:
            self._show(made[0])
            self.packed.setText(self.tr("已导出：{file}").format(file=made[1]))

        self._desk.tasks.read(lambda: _packed(station, folder), done=done, failed=self._failed, owner=self)

    def _failed(self, error: KnownError) -> None:
        for one in (self.check, self.pack):
            one.setEnabled(True)
        self._desk.notices.error(error)

    def _show(self, found: list[Finding]) -> None:
        for one in (self.check, self.pack):
            one.setEnabled(True)
        self.findings.show_lines([Line(f"{f.name}：{f.sentence}", f.code, "green" if f.ok else "amber") for f in found])
        self.findings.show()


def _packed(station: Station, folder: Path) -> tuple[list[Finding], Path]:
    findings = health.examine(station)
    return findings, kit.write(station, findings=findings, to=folder)


def _left(*widgets: QWidget) -> QWidget:
    panel = QWidget()
    panel.setLayout(row(*widgets, None))
    return panel


def _key_table() -> QWidget:
    """The keys of the desk, two columns."""
    panel = QWidget()
    grid = QGridLayout(panel)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(S5)
    grid.setVerticalSpacing(S2)
    shown: dict[str, list[str]] = {}
    for key in keys.KEYS:
        shown.setdefault(keys.title(key.name), []).append(keys.shown(key.name))
    for number, (title, names) in enumerate(shown.items()):
        place = (number // 2, number % 2 * 2)
        grid.addWidget(text(names[0] if len(names) == 1 else f"{names[0]} - {names[-1]}", "muted"), *place)
        grid.addWidget(text(title), place[0], place[1] + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return panel
