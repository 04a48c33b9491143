"""以案定补: the mediated cases of a month; a person gives each its class with a reason, another person reviews it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from station_app.services.changes import Changes
from station_app.services.station import Station
from station_app.services.subsidy import grading, sheets
from station_app.services.subsidy.grading import Claim, Grade
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.reports.beside import BesidePage
from station_app.ui.reports.exporting import ExportBar
from station_app.ui.reports.months import month_choice
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import button, card, clear, nothing, row, text
from station_app.ui.widgets.lines import Line
from station_app.ui.words import Tone
from sync.contract.canonical import Json

_REVIEW = FormSpec(
    "grading_review",
    (Section("", (Item("grading.answer", required=True), Item("grading.review_note", span=2)), 2),),
)


@dataclass(frozen=True, slots=True)
class _Found:
    grades: list[Grade]
    claims: list[Claim]


def _read(station: Station, month: str) -> _Found:
    return _Found(grading.grades(), grading.claims(station, month=month))


class SubsidyPage(BesidePage):
    """The claims of one month."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: _Found | None = None
        self.dialog: FormDialog | SheetDialog | None = None
        self.month = month_choice(words.label("grading.month"), desk.station.clock.today())
        self.counts = text("", "muted", wrap=True)
        self.lines = self.list_of(self.tr("以案定补案件"))
        self.grade = button(self.tr("确定类别"), self._grade, kind="primary")
        self.review = button(self.tr("审核"), self._review)
        self.print = button(self.tr("打印申报表"), self._print, picture="printer", hint=keys.shown("print"))
        self.save = button(self.tr("导出 Excel"), self._save, kind="quiet", picture="download")
        self.exporting = ExportBar(desk)
        self.empty = nothing(self.tr("本月没有达成协议的调解案件。"))
        self.beside(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        head = (text(self.tr("以案定补"), "page"), self.month, None, self.save, self.print, self.review, self.grade)
        column.addLayout(row(*head, spacing=S3))
        column.addWidget(self.exporting)
        column.addWidget(self.counts)
        column.addWidget(self.empty)
        column.addLayout(self.body, 1)
        self.month.currentIndexChanged.connect(lambda _i: self.refresh())
        keys.bind(self, "print", self._print)
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("以案定补")

    def refresh(self) -> None:
        """Read the month anew."""
        station, month = self.station, str(self.month.currentData())
        self.tasks.read(lambda: _read(station, month), done=self._show, owner=self, key="subsidy")

    def _show(self, found: _Found) -> None:
        self.found = found
        waiting = sum(bool(c.grade) and not c.answer for c in found.claims)
        none = sum(not c.grade for c in found.claims)
        said = self.tr("共 {n} 件，未定类 {none} 件，待审核 {waiting} 件。类别由人员确定，程序不推荐。")
        self.counts.setText(said.format(n=len(found.claims), none=none, waiting=waiting))
        self.lines.show_lines([self._line(c) for c in found.claims])
        for widget in (self.lines, self.side):
            widget.setVisible(bool(found.claims))
        self.empty.setVisible(not found.claims)
        if found.claims and not self.lines.currentIndex().isValid():
            self.lines.setCurrentIndex(self.lines.lines.index(0, 0))
        self._choose()

    def _line(self, claim: Claim) -> Line:
        state, tone = self._state(claim)
        return Line(claim.title, f"{grading.words(claim.grade)}　{state}".strip(), tone, "case", claim.case)

    def _state(self, claim: Claim) -> tuple[str, Tone]:
        if not claim.grade:
            return self.tr("未定类"), "amber"
        if not claim.answer:
            return self.tr("待审核"), "amber"
        return words.code("grading_answers", claim.answer), "green" if claim.answer == "accepted" else "red"

    def _claim(self) -> Claim | None:
        place = self.lines.currentIndex().row()
        claims = self.found.claims if self.found else []
        return claims[place] if 0 <= place < len(claims) else None

    def _choose(self) -> None:
        """What a class is judged by, beside what was decided."""
        clear(self.side.column)
        claim = self._claim()
        self.grade.setVisible(claim is not None and self.station.can("note"))
        self.review.setVisible(bool(claim and claim.grade) and self.station.can("decide"))
        if claim is None:
            return
        form = words.code("agreement_forms", claim.form) or self.tr("未登记")
        facts = (
            self.tr("调解员：{name}").format(name=claim.mediator or "—"),
            self.tr("结案日期：{day}").format(day=words.day(claim.closed)),
            self.tr("协议形式：{form}").format(form=form),
            self.tr("涉及人数：{n}").format(n=claim.people or "—"),
            self.tr("协议金额：{all} 元，已履行 {paid} 元").format(
                all=words.yuan(claim.fen), paid=words.yuan(claim.performed)
            ),
        )
        self.side.column.addWidget(text(claim.title, "title", wrap=True))
        if claim.number:
            self.side.column.addWidget(text(claim.number, "muted", wrap=True))
        self.side.column.addWidget(card(*(text(fact, wrap=True) for fact in facts), title=self.tr("案件情况")))
        if claim.grade:
            decided = [
                self.tr("类别：{grade}").format(grade=grading.words(claim.grade)),
                self.tr("理由：{reason}").format(reason=claim.reason),
                self.tr("定类人：{name}").format(name=claim.by or "—"),
                self.tr("审核：{answer}").format(answer=self._state(claim)[0]),
            ]
            decided += [claim.review_note] if claim.review_note else []
            self.side.column.addWidget(card(*(text(d, wrap=True) for d in decided), title=self.tr("定类")))
        open_case = button(self.tr("打开案件"), lambda: self.desk.go("case", claim.case), picture="cases")
        self.side.column.addLayout(row(open_case, None))
        self.side.column.addStretch(1)

    def _grade(self) -> None:
        claim, station, month = self._claim(), self.station, str(self.month.currentData())
        if claim is None or self.found is None:
            return
        choices = tuple((g.code, self._grade_words(g)) for g in self.found.grades)
        spec = FormSpec(
            "grading",
            (
                Section(
                    "",
                    (
                        Item("grading.grade", required=True, type="code", choices=choices),
                        Item("grading.reason", required=True, span=2),
                    ),
                    2,
                ),
            ),
        )

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["grading"]
            return grading.grade(
                station,
                case=claim.case,
                code=str(given.get("grade") or ""),
                reason=str(given.get("reason") or ""),
                month=month,
            )

        self.dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("确定案件类别"),
            spec=spec,
            values={"grading.grade": claim.grade, "grading.reason": claim.reason} if claim.grade else {},
            save=save,
            intro=claim.title,
        )
        self.dialog.open()

    def _grade_words(self, grade: Grade) -> str:
        amount = self.tr("{yuan} 元").format(yuan=grade.amount) if grade.amount else sheets.UNKNOWN
        return f"{grade.title}（{amount}）"

    def _review(self) -> None:
        claim, station = self._claim(), self.station
        if claim is None:
            return

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["grading"]
            return grading.review(
                station,
                case=claim.case,
                answer=str(given.get("answer") or ""),
                note=str(given.get("review_note") or ""),
            )

        self.dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("审核案件类别"),
            spec=_REVIEW,
            values={},
            save=save,
            intro=f"{claim.title}　{grading.words(claim.grade)}",
        )
        self.dialog.open()

    def _print(self) -> None:
        station, month = self.station, str(self.month.currentData())
        name = self.tr("以案定补申报表（{month}）").format(month=grading.month_words(month))
        self.dialog = SheetDialog(
            self, self.desk, name=name, make=lambda no, _said: sheets.paper(station, month=month, no=no)
        )
        self.dialog.open()

    def _save(self) -> None:
        month = str(self.month.currentData())
        name = self.tr("以案定补申报表（{month}）").format(month=grading.month_words(month))
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出 Excel"), f"{name}.xlsx", "Excel (*.xlsx)")
        if chosen:
            station = self.station
            self.exporting.start(Path(chosen), lambda _told: sheets.sheets(station, month=month))
