"""案件文书: every paper of the case, what each still lacks, its pages; issue, print, save, void, verify."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QSplitter, QVBoxLayout, QWidget

from station_app.domain.case import text as text_of
from station_app.services import papers, printing
from station_app.services.changes import Changes
from station_app.services.papers import Card, Issued
from station_app.ui import keys, words
from station_app.ui.court.chip import CourtChip
from station_app.ui.desk import Desk, Page
from station_app.ui.papers import at_once, by_hand, package, saving, showing, told, verifying
from station_app.ui.papers.preview import Preview
from station_app.ui.papers.printing_dialog import PrintDialog
from station_app.ui.papers.scans import ScanEntry
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.elided import ElidedLabel
from station_app.ui.widgets.layout import Canvas, allow, button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError


class CasePapersPage(Page):
    """Argument: (case, paper) where paper may be ""."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rec = ""
        self.cards: list[Card] = []
        self._begins = False
        self._wanted = ""
        self._data = b""
        self.title = text(self.tr("文书"), "page")
        self.of = ElidedLabel("", "muted")
        self.lines = LinesView(self.tr("文书目录"))
        self.lines.marked = True
        self.lines.selectionModel().currentChanged.connect(lambda _now, _before: self._chosen())
        self.lacks = text("", "muted", wrap=True)
        self.issue = button(self.tr("出具"), self._issue, kind="primary")
        self.print = button(self.tr("打印"), self._print, picture="printer", hint=keys.shown("print"))
        self.print_all = button(self.tr("打印全部必备文书"), self._print_all, hint=keys.shown("print_all"))
        self.printer: PrintDialog | None = None
        self.package = button(self.tr("法院材料包"), lambda: package.start(self, [self.rec]), picture="download")
        self.save = button(self.tr("另存为 PDF"), lambda: saving.save(self, self._data), picture="download")
        self.void = button(self.tr("作废"), self._void, kind="quiet")
        self.check = button(self.tr("核验文书"), lambda: verifying.choose(self), kind="quiet", picture="eye")
        self.scans = ScanEntry(self, lambda: self.rec)
        self.back = button(self.tr("返回案件"), lambda: desk.go("case", self.rec), kind="quiet", picture="back")
        self.court = CourtChip(self, desk)
        self.court.seen.connect(self._chosen)
        self.preview = Preview(desk.tasks)
        side = Canvas(margin=0)
        side.column.addWidget(self.lines)
        side.column.addWidget(self.lacks)
        side.column.addStretch(1)
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(self.preview)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(S5, S4, S5, S4)
        outer.setSpacing(S3)
        head = row(self.title, self.of, self.court, self.back, self.check, self.scans.button, spacing=S3)
        head.setStretch(1, 1)
        outer.addLayout(head)
        outer.addLayout(
            row(self.print_all, self.package, None, self.void, self.save, self.print, self.issue, spacing=S3)
        )
        outer.addWidget(split, 1)
        self.lines.opened.connect(lambda _line: _go_on(self))
        keys.bind(self, "print", self._print)
        keys.bind(self, "print_all", self._print_all)
        keys.bind(self, "accept", lambda: at_once.issue_and_print(self))
        keys.bind(self, "refresh", self.refresh)
        showing.bind(self, lambda: (self.rec, self.card.template if self.card else ""))

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.tr("文书")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, tuple) and len(argument) == 2:
            rec, self._wanted = str(argument[0]), str(argument[1])
            if rec != self.rec:  # until its papers are read, nothing of another case can be issued or printed
                self.rec, self._data = rec, b""
                self._show("", [])
                self._wanted = str(argument[1])
            self._begins = not self._wanted
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.case == self.rec:
            self.refresh()

    def first_field(self) -> QWidget:
        return self.lines

    def refresh(self) -> None:
        """Read the cards anew."""
        station, rec = self.station, self.rec
        if rec:
            self.tasks.read(
                lambda: (text_of(station.case(rec).record, "title"), papers.list_papers(station, case=rec)),
                done=lambda found: self._show(*found),
                failed=self.notices.error,
                key="cards",
            )

    def _show(self, title: str, found: list[Card]) -> None:
        self.of.say(title)
        self.cards = [c for c in found if c.applies or c.paper]
        if self.cards:
            self.court.show_case(self.rec)
        self.lines.show_lines([_line(c) for c in self.cards])
        place = next((i for i, c in enumerate(self.cards) if self._wanted and c.paper == self._wanted), -1)
        if place >= 0:
            self.lines.setCurrentIndex(self.lines.lines.index(place, 0))
        elif self.cards and self._begins:
            self._begins = False
            self.lines.setCurrentIndex(self.lines.lines.index(papers.usual(self.cards), 0))
        self._wanted = ""
        self._chosen()

    # -- the one chosen -------------------------------------------------------------------------------------------

    @property
    def card(self) -> Card | None:
        """The paper chosen in the list."""
        place = self.lines.currentIndex().row()
        return self.cards[place] if 0 <= place < len(self.cards) else None

    def _chosen(self) -> None:
        card = self.card
        for widget in (self.issue, self.print, self.save, self.void):
            widget.setEnabled(card is not None)
        if card is None:
            self.preview.clear()
            self.lacks.setText("")
            return
        missing = "、".join(label for _, label in card.missing)
        said = [self.tr("待补充：{what}").format(what=missing) if missing else _copies(card)]
        if card.template in told.FOR_COURT and self.court.stops:
            said.append(f"▲ {told.counted(self)}")
        self.lacks.setText("\n".join(part for part in said if part))
        signed = card.state in ("signed", "scanned")
        self.issue.setText(self.tr("重新出具") if card.stale else self.tr("出具"))
        due = not signed and (not card.paper or card.stale)
        allow(self.issue, due and not card.missing, self.lacks.text() if due else self.tr("已出具，内容没有变化"))
        void = bool(card.paper) and card.state not in ("void", "signed", "scanned")
        allow(self.void, void, self.tr("只有已出具、尚未签署的文书可以作废"))
        station, rec, template = self.station, self.rec, card.template
        self.tasks.read(
            lambda: papers.preview(station, case=rec, template=template, draft=not card.paper),
            done=self._previewed,
            failed=self._no_preview,
            key="preview",
        )

    def _previewed(self, data: bytes) -> None:
        self._data = data
        self.preview.show_pdf(data)

    def _no_preview(self, error: KnownError) -> None:
        self._data = b""
        self.preview.clear()
        self.lacks.setText(f"▲ {words.sentence(error)}")

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _issue(self) -> None:
        card = self.card
        if card is not None:
            told.then(self, card, lambda: by_hand.issue(self, card))

    def issued(self, issued: Issued) -> None:
        """Say what was issued and show it."""
        said = self.tr("已出具第 {n} 版，编号 {number}。") if issued.number else self.tr("已出具第 {n} 版。")
        self.notices.say(said.format(n=issued.version, number=issued.number), tone="green")
        self.refresh()

    def _print(self) -> None:
        """The one chosen: as sealed, or the discussion draft on screen."""
        card, data = self.card, self._data
        if card is not None and (card.paper or data):
            told.then(self, card, lambda: self._print_card(card, data))

    def _print_card(self, card: Card, data: bytes) -> None:
        station, rec = self.station, self.rec
        self.tasks.read(
            lambda: printing.item_of(station, case=rec, card=card, data=data),
            done=lambda item: self.show_printer(PrintDialog(self, self.desk, item=item)),
            failed=self.notices.error,
            owner=self,
        )

    def _print_all(self) -> None:
        """这个案子的全部必备文书."""
        if self.cards:
            self.show_printer(PrintDialog(self, self.desk, cases=[self.rec]))

    def show_printer(self, dialog: PrintDialog) -> None:
        """Open the window of a printing job."""
        self.printer = dialog
        dialog.open()

    def write_file(self, path: Path, data: bytes) -> None:
        """Write the bytes; a full or forbidden disk is said, not raised."""
        try:
            path.write_bytes(data)
        except OSError:
            self.notices.error(KnownError("E-516", file=path.name))
            return
        self.notices.say(self.tr("已保存：{file}").format(file=path.name), tone="green")

    def _void(self) -> None:
        card = self.card
        if card is None or not card.paper:
            return
        reason, given = QInputDialog.getText(self, self.tr("作废文书"), self.tr("作废原因（编号和内容仍留存备查）"))
        if not given:
            return
        station, rec, paper = self.station, self.rec, card.paper
        self.tasks.write(
            lambda: papers.void(station, case=rec, paper=paper, reason=reason),
            done=lambda _c: self.notices.say(self.tr("已作废。")),
            failed=self.notices.error,
            owner=self,
        )


def _copies(card: Card) -> str:
    said = QCoreApplication.translate("CasePapersPage", "一式 {n} 份")
    return said.format(n=card.copies) if card.copies else ""


def _go_on(page: CasePapersPage) -> None:
    """Enter on a paper: issue it where that can be done, else print what was issued."""
    if page.issue.isEnabled():
        page._issue()
    elif page.card is not None and page.card.paper:
        page._print()


def _line(card: Card) -> Line:
    """One paper of the list: its state, or what it waits for."""
    tone: words.Tone = "amber" if card.required else "none"
    state = words.code("paper_states", card.state)
    if card.paper:
        tone = "amber" if card.stale else "green"
        version = QCoreApplication.translate("CasePapersPage", "第 {n} 版").format(n=card.version)
        changed = QCoreApplication.translate("CasePapersPage", "内容已变，需重新出具")
        state = f"{version}　{changed if card.stale else state}"
    elif card.missing:
        state = QCoreApplication.translate("CasePapersPage", "待补充 {n} 项").format(n=len(card.missing))
    return Line(card.title, state, tone, "paper", card.template)
