"""疑似重复: a quiet strip under the appeal being written. F6 goes into it, 1 查看, 2 关联, 3 另案登记, Esc back.

It asks a moment after the last key, on the read lane; it never blocks and moves nothing that is being typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from station_app.domain.intake.likeness import Told
from station_app.services.intake import duplicates, links
from station_app.services.intake.duplicates import Likely
from station_app.ui import keys, words
from station_app.ui.desk import Desk
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S1, S2, S3, S5
from station_app.ui.widgets.layout import button, row, text

_PAUSE_MS: Final = 400
"""After the last key: long enough not to ask at each letter, short enough to be there when the next field begins."""


class AlikeStrip(QFrame):
    """`take` tells what is typed. *Signals:* `answered` when the user linked or told a case apart (or took it back)."""

    answered = Signal()

    def __init__(self, desk: Desk, take: Callable[[], Told]) -> None:
        super().__init__()
        self._desk, self._take = desk, take
        self.found: list[Likely] = []
        self.links: list[tuple[str, str]] = []
        """What the user answered: (relation, case), written when the appeal is registered."""
        self._from: QWidget | None = None
        self.setProperty("role", "notice")
        set_tone(self, "amber")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("escape", True)  # Esc goes back to the field, not to the page before
        self.title = text("", "", wrap=True)
        self.why = text("", "small", wrap=True)
        self.linked = text("", "small", wrap=True)
        for label in (self.title, self.why, self.linked):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.view = button(self.tr("1 查看"), partial(self.answer, "view"))
        self.relate = button(self.tr("2 关联"), partial(self.answer, links.RELATED))
        self.apart = button(self.tr("3 不是同一件"), partial(self.answer, links.DISTINCT))
        self.undo = button(self.tr("撤回"), self._take_back, kind="link")
        words_ = QVBoxLayout()
        words_.setSpacing(S1)
        words_.addWidget(self.title)
        words_.addWidget(self.why)
        self._ask_row = QWidget()
        asking = row(self.view, self.relate, self.apart)
        asking.insertLayout(0, words_, 1)
        self._ask_row.setLayout(asking)
        self._said_row = QWidget()
        said = row(self.linked, self.undo)
        said.setStretch(0, 1)
        self._said_row.setLayout(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S2, S3, S2)
        column.setSpacing(S1)
        column.addWidget(self._ask_row)
        column.addWidget(self._said_row)
        for widget in (self.view, self.relate, self.apart):
            widget.setToolTip(self.tr("先按 {key}，再按数字").format(key=keys.shown("duplicate")))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self._show()

    # -- asking ---------------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Something was typed."""
        self._pause.start()

    def ask(self) -> None:
        """Look for cases like what is typed now."""
        self._pause.stop()
        station, told, but = self._desk.station, self._take(), [case for _, case in self.links]
        if not told.people and not told.summary:
            self.clear()
            return
        self._desk.tasks.read(
            lambda: duplicates.look(station, told=told, but=but), done=self._came, owner=self, key="alike"
        )

    def _came(self, found: list[Likely]) -> None:
        answered = {case for _, case in self.links}
        self.found = [likely for likely in found if likely.line.rec not in answered]
        self._show()

    def clear(self) -> None:
        """Another appeal begins."""
        self._pause.stop()
        self.found, self.links = [], []
        self._show()

    def put_back(self, answers: list[tuple[str, str]]) -> None:
        """What a draft had answered."""
        self.links = list(answers)
        self._show()

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        likely = self.found[0] if self.found else None
        self._ask_row.setVisible(likely is not None)
        if likely is not None:
            line = likely.line
            day = words.short_moment(line.registered_at)[:5]
            more = self.tr("（另有 {n} 件）").format(n=len(self.found) - 1) if len(self.found) > 1 else ""
            self.title.setText(
                self.tr("◆ 疑似重复：{day} {title}（{state}）{more}").format(
                    day=day, title=line.title, state=words.code("case_states", line.state), more=more
                )
            )
            hint = self.tr("按 {key} 处理").format(key=keys.shown("duplicate"))
            self.why.setText(f"{duplicates.why(likely, words.lang())}　{hint}")
            self.setAccessibleName(f"{self.title.text()} {self.why.text()}")
        related = sum(how == links.RELATED for how, _ in self.links)
        self._said_row.setVisible(bool(self.links))
        self.linked.setText(
            self.tr("登记时关联 {n} 件，注明不是同一件 {m} 件").format(n=related, m=len(self.links) - related)
        )
        self.setVisible(bool(likely or self.links))
        if not (likely or self.links):
            self._return()

    # -- answering ------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """F6: the keys act here now."""
        if self.found and not self.hasFocus():
            self._from = self.window().focusWidget()
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def answer(self, how: str) -> None:
        """View the first one, link it, or tell it apart; the next one follows."""
        if not self.found:
            return
        case = self.found[0].line.rec
        if how == "view":
            self._desk.go("case", case)
            return
        self.links.append((how, case))
        del self.found[0]
        self._show()
        if not self.found:
            self._return()
        self.answered.emit()

    def _take_back(self) -> None:
        if self.links:
            self.links.pop()
            self.answered.emit()
            self._show()
            self.ask()

    def _return(self) -> None:
        """Back to the field that was being typed in."""
        if self._from is not None and self.hasFocus():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 answer; Esc goes back to the field."""
        acts = {"1": "view", "2": links.RELATED, "3": links.DISTINCT}
        if event.text() in acts:
            self.answer(acts[event.text()])
        elif event.key() == Qt.Key.Key_Escape and self._from is not None:
            self._return()
        else:
            super().keyPressEvent(event)
