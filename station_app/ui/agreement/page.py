"""调解协议: payers, instalments and the matrix with live sums; terms; what keeps it from being issued; signing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.agreement.grid import Grid
from station_app.domain.case import RESPONDENT, text
from station_app.domain.court.finding import Finding
from station_app.domain.money import capitals
from station_app.services import agreements
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.local import drafts
from station_app.services.local.drafts import Draft
from station_app.ui import keys, words
from station_app.ui.agreement import others, reading, saving, signers, unsaved
from station_app.ui.agreement.instalments import Instalments
from station_app.ui.agreement.matrix import MatrixModel, MatrixView
from station_app.ui.agreement.reading import Look
from station_app.ui.agreement.review import ReviewCard
from station_app.ui.agreement.specs import TERMS
from station_app.ui.agreement.terms import TermsCard
from station_app.ui.agreement.unsaved import Unsaved
from station_app.ui.court import places
from station_app.ui.court.chip import CourtChip
from station_app.ui.desk import Desk, Page
from station_app.ui.forms.form import Form
from station_app.ui.papers import showing
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, card, row, walk
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError

_ROWS_SHOWN = 12


class AgreementPage(Page):
    """The agreement of one case (argument: its record id)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rec = ""
        self.seen: Look | None = None
        self._to_signing = False
        self.others: list[Values] = []
        self.form = Form(TERMS, desk.station.clock.today)
        self.instalments = Instalments(desk)
        self.model = MatrixModel(self)
        self.matrix = MatrixView(self.model)
        self.model.grid_changed.connect(self._typed)
        self.model.too_large.connect(self._too_large)
        self.model.refused.connect(desk.notices.error)
        self.sum = label("", "title", wrap=True)
        self.differs = label("", "", wrap=True)
        self.findings = LinesView(self.tr("审查意见"))
        self.other = LinesView(self.tr("其他履行事项"))
        self.signing = signers.SigningCard(self)
        self.save = button(self.tr("保存"), self._save, kind="primary", picture="save", hint=keys.shown("save"))
        self.papers = button(self.tr("文书"), lambda: desk.go("case_papers", (self.rec, "")), picture="papers")
        self.back = button(self.tr("返回案件"), lambda: desk.go("case", self.rec), kind="quiet", picture="back")
        self.court = CourtChip(self, desk, lambda: saving.on_screen(self))
        self.of = label("", "muted", wrap=True)
        self.locked = label(self.tr("协议已有签署，不能再修改；确需变更的，另行制作补充协议。"), "muted", wrap=True)
        self._build()
        self.form.edited.connect(self._edited)
        self.instalments.edited.connect(self._edited)
        keys.bind(self, "save", self._save)
        keys.bind(self, "refresh", self.refresh)
        keys.bind(self, "print", self.papers.click)
        showing.bind(self, lambda: (self.rec if self.seen else "", "agreement"))

    def _build(self) -> None:
        self.canvas = canvas = Canvas(most=1100)
        more = button(self.tr("增加一期"), self.instalments.add_rest, kind="quiet", picture="plus")
        owed = button(self.tr("按欠发比例分到每人"), lambda: self._split("owed"))
        even = button(self.tr("平均分到每人"), lambda: self._split("even"))
        last = button(self.tr("末期补齐"), self._fill_last)
        self.tools = [more, owed, even, last]
        money = card(self.form, self.instalments, _box(more, None, owed, even, last), self.matrix, self.sum,
                     self.differs, title=self.tr("付款"))  # fmt: skip
        adding = button(self.tr("添加"), lambda: others.add(self), kind="quiet", picture="plus")
        beside = card(self.other, _box(adding, None), title=self.tr("其他履行事项"))
        self.wording = TermsCard(self)
        self.terms = self.wording.lines
        self.tools += [adding, *self.wording.tools]
        self.judged = card(self.findings, title=self.tr("审查意见"))
        self.review = ReviewCard(self)
        self.unsaved = Unsaved(self)
        for part in (
            self.of,
            self.unsaved,
            self.locked,
            self.review,
            money,
            beside,
            self.wording,
            self.judged,
            self.signing,
        ):
            canvas.column.addWidget(part)
        canvas.column.addStretch(1)
        head = row(label(self.tr("调解协议"), "page"), None, self.court, self.back, self.papers, self.save, spacing=S3)
        head.setContentsMargins(S5, S4, S5, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(S2)
        outer.addLayout(head)
        outer.addWidget(canvas, 1)
        held = canvas.sizePolicy()
        held.setRetainSizeWhenHidden(True)  # the head stays where it is while the agreement is read
        canvas.setSizePolicy(held)
        self._empty()

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.tr("调解协议")

    def opened(self, argument: object = None) -> None:
        """The agreement of a case; with (case, "signing") the caret stands where signatures are written down."""
        self._to_signing = isinstance(argument, tuple)
        if isinstance(argument, tuple):
            argument = argument[0]
        if isinstance(argument, str) and argument and argument != self.rec:
            self.unsaved.begin(argument)
            self.rec = argument
            self._empty()
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.case == self.rec:
            self.refresh()

    def leaving(self) -> None:
        self.unsaved.keep()

    def first_field(self) -> QWidget:
        return self.signing.lines if self._to_signing else self.form.control("obligation.payers")

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes as the page is read, whenever its instalments were added."""
        stops = [*self.form.stops(), *self.instalments.stops(), *self.tools[:4], self.matrix]
        return walk(stops, following=following) or super().focusNextPrevChild(following)

    def refresh(self) -> None:
        """Read the agreement anew."""
        station, rec = self.station, self.rec
        if rec:
            self.tasks.read(lambda: (reading.look(station, rec), drafts.load(station, kind=unsaved.KIND, record=rec)),
                            done=self._show, failed=self.notices.error, key="agree")  # fmt: skip

    def _empty(self) -> None:
        """Until the agreement is read, nothing of another case can be seen, changed or saved."""
        self.seen = None
        self.canvas.setVisible(False)
        for tool in (*self.tools, self.save):
            tool.setEnabled(False)

    def _show(self, read: tuple[Look, Draft | None]) -> None:
        found, draft = read
        typed = self.unsaved.shot()
        self.canvas.setVisible(True)
        self.seen = found
        view = found.case
        self.of.setText(text(view.record, "title"))
        parties = [(p.id, p.name) for p in view.parties]
        payers = [(p.id, p.name) for p in view.side(RESPONDENT)] or parties
        self.form.set_choices("obligation.payers", payers if len(parties) > 12 else parties)
        self._show_values(found, payers)
        self.unsaved.put_back(found, draft, typed)
        self.others = [reading.other_row(d) for d in found.others]
        names = {p.id: p.name for p in view.parties}
        self.other.show_lines([others.line(d, names) for d in self.others])
        self.wording.show_terms(view)
        self.review.show_case(view)
        self.findings.show_lines([Line(words.sentence(e.error), "", "amber") for e in found.findings])
        self.judged.setVisible(bool(found.findings))
        self.signing.show_look(found)
        self._lock(view.sealed)
        if self._to_signing:
            self._to_signing = False
            self.signing.begin()
            QTimer.singleShot(0, self.signing, lambda: self.canvas.ensureWidgetVisible(self.signing))
        self.court.show_case(self.rec)
        finding = self.desk.landing(self.rec)
        if isinstance(finding, Finding):
            places.on_agreement(self, finding)

    def _show_values(self, found: Look, payers: list[tuple[str, str]]) -> None:
        view = found.case
        names = {p.id: p.name for p in view.parties}
        dues = [d.due for d in found.payments]
        first = found.payments[0] if found.payments else None
        shown: Values = {
            "obligation.payers": list(first.payers) if first else [payers[0][0]] if len(payers) == 1 else [],
            "obligation.liability": (first.liability if first else "") or None,
            "obligation.method": (first.method if first else "") or "transfer",
            "obligation.what": first.what if first else self.tr("工资") if view.labour else None,
            "agreement.confirm": view.agreement.get("confirm") if view.agreement else "undecided",
            "agreement.read_mode": view.agreement.get("read_mode") if view.agreement else "self",
        }
        self.form.set_values(shown)
        totals = found.grid.column_sums if first else [found.owed]
        self.instalments.show_values(totals, dues if first else [""])
        self.model.show_grid(found.grid, names, dues)
        self.show_sums(found.grid)

    def _lock(self, sealed: bool) -> None:
        self.locked.setVisible(sealed)
        self.form.set_read_only(sealed)
        self.instalments.set_read_only(sealed)
        self.model.locked = sealed
        for tool in (*self.tools, self.save):
            tool.setEnabled(not sealed)

    def show_sums(self, grid: Grid) -> None:
        """Total in figures and capitals, live; and whether it is what is owed."""
        lines = min(len(grid.payees), _ROWS_SHOWN) + 1 if grid.payees else 0
        self.matrix.setVisible(bool(lines))
        height = self.matrix.verticalHeader().defaultSectionSize()
        self.matrix.setFixedHeight(lines * height + self.matrix.horizontalHeader().sizeHint().height() + S4)
        total = grid.total
        self.sum.setText(self.tr("合计 {yuan} 元　{capitals}").format(yuan=words.yuan(total), capitals=capitals(total)))
        self.sum.setVisible(bool(total))
        self.differs.setText(_gap(self.seen.owed if self.seen else 0, total))
        set_tone(self.differs, "amber")
        self.differs.setVisible(bool(self.differs.text()))

    def _typed(self, grid: Grid) -> None:
        """A cell was typed over: the sums and the lines of the instalments follow."""
        self.show_sums(grid)
        self.instalments.show_totals(grid.column_sums)
        self._edited()

    def _edited(self) -> None:
        self.unsaved.touch()
        self.court.later()

    def _too_large(self) -> None:
        said = self.tr("粘贴的内容超出表格范围，未作任何改动；请核对起始单元格、人数和期数。")
        self.notices.say(said, tone="amber")

    # -- payments -------------------------------------------------------------------------------------------------

    def _split(self, rule: str) -> None:
        read = self.instalments.read()
        if read is None:
            return
        totals, dues = read
        station, rec = self.station, self.rec
        self.tasks.read(
            lambda: agreements.split(station, case=rec, totals=totals, rule=rule),
            done=lambda grid: self._take(grid, [str(d["due"]) for d in dues]),
            failed=self.notices.error,
            owner=self,
        )

    def _take(self, grid: Grid, dues: list[str]) -> None:
        self.model.show_grid(grid, self.model.names, dues)
        self._typed(grid)

    def _fill_last(self) -> None:
        """末期补齐: the last instalment takes what the roster says is left of each."""
        if self.seen is None:
            return
        try:
            self._take(reading.last_filled(self.seen.case, self.model.grid), self.model.dues)
        except KnownError as error:
            self.notices.error(error)

    def _save(self) -> None:
        if self.seen is not None and self.save.isEnabled():
            saving.save(self)

    def do(self, act: object, said: str) -> None:
        """Run a verb in the write lane and say that it is done."""
        assert callable(act)
        self.tasks.write(act, done=lambda c: self.desk.did(said, c), failed=self.notices.error, owner=self)


def _gap(owed: int, total: int) -> str:
    """By how much the agreement differs from what the roster says is owed (分); "" where it does not."""
    if not owed or not total or owed == total:
        return ""
    less = QCoreApplication.translate("AgreementPage", "比登记的欠付金额少 {yuan} 元")
    more = QCoreApplication.translate("AgreementPage", "比登记的欠付金额多 {yuan} 元")
    return f"◆ {(less if total < owed else more).format(yuan=words.yuan(abs(owed - total)))}"


def _box(*widgets: QWidget | None) -> QWidget:
    box = QWidget()
    box.setLayout(row(*widgets))
    return box
