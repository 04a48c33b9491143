"""Writing a workbook with its progress and a way to end it: an ended one leaves no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from station_app.services.figures import spreadsheet
from station_app.services.figures.report import Cancelled, Progress, Sheet
from station_app.ui.desk import Desk
from station_app.ui.style.tokens import S3
from station_app.ui.widgets.layout import button, row, text
from sync.contract.errors import KnownError

Sheets = Callable[[Progress], Iterable[Sheet]]


class ExportBar(QWidget):
    """Shown only while it works. *Signals:* `finished` when it ended, whichever way."""

    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._stop = False
        self.words = text("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("导出进度"))
        self.stop = button(self.tr("停止导出"), self.cancel, kind="quiet")
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(row(self.words, self.bar, self.stop, spacing=S3))
        self.hide()

    def start(self, path: Path, sheets: Sheets) -> None:
        """Write the sheets to a file; `sheets` is given the function that is told of each step."""
        self._stop = False
        self._show(0, 0)
        self.show()
        tasks = self.desk.tasks

        def told(done: int, steps: int) -> bool:
            tasks.post(lambda: self._show(done, steps))
            return not self._stop

        def work() -> str:
            try:
                data = spreadsheet.workbook(sheets(told))
            except Cancelled:
                return ""
            if self._stop:
                return ""
            spreadsheet.save(path, data)
            return path.name

        tasks.read(work, done=self._done, failed=self._failed, owner=self)

    def cancel(self) -> None:
        """End it after the step at work."""
        self._stop = True
        self.stop.setEnabled(False)
        self.words.setText(self.tr("正在停止。"))

    def _show(self, done: int, steps: int) -> None:
        if self._stop:
            return
        self.bar.setRange(0, steps)
        self.bar.setValue(done)
        self.words.setText(self.tr("正在导出，第 {n} 项，共 {all} 项").format(n=min(done + 1, steps), all=steps))
        self.stop.setEnabled(True)

    def _done(self, name: str) -> None:
        self.hide()
        if name:
            self.desk.notices.say(self.tr("已导出：{name}").format(name=name), tone="green")
        else:
            self.desk.notices.say(self.tr("已停止导出，没有生成文件。"))
        self.finished.emit()

    def _failed(self, error: KnownError) -> None:
        self.hide()
        self.desk.notices.error(error)
        self.finished.emit()
