"""One page of a paper at a time, as wide as there is room; pages are drawn off the main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from station_app.services import papers
from station_app.services.papers import Picture
from station_app.ui.papers.printing import image
from station_app.ui.style.tokens import S2
from station_app.ui.tasks import Tasks
from station_app.ui.widgets.layout import button, row, text

_INCH = 8.27
"""Width of A4, inches."""
_BAR = 26
"""Room for the scroll bar, logical px."""


class Preview(QWidget):
    """`show_pdf(bytes)`; Page Down at the end of a page turns to the next, Page Up at its head to the one before."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._data = b""
        self.page, self.pages = 0, 0
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheet.setAccessibleName(self.tr("文书预览"))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sheet)
        self.area.setAccessibleName(self.tr("文书预览"))
        self.area.installEventFilter(self)
        self.before = button(self.tr("上一页"), lambda: self.turn(-1), kind="quiet")
        self.after = button(self.tr("下一页"), lambda: self.turn(1), kind="quiet")
        self.where = text("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        column.addWidget(self.area, 1)
        column.addLayout(row(None, self.before, self.where, self.after, None))
        self.clear()

    def clear(self) -> None:
        """Nothing to show."""
        self._data, self.page, self.pages = b"", 0, 0
        self.sheet.clear()
        self._mark()

    def show_pdf(self, data: bytes) -> None:
        """Show the first page of a paper."""
        self._data = data
        self._tasks.read(
            lambda: papers.page_count(data), done=self._counted, owner=self, key=f"preview.count-{id(self)}"
        )

    def turn(self, by: int) -> None:
        """Another page."""
        if 1 <= self.page + by <= self.pages:
            self.page += by
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Page Up and Page Down beyond the end of a page turn it."""
        if watched is self.area and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            bar, key = self.area.verticalScrollBar(), event.key()
            if key == Qt.Key.Key_PageDown and bar.value() == bar.maximum() and self.page < self.pages:
                self.turn(1)
                bar.setValue(bar.minimum())
                return True
            if key == Qt.Key.Key_PageUp and bar.value() == bar.minimum() and self.page > 1:
                self.turn(-1)
                bar.setValue(bar.maximum())
                return True
        return False

    def _counted(self, pages: int) -> None:
        self.page, self.pages = 1, pages
        self._draw()

    def _draw(self) -> None:
        data, page = self._data, self.page
        ratio = self.devicePixelRatioF()
        dpi = max(36, int((self.area.width() - _BAR) * ratio / _INCH))
        self._tasks.read(
            lambda: _fitting(data, page, min(dpi, 200)), done=self._show, owner=self, key=f"preview.page-{id(self)}"
        )
        self._mark()

    def _show(self, picture: Picture) -> None:
        shown = QPixmap.fromImage(image(picture))
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.setPixmap(shown)

    def _mark(self) -> None:
        self.before.setEnabled(self.page > 1)
        self.after.setEnabled(self.page < self.pages)
        said = self.tr("第 {n} 页，共 {all} 页")
        self.where.setText(said.format(n=self.page, all=self.pages) if self.pages else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew at the new width."""
        super().resizeEvent(event)
        if self._data and self.page:
            self._draw()


def _fitting(data: bytes, page: int, dpi: int) -> Picture:
    """A page no wider than A4 standing is at `dpi`: one lying is drawn smaller."""
    drawn = papers.page_image(data, page, dpi)
    most = _INCH * dpi + 1
    return drawn if drawn.width <= most else papers.page_image(data, page, max(36, int(dpi * most / drawn.width)))
