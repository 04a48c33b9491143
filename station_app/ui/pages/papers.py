"""文书管理: all issued papers, the last first; Enter opens the paper in its case."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.reading import browse
from station_app.services.reading.browse import PaperLine
from station_app.ui import keys, words
from station_app.ui.desk import Desk, Page
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.tokens import S3, S4, S5, TYPING_MS
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
_HEADS: Final = (
    QT_TRANSLATE_NOOP("Papers", "文书"),
    QT_TRANSLATE_NOOP("Papers", "编号"),
    QT_TRANSLATE_NOOP("Papers", "版次"),
    QT_TRANSLATE_NOOP("Papers", "案件"),
    QT_TRANSLATE_NOOP("Papers", "状态"),
    QT_TRANSLATE_NOOP("Papers", "出具时间"),
)


class PapersModel(QAbstractTableModel):
    """The papers found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.papers: list[PaperLine] = []
        self._shown: list[tuple[str, ...]] = []

    def show_papers(self, found: list[PaperLine]) -> None:
        """Replace what is shown."""
        version = QCoreApplication.translate("Papers", "第 {n} 版")
        self.beginResetModel()
        self.papers = found
        self._shown = [
            (
                p.title,
                p.number,
                version.format(n=p.version),
                p.case_title,
                words.code("paper_states", p.state),
                words.stamp(p.issued) if p.issued else "",
            )
            for p in found
        ]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.papers)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return QCoreApplication.translate("Papers", _HEADS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown[index.row()][index.column()]
        return None


class PapersPage(Page):
    """The list of papers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = PapersModel(self)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("编号、文书名称、案件名称"))
        self.typed.setAccessibleName(self.tr("筛选"))
        self.typed.setClearButtonEnabled(True)
        self.states = QComboBox()
        self.states.setAccessibleName(self.tr("文书状态"))
        self.states.addItem(self.tr("全部状态"), "")
        for code, name in words.choices("paper.state"):
            if code != "draft":  # only what was issued is listed here
                self.states.addItem(name, code)
        self.table = Table(self.tr("文书列表"), self.model, typing=self.typed)
        self.table.opened.connect(self._open)
        self.shown = text("", "muted")
        self.empty = text(self.tr("还没有出具过文书。文书在案件的“文书”页中制作。"), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        self.signing = button(self.tr("待签、待盖章"), lambda: desk.go("signing"))
        column.addLayout(row(text(self.tr("文书管理"), "page"), self.shown, None, self.signing, spacing=S4))
        filters = row(self.typed, self.states)
        filters.setStretch(0, 1)
        column.addLayout(filters)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1000)
        column.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self.refresh)
        self.typed.textChanged.connect(lambda _t: self._pause.start())
        self.states.currentIndexChanged.connect(lambda _i: self.refresh())
        keys.bind(self, "refresh", self.refresh)
        self.narrow(False)

    def title_text(self) -> str:
        return self.tr("文书管理")

    def opened(self, argument: object = None) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.concerns("paper", "paper_mark"):
            self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        station, typed, state = self.station, self.typed.text(), str(self.states.currentData() or "")
        self.tasks.read(lambda: browse.papers(station, typed, state=state), done=self._show, key="papers")

    def _show(self, found: list[PaperLine]) -> None:
        self.model.show_papers(found)
        self.shown.setText(self.tr("共 {n} 份").format(n=len(found)))
        filtered = bool(self.typed.text().strip() or self.states.currentData())
        self.empty.setText(
            self.tr("没有符合条件的文书。") if filtered else self.tr("还没有出具过文书。文书在案件的“文书”页中制作。")
        )
        self.empty.setVisible(not found)
        self.table.setVisible(bool(found))
        if found:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _open(self, number: int) -> None:
        paper = self.model.papers[number]
        self.desk.go("case_papers", (paper.case, paper.rec))

    def narrow(self, yes: bool) -> None:
        widths = {0: 11, 1: 17, 2: 4, 4: 5, 5: 9} if not yes else {0: 9, 1: 17, 2: 4, 4: 5}
        for place in range(len(_HEADS)):
            self.table.setColumnHidden(place, yes and place == 5)
        self.table.set_widths(widths, stretch=3)

    def first_field(self) -> QWidget:
        return self.typed
