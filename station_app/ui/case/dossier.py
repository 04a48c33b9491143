"""卷宗 on the page of a case: what the file lacks, what reviewers would remark; prints what is missing, binds it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from station_app.domain.court.finding import Finding, Severity
from station_app.domain.papers import dossier, review
from station_app.services.paperwork import dossier as binding
from station_app.ui import keys, words
from station_app.ui.case.part import ListPart
from station_app.ui.widgets.layout import allow, button, text
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


_EARLY: Final = frozenset({"accepted", "mediating"})
"""While a case is mediated, nobody asks for its cover yet."""


class Dossier(ListPart):
    """The thirteen items of the file and the review, what is not in order first."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("Dossier", "卷宗"),
            "",
        )
        self._whole = QCoreApplication.translate("Dossier", "卷内文书齐全，自查没有发现问题。")
        self._later = QCoreApplication.translate("Dossier", "达成协议或者终止调解后，在这里列出缺少的文书和自查意见。")
        self.count = text("", "muted")
        self.print = button(
            QCoreApplication.translate("Dossier", "打印缺少的文书"),
            self.print_lacking,
            kind="quiet",
            picture="printer",
            hint=keys.shown("print_all"),
        )
        keys.bind(page, "print_all", self.print_lacking)
        self.bind = button(
            QCoreApplication.translate("Dossier", "装订卷宗"), self._bind, kind="quiet", picture="download"
        )
        for widget in (self.count, self.print, self.bind):
            self.head.addWidget(widget)
        self.lines.opened.connect(lambda line: page.desk.go("case_papers", (page.rec, "")))
        self.lacking: list[str] = []

    def show_case(self, found: Look) -> None:
        items = dossier.items(found.case)
        self.setVisible(bool(items) and found.case.case_state != "registered")
        wanted = [item for item in items if item.need != dossier.NOT]
        self.lacking = [item.templates[0] for item in wanted if item.missing]
        self.lacking += [t for item in wanted if item.missing and item.no == 0 for t in item.templates[1:]]
        said = QCoreApplication.translate("Dossier", "应有 {all} 项，已有 {n} 项")
        self.count.setText(said.format(all=len(wanted), n=sum(item.there for item in wanted)))
        allow(self.print, bool(self.lacking), QCoreApplication.translate("Dossier", "卷内没有缺少的文书"))
        allow(self.bind, bool(found.case.papers), QCoreApplication.translate("Dossier", "本案还没有出具文书"))
        early = found.case.case_state in _EARLY
        self.empty.setText(self._later if early else self._whole)
        self.put([] if early else [_line(finding) for finding in review.findings(found.case)])

    def print_lacking(self) -> None:
        """Issue and print what the file lacks; nothing where it lacks nothing."""
        if not (self.isVisible() and self.lacking):
            return
        from station_app.ui.papers.printing_dialog import PrintDialog

        self.dialog = PrintDialog(self.page, self.page.desk, cases=[self.page.rec], templates=self.lacking)
        self.dialog.open()

    def _bind(self) -> None:
        name = f"{self.page.seen.case.get('number') or ''}调解卷宗.pdf" if self.page.seen else ""
        said = QCoreApplication.translate("Dossier", "装订卷宗")
        chosen, _ = QFileDialog.getSaveFileName(self.page, said, name, "PDF (*.pdf)")
        if chosen:
            self.bind_to(Path(chosen))

    def bind_to(self, path: Path) -> None:
        """Bind the file: cover, contents and back are issued where they are not up to date."""
        page, station, case = self.page, self.page.station, self.page.rec
        page.notices.say(QCoreApplication.translate("Dossier", "正在装订卷宗，请稍候。"))
        page.tasks.write(
            lambda: binding.bind_to(station, case=case, path=path),
            done=partial(self._bound, path),
            failed=page.notices.error,
            owner=self,
        )

    def _bound(self, path: Path, _changes: object) -> None:
        said = QCoreApplication.translate("Dossier", "卷宗已装订：{file}").format(file=path.name)
        self.page.notices.say(said, tone="green")


def _line(finding: Finding) -> Line:
    tone: words.Tone = "red" if finding.severity in (Severity.SEAL, Severity.STOP) else "amber"
    return Line(finding.sentence, finding.mend, tone, "paper")
