"""The session at the table: a timer, the record of both sides, and one side's own notes on tinted tabs, kept as drafts.

What a side says alone is a record of its own compartment: no paper reads it and no grant opens it (人民调解法 15;
深圳条例 24).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTabWidget, QVBoxLayout

from station_app.clock import shanghai_time
from station_app.domain.case import text
from station_app.services import cases, sessions
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.local import drafts
from station_app.services.local.drafts import Draft
from station_app.ui import words
from station_app.ui.case import specs
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.autosave import Autosave, Snapshot
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row
from station_app.ui.widgets.layout import text as label
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

SIDES: Final = ("applicant", "respondent")
_SECOND_MS: Final = 1000
_DRAFT: Final = "case"
"""The kind of its drafts: what the list of drafts opens is the case."""


class SessionDialog(FormDialog):
    """A new session; leaving it keeps the draft, saving makes record and notes in one go."""

    def __init__(self, page: CasePage) -> None:
        station, case = page.station, page.rec

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given: Values = {n: v for n, v in values["session"].items() if v not in (None, "")}
            return sessions.record(station, case=case, values=given, notes=self.noted())

        shown: Values = {"session.from": cases.moment(station)}
        title = self.tr("添加调解记录")
        self.notes: dict[str, QPlainTextEdit] = {}
        super().__init__(page, page.desk, title=title, spec=specs.SESSION, values=shown, save=save)
        self._began = station.clock.now_ms()
        self._station = station
        name = text(page.seen.case.record, "title") if page.seen else title
        self._draft_title = f"{title}　{name}"
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        shared = column.itemAt(0).widget()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(title)
        column.replaceWidget(shared, self.tabs)
        self.tabs.addTab(shared, self.tr("双方"))
        if station.can("private_note"):
            for side in SIDES:
                self.tabs.addTab(self._alone(side), words.code("note_sides", side))
        self.spent = label("", "muted")
        stop = button(self.tr("结束计时，填入结束时间"), self._stop, picture="clock")
        head = row(self.spent, None, stop)
        head.setContentsMargins(S4, S4, S4, 0)
        column.insertLayout(0, head)
        self._ticking = QTimer(self)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start(_SECOND_MS)
        self._tick()
        self.saver = Autosave(page.desk, self._shot, kind=_DRAFT, record=case)
        self.form.edited.connect(self.saver.touch)
        self.accepted.connect(self.saver.drop)
        self.rejected.connect(self.saver.flush)
        page.tasks.read(lambda: drafts.load(station, kind=_DRAFT, record=case), done=self._put_back, owner=self)

    def noted(self) -> dict[str, str]:
        """Side -> what was written of it alone."""
        return {side: box.toPlainText().strip() for side, box in self.notes.items() if box.toPlainText().strip()}

    def _alone(self, side: str) -> QFrame:
        """The tinted tab of one side."""
        frame = QFrame()
        frame.setProperty("role", "notice")
        set_tone(frame, "amber")
        said = self.tr("◆ 单独谈话内容只供本站办案使用，不打印，不随案件授权、发令、移交。")
        box = QPlainTextEdit()
        box.setAccessibleName(words.code("note_sides", side))
        box.setTabChangesFocus(True)
        box.textChanged.connect(self._typed)
        self.notes[side] = box
        column = QVBoxLayout(frame)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(label(said, wrap=True))
        column.addWidget(box, 1)
        return frame

    def _tick(self) -> None:
        seconds = max(0, self._station.clock.now_ms() - self._began) // 1000
        minutes, hours = seconds // 60 % 60, seconds // 3600
        began = shanghai_time(self._began).strftime("%H:%M")
        self.spent.setText(
            self.tr("{began} 开始，已进行 {time}").format(
                began=began, time=f"{hours:02}:{minutes:02}:{seconds % 60:02}"
            )
        )

    def _typed(self) -> None:
        self.saver.touch()

    def _stop(self) -> None:
        self._ticking.stop()
        self.form.set_values({"session.to": cases.moment(self._station)})
        self.saver.touch()

    def _shot(self) -> Snapshot:
        alone: dict[str, Json] = {side: box.toPlainText() for side, box in self.notes.items()}
        data: dict[str, Json] = {**self.form.raw(), "notes": alone, "began": self._began}
        return Snapshot(self._draft_title, data, self.form.caret())

    def _put_back(self, draft: Draft | None) -> None:
        if draft is None:
            return
        self.saver.adopt(draft.id)
        self.form.set_raw({k: v for k, v in draft.data.items() if k not in ("notes", "began")})
        began, alone = draft.data.get("began"), draft.data.get("notes")
        if isinstance(began, int):
            self._began = began
        if isinstance(alone, dict):
            for side, box in self.notes.items():
                box.setPlainText(str(alone.get(side) or ""))
        self.form.set_caret(draft.caret)
