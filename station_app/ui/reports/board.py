"""看板 of a community or street: open warnings, who owes what, one contractor over time and place, special lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.figures import board, wages
from station_app.services.figures.board import Debt, Trend
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from station_app.ui import keys, words
from station_app.ui.desk import Desk, Page
from station_app.ui.reports.exporting import ExportBar
from station_app.ui.style.tokens import S3
from station_app.ui.widgets.charts import Bars, Curve, Value
from station_app.ui.widgets.layout import Canvas, button, card, row, text
from station_app.ui.widgets.lines import Line, LinesView
from station_app.ui.widgets.tiles import Tile
from station_app.ui.words import Tone

_TONES: dict[str, Tone] = {"red": "red", "amber": "amber", "": "none"}
_MOST = 200
"""Lines of what units owe; beyond it the page of orders is the place."""


@dataclass(frozen=True, slots=True)
class _Found:
    as_of: str
    colours: dict[str, tuple[int, Filter]]
    debts: list[Debt]
    units: list[tuple[str, int]]


def _read(station: Station) -> _Found:
    return _Found(board.as_of(station), board.colours(station), board.debts(station), board.contractors(station))


class BoardPage(Page):
    """Everything a secretary looks at in the morning; it only reads, so it is whole with no network."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: _Found | None = None
        self.trend: Trend | None = None
        self.as_of = text("", "muted", wrap=True)
        self.tiles = {code: Tile("") for code in ("red", "amber", "")}
        for code, tile in self.tiles.items():
            tile.clicked.connect(lambda _on, code=code: self._open_colour(code))
        self.debts = LinesView(self.tr("各单位未办结事项"))
        self.debts.opened.connect(lambda line: desk.go(line.key, line.argument))
        self.nothing = text(self.tr("没有未办结的发令和会商决定。"), "muted", wrap=True)
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("被多次反映的单位"))
        self.unit.setEditable(True)
        self.unit.setMinimumWidth(360)
        self.sums = text("", "", wrap=True)
        self.months = Curve(self.tr("各月件数"))
        self.stations = Bars(self.tr("各站点件数"))
        self.cases = button(self.tr("查看案件"), self._open_unit, kind="quiet", picture="cases")
        self.months.opened.connect(lambda n: self._open_part(Trend.cases_of_month, n))
        self.stations.opened.connect(lambda n: self._open_part(Trend.cases_of_station, n))
        self.ledger = button(self.tr("欠薪台账"), lambda: desk.go("cases", wages.unpaid(self.station)))
        self.save = button(self.tr("导出台账"), self._save, kind="quiet", picture="download")
        self.exporting = ExportBar(desk)
        self._lay_out()
        self.unit.activated.connect(lambda _i: self._follow())
        line = self.unit.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._follow)
        keys.bind(self, "refresh", self.refresh)

    def _lay_out(self) -> None:
        canvas = Canvas(most=1100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)
        canvas.column.addLayout(row(text(self.tr("看板"), "page"), None, self.save, self.ledger, spacing=S3))
        canvas.column.addWidget(self.as_of)
        canvas.column.addWidget(self.exporting)
        canvas.column.addLayout(row(*self.tiles.values(), spacing=S3))
        canvas.column.addWidget(card(self.debts, self.nothing, title=self.tr("各单位未办结事项")))
        choose = QWidget()
        choose.setLayout(row(self.unit, self.cases, None, spacing=S3))
        canvas.column.addWidget(
            card(choose, self.sums, self.months, self.stations, title=self.tr("被多次反映的单位（最近十二个月）"))
        )
        canvas.column.addStretch(1)

    def title_text(self) -> str:
        return self.tr("看板")

    def opened(self, argument: object = None) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def first_field(self) -> QWidget | None:
        return self.tiles["red"]

    def refresh(self) -> None:
        """Read everything anew."""
        station = self.station
        self.tasks.read(lambda: _read(station), done=self._show, owner=self, key="board")

    def _show(self, found: _Found) -> None:
        self.found = found
        self.as_of.setText(found.as_of)
        said = {"red": self.tr("▲ 在办红色预警"), "amber": self.tr("◆ 在办黄色预警"), "": self.tr("全部在办")}
        for code, tile in self.tiles.items():
            count = found.colours[code][0]
            tile.show_figure(f"{count:,}", said[code], _TONES[code] if count else "none")
        lines: list[Line] = []
        for debt in found.debts:
            lines.append(self._head(debt))
            lines += [self._item(*item) for item in debt.items]
        if len(lines) > _MOST:
            more = self.tr("另有 {n} 行未列出，查看社区发令").format(n=len(lines) - _MOST)
            lines = [*lines[:_MOST], Line(more, "", "none", "orders", None)]
        self.debts.show_lines(lines)
        self.debts.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        chosen = self.unit.currentText()
        self.unit.clear()
        for name, count in found.units:
            self.unit.addItem(self.tr("{name}（{n} 件）").format(name=name, n=count), name)
        if chosen:
            self.unit.setEditText(chosen)
        if (typed := self.unit.lineEdit()) is not None:
            typed.setCursorPosition(0)
        self._follow()

    def _head(self, debt: Debt) -> Line:
        said = self.tr("{n} 项，逾期 {late} 项") if debt.late else self.tr("{n} 项")
        note = said.format(n=debt.count, late=debt.late)
        return Line(debt.unit, note, "red" if debt.late else "none", "cases", debt.cases)

    def _item(self, case: str, what: str, limit: str, late: bool) -> Line:
        by = words.short_moment(limit) if "T" in limit else words.day(limit)
        note = self.tr("{day} 前，已逾期").format(day=by) if late else self.tr("{day} 前").format(day=by) if by else ""
        return Line(f"　　{what.splitlines()[0]}", note, "none", "case", case)

    def _follow(self) -> None:
        """The contractor chosen or typed."""
        typed = self.unit.currentText().strip()
        place = self.unit.findText(typed)
        name = str(self.unit.itemData(place)) if place >= 0 else typed
        station = self.station
        self.tasks.read(lambda: board.trend(station, name=name), done=self._show_trend, owner=self, key="board-trend")

    def _show_trend(self, found: Trend) -> None:
        self.trend = found
        for widget in (self.months, self.stations, self.cases):
            widget.setVisible(bool(found.total))
        if not found.total:
            none = self.tr("没有被多次反映的单位。可以输入单位名称。")
            if found.name:
                none = self.tr("最近十二个月没有反映“{name}”的诉求。")
            if found.earlier:
                none += self.tr("此前另有 {earlier} 件。")
            self.sums.setText(none.format(name=found.name, earlier=found.earlier))
            return
        said = self.tr("共 {n} 件，在办 {open} 件，涉及 {people} 人、{yuan} 元，分布在 {stations} 个站点。")
        if found.earlier:
            said += self.tr("此前另有 {earlier} 件。")
        self.sums.setText(
            said.format(
                n=found.total,
                open=found.still_open,
                people=found.people,
                yuan=words.yuan(found.amount),
                stations=len(found.stations),
                earlier=found.earlier,
            )
        )
        self.months.show_values([Value(f"{month[2:4]}.{int(month[5:])}", n, str(n), n) for month, n in found.months])
        self.stations.show_values([Value(name, n, str(n), n) for _code, name, n in found.stations])

    def _open_colour(self, code: str) -> None:
        if self.found is not None:
            self.desk.go("cases", self.found.colours[code][1])

    def _open_unit(self) -> None:
        if self.trend is not None and self.trend.total:
            self.desk.go("cases", self.trend.cases)

    def _open_part(self, of: Callable[[Trend, int], Filter], number: int) -> None:
        if self.trend is not None and self.trend.total:
            self.desk.go("cases", of(self.trend, number))

    def _save(self) -> None:
        name = self.tr("欠薪台账（{day}）.xlsx").format(day=self.station.clock.today().isoformat())
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出台账"), name, "Excel (*.xlsx)")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """The ledger of unpaid wages and what falls due, as a workbook."""
        station = self.station
        self.exporting.start(path, lambda _told: [wages.ledger(station), wages.falling_due(station)])
