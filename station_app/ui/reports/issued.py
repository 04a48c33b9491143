"""已出具的报表: what was issued under which number; its very pages are opened, printed and saved again."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from station_app.services.changes import Changes
from station_app.services.figures import issued
from station_app.services.figures.issued import Report
from station_app.services.station import Station
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.reports.beside import BesidePage
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import button, card, clear, nothing, row, text
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json

_VOID: Final = FormSpec("report_void", (Section("", (Item("report.void_reason", required=True),), 1),))
_MADE_AT: Final = {"meeting_sheet": "meeting", "subsidy_sheet": "subsidy", "day_log": "daylog"}
"""Paper -> the page it is issued from; the others from the figures."""
_HASH_SHOWN: Final = 16
"""Hexadecimal digits of the hash that are shown, enough to compare by eye."""


def _read(station: Station) -> list[Report]:
    return issued.listed(station)


class IssuedPage(BesidePage):
    """This station's issued reports, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[Report] = []
        self.dialog: SheetDialog | FormDialog | None = None
        self.counts = text("", "muted", wrap=True)
        self.lines = self.list_of(self.tr("已出具的报表"))
        self.lines.opened.connect(lambda _line: self._open())
        self.look = button(self.tr("打开原件"), self._open, kind="primary", picture="printer", hint=keys.shown("print"))
        self.void = button(self.tr("作废"), self._void)
        self.back = button(self.tr("返回统计分析"), lambda: desk.go("figures"), kind="quiet", picture="back")
        self.empty = nothing(
            self.tr("还没有出具过报表。在报表、议题单、申报表、工作日志的预览中选“出具”，编号后的原件保存在这里。")
        )
        self.beside(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        head = (text(self.tr("已出具的报表"), "page"), None, self.back, self.void, self.look)
        column.addLayout(row(*head, spacing=S3))
        column.addWidget(self.counts)
        column.addWidget(self.empty)
        column.addLayout(self.body, 1)
        column.addSpacing(S4)
        keys.bind(self, "print", self._open)
        keys.bind(self, "refresh", self.refresh)
        self.empty.hide()

    def title_text(self) -> str:
        return self.tr("已出具的报表")

    def refresh(self) -> None:
        """Read the list anew."""
        station = self.station
        self.tasks.read(lambda: _read(station), done=self._show, owner=self, key="issued")

    def _show(self, found: list[Report]) -> None:
        self.found = found
        self.counts.setText(
            self.tr("共 {n} 份，其中已作废 {void} 份。").format(n=len(found), void=sum(bool(r.void_on) for r in found))
        )
        self.lines.show_lines([self._line(r) for r in found])
        for widget in (self.lines, self.side, self.counts):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found and not self.lines.currentIndex().isValid():
            self.lines.setCurrentIndex(self.lines.lines.index(0, 0))
        self._choose()

    def _line(self, report: Report) -> Line:
        state = "" if report.here else self.tr("原件未到本机")
        state = self.tr("原件已依法删除") if report.withheld else state
        state = self.tr("已作废") if report.void_on else state
        note = "　".join(part for part in (state, report.no) if part)
        return Line(f"{report.title}　{report.period}", note, "red" if report.void_on else "none", "report", report)

    def _report(self) -> Report | None:
        place = self.lines.currentIndex().row()
        return self.found[place] if 0 <= place < len(self.found) else None

    def _choose(self) -> None:
        """Who issued it, when, and what tells the pages from any others."""
        clear(self.side.column)
        report = self._report()
        self.look.setEnabled(report is not None and not report.withheld)
        self.void.setVisible(bool(report and not report.void_on) and self.station.can("report"))
        if report is None:
            return
        facts = [
            self.tr("编号：{no}").format(no=report.no),
            self.tr("出具时间：{at}").format(at=issued.when(report)),
            self.tr("出具人：{name}").format(name=report.by or "—"),
            self.tr("页数：{n}").format(n=report.pages),
            self.tr("文件摘要：{hash}…（SHA-256）").format(hash=report.sha[:_HASH_SHOWN]),
        ]
        self.side.column.addWidget(text(report.title, "title", wrap=True))
        self.side.column.addWidget(text(report.period, "muted", wrap=True))
        self.side.column.addWidget(card(*(text(fact, wrap=True) for fact in facts), title=self.tr("出具情况")))
        if report.void_on:
            why = self.tr("{day} 作废：{reason}").format(day=words.day(report.void_on), reason=report.void_reason)
            self.side.column.addWidget(card(text(why, wrap=True), title=self.tr("已作废")))
        if report.withheld:
            said = self.tr(
                "本报表列有已依法删除的案件，原件已一并删除，编号和摘要继续保留。仍需使用的，按现有数据重新出具。"
            )
            self.again = button(self.tr("重新出具"), self._again, picture="refresh")
            self.side.column.addWidget(card(text(said, wrap=True), self.again, title=self.tr("原件已依法删除")))
        elif not report.here:
            said = self.tr("原件由本站另一台电脑出具，还没有传到本机，联网后会取回。")
            self.side.column.addWidget(text(said, "muted", wrap=True))
        self.side.column.addStretch(1)

    def _open(self) -> None:
        report, station = self._report(), self.station
        if report is None:
            return
        name = f"{report.title}{report.no}"
        self.dialog = SheetDialog(
            self,
            self.desk,
            name=name,
            make=lambda _no, _said: issued.pages_of(station, report=report.rec),
            final=True,
        )
        self.dialog.open()

    def _again(self) -> None:
        """To where a report of this kind is made from what stands now."""
        report = self._report()
        if report is not None:
            self.desk.go(_MADE_AT.get(report.template, "figures"))

    def _void(self) -> None:
        report, station = self._report(), self.station
        if report is None:
            return

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            return issued.void(station, report=report.rec, reason=str(values["report"].get("void_reason") or ""))

        self.dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("作废报表"),
            spec=_VOID,
            values={},
            save=save,
            intro=f"{report.title}　{report.no}",
        )
        self.dialog.open()
