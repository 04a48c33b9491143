"""One term: its words, the proposals on it struck and underlined, and what can be done: save, propose, restore."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QPlainTextEdit, QVBoxLayout

from station_app.domain.case import text
from station_app.services import clauses, people, redline, terms
from station_app.services.changes import Changes
from station_app.services.redline import Proposal
from station_app.ui import words
from station_app.ui.agreement import library
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import Canvas, button, row
from station_app.ui.widgets.layout import text as label
from sync.contract.errors import KnownError
from sync.contract.fold import Record

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage

_MARKS = {"keep": "{}", "out": "<s>{}</s>", "in": "<u>{}</u>"}


def shown(proposal: Proposal) -> str:
    """The change as rich text: what goes is struck, what comes is underlined."""
    return "".join(_MARKS[tag].format(html.escape(piece)) for tag, piece in redline.marked(proposal.old, proposal.new))


class TermDialog(QDialog):
    """Saving types the term over; 提出修改意见 leaves it and keeps the other wording with its reason."""

    def __init__(self, page: AgreementPage, record: Record, proposals: list[Proposal]) -> None:
        super().__init__(page)
        self.page, self.record = page, record
        self.setWindowTitle(self.tr("修改条款"))
        self.words = QPlainTextEdit(text(record, "text"))
        self.words.setAccessibleName(self.tr("条款内容"))
        self.words.setMinimumHeight(120)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("修改理由"))
        self.reason.setPlaceholderText(self.tr("提出修改意见时写明理由；直接保存的不必填写。"))
        self.reason.setMaximumHeight(64)
        self.basis = QComboBox()
        self.basis.setAccessibleName(self.tr("引用依据"))
        self.basis.addItem(self.tr("引用依据…"))
        for printed in self._articles():
            self.basis.addItem(printed)
        self.basis.setVisible(self.basis.count() > 1)
        self.basis.activated.connect(self._cite)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        self.cards = [ProposalCard(self, p) for p in proposals]
        canvas = Canvas(margin=S4)
        for card in self.cards:
            canvas.column.addWidget(card)
        canvas.column.addWidget(self.words, 1)
        canvas.column.addWidget(self.basis)
        canvas.column.addWidget(self.reason)
        self.again = button(self.tr("恢复生成"), self._restore, kind="quiet", picture="restore")
        self.again.setVisible(page.seen is not None and clauses.restorable(page.seen.case, record))
        self.propose = button(self.tr("提出修改意见"), self._propose)
        self.propose.setVisible(page.station.can("redline"))
        self.save = button(self.tr("保存"), self._save, kind="primary", picture="save")
        self.keep = button(self.tr("存为本站条款"), self._keep, kind="quiet")
        self.keep.setVisible(page.station.can("save_clause"))
        buttons = row(self.again, self.keep, None, button(self.tr("取消"), self.reject), self.propose, self.save)
        buttons.setContentsMargins(S4, 0, S4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, S4)
        column.setSpacing(S3)
        column.addWidget(canvas, 1)
        column.addWidget(self.said)
        column.addLayout(buttons)
        room = page.window().size()
        self.resize(min(820, room.width() - 48), min(560, room.height() - 48))
        self.finished.connect(self.deleteLater)
        if self.cards:
            self.cards[0].take.setFocus()  # one key takes the proposal over

    def do(self, act: Callable[[], Changes], said: str) -> None:
        """Run a verb, close, and say that it is done; a refusal is said here and everything stays."""

        def done(changes: Changes) -> None:
            self.page.desk.did(said, changes)
            self.accept()

        self.page.tasks.write(act, done=done, failed=self._failed, owner=self)

    def _failed(self, error: KnownError) -> None:
        self.said.setText(f"▲ {words.sentence(error)}")
        self.said.show()

    def _articles(self) -> list[str]:
        """Articles of the findings on this term, as printed."""
        view = self.page.court.view
        found = [a.printed for f in (view.findings if view else []) if f.rec == self.record.id for a in f.basis]
        return list(dict.fromkeys(found))

    def _cite(self, place: int) -> None:
        """The article chosen is written behind the reason."""
        if place > 0:
            said = self.reason.toPlainText().rstrip("。；")
            cited = self.basis.itemText(place)
            self.reason.setPlainText(f"{said}；依据{cited}" if said else f"依据{cited}")
            self.basis.setCurrentIndex(0)

    def _save(self) -> None:
        station, case, term, typed = self.page.station, self.page.rec, self.record.id, self.words.toPlainText()
        self.do(lambda: terms.edit(station, case=case, term=term, words=typed), self.tr("条款已保存。"))

    def _propose(self) -> None:
        station, case, term = self.page.station, self.page.rec, self.record.id
        typed, why = self.words.toPlainText(), self.reason.toPlainText()
        self.do(
            lambda: redline.propose(station, case=case, term=term, words=typed, reason=why),
            self.tr("修改意见已提出，等待采用。"),
        )

    def _keep(self) -> None:
        library.keep(self.page, self.words.toPlainText())

    def _restore(self) -> None:
        station, case, term = self.page.station, self.page.rec, self.record.id
        self.do(lambda: clauses.restore(station, case=case, term=term), self.tr("条款已恢复为自动生成的内容。"))


class ProposalCard(QFrame):
    """One proposal: Enter on 采用 takes it over, Enter on 不采用 leaves it; both are one key away."""

    def __init__(self, dialog: TermDialog, proposal: Proposal) -> None:
        super().__init__()
        self.setProperty("role", "card")
        station, case = dialog.page.station, dialog.page.rec
        by = next((text(p, "name") for p in people.people(station) if p.id == proposal.by), "")
        self.change = label(shown(proposal), wrap=True)
        self.change.setTextFormat(Qt.TextFormat.RichText)
        self.change.setAccessibleName(proposal.new)
        about = "　".join(
            part for part in (by, proposal.on, self.tr("理由：{why}").format(why=proposal.reason)) if part
        )
        self.take = button(
            self.tr("采用"),
            partial(
                dialog.do,
                lambda: redline.accept(station, case=case, proposal=proposal.rec),
                self.tr("已采用修改意见。"),
            ),
            kind="primary",
        )
        self.leave = button(
            self.tr("不采用"),
            partial(
                dialog.do,
                lambda: redline.reject(station, case=case, proposal=proposal.rec),
                self.tr("未采用修改意见。"),
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S3)
        column.setSpacing(S2)
        column.addWidget(self.change)
        column.addLayout(row(label(about, "small", wrap=True), None, self.leave, self.take))
        if proposal.stale:
            note = self.tr("提出之后条款又有改动，采用将替换现在的内容。")
            column.addWidget(label(f"◆ {note}", "small", wrap=True))
