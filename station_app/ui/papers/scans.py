"""扫描归档: files chosen, dropped or pasted are read beside other work and filed; what is missing is said."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QProgressBar, QVBoxLayout, QWidget

from station_app.services import scans
from station_app.services.scanning import telling
from station_app.services.scans import Read, Report, Scan, Scanned, Waiting
from station_app.ui import keys, words
from station_app.ui.desk import Desk, Page
from station_app.ui.papers import scans_given as given
from station_app.ui.papers.scan_folder import choose_folder
from station_app.ui.papers.scans_sheet import FiledDialog, TrayDialog
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4, SHAPES
from station_app.ui.widgets.layout import Canvas, button, clear, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError

_WIDE, _HIGH = 860, 660
_FILTER: Final = "*." + " *.".join(scans.SUFFIXES)


class ScanEntry(QObject):
    """What a page needs for filing scans of one case: a button, dropping files anywhere on it, Ctrl+V."""

    def __init__(self, page: Page, case: Callable[[], str]) -> None:
        super().__init__(page)
        self._page, self._case = page, case
        self.dialog: ScansDialog | None = None
        self.button = button(self.tr("扫描归档"), self.open, picture="download", hint=keys.shown("paste_scan"))
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        page.tasks.changed.connect(lambda _c: self.count())
        keys.bind(page, "paste_scan", self.paste)

    def open(self, files: Sequence[given.Given] = ()) -> None:
        """The window; with files, they are read at once."""
        if not self._case():
            return
        self.dialog = ScansDialog(self._page, self._page.desk, case=self._case())
        self.dialog.finished.connect(lambda _r: self.count())
        self.dialog.open()
        if files:
            self.dialog.take(files)

    def count(self) -> None:
        """How many pages wait to be filed by hand, on the button."""
        if self._page.isVisible():
            station = self._page.station
            self._page.tasks.read(lambda: len(scans.waiting(station)), done=self._counted, key="scans.waiting")

    def _counted(self, waiting: int) -> None:
        said = self.tr("扫描归档（待归档 {n} 页）").format(n=waiting) if waiting else self.tr("扫描归档")
        self.button.setText(said)
        self.button.setAccessibleName(said)

    def paste(self) -> None:
        """File what the clipboard holds: a picture, or files."""
        files = given.of_mime(QGuiApplication.clipboard().mimeData(), self._page.station.clock.now_ms())
        if files:
            self.open(files)
        else:
            self._page.notices.say(self.tr("剪贴板中没有图片或者文件。"), tone="amber")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files and pictures dragged onto the page."""
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if self._case() and given.has_files(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self.open(given.of_mime(event.mimeData(), self._page.station.clock.now_ms()))
            return True
        elif event.type() == QEvent.Type.Show:
            self.count()
        return super().eventFilter(watched, event)


@dataclass(slots=True)
class _Wish:
    """Whether a person wants the reading to stop; read by the worker."""

    stop: bool = False


class ScansDialog(QDialog):
    """The papers of a case and their pages, what became of the files given, and the pages that wait."""

    def __init__(self, parent: QWidget, desk: Desk, *, case: str) -> None:
        super().__init__(parent)
        self.desk, self.case = desk, case
        self._wish: _Wish | None = None
        self._queue: list[given.Given] = []
        self._papers: list[Scanned] = []
        self.report = Report()
        self.setWindowTitle(self.tr("扫描归档"))
        self.setAcceptDrops(True)
        self.choose = button(self.tr("选择文件"), self._choose, kind="primary", picture="attach")
        self.paste_ = button(self.tr("粘贴图片"), self.paste, hint=keys.shown("paste_scan"))
        self.folder = button(self.tr("收图文件夹"), lambda: choose_folder(self, desk), kind="quiet")
        self.state_part = button(self.tr("只扫了首页和签字页"), self._state_part)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("读取进度"))
        self.state = text("", wrap=True)
        self.close_ = button(self.tr("关闭"), self.reject)
        self.papers = LinesView(self.tr("本案文书的扫描情况"))
        self.papers.marked = True
        self.none = text(self.tr("本案还没有出具文书。"), "muted")
        self.papers.selectionModel().currentChanged.connect(lambda _now, _before: self._chosen())
        self.filed = LinesView(self.tr("已归档的扫描件"))
        self.filed.opened.connect(self._open_filed)
        self.tray = LinesView(self.tr("待归档页"))
        self.tray.opened.connect(self._open_waiting)
        self.results = QVBoxLayout()
        self._lay_out(parent)
        keys.bind(self, "paste_scan", self.paste)
        self.finished.connect(self.deleteLater)
        desk.tasks.crashed.connect(self._idle)
        self.refresh()

    def _lay_out(self, parent: QWidget) -> None:
        hint = self.tr("把扫描件或者照片拖到这里，或者按 Ctrl+V 粘贴。按页上的二维码自动归入案件、文书和页码。")
        self._titles = {
            name: text(words_, "title")
            for name, words_ in (
                ("results", self.tr("本次归档")),
                ("papers", self.tr("本案文书")),
                ("filed", self.tr("已归档的扫描件")),
                ("tray", self.tr("待归档页")),
            )
        }
        canvas = Canvas(margin=0)
        self.results.setSpacing(S2)
        canvas.column.addWidget(self._titles["results"])
        canvas.column.addLayout(self.results)
        for name, view in (("papers", self.papers), ("tray", self.tray), ("filed", self.filed)):
            canvas.column.addWidget(self._titles[name])
            canvas.column.addWidget(view)
            if name == "papers":
                canvas.column.addWidget(self.none)
                canvas.column.addLayout(row(None, self.state_part))
        canvas.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addLayout(row(self.choose, self.paste_, None, self.folder))
        column.addWidget(text(hint, "muted", wrap=True))
        column.addWidget(self.bar)
        column.addWidget(self.state)
        column.addWidget(canvas, 1)
        column.addLayout(row(None, self.close_))
        for widget in (self.bar, self.state, self._titles["results"]):
            widget.hide()
        room = parent.window().size()
        self.resize(min(_WIDE, room.width() - 48), min(_HIGH, room.height() - 48))
        self.setWindowModality(Qt.WindowModality.WindowModal)

    # -- given ----------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("选择扫描件或者照片"), "", self.tr("扫描件和照片 ({kinds})").format(kinds=_FILTER)
        )
        self.take([Path(name) for name in names])

    def paste(self) -> None:
        """File what the clipboard holds."""
        files = given.of_mime(QGuiApplication.clipboard().mimeData(), self.desk.station.clock.now_ms())
        if files:
            self.take(files)
        else:
            self._say(self.tr("剪贴板中没有图片或者文件。"), "amber")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are taken."""
        if given.has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """File what was dropped."""
        event.acceptProposedAction()
        self.take(given.of_mime(event.mimeData(), self.desk.station.clock.now_ms()))

    # -- at work --------------------------------------------------------------------------------------------------

    def take(self, files: Sequence[given.Given]) -> None:
        """Read and file; what is given meanwhile waits for its turn."""
        self._queue += files
        if self._queue and self._wish is None:
            self._begin()

    def _begin(self) -> None:
        files, self._queue = self._queue, []
        station, tasks, wish = self.desk.station, self.desk.tasks, _Wish()
        self._wish = wish
        self.bar.setRange(0, len(files))
        self.bar.show()
        self.close_.setText(self.tr("停止读取"))
        me = weakref.ref(self)

        def progress(no: int, total: int, name: str) -> bool:
            tasks.post(lambda: _heard(me(), no, total, name))
            return not wish.stop

        tasks.read(
            lambda: scans.read(station, sources=given.sources(files), progress=progress),
            done=self._read,
            failed=self._failed,
            owner=self,
        )

    def heard(self, no: int, total: int, name: str) -> None:
        """Which file is read now."""
        if self._wish is not None:
            self.bar.setValue(no - 1)
            self._say(self.tr("正在读取第 {n}/{total} 个文件：{name}").format(n=no, total=total, name=name), "none")

    def _read(self, read: Read) -> None:
        station, case = self.desk.station, self.case
        self.desk.tasks.write(
            lambda: scans.file(station, read=read, case=case), done=self._filed, failed=self._failed, owner=self
        )

    def _filed(self, report: Report) -> None:
        self.report = self.report.also(report)
        self._idle()
        self.state.hide()
        self.show_report()
        self.refresh()
        if self._queue:
            self._begin()

    def _failed(self, error: KnownError) -> None:
        self._idle()
        self._say(f"▲ {words.sentence(error)}", "red")

    def _idle(self, _trace: object = None) -> None:
        self._wish = None
        self.bar.hide()
        self.close_.setText(self.tr("关闭"))
        self.close_.setEnabled(True)

    def reject(self) -> None:
        """Close; while files are read, stop first: what was read is filed."""
        if self._wish is None:
            super().reject()
        else:
            self._wish.stop = True
            self.close_.setEnabled(False)

    # -- shown ----------------------------------------------------------------------------------------------------

    def show_report(self) -> None:
        """What became of everything given since the window was opened."""
        clear(self.results)
        for tone, said in telling.lines(self.report, words.lang()):
            line = text(f"{SHAPES[tone]} {said}", wrap=True)
            set_tone(line, tone)
            self.results.addWidget(line)
        self._titles["results"].setVisible(bool(self.report.results or self.report.failed))

    def refresh(self) -> None:
        """Read papers, scans and tray anew."""
        station, case = self.desk.station, self.case
        self.desk.tasks.read(
            lambda: (
                scans.list_papers(station, case=case),
                scans.list_scans(station, case=case),
                scans.waiting(station),
            ),
            done=self._show,
            failed=self._failed,
            owner=self,
            key="scans",
        )

    def _show(self, found: tuple[list[Scanned], list[Scan], list[Waiting]]) -> None:
        self._papers, filed, waiting = found
        self.papers.show_lines(given.paper_lines(self._papers))
        self.papers.setVisible(bool(self._papers))
        self.none.setVisible(not self._papers)
        self.state_part.setVisible(bool(self._papers))
        self.filed.show_lines([given.scan_line(s) for s in filed])
        self.tray.show_lines([given.waiting_line(w) for w in waiting])
        for name, some in (("filed", filed), ("tray", waiting)):
            view = self.filed if name == "filed" else self.tray
            view.setVisible(bool(some))
            self._titles[name].setVisible(bool(some))
        self._chosen()

    @property
    def paper(self) -> Scanned | None:
        """The paper chosen in the list."""
        place = self.papers.currentIndex().row()
        return self._papers[place] if 0 <= place < len(self._papers) else None

    def _chosen(self) -> None:
        paper = self.paper
        self.state_part.setEnabled(paper is not None and bool(paper.have) and bool(paper.missing))

    def _say(self, said: str, tone: str) -> None:
        self.state.setText(said)
        set_tone(self.state, tone)
        self.state.show()

    # -- by hand --------------------------------------------------------------------------------------------------

    def _state_part(self) -> None:
        paper = self.paper
        if paper is None:
            return
        station, case, rec = self.desk.station, self.case, paper.paper
        proposed = paper.statement or scans.proposed(station, case=case, paper=rec)
        said, ok = QInputDialog.getMultiLineText(
            self, self.tr("只归档部分页的说明"), self.tr("说明随扫描件留存："), proposed
        )
        if ok:
            self.desk.tasks.write(
                lambda: scans.state_part(station, case=case, paper=rec, statement=said),
                done=lambda _c: self.refresh(),
                failed=self._failed,
                owner=self,
            )

    def _open_filed(self, line: Line) -> None:
        scan = line.argument
        assert isinstance(scan, Scan)
        FiledDialog(self, self.desk, scan, done=self.refresh).open()

    def _open_waiting(self, line: Line) -> None:
        page = line.argument
        assert isinstance(page, Waiting)
        TrayDialog(self, self.desk, page, case=self.case, papers=self._papers, done=self.refresh).open()


def _heard(dialog: ScansDialog | None, no: int, total: int, name: str) -> None:
    if dialog is not None and shiboken6.isValid(dialog):
        dialog.heard(no, total, name)
