"""协议条款: the terms as lines; one is edited, added, or written anew from what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from station_app.domain.case import Case, text
from station_app.services import redline, terms
from station_app.services.changes import Changes
from station_app.ui.agreement.library import LibraryMenu
from station_app.ui.agreement.specs import TERM
from station_app.ui.agreement.term_dialog import TermDialog
from station_app.ui.case.dialog import FormDialog
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage


class TermsCard(QFrame):
    """The card of the agreement page; `tools` are locked with the agreement."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__()
        self.page = page
        self.setProperty("role", "card")
        self.lines = LinesView(self.tr("条款"))
        self.lines.opened.connect(self.edit)
        new = button(self.tr("添加条款"), self._add, kind="quiet", picture="plus")
        anew = button(self.tr("按付款内容重新生成"), self._generate, kind="quiet", picture="refresh")
        library = button(self.tr("条款库"), lambda: None, kind="quiet", picture="papers")
        self.library = LibraryMenu(page)
        library.setMenu(self.library)
        self.tools = [library, new, anew]
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S4)
        column.setSpacing(S3)
        column.addWidget(label(self.tr("协议条款"), "title"))
        column.addWidget(self.lines)
        column.addLayout(row(library, new, anew, None))

    def show_terms(self, view: Case) -> None:
        """Show the terms in order; one written by hand says so."""
        lines, proposed = [], redline.proposals(view)
        for place, term in enumerate(view.terms, 1):
            waiting = [p for p in proposed if p.term == term.id]
            note = self.tr("已改写") if text(term, "source") == "typed" else ""
            if waiting:
                note = self.tr("{n} 条修改意见").format(n=len(waiting))
            lines.append(Line(f"{place}. {text(term, 'text')}", note, "amber" if waiting else "none", "term", term.id))
        self.lines.show_lines(lines)

    def edit(self, line: Line) -> None:
        """Open the term of a line."""
        seen = self.page.seen
        if seen is None or seen.case.sealed:
            return
        record = seen.case.state.records[str(line.argument)]
        TermDialog(self.page, record, redline.proposals(seen.case, term=record.id)).open()

    def _add(self) -> None:
        station, rec = self.page.station, self.page.rec

        def store(values: dict[str, dict[str, Json]]) -> Changes:
            return terms.add(station, case=rec, words=str(values["term"]["text"]))

        FormDialog(self.page, self.page.desk, title=self.tr("添加条款"), spec=TERM, values={}, save=store).open()

    def _generate(self) -> None:
        station, rec = self.page.station, self.page.rec
        said = self.tr("条款已按付款内容生成；改写过的保持不变。")
        self.page.do(lambda: terms.generate(station, case=rec), said)
