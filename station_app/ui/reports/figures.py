"""统计分析: what a period took in and resolved; every number, bar and point opens the cases it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from station_app.domain.figures import period as periods
from station_app.domain.figures import places
from station_app.domain.figures.period import ALWAYS, Period
from station_app.domain.rules import load_rules
from station_app.services.changes import Changes
from station_app.services.figures import board, counting
from station_app.services.figures.counting import Line
from station_app.services.station import Station
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.reports.cells import COLUMNS, CellsTable, LinesModel
from station_app.ui.reports.exporting import ExportBar
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.style.tokens import S2, S3
from station_app.ui.widgets.charts import Bars, Chart, Curve, Value
from station_app.ui.widgets.layout import Canvas, button, card, row, text
from station_app.ui.widgets.tiles import Tile


@dataclass(frozen=True, slots=True)
class _Found:
    years: list[int]
    whole: Line
    months: list[Line]
    by: str
    parts: list[Line]
    as_of: str


def _read(station: Station, period: Period, by: str) -> _Found:
    months = counting.breakdown(station, by="month", period=period) if period.first else []
    parts = counting.breakdown(station, by=by, period=period)
    whole = counting.overview(station, period)
    return _Found(counting.years(station), whole, months, by, parts, board.as_of(station))


class FiguresPage(Page):
    """Live figures of a period."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: _Found | None = None
        self.year = _combo(self.tr("年份"))
        self.part = _combo(self.tr("期间"))
        self.place = _combo(self.tr("地区"))
        self.by = _combo(self.tr("分项"))
        self._fill()
        self.as_of = text("", "muted", wrap=True)
        self.tiles = {name: Tile(self._words(name)) for name in (*counting.MEASURES, "rate")}
        for name, tile in self.tiles.items():
            tile.clicked.connect(lambda _on, name=name: self._open_whole(name))
        self.months = Curve(self.tr("各月受理"))
        self.bars = Bars(self.tr("分项"))
        self.model = LinesModel(self)
        self.cells = CellsTable(self.tr("分项表"), self.model)
        self.cells.chosen.connect(self._open_cell)
        self.as_table = button(
            self.tr("表格"), self._turn, kind="quiet", picture="table", hint=self.tr("逐项列出，每个数字都能点开")
        )
        self.as_table.setCheckable(True)
        self.legend = text("", "muted", wrap=True)
        self.report = button(
            self.tr("报表"), self._report, picture="printer", hint=self.tr("月报、季报、年报，供签字盖章")
        )
        self.meeting = button(self.tr("书记会商"), lambda: desk.go("meeting"))
        self.board = button(self.tr("看板"), lambda: desk.go("board"))
        self.subsidy = button(self.tr("以案定补"), lambda: desk.go("subsidy"))
        self.table = button(self.tr("调解情况统计表"), lambda: desk.go("ministry", self.period()))
        self.kept = button(self.tr("已出具的报表"), lambda: desk.go("issued"), kind="quiet")
        self.save = button(self.tr("导出 Excel"), self._export, kind="quiet", picture="download")
        self.exporting = ExportBar(desk)
        self.exporting.finished.connect(lambda: self.save.setEnabled(True))
        self.dialog: SheetDialog | None = None
        self.months.opened.connect(lambda n: self._open(self._found.months if self._found else [], n))
        self.bars.opened.connect(lambda n: self._open(self._found.parts if self._found else [], n))
        self._lay_out()
        for combo in (self.place, self.year, self.part, self.by):
            combo.currentIndexChanged.connect(lambda _i: self.refresh())
        keys.bind(self, "refresh", self.refresh)

    def _fill(self) -> None:
        self.place.addItem(self.tr("全部地区"), "")
        for street, name in places.streets().items():
            self.place.addItem(name, street)
            known = places.communities()
            for stream in places.streams_of(street):
                self.place.addItem(f"　{known[stream]}", stream)
        self.year.addItem(self.tr("全部年份"), 0)
        self.part.addItem(self.tr("全年"), ("year", 0))
        for n, name in enumerate((self.tr("上半年"), self.tr("下半年")), 1):
            self.part.addItem(name, ("half", n))
        for n in range(1, 5):
            self.part.addItem(self.tr("第{n}季度").format(n=n), ("quarter", n))
        for n in range(1, 13):
            self.part.addItem(self.tr("{n}月").format(n=n), ("month", n))
        for code, name in counting.fields().items():
            if code != "month":
                self.by.addItem(name, code)

    def _lay_out(self) -> None:
        canvas = Canvas(most=1100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)
        head = row(text(self.tr("统计分析"), "page"), None, self.place, self.year, self.part, spacing=S3)
        canvas.column.addLayout(head)
        leads = (self.board, self.meeting, self.subsidy, None, self.kept, self.table, self.save, self.report)
        canvas.column.addLayout(row(*leads, spacing=S2))
        canvas.column.addWidget(self.as_of)
        canvas.column.addWidget(self.exporting)
        canvas.column.addLayout(row(*self.tiles.values(), spacing=S3))
        self.months_card = card(self.months, title=self.tr("各月受理"))
        canvas.column.addWidget(self.months_card)
        choose = QWidget()
        choose.setLayout(row(text(self.tr("分项"), "title"), self.by, self.as_table, None))
        canvas.column.addWidget(card(choose, self.bars, self.cells, self.legend))
        canvas.column.addStretch(1)
        self.narrow(False)

    def title_text(self) -> str:
        return self.tr("统计分析")

    def opened(self, argument: object = None) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.concerns("case"):
            self.refresh()

    def period(self) -> Period:
        """The period chosen."""
        year, place = int(self.year.currentData() or 0), str(self.place.currentData() or "")
        period = ALWAYS
        if year:
            period = periods.closing_on(self._chosen(year), load_rules().count("report.closing_day"))
        return periods.at(period, *places.find(place)) if place else period

    def _chosen(self, year: int) -> Period:
        kind, number = self.part.currentData()
        if kind == "year":
            return periods.year_of(year)
        made: dict[str, Period] = {
            "half": periods.half(year, number if kind == "half" else 1),
            "quarter": periods.quarter(year, number if kind == "quarter" else 1),
            "month": periods.month(year, number if kind == "month" else 1),
        }
        return made[str(kind)]

    def refresh(self) -> None:
        """Count anew."""
        period, by = self.period(), str(self.by.currentData())
        self.part.setEnabled(bool(self.year.currentData()))
        self.tasks.read(lambda: _read(self.station, period, by), done=self._show, owner=self, key="figures")

    def _show(self, found: _Found) -> None:
        self._found = found
        known = {self.year.itemData(n) for n in range(self.year.count())}
        for year in found.years:
            if year not in known:
                self.year.addItem(self.tr("{year}年").format(year=year), year)
        self.as_of.setText(found.as_of)
        for name, tile in self.tiles.items():
            value = getattr(found.whole, name)
            tile.show_figure(value if isinstance(value, str) else f"{value:,}")
        self.months_card.setVisible(len(found.months) > 1)
        self.months.show_values([Value(_month(x), x.accepted, self._beside(x), x.resolved) for x in found.months])
        self.bars.show_values([Value(x.label, x.accepted, self._beside(x), x.resolved) for x in found.parts])
        whole = replace(found.whole, label=self.tr("合计"))
        self.model.show_lines(counting.FIELDS[found.by], [*found.parts, whole])
        self.cells.fit_height()
        self._turn()

    def _turn(self) -> None:
        """Bars, or the same in numbers."""
        table = self.as_table.isChecked()
        self.cells.setVisible(table)
        self.bars.setVisible(not table)
        of_bars = self.tr("蓝色为已化解，橙色为未化解。点按一项查看案件。")
        said = self.tr("点按数字查看案件；化解率打开已化解的，人数和金额打开受理的。") if table else of_bars
        self.legend.setText(said + self.tr("按受理日期统计。"))

    def narrow(self, yes: bool) -> None:
        widths = dict.fromkeys(range(1, len(COLUMNS)), 4 if yes else 5)
        self.cells.set_widths({**widths, COLUMNS.index("amount"): 8}, stretch=0)
        for column in (COLUMNS.index("people"), COLUMNS.index("amount")):
            self.cells.setColumnHidden(column, yes)

    def _words(self, measure: str) -> str:
        return {
            "accepted": self.tr("受理"),
            "resolved": self.tr("化解"),
            "unresolved": self.tr("未化解"),
            "confirmed": self.tr("司法确认"),
            "open": self.tr("在办"),
            "rate": self.tr("化解率"),
        }[measure]

    def _beside(self, line: Line) -> str:
        if not line.accepted:
            return "0"
        return self.tr("{n} 件，化解率 {rate}").format(n=f"{line.accepted:,}", rate=line.rate)

    def _open_whole(self, measure: str) -> None:
        if self._found is not None:
            self.desk.go("cases", self._found.whole.cases("resolved" if measure == "rate" else measure))

    def _open_cell(self, row_: int, column: int) -> None:
        flt = self.model.cases(row_, column)
        if flt is not None:
            self.desk.go("cases", flt)

    def _open(self, lines: list[Line], number: int) -> None:
        if 0 <= number < len(lines):
            self.desk.go("cases", lines[number].cases())

    def _export(self) -> None:
        period = self.period()
        name = self.tr("群众诉求统计报表（{period}）.xlsx").format(period=period.title)
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出报表"), name, "Excel (*.xlsx)")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Write the report of the period to a file, with its progress; it can be ended."""
        from station_app.services.figures import report

        station, period = self.station, self.period()
        self.save.setEnabled(False)
        self.exporting.start(path, lambda told: report.sheets(station, period, progress=told))

    def _report(self) -> None:
        from station_app.services.figures import paper

        station, period = self.station, self.period()
        name = self.tr("群众诉求服务工作{kind}（{period}）").format(kind=periods.kind_of(period), period=period.title)
        self.dialog = SheetDialog(
            self,
            self.desk,
            name=name,
            make=lambda no, said: paper.report_paper(station, period=period, remarks=said, no=no),
            remarks=True,
        )
        self.dialog.open()

    def first_field(self) -> QWidget | None:
        return self.bars

    def charts(self) -> tuple[Chart, ...]:
        """Both charts."""
        return self.months, self.bars


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    return combo


def _month(line: Line) -> str:
    return line.label.partition("年")[2] or line.label
