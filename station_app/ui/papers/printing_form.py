"""What is printed, how often, where and how: the choices of a printing job, filled in by rule and by the last time."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from station_app.services import printing
from station_app.services.printing import BackOrder, Duplex, Gathered, Item, Left, Order
from station_app.ui import words
from station_app.ui.forms.controls.choosing import Combo
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.tokens import S3
from station_app.ui.widgets.layout import row, text
from station_app.ui.widgets.table import Table
from sync.contract.errors import KnownError

Index = QModelIndex | QPersistentModelIndex
_HEADS: Final = (
    QT_TRANSLATE_NOOP("Printing", "文书"),
    QT_TRANSLATE_NOOP("Printing", "编号"),
    QT_TRANSLATE_NOOP("Printing", "份数"),
    QT_TRANSLATE_NOOP("Printing", "每份页数"),
)
TITLE, NUMBER, COPIES, PAGES = range(4)
_MOST_COPIES: Final = 999
_DUPLEX: Final[tuple[tuple[Duplex, str], ...]] = (
    ("auto", QT_TRANSLATE_NOOP("Printing", "按打印机设置")),
    ("single", QT_TRANSLATE_NOOP("Printing", "单面")),
    ("long", QT_TRANSLATE_NOOP("Printing", "自动双面")),
    ("manual", QT_TRANSLATE_NOOP("Printing", "手动双面")),
)
_BACKS: Final[tuple[tuple[BackOrder, str], ...]] = (
    ("reverse", QT_TRANSLATE_NOOP("Printing", "末张先进纸")),
    ("forward", QT_TRANSLATE_NOOP("Printing", "首张先进纸")),
)


def _said(words_: str) -> str:
    return QCoreApplication.translate("Printing", words_)


class ItemsModel(QAbstractTableModel):
    """The papers that can be printed: ticked or not, copies changed in place. *Signals:* `chosen` on any change."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._off: set[str] = set()

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Replace what is listed; what a person changed of papers still there stays."""
        copies = {item.paper: item.copies for item in self.items if item.paper}
        self.beginResetModel()
        self.items = [replace(item, copies=copies.get(item.paper, item.copies)) for item in items]
        self.endResetModel()
        self.chosen.emit()

    @property
    def ticked(self) -> tuple[Item, ...]:
        """The papers to print, in order."""
        return tuple(item for item in self.items if _key(item) not in self._off)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _said(_HEADS[section])
        return _aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TITLE:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == COPIES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item, column = self.items[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        if role == Qt.ItemDataRole.CheckStateRole and column == TITLE:
            return Qt.CheckState.Unchecked if _key(item) in self._off else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.EditRole and column == COPIES:
            return item.copies
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (_title(item), item.number, str(item.copies), str(item.pages))[column]
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            self._off = self._off - {_key(item)} if on else self._off | {_key(item)}
        elif role == Qt.ItemDataRole.EditRole and isinstance(value, int):
            self.items[index.row()] = replace(item, copies=max(1, min(value, _MOST_COPIES)))
        else:
            return False
        self.dataChanged.emit(index, index)
        self.chosen.emit()
        return True


def _key(item: Item) -> str:
    return item.paper or f"{item.case} {item.template}"


def _title(item: Item) -> str:
    return item.title if item.paper else f"{item.title}（{_said('讨论稿')}）"


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (COPIES, PAGES) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class PrintForm(QWidget):
    """The choices. *Signals:* `chosen` whenever one changed."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.available: list[str] = []
        self.printer = Combo()
        self.printer.setAccessibleName(self.tr("打印机"))
        self.printer.setPlaceholderText(self.tr("请选择打印机"))
        self.printer_said = text("", "error", wrap=True)
        self.model = ItemsModel(self)
        self.table = Table(self.tr("要打印的文书"), self.model)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.table.set_widths({NUMBER: 19, COPIES: 4, PAGES: 5}, stretch=TITLE)
        self.left = text("", "muted", wrap=True)
        self.issue = QCheckBox()
        self.pages = QLineEdit()
        self.pages.setAccessibleName(self.tr("页码"))
        self.pages.setPlaceholderText(self.tr("全部，或者 1-2"))
        self.duplex = _combo(self.tr("单双面"), _DUPLEX)
        self.backs = _combo(self.tr("背面次序"), _BACKS)
        self.separators = QCheckBox(self.tr("案件之间加分隔页"))
        self.total = text("", "muted")
        self._lay_out()
        self.printer.currentIndexChanged.connect(lambda _i: self._changed())
        self.duplex.currentIndexChanged.connect(lambda _i: self._changed())
        self.pages.textChanged.connect(lambda _t: self._changed())
        self.separators.toggled.connect(lambda _on: self._changed())
        self.issue.toggled.connect(lambda _on: self._changed())
        self.model.chosen.connect(self._changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        first = row(text(self.tr("打印机")), self.printer)
        first.setStretch(1, 1)
        column.addLayout(first)
        column.addWidget(self.printer_said)
        column.addWidget(self.table, 1)
        column.addWidget(self.left)
        column.addWidget(self.issue)
        how = row(text(self.tr("页码")), self.pages, text(self.tr("单双面")), self.duplex, self.backs)
        how.setStretch(1, 1)
        column.addLayout(how)
        column.addLayout(row(self.separators, None, self.total))

    # -- filled in ------------------------------------------------------------------------------------------------

    def show_last(self, duplex: Duplex, backs: BackOrder) -> None:
        """The sides of the last time."""
        self.duplex.setCurrentIndex(self.duplex.findData(duplex))
        self.backs.setCurrentIndex(self.backs.findData(backs))

    def show_printers(self, names: list[str], wanted: str) -> None:
        """Printers of this PC; `wanted` is chosen by its name, and stays chosen, named as missing, when it is gone."""
        self.available = names
        self.printer.clear()
        for name in names:
            self.printer.addItem(name, name)
        if wanted and wanted not in names:
            self.printer.insertItem(0, self.tr("{name}（没有找到）").format(name=wanted), wanted)
        self.printer.setCurrentIndex(self.printer.findData(wanted) if wanted else -1)
        self._changed()

    def show_gathered(self, found: Gathered) -> None:
        """Papers to print, and those that are left out with the reason."""
        self.model.show_items(found.items)
        ready = [left for left in found.left if left.why == "ready"]
        self.issue.setText(self.tr("先出具内容齐全的 {n} 份文书，一并打印").format(n=len(ready)))
        self.issue.setVisible(bool(ready))
        self.issue.setChecked(bool(ready))
        many = len({item.case for item in found.items} | {left.case for left in found.left}) > 1
        lines = [_why(left, named=many) for left in found.left if left.why != "ready"]
        shown = lines[:_SHOWN] + (
            [self.tr("另有 {n} 份没有打印。").format(n=len(lines) - _SHOWN)] if lines[_SHOWN:] else []
        )
        self.left.setText("\n".join(shown))
        self.left.setVisible(bool(shown))
        self.separators.setVisible(many)
        self.separators.setChecked(many)
        self._changed()

    # -- chosen ---------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The printer chosen, "" for none or one that is gone."""
        name = str(self.printer.currentData() or "")
        return name if name in self.available else ""

    @property
    def issues_first(self) -> bool:
        """True where papers are to be issued before."""
        return not self.issue.isHidden() and self.issue.isChecked()

    def order(self) -> Order:
        """The job as chosen. E-321 for pages not understood, E-322 where nothing is ticked."""
        items = self.model.ticked
        if not items:
            raise KnownError("E-322")
        return Order(
            items,
            self.name,
            self.duplex.currentData(),
            printing.parse_pages(self.pages.text()),
            separators=self.separators.isChecked() and not self.separators.isHidden(),
            back_order=self.backs.currentData(),
        )

    def hold(self, yes: bool) -> None:
        """While a job is at work or waits to go on, only the printer may be another."""
        for widget in (self.table, self.issue, self.pages, self.duplex, self.backs, self.separators):
            widget.setEnabled(not yes)

    def _changed(self) -> None:
        chosen = str(self.printer.currentData() or "")
        gone = bool(chosen) and chosen not in self.available
        said = KnownError("E-320", printer=chosen, printers=words.together(self.available)) if gone else None
        none = self.tr("本机没有打印机，可以把文书另存为 PDF。") if not self.available else ""
        self.printer_said.setText(f"▲ {words.sentence(said)}" if said else none)
        self.printer_said.setVisible(bool(said or none))
        self.backs.setVisible(self.duplex.currentData() == "manual")
        items = self.model.ticked
        copies = sum(item.copies for item in items)
        self.total.setText(self.tr("共 {kinds} 种 {n} 份").format(kinds=len(items), n=copies))
        self.chosen.emit()


_SHOWN: Final = 4
"""Lines on what is left out; the list of papers matters more."""


def _why(left: Left, *, named: bool) -> str:
    """Why a paper is not printed; with its number where there are several cases."""
    number = left.number if named else ""
    if left.error is not None:
        return f"{number}{left.title}：{words.sentence(left.error)}"
    return words.note(f"print.{left.why}", number=number, title=left.title, detail=left.detail)


def _combo(name: str, choices: tuple[tuple[Duplex, str], ...] | tuple[tuple[BackOrder, str], ...]) -> QComboBox:
    made = Combo()
    made.setAccessibleName(name)
    for code, shown in choices:
        made.addItem(_said(shown), code)
    return made
