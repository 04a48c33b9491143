"""诉求办理: all cases, filtered while typing, by stage and service; the recycle bin. Enter opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from station_app.services import cases
from station_app.services.changes import Changes
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import Filter
from station_app.ui import keys, words
from station_app.ui.desk import Desk, Page
from station_app.ui.pages.case_model import COLUMNS, CasesModel
from station_app.ui.pages.saved import SavedSearches
from station_app.ui.style.tokens import S3, S4, S5, TYPING_MS
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.table import Table
from sync.contract.states import OPEN, STATES

if TYPE_CHECKING:
    from station_app.ui.papers.printing_dialog import PrintDialog

_WIDTHS: Final = {"state": 7, "colour": 6, "people": 3, "amount": 9, "registered": 6, "number": 16}
_MOST_PRINTED: Final = 100
"""Cases of one printing job: beyond it nobody finds a paper in the pile."""
_NARROW_WIDTHS: Final = {"state": 7, "colour": 6, "people": 3, "amount": 9, "registered": 6, "number": 0}


class CasesPage(Page):
    """The list of cases."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = CasesModel(desk, self)
        self.model.counted.connect(self._counted)
        self._picked: tuple[Condition, ...] = ()
        self._against = ("", "")
        self.unpick = button(self.tr("取消统计条件"), self._unpick, kind="link")
        self.unpick.hide()
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("姓名、单位、电话、编号、拼音首字母"))
        self.typed.setAccessibleName(self.tr("筛选"))
        self.typed.setClearButtonEnabled(True)
        self.states = _combo(self.tr("办理阶段"))
        self.states.addItem(self.tr("全部阶段"), ())
        self.states.addItem(self.tr("在办"), tuple(sorted(OPEN)))
        for state in STATES:
            self.states.addItem(words.code("case_states", state), (state,))
        self.services = _combo(words.label("case.service"))
        self.services.addItem(self.tr("全部类别"), "")
        for code, name in words.choices("case.service"):
            self.services.addItem(name, code)
        self.colours = _combo(words.label("case.colour"))
        self.colours.addItem(self.tr("全部预警"), "")
        for code, _name in words.choices("case.colour"):
            self.colours.addItem(words.warning(code)[0], code)
        self.saved = SavedSearches(desk, self.shown_filter)
        self.saved.chosen.connect(self._show_saved)
        self.bin = QCheckBox(self.tr("回收站"))
        self.bin.setAccessibleName(self.tr("回收站"))
        self.table = Table(self.tr("诉求列表"), self.model, typing=self.typed)
        self.table.opened.connect(self._open)
        self.shown = text("", "muted")
        self.empty = text("", "muted", wrap=True)
        self.empty.hide()
        self.drop = button(self.tr("移入回收站"), self._drop, kind="quiet", picture="trash")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.print = button(
            self.tr("打印必备文书"), self._print, kind="quiet", picture="printer", hint=keys.shown("print_all")
        )
        self.printer: PrintDialog | None = None
        self.package = button(self.tr("法院材料包"), self._package, kind="quiet", picture="download")
        self._lay_out(desk)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._filter)
        self.typed.textChanged.connect(lambda _t: self._pause.start())
        self.typed.returnPressed.connect(self.table.setFocus)
        self.states.currentIndexChanged.connect(lambda _i: self._filter())
        self.services.currentIndexChanged.connect(lambda _i: self._filter())
        self.colours.currentIndexChanged.connect(lambda _i: self._filter())
        self.bin.toggled.connect(lambda _on: self._filter())
        keys.bind(self, "refresh", self.model.refresh)
        keys.bind(self, "print_all", self._print)

    def _lay_out(self, desk: Desk) -> None:
        new = button(
            self.tr("新登记"), lambda: desk.go("intake"), kind="primary", picture="plus", hint=keys.shown("new")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S3)
        column.setSpacing(S3)
        column.addLayout(row(text(self.tr("诉求办理"), "page"), self.shown, self.unpick, None, new, spacing=S4))
        filters = row(self.typed, self.states, self.services, self.colours, self.saved, self.bin)
        filters.setStretch(0, 1)
        column.addLayout(filters)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1000)
        column.addStretch(1)
        column.addLayout(row(None, self.package, self.print, self.drop))
        new.setVisible(self.station.can("register"))
        self.drop.setVisible(self.station.can("discard"))
        self.narrow(False)

    def title_text(self) -> str:
        return self.tr("诉求办理")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, Filter):
            self._set(argument)
        self._filter()

    def _set(self, flt: Filter) -> None:
        self.typed.setText(flt.text)
        self.states.setCurrentIndex(self._place_of(flt.states))
        self.colours.setCurrentIndex(max(0, self.colours.findData(flt.colour)))
        self.services.setCurrentIndex(max(0, self.services.findData(flt.service)))
        self.bin.setChecked(flt.discarded)
        self._picked = flt.picked
        self._against = (flt.respondent, flt.respondent_number)
        said = self.tr("只看对“{name}”的诉求，点按取消").format(name=flt.respondent)
        self.unpick.setText(said if flt.respondent else self.tr("取消统计条件"))
        self.unpick.setAccessibleName(self.unpick.text())
        self.unpick.setVisible(bool(flt.picked or flt.respondent))

    def _place_of(self, states: tuple[str, ...]) -> int:
        """The entry of these stages; tuples are not found by `findData`."""
        places = (n for n in range(self.states.count()) if tuple(self.states.itemData(n) or ()) == states)
        return next(places, 0)

    def _show_saved(self, flt: Filter) -> None:
        self._set(flt)
        self._filter()

    def _unpick(self) -> None:
        """Show more than the cases a figure counted."""
        self._set(Filter())
        self._filter()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.concerns("case", "party", "facts", "identity"):
            self.model.refresh()

    def _filter(self) -> None:
        self.drop.setText(self.tr("从回收站恢复") if self.bin.isChecked() else self.tr("移入回收站"))
        self.model.show_filter(self.shown_filter())

    def shown_filter(self) -> Filter:
        """All conditions as they are chosen now."""
        return Filter(
            text=self.typed.text(),
            states=tuple(self.states.currentData() or ()),
            service=str(self.services.currentData() or ""),
            colour=str(self.colours.currentData() or ""),
            discarded=self.bin.isChecked(),
            picked=self._picked,
            respondent=self._against[0],
            respondent_number=self._against[1],
        )

    def _counted(self, count: int) -> None:
        self.shown.setText(self.tr("共 {n} 件").format(n=f"{count:,}"))
        for widget in (self.table, self.package, self.print):
            widget.setVisible(bool(count))
        self.drop.setVisible(bool(count) and self.station.can("discard"))
        self.empty.setVisible(not count)
        if not count:
            self.empty.setText(self._nothing())
        if count and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _nothing(self) -> str:
        """What it means that no line is shown."""
        if self.shown_filter() == Filter(discarded=True):
            return self.tr("回收站是空的。")
        if self.shown_filter() != Filter():
            return self.tr("没有符合条件的诉求。")
        if self.station.can("register"):
            return self.tr("还没有诉求。按“新登记”（{key}）写下第一件。").format(key=keys.shown("new"))
        return self.tr("还没有诉求。")

    def _open(self, number: int) -> None:
        rec = self.model.rec(number)
        if rec:
            self.desk.go("case", rec)

    def _drop(self) -> None:
        rec, back = self.model.rec(self.table.currentIndex().row()), self.bin.isChecked()
        if not rec:
            return
        said = self.tr("已从回收站恢复。") if back else self.tr("已移入回收站，三十天内可以恢复。")
        station = self.station
        self.tasks.write(
            lambda: cases.discard(station, case=rec, back=back),
            done=lambda changes: self.desk.did(said, changes),
            owner=self,
        )

    def _print(self) -> None:
        """全部必备文书 of the cases chosen, as one job with separator sheets."""
        from station_app.ui.papers.printing_dialog import PrintDialog

        chosen = self._chosen()
        if chosen:
            self.printer = PrintDialog(self, self.desk, cases=chosen)
            self.printer.open()

    def _package(self) -> None:
        """法院材料包 of the cases chosen, one folder each."""
        from station_app.ui.papers import package

        chosen = self._chosen()
        if chosen:
            package.start(self, chosen)

    def _chosen(self) -> list[str]:
        """The cases chosen; [] where none is, or more than one job can hold (said)."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        chosen = [self.model.rec(number) for number in rows[:_MOST_PRINTED]]
        if len(rows) > _MOST_PRINTED or not all(chosen):
            said = self.tr("一次最多办理 {n} 件案件的文书，请减少选择。").format(n=_MOST_PRINTED)
            self.notices.say(said, tone="amber")
            return []
        return chosen

    def narrow(self, yes: bool) -> None:
        widths = _NARROW_WIDTHS if yes else _WIDTHS
        for place, name in enumerate(COLUMNS):
            self.table.setColumnHidden(place, widths.get(name) == 0)
        self.table.set_widths({i: widths[n] for i, n in enumerate(COLUMNS) if widths.get(n)}, stretch=0)

    def first_field(self) -> QWidget:
        return self.typed


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    return combo
