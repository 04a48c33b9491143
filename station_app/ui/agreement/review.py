"""案情与法律审查: what happened beside the agreement, the mark that it was reviewed, two versions word by word."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QGridLayout, QVBoxLayout

from station_app.domain.case import Case, text
from station_app.services.review import comparing, queue
from station_app.services.review.comparing import Comparison
from station_app.ui import words
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import Canvas, button, clear, row
from station_app.ui.widgets.layout import text as label

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage

_MARKS: Final = {"keep": "{}", "out": "<s>{}</s>", "in": "<u>{}</u>"}
_TOLD: Final = ("facts.summary", "facts.story", "facts.request")


class ReviewCard(QFrame):
    """The facts as they were told, beside the terms; open for who reviews, folded for who writes."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__()
        self.page = page
        self.setProperty("role", "card")
        self.state = label("", "muted")
        self.fold = button(self.tr("查看案情"), self._toggle, kind="quiet", picture="eye")
        self.compare = button(self.tr("比较版本"), self._compare, kind="quiet")
        self.done = button(self.tr("审查完毕"), self._done, picture="check")
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(S4)
        self.grid.setVerticalSpacing(S2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.body = QFrame()
        self.body.setLayout(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S3)
        column.setSpacing(S3)
        column.addLayout(
            row(label(self.tr("案情与审查"), "title"), self.state, None, self.fold, self.compare, self.done)
        )
        column.addWidget(self.body)
        self.body.setVisible(self._reviewer)

    @property
    def _reviewer(self) -> bool:
        return "consultant" in self.page.station.user.roles

    def show_case(self, view: Case) -> None:
        """Facts, evidence, and whether the agreement was reviewed as it stands."""
        clear(self.grid)
        told = [(path, text(view.facts, path.partition(".")[2])) for path in _TOLD]
        evidence = "、".join(text(r, "name") for r in view.kind("evidence"))
        shown = [(words.label(path), said) for path, said in told if said]
        shown += [(self.tr("证据材料"), evidence)] if evidence else []
        for line, (name, said) in enumerate(shown):
            self.grid.addWidget(label(name, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(label(said, wrap=True), line, 1)
        self.fold.setText(self.tr("收起案情") if self.body.isVisibleTo(self) else self.tr("查看案情"))
        self.compare.setVisible(len(comparing.versions(view)) > 1)
        reviewed = queue.reviewed(view)
        before = any(text(r, "question") == queue.QUESTION for r in view.kind("answer"))
        changed = before and not reviewed and not view.sealed
        self.state.setText(self.tr("● 已经法律审查") if reviewed else self.tr("◆ 审查后协议有改动") if changed else "")
        set_tone(self.state, "green" if reviewed else "amber" if changed else "none")
        may = self.page.station.can("redline") and self.page.station.can("answer")
        self.done.setVisible(may and view.agreement is not None and not view.sealed and not reviewed)

    def _toggle(self) -> None:
        self.body.setVisible(not self.body.isVisibleTo(self))
        self.fold.setText(self.tr("收起案情") if self.body.isVisibleTo(self) else self.tr("查看案情"))

    def _done(self) -> None:
        station, case = self.page.station, self.page.rec
        self.page.do(lambda: queue.done(station, case=case), self.tr("已记录法律审查。"))

    def _compare(self) -> None:
        CompareDialog(self.page).open()


class CompareDialog(QDialog):
    """Two issued versions of the agreement: what went is struck, what came is underlined; the rest is the same."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__(page)
        self.page = page
        self.setWindowTitle(self.tr("比较版本"))
        view = page.seen.case if page.seen is not None else None
        numbers = comparing.versions(view) if view is not None else []
        self.old, self.new = QComboBox(), QComboBox()
        for box, chosen, name in ((self.old, -2, self.tr("原来的版本")), (self.new, -1, self.tr("后来的版本"))):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(5)
            for number in numbers:
                box.addItem(self.tr("第 {n} 版").format(n=number), number)
            box.setCurrentIndex(len(numbers) + chosen)
            box.currentIndexChanged.connect(lambda _i: self.refresh())
        self.head = label("", "muted")
        self.canvas = Canvas(margin=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addLayout(row(self.old, self.new, self.head, None))
        column.addWidget(self.canvas, 1)
        column.addLayout(row(None, button(self.tr("关闭"), self.accept)))
        room = page.window().size()
        self.resize(min(860, room.width() - 48), min(620, room.height() - 48))
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """Compare the two chosen."""
        station, case = self.page.station, self.page.rec
        old, new = int(self.old.currentData()), int(self.new.currentData())
        self.page.tasks.read(
            lambda: comparing.compare(station, case=case, old=old, new=new),
            done=self._show,
            failed=self.page.notices.error,
            owner=self,
            key="compare",
        )

    def _show(self, found: Comparison) -> None:
        clear(self.canvas.column)
        same = self.tr("两版内容相同。")
        self.head.setText(self.tr("{n} 处不同").format(n=len(found.differences)) if found.differences else same)
        for part in found.differences:
            shown = label("".join(_MARKS[tag].format(html.escape(piece)) for tag, piece in part.pieces), wrap=True)
            shown.setTextFormat(Qt.TextFormat.RichText)
            shown.setAccessibleName(f"{part.name}：{''.join(p for tag, p in part.pieces if tag != 'out')}")
            self.canvas.column.addWidget(label(part.name, "muted"))
            self.canvas.column.addWidget(shown)
        self.canvas.column.addStretch(1)
