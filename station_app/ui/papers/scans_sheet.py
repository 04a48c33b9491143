"""One scanned page looked at: a filed one (correction, taking out), or one that waits to be filed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from station_app.services import scans
from station_app.services.changes import Changes
from station_app.services.papers import Picture
from station_app.services.scanning.state import CORRECTION
from station_app.services.scans import Scan, Scanned, Waiting
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.papers.printing import image
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_WIDE, _HIGH = 760, 680
_SIDE: Final = 1400
"""Longer side of the page as drawn, pixels."""
_QUARTER: Final = 90


class SheetDialog(QDialog):
    """The picture, turned by a button, over the buttons of a subclass."""

    def __init__(self, parent: QWidget, desk: Desk, *, title: str, done: Callable[[], object]) -> None:
        super().__init__(parent)
        self.desk, self._done = desk, done
        self._data, self._turned = b"", 0
        self.setWindowTitle(title)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheet.setAccessibleName(self.tr("扫描页"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.sheet)
        area.setAccessibleName(self.tr("扫描页"))
        self.said = text("", "error", wrap=True)
        self.said.hide()
        self.turn = button(self.tr("旋转"), self._turn, kind="quiet", picture="refresh")
        self.close_ = button(self.tr("关闭"), self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(S4, S4, S4, S4)
        self.column.setSpacing(S3)
        self.column.addWidget(area, 1)
        room = parent.window().size()
        self.resize(min(_WIDE, room.width() - 48), min(_HIGH, room.height() - 48))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.finished.connect(self.deleteLater)

    def finish(self, *buttons: QWidget) -> None:
        """Put the buttons under what a subclass added."""
        self.column.addWidget(self.said)
        self.column.addLayout(row(self.turn, None, *buttons, self.close_))

    def load(self, read: Callable[[], bytes]) -> None:
        """Read the bytes, then draw."""
        self.desk.tasks.read(read, done=self._loaded, failed=self.say, owner=self)

    def _loaded(self, data: bytes) -> None:
        self._data = data
        self._draw()

    def _turn(self) -> None:
        self._turned = (self._turned + _QUARTER) % 360
        self._draw()

    def _draw(self) -> None:
        data, turned = self._data, self._turned
        if data:
            self.desk.tasks.read(
                lambda: scans.picture(data, side=_SIDE, turned=-turned), done=self._show, failed=self.say, owner=self
            )

    def _show(self, picture: Picture) -> None:
        drawn = QPixmap.fromImage(image(picture))
        wide = max(200, self.width() - 64)
        self.sheet.setPixmap(drawn.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))

    def say(self, error: KnownError) -> None:
        """An error in its own words."""
        self.said.setText(f"▲ {words.sentence(error)}")
        self.said.show()

    def write(self, act: Callable[[], object]) -> None:
        """Do a verb; then this window is done."""
        self.desk.tasks.write(act, done=self._written, failed=self.say, owner=self)

    def _written(self, _result: object) -> None:
        self._done()
        self.accept()


class FiledDialog(SheetDialog):
    """A page as filed."""

    def __init__(self, parent: QWidget, desk: Desk, scan: Scan, *, done: Callable[[], object]) -> None:
        page = self.tr("第 {n} 页").format(n=scan.page) if scan.page else ""
        super().__init__(parent, desk, title=f"{scan.title or scan.source}{page}", done=done)
        self.scan = scan
        kind = words.code("scan_kinds", scan.kind)
        facts = "　".join(part for part in (kind, scan.source, words.stamp(scan.at)) if part)
        self.column.addWidget(text(facts, "muted", wrap=True))
        if scan.statement:
            self.column.addWidget(text(self.tr("说明：{words}").format(words=scan.statement), wrap=True))
        self.correct = button(self.tr("登记手写更正"), self._correct, picture="edit")
        self.correct.setVisible(bool(scan.paper) and desk.station.can("correct"))
        self.remove = button(self.tr("移除"), self._remove, kind="quiet")
        self.finish(self.remove, self.correct)
        station = desk.station
        self.load(lambda: scans.data(station, case=scan.case, scan=scan.rec))

    def _correct(self) -> None:
        station, scan = self.desk.station, self.scan
        items = (
            Item(f"{CORRECTION}.place", required=True, span=2),
            Item(f"{CORRECTION}.old"),
            Item(f"{CORRECTION}.new", required=True),
            Item(f"{CORRECTION}.who", required=True),
            Item(f"{CORRECTION}.on"),
        )

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = {name: str(value or "") for name, value in values[CORRECTION].items()}
            return scans.correct(
                station,
                case=scan.case,
                scan=scan.rec,
                place=given.get("place", ""),
                old=given.get("old", ""),
                new=given.get("new", ""),
                who=given.get("who", ""),
                on=given.get("on", ""),
            )

        form = FormDialog(
            self,
            self.desk,
            title=self.tr("签署时手写更正"),
            spec=FormSpec(CORRECTION, (Section("", items, 2),)),
            values={f"{CORRECTION}.on": station.clock.today().isoformat()},
            save=save,
            intro=self.tr("按纸上所改如实登记；金额有更正的，应当重新出具后签署。"),
        )
        form.accepted.connect(lambda: self._written(None))
        form.open()

    def _remove(self) -> None:
        asked = self.tr("移除这张扫描件？移除后仍留在办理过程中，不会删除。")
        if QMessageBox.question(self, self.tr("移除扫描件"), asked) == QMessageBox.StandardButton.Yes:
            station, scan = self.desk.station, self.scan
            self.write(lambda: scans.remove(station, case=scan.case, scan=scan.rec))


class TrayDialog(SheetDialog):
    """A page nobody could place: a person says which page of which paper of the case it is, or that it is an
    attachment; what belongs to no case is taken out with a reason.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        page: Waiting,
        *,
        case: str,
        papers: Sequence[Scanned],
        done: Callable[[], object],
    ) -> None:
        super().__init__(parent, desk, title=page.source, done=done)
        self.page, self.case, self._papers = page, case, list(papers)
        self.paper = QComboBox()
        self.paper.setAccessibleName(self.tr("归入"))
        for paper in self._papers:
            self.paper.addItem(self.tr("{title}（第 {n} 版）").format(title=paper.title, n=paper.version), paper.paper)
        self.paper.addItem(self.tr("案件附件（不属于某份文书）"), "")
        self.number = QSpinBox()
        self.number.setAccessibleName(self.tr("页码"))
        self.paper.currentIndexChanged.connect(lambda _i: self._limits())
        self.file = button(self.tr("归入本案"), self._file, kind="primary")
        self.away = button(self.tr("移出待归档页"), self._away, kind="quiet")
        self.column.addWidget(text(words.sentence(KnownError(page.why)), "muted", wrap=True))
        fields = row(text(self.tr("归入")), self.paper, text(self.tr("页码")), self.number)
        fields.setStretch(1, 1)
        self.column.addLayout(fields)
        self.finish(self.away, self.file)
        self._limits()
        station = desk.station
        self.load(lambda: scans.waiting_data(station, page=page.id))

    def _limits(self) -> None:
        """The pages of the chosen paper, the first missing one proposed."""
        place = self.paper.currentIndex()
        paper = self._papers[place] if 0 <= place < len(self._papers) else None
        self.number.setEnabled(paper is not None)
        self.number.setRange(1, paper.pages if paper else 1)
        self.number.setValue(paper.missing[0] if paper and paper.missing else 1)

    def _file(self) -> None:
        station, page, case = self.desk.station, self.page.id, self.case
        paper = str(self.paper.currentData() or "")
        number = self.number.value() if paper else 0
        self.write(lambda: scans.by_hand(station, page=page, case=case, paper=paper, number_of=number))

    def _away(self) -> None:
        reason, given = QInputDialog.getText(self, self.tr("移出待归档页"), self.tr("原因（记入查阅记录）"))
        if given:
            station, page = self.desk.station, self.page.id
            self.write(lambda: scans.put_away(station, page=page, reason=reason))
