"""调解情况统计表: units beside each other; every number opens its cases, sums that do not agree stand in red."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QHeaderView, QVBoxLayout, QWidget

from station_app.domain.figures import ministry as columns
from station_app.domain.figures.period import Period
from station_app.services.figures import ministry, paper, report, spreadsheet
from station_app.services.figures.ministry import UNFORMED, TableRow
from station_app.services.figures.report import Sheet
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.reports.cells import LEFT, RIGHT, CellsTable, Index
from station_app.ui.reports.sheet import SheetDialog
from station_app.ui.style import theme
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView

_ROLE: Final = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class _Found:
    rows: list[TableRow]
    sheet: Sheet


class MinistryModel(QAbstractTableModel):
    """Rows are the columns of the paper, columns its units."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.units: list[TableRow] = []
        self.names = list(columns.columns())
        self._wrong: set[tuple[int, str]] = set()

    def show_rows(self, units: list[TableRow]) -> None:
        """Show another period."""
        self.beginResetModel()
        self.units = units
        self._wrong = {(n, name) for n, unit in enumerate(units) for d in unit.differences for name in d.columns}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.names)

    def columnCount(self, parent: Index | None = None) -> int:
        return 1 + len(self.units)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return self.tr("项目") if section == 0 else self.units[section - 1].label
        return (RIGHT if section else LEFT) if role == _ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        name, place = self.names[index.row()], index.column() - 1
        wrong = (place, name) in self._wrong
        if role == _ROLE.TextAlignmentRole:
            return RIGHT if index.column() else LEFT
        if role == _ROLE.ForegroundRole:
            return QColor(theme.colours().red) if wrong else None
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return None
        if place < 0:
            return columns.columns()[name]
        value = report.shown(name, self.units[place].values[name])
        shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
        return f"▲ {shown}" if wrong else shown


class MinistryPage(Page):
    """Argument: the `Period`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.period: Period | None = None
        self._narrow = False
        self.dialog: SheetDialog | None = None
        self.found: _Found | None = None
        self.head = text(self.tr("人民调解委员会调解情况统计表"), "page")
        self.notes = text("", "muted", wrap=True)
        self.model = MinistryModel(self)
        self.table = CellsTable(self.tr("调解情况统计表"), self.model)
        self.table.chosen.connect(self._open)
        self.wrong = LinesView(self.tr("核对结果"))
        self.wrong.opened.connect(lambda line: desk.go("cases", line.argument))
        self.agree = text(self.tr("● 各项核对一致。"), "", wrap=True)
        self.agree.setProperty("tone", "green")
        self.back = button(self.tr("返回统计分析"), lambda: desk.go("figures"), kind="quiet", picture="back")
        self.print = button(self.tr("打印预览"), self._print, picture="printer", hint=keys.shown("print"))
        self.csv = button(self.tr("导出 CSV"), self._csv, kind="quiet", picture="download")
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        column.addLayout(row(self.head, None, self.back, self.csv, self.print, spacing=S3))
        column.addWidget(self.notes)
        column.addWidget(self.wrong)
        column.addWidget(self.agree)
        column.addWidget(self.table, 1)
        keys.bind(self, "print", self._print)
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("调解情况统计表")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, Period):
            self.period = argument
        self.refresh()

    def first_field(self) -> QWidget | None:
        return self.table

    def refresh(self) -> None:
        """Count anew."""
        station, period = self.station, self.period
        if period is not None:
            self.tasks.read(
                lambda: _Found(ministry.table(station, period), report.ministry_sheet(station, period)),
                done=self._show,
                owner=self,
                key="ministry",
            )

    def _show(self, found: _Found) -> None:
        self.found = found
        assert self.period is not None
        self.notes.setText("　".join((self.period.counted, *found.sheet.notes)))
        self.model.show_rows(found.rows)
        self._fit()
        lines = [
            Line(
                self.tr("{unit}：{what}不一致，合计 {found}，应为 {expected}").format(
                    unit=unit.label, what=d.words, found=d.found, expected=d.expected
                ),
                self.tr("查看案件"),
                "red",
                "cases",
                unit.cases(UNFORMED if "oral" in d.columns else "total"),
            )
            for unit in found.rows
            for d in unit.differences
        ]
        self.wrong.show_lines(lines[-3:])
        self.wrong.setVisible(bool(lines))
        self.agree.setVisible(not lines)

    def _fit(self) -> None:
        """The heads keep room to be read; where the window is narrow the units scroll."""
        units = dict.fromkeys(range(1, self.model.columnCount()), 5 if self._narrow else 7)
        self.table.set_widths(units, stretch=0)
        if self._narrow:
            header = self.table.horizontalHeader()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(0, 13 * self.table.fontMetrics().horizontalAdvance("国"))

    def narrow(self, yes: bool) -> None:
        self._narrow = yes
        self._fit()

    def _open(self, line: int, column: int) -> None:
        if self.found is not None and 0 < column <= len(self.found.rows):
            self.desk.go("cases", self.found.rows[column - 1].cases(self.model.names[line]))

    def _print(self) -> None:
        station, period = self.station, self.period
        if period is None:
            return
        name = self.tr("人民调解委员会调解情况统计表（{period}）").format(period=period.title)
        self.dialog = SheetDialog(
            self, self.desk, name=name, make=lambda no, _said: paper.ministry_paper(station, period=period, no=no)
        )
        self.dialog.open()

    def _csv(self) -> None:
        if self.found is None or self.period is None:
            return
        name = self.tr("调解情况统计表（{period}）.csv").format(period=self.period.title)
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出 CSV"), name, "CSV (*.csv)")
        if chosen:
            path, data = Path(chosen), spreadsheet.csv_bytes(self.found.sheet)
            said = self.tr("已导出：{name}").format(name=path.name)
            self.tasks.read(
                lambda: spreadsheet.save(path, data),
                done=lambda _n: self.notices.say(said, tone="green"),
                owner=self,
            )
