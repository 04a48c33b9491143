"""One act on many agreements, a part at a time: told how far it is, stopped after the part at hand, gone on with later.

Each part is a transaction and a turn of its own in the write lane, so that drafts and other work are not held up.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout

from station_app.services.changes import Changes
from station_app.services.signdesk.mass import Done, Told
from station_app.ui import words
from station_app.ui.desk import Page
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

Part = Callable[[dict[str, str], Told], Done]
"""The next part with the fields of the form: `Done.stopped` where more is left."""


class MassDialog(QDialog):
    """`act` does the next part; `kind` is the form's kind. Closing it while it works stops it first."""

    def __init__(
        self, page: Page, *, title: str, intro: str, spec: FormSpec, values: dict[str, Json], kind: str, act: Part
    ) -> None:
        super().__init__(page)
        self._page, self._act, self._kind, self._title = page, act, kind, title
        self._working = self._stop = False
        self._given: dict[str, str] = {}
        self._done, self._total, self._began = 0, 0, 0.0
        self._changes = Changes(frozenset(), (), ())
        self.setWindowTitle(title)
        self.form = Form(spec, page.station.clock.today)
        self.form.set_values(values)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("登记进度"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.state = text("", wrap=True)
        self.state.hide()
        self.go = button(self.tr("开始登记"), self.start, kind="primary")
        self.go.setDefault(True)
        self.leave = button(self.tr("取消"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(text(intro, "title", wrap=True))
        column.addWidget(self.form)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addLayout(row(None, self.leave, self.go))
        self.setMinimumWidth(min(560, page.window().width() - 48))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.finished.connect(self.deleteLater)

    def start(self) -> None:
        """Begin, or go on with what is left."""
        values, errors = self.form.check()
        if errors or self._working:
            return
        self._given = {name: str(value or "") for name, value in values[self._kind].items()}
        self._working, self._stop, self._began = True, False, time.monotonic()
        self._done = self._total = 0
        self._changes = Changes(frozenset(), (), ())
        for idle in (self.form, self.go):
            idle.setEnabled(False)
        self.leave.setText(self.tr("停止"))
        self.bar.setRange(0, 0)
        self.bar.show()
        self._say(self.tr("正在登记，请稍候。"))
        self._next()

    def _next(self) -> None:
        act, given, tasks, before = self._act, self._given, self._page.tasks, self._done

        def tell(done: int, total: int) -> None:
            tasks.post(lambda: self._tell(before + done, before + total))

        tasks.write(lambda: act(given, tell), done=self._took, failed=self._failed, owner=self)

    def _tell(self, done: int, total: int) -> None:
        self._total = total
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        left = round((time.monotonic() - self._began) / max(1, done) * (total - done))
        said = self.tr("第 {n}/{total} 份，预计剩余 {s} 秒，可随时停止。")
        self._say(said.format(n=done, total=total, s=left))

    def _took(self, part: Done) -> None:
        self._done += part.agreements
        self._changes = self._changes.also(part.changes)
        if part.stopped and not self._stop:
            self._next()
            return
        self._idle()
        if part.stopped:
            left = max(0, self._total - self._done)
            said = self.tr("已停止：已登记 {n} 份，均已保存；其余 {left} 份没有登记。再次开始时从其余的继续。")
            self._say(said.format(n=self._done, left=left), "amber")
            self.go.setText(self.tr("继续登记"))
            return
        done = self.tr("{what}：已登记 {n} 份。").format(what=self._title, n=self._done)
        self._page.desk.did(done, self._changes)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self._idle()
        kept = self.tr("已登记的 {n} 份有效。").format(n=self._done) if self._done else ""
        self._say(f"▲ {words.sentence(error)}{kept}", "red")

    def _idle(self) -> None:
        self._working = False
        self.bar.hide()
        for idle in (self.form, self.go, self.leave):
            idle.setEnabled(True)
        self.leave.setText(self.tr("关闭"))

    def _say(self, said: str, tone: words.Tone = "none") -> None:
        self.state.setText(said)
        set_tone(self.state, tone)
        self.state.show()

    def reject(self) -> None:
        """Close; while it works, stop after the part at hand: what is recorded stays."""
        if not self._working:
            super().reject()
            return
        self._stop = True
        self.leave.setEnabled(False)
        self._say(f"{self.state.text()}　{self.tr('正在停止，请稍候。')}")
