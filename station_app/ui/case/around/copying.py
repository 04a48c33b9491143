"""逐项复制: a small window above the others; one key copies the next field, the number there is kept on the case."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.intake import copying
from station_app.services.intake.copying import CopySheet
from station_app.ui import keys, words
from station_app.ui.desk import Desk
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError

_SIZE = (460, 560)


class CopyPanel(QDialog):
    """Stays above the other system's window; Enter on a line copies that one, the key copies the next."""

    def __init__(self, parent: QWidget, desk: Desk, *, case: str) -> None:
        super().__init__(parent, Qt.WindowType.WindowStaysOnTopHint)
        self._desk, self._case = desk, case
        self.sheet: CopySheet | None = None
        self.at = 0
        self.done_: set[int] = set()
        self.setWindowTitle(self.tr("逐项复制到其他系统"))
        self.systems = QComboBox()
        self.systems.setAccessibleName(words.label("external.system"))
        for code, _ in copying.systems():
            self.systems.addItem(words.code("external_systems", code), code)
        self.fields = LinesView(self.tr("栏目"), fit=False)
        self.fields.marked = True
        self.next = button(self.tr("复制下一项"), self.copy_next, kind="primary", hint=keys.shown("copy_next"))
        self.number = QLineEdit()
        self.number.setPlaceholderText(words.label("external.number"))
        self.number.setAccessibleName(words.label("external.number"))
        self.keep = button(self.tr("保存编号"), self._keep)
        self.said = text("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.systems)
        column.addWidget(self.fields, 1)
        column.addWidget(self.next)
        column.addLayout(row(self.number, self.keep))
        column.addWidget(self.said)
        self.resize(*_SIZE)
        self.systems.currentIndexChanged.connect(lambda _i: self._read())
        self.fields.opened.connect(lambda line: self.copy(int(str(line.argument))))
        self.number.returnPressed.connect(self._keep)
        keys.bind(self, "copy_next", self.copy_next)
        self.finished.connect(self.deleteLater)
        self._read()

    def _read(self) -> None:
        station, case, system = self._desk.station, self._case, str(self.systems.currentData())
        self._desk.tasks.write(
            partial(copying.sheet, station, case=case, system=system), done=self._show, failed=self._failed, owner=self
        )

    def _show(self, sheet: CopySheet) -> None:
        self.sheet, self.at, self.done_ = sheet, 0, set()
        self.number.setText(sheet.number)
        self._refresh()
        self.said.setText(self.tr("栏目来源：{source}").format(source=sheet.source))

    def _refresh(self) -> None:
        assert self.sheet is not None
        nothing = self.tr("（未登记）")
        self.fields.show_lines(
            [
                Line(
                    f"{line.title}　{line.value.replace(chr(10), ' ') or nothing}",
                    self.tr("已复制") if place in self.done_ else "",
                    "green" if place in self.done_ else "none",
                    "field",
                    place,
                )
                for place, line in enumerate(self.sheet.lines)
            ]
        )
        if self.at < len(self.sheet.lines):
            self.fields.setCurrentIndex(self.fields.lines.index(self.at, 0))
        self.next.setEnabled(any(line.value for line in self.sheet.lines[self.at :]))

    def copy_next(self) -> None:
        """The next field that has a value."""
        if self.sheet is None:
            return
        place = next((i for i in range(self.at, len(self.sheet.lines)) if self.sheet.lines[i].value), -1)
        if place >= 0:
            self.copy(place)

    def copy(self, place: int) -> None:
        """One field onto the clipboard."""
        assert self.sheet is not None
        line = self.sheet.lines[place]
        if not line.value:
            return
        QGuiApplication.clipboard().setText(line.value)
        self.done_.add(place)
        self.at = place + 1
        self._refresh()
        self.said.setText(self.tr("已复制：{title}").format(title=line.title))

    def _keep(self) -> None:
        station, case, number = self._desk.station, self._case, self.number.text()
        system = str(self.systems.currentData())
        self._desk.tasks.write(
            lambda: copying.keep_number(station, case=case, system=system, number=number),
            done=self._kept,
            failed=self._failed,
            owner=self,
        )

    def _kept(self, changes: Changes) -> None:
        self.said.setText(self.tr("编号已保存在本案。"))
        if changes.ops:
            self._desk.did(self.tr("编号已保存在本案。"), changes)

    def _failed(self, error: KnownError) -> None:
        self.said.setText(f"▲ {words.sentence(error)}")

    def hideEvent(self, event: QHideEvent) -> None:
        """What was copied does not stay on the clipboard of a shared PC."""
        if self.sheet is not None and QGuiApplication.clipboard().text() in {line.value for line in self.sheet.lines}:
            QGuiApplication.clipboard().clear()
        super().hideEvent(event)
