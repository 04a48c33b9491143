"""五个第一时间 on one line under the title: reached, running with what is left, overdue, paused or not applicable."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from station_app.domain import codes
from station_app.domain.clocks.firsts import First, Mark
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.loop import firsts
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S1
from station_app.ui.widgets.layout import button, row
from station_app.ui.words import Tone
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_TONES: Final[dict[Mark, Tone]] = {
    Mark.DONE: "green",
    Mark.LATE: "amber",
    Mark.RUNNING: "none",
    Mark.OVER: "red",
    Mark.PAUSED: "amber",
    Mark.WAITING: "none",
    Mark.NONE: "none",
}
_SHAPES: Final = {
    Mark.DONE: "●",
    Mark.LATE: "◆",
    Mark.RUNNING: "○",
    Mark.OVER: "▲",
    Mark.PAUSED: "◆",
    Mark.WAITING: "·",
    Mark.NONE: "–",
}
_SOON: Final = 24 * 60
"""Minutes before a limit from which it is amber."""


class FirstsLine(QWidget):
    """Five steps in words, in fewer where it is narrow; pressing one says it in full and offers what can be done."""

    def __init__(self, page: CasePage) -> None:
        super().__init__()
        self.page = page
        self.steps: list[QPushButton] = []
        self._said: list[tuple[str, str]] = []
        line = row(spacing=S1)
        for _ in codes.load("firsts"):
            step = button("", lambda: None, kind="quiet")
            step.setMenu(QMenu(step))
            self.steps.append(step)
            line.addWidget(step)
        line.addStretch(1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def show_case(self, found: Look) -> None:
        """Show the steps of a case."""
        records = found.case.kind("first_change")
        for step, first in zip(self.steps, found.firsts, strict=True):
            full = firsts.words(first, records)
            step.setToolTip(full)
            step.setAccessibleName(full)
            near = first.mark is Mark.RUNNING and first.left is not None and first.left <= _SOON
            set_tone(step, "amber" if near else _TONES[first.mark])
            self._fill(step.menu(), first, full)
        self._said = [
            (f"{_SHAPES[f.mark]} {firsts.words(f)}", f"{_SHAPES[f.mark]} {firsts.words(f, brief=True)}")
            for f in found.firsts
        ]
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In full where all five have room, else brief."""
        for step, (full, _) in zip(self.steps, self._said, strict=False):
            step.setText(full)
        needed = sum(step.sizeHint().width() + S1 for step in self.steps)
        if needed > self.width():
            for step, (_, brief) in zip(self.steps, self._said, strict=False):
                step.setText(brief)

    def minimumSizeHint(self) -> QSize:
        """The brief words fit everywhere; the full ones ask for no room of their own."""
        return QSize(0, super().minimumSizeHint().height())

    def _fill(self, menu: QMenu, first: First, full: str) -> None:
        menu.clear()
        told = QAction(full, menu)
        told.setEnabled(False)
        menu.addAction(told)
        if not first.open or not self.page.station.can("limit"):
            return
        menu.addSeparator()
        if first.mark is Mark.PAUSED:
            self._entry(menu, QCoreApplication.translate("CasePage", "恢复计时"), partial(self._resume, first.code))
        else:
            self._entry(menu, QCoreApplication.translate("CasePage", "暂停计时"), partial(self._suspend, first.code))
        if first.hours is not None:
            self._entry(menu, QCoreApplication.translate("CasePage", "延长时限"), partial(self._extend, first.code))

    @staticmethod
    def _entry(menu: QMenu, words: str, act: partial[None]) -> None:
        action = QAction(words, menu)
        action.triggered.connect(lambda _on=False: act())
        menu.addAction(action)

    def _resume(self, code: str) -> None:
        station, case = self.page.station, self.page.rec
        self.page.tasks.write(
            lambda: firsts.resume(station, case=case, first=code),
            done=lambda c: self.page.desk.did(QCoreApplication.translate("CasePage", "已恢复计时。"), c),
            failed=self.page.notices.error,
            owner=self,
        )

    def _suspend(self, code: str) -> None:
        station, case = self.page.station, self.page.rec

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = {k: str(v or "") for k, v in values["first_change"].items()}
            return firsts.suspend(station, case=case, first=code, reason=given["reason"], at=given["from"])

        items = (Item("first_change.from", required=True), Item("first_change.reason", required=True, span=2))
        shown: Values = {"first_change.from": cases.moment(station)}
        self._open(QCoreApplication.translate("CasePage", "暂停计时"), code, items, shown, save)

    def _extend(self, code: str) -> None:
        station, case = self.page.station, self.page.rec

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["first_change"]
            hours = given["hours"]
            count = hours if isinstance(hours, int) else 0
            return firsts.extend(station, case=case, first=code, hours=count, reason=str(given["reason"] or ""))

        items = (Item("first_change.hours", required=True), Item("first_change.reason", required=True, span=2))
        self._open(QCoreApplication.translate("CasePage", "延长时限"), code, items, {}, save)

    def _open(self, title: str, code: str, items: tuple[Item, ...], shown: Values, save: object) -> None:
        page = self.page
        assert callable(save)
        spec = FormSpec("first_change", (Section("", items, 2),))
        intro = f"{codes.label('firsts', code)}：{title}"
        FormDialog(page, page.desk, title=title, spec=spec, values=shown, save=save, intro=intro).open()
