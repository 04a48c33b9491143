"""关联或者并案: choose the other case, say how the two hang together, keep why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.intake import duplicates, links
from station_app.services.intake.duplicates import Likely
from station_app.services.reading import lists
from station_app.services.reading.lists import CaseLine
from station_app.ui import words
from station_app.ui.desk import Desk
from station_app.ui.style.tokens import S3, S4, TYPING_MS
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError

_MOST: Final = 8
_MERGE: Final = "merge"


class LinkDialog(QDialog):
    """Candidates first; typing finds any other case. `chosen` is the case a line of the page named."""

    def __init__(
        self, parent: QWidget, desk: Desk, *, case: str, alike: Sequence[Likely] = (), chosen: str = ""
    ) -> None:
        super().__init__(parent)
        self._desk, self._case, self._alike = desk, case, list(alike)
        self.setWindowTitle(self.tr("关联或者并案"))
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("另一件案件：当事人、编号、电话、拼音首字母"))
        self.typed.setAccessibleName(self.tr("查找另一件案件"))
        self.typed.setClearButtonEnabled(True)
        self.found = LinesView(self.tr("另一件案件"), fit=False)
        self.found.marked = True
        self.how = QButtonGroup(self)
        choices = (
            (links.RELATED, self.tr("关联：两件分别办理，互相可以查到")),
            (_MERGE, self.tr("并案：本案并入所选案件，内容都保留，可以撤销")),
            (links.DISTINCT, self.tr("不是同一件：今后不再提示")),
        )
        self.choices: dict[str, QRadioButton] = {}
        for code, said in choices:
            self.choices[code] = QRadioButton(said)
            self.how.addButton(self.choices[code])
        self.choices[links.RELATED].setChecked(True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(words.label("link.reason"))
        self.reason.setAccessibleName(words.label("link.reason"))
        self.said = text("", "error", wrap=True)
        self.said.hide()
        self.ok = button(self.tr("确定"), self.store, kind="primary")
        self.ok.setDefault(True)
        self._lay_out(parent)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._ask)
        self.typed.textChanged.connect(lambda _t: self._pause.start())
        self.found.selectionModel().currentChanged.connect(lambda *_: self._able())
        self.finished.connect(self.deleteLater)
        self._show_alike(chosen)
        self.typed.setFocus()

    def _lay_out(self, parent: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.typed)
        column.addWidget(self.found, 1)
        for choice in self.choices.values():
            column.addWidget(choice)
        column.addWidget(self.reason)
        column.addWidget(self.said)
        column.addLayout(row(None, button(self.tr("取消"), self.reject), self.ok))
        room = parent.window().size()
        self.resize(min(760, room.width() - 48), min(520, room.height() - 48))

    def _show_alike(self, chosen: str = "") -> None:
        self.found.show_lines([_line(a.line, duplicates.why(a, words.lang())) for a in self._alike])
        for place, likely in enumerate(self._alike):
            if likely.line.rec == chosen:
                self.found.setCurrentIndex(self.found.lines.index(place, 0))
        self._able()

    def _ask(self) -> None:
        station, typed = self._desk.station, self.typed.text().strip()
        if not typed:
            self._show_alike()
            return
        self._desk.tasks.read(
            lambda: lists.find(station, typed, limit=_MOST + 1), done=self._came, owner=self, key="link"
        )

    def _came(self, found: list[CaseLine]) -> None:
        lines = [_line(line, words.code("case_states", line.state)) for line in found if line.rec != self._case]
        self.found.show_lines(lines[:_MOST])
        self._able()

    @property
    def other(self) -> str:
        """The chosen case; "" for none."""
        row_ = self.found.currentIndex().row()
        lines = self.found.lines.lines
        return str(lines[row_].argument) if 0 <= row_ < len(lines) else ""

    def _able(self) -> None:
        self.ok.setEnabled(bool(self.other))

    def store(self) -> None:
        """Do what was chosen."""
        station, case, other, reason = self._desk.station, self._case, self.other, self.reason.text()
        how = next(code for code, choice in self.choices.items() if choice.isChecked())
        act: Callable[[], Changes]
        if how == _MERGE:

            def act() -> Changes:
                return links.merge(station, case=case, into=other, reason=reason)
        else:

            def act() -> Changes:
                return links.link(station, case=case, other=other, how=how, reason=reason)

        self.ok.setEnabled(False)
        self._desk.tasks.write(act, done=self._done, failed=self._failed, owner=self)

    def _done(self, changes: Changes) -> None:
        self._desk.did(self.tr("已保存：{what}。").format(what=changes.label), changes)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self._able()
        self.said.setText(f"▲ {words.sentence(error)}")
        self.said.show()


def _line(line: CaseLine, note: str) -> Line:
    day = words.short_moment(line.registered_at)[:5]
    return Line(f"{day} {line.title}", note, "none", "case", line.rec)
