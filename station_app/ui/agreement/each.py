"""一人一份: one agreement for each worker, issued one after the other; progress, stop, and what could not be issued."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout

from station_app.services.changes import Changes
from station_app.services.paperwork import bulk
from station_app.services.paperwork.bulk import Run
from station_app.ui import words
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage


class EachDialog(QDialog):
    """Each agreement is a transaction of its own: stopping keeps what was issued, starting again goes on."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__(page)
        self.page = page
        self._stopped = False
        self._began = 0.0
        self.setWindowTitle(self.tr("一人一份"))
        names = len(page.model.grid.payees)
        said = self.tr("为 {n} 名申请人各制作并出具一份协议，每份有自己的编号，内容取自本协议中本人的部分。")
        self.said = text(said.format(n=names), wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("出具进度"))
        self.bar.setRange(0, max(1, names))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.go = button(self.tr("开始出具"), self.start, kind="primary")
        self.stop = button(self.tr("停止"), self._stop)
        self.stop.hide()
        self.leave = button(self.tr("关闭"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addLayout(row(None, self.leave, self.stop, self.go))
        self.resize(min(560, page.window().width() - 48), 220)
        self.finished.connect(lambda _code: self._stop())

    def start(self) -> None:
        """Issue them; the write lane is theirs until the last one or until stopped."""
        station, case, tasks = self.page.station, self.page.rec, self.page.tasks
        self._stopped, self._began = False, time.monotonic()
        self.go.setEnabled(False)
        self.stop.show()
        self.bar.show()

        def run() -> Run:
            items = bulk.each_worker(station, case=case)
            return bulk.issue_many(
                station,
                items,
                lambda done, total, _number: tasks.post(lambda: self._tell(done, total)),
                lambda: self._stopped or tasks.closing,
            )

        tasks.write(run, done=self._done, failed=self._failed, owner=self)

    def _tell(self, done: int, total: int) -> None:
        if self._stopped:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        left = (time.monotonic() - self._began) / done * (total - done)
        said = self.tr("第 {n}/{total} 份，预计剩余 {s} 秒，可随时停止。")
        self.said.setText(said.format(n=done, total=total, s=round(left)))

    def _stop(self) -> None:
        self._stopped = True

    def _done(self, run: Run) -> None:
        self.stop.hide()
        self.go.setEnabled(True)
        said = [self.tr("已出具 {n} 份。").format(n=len(run.made))]
        if run.cancelled:
            said.append(self.tr("已停止；再次开始时从下一份继续，已出具的不变。"))
        if run.failed:
            said.append(self.tr("{n} 份未能出具：").format(n=len(run.failed)) + words.sentence(run.failed[0][1]))
        self.said.setText("".join(said))
        ids = tuple(m.paper for m in run.made)
        self.page.tasks.changed.emit(Changes(frozenset({"agreement", "paper"}), ids, ids, self.page.rec))

    def _failed(self, error: KnownError) -> None:
        self.stop.hide()
        self.bar.hide()
        self.go.setEnabled(True)
        self.said.setText(f"▲ {words.sentence(error)}")
