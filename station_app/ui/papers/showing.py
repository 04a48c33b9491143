"""The true pages of a paper over the desk (F8), or on the whole screen for the parties to read (F11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.services import papers
from station_app.services.papers import Card
from station_app.ui import keys
from station_app.ui.court.chip import CourtChip
from station_app.ui.desk import Page
from station_app.ui.papers.preview import Preview
from station_app.ui.papers.told import FOR_COURT
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text

Which = Callable[[], tuple[str, str]]
"""The case, and the template now looked at; "" for the paper that is due."""


class ShowPaper(QDialog):
    """As issued where that still says what is on record, else as the discussion draft. Esc closes, F11 to and fro.

    Parties look on at the whole screen: what a court would refuse is not shown there.
    """

    def __init__(self, page: Page, *, case: str, template: str = "") -> None:
        super().__init__(page)
        self.template = template
        self.setWindowTitle(self.tr("预览"))
        self.title = text("", "title", wrap=True)
        self.note = text("", "muted", wrap=True)
        self.court = CourtChip(self, page.desk)
        self.whole = button(self.tr("全屏"), self.present, picture="eye", hint=keys.shown("present"))
        self.leave = button(self.tr("关闭"), self.reject)
        self.preview = Preview(page.tasks)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        self.beside = QWidget()  # what parties who look on need not read
        self.beside.setLayout(row(self.court, self.whole, spacing=S3))
        column.addLayout(row(self.title, None, self.beside, self.leave, spacing=S3))
        column.addWidget(self.note)
        column.addWidget(self.preview, 1)
        room = page.window().size()
        self.resize(min(900, room.width() - 48), room.height() - 48)
        self.finished.connect(self.deleteLater)
        page.desk.wanted.connect(lambda _page, _argument: self.reject())  # a finding leads to its field
        keys.bind(self, "present", self.present)
        keys.bind(self, "preview", self.reject)
        self.preview.area.setFocus()
        station = page.station

        def read() -> tuple[Card, bytes]:
            card = papers.chosen(station, case=case, template=template)
            draft = not card.paper or card.stale
            return card, papers.preview(station, case=case, template=card.template, draft=draft)

        page.tasks.read(read, done=lambda found: self._show(case, *found), failed=page.notices.error, owner=self)

    def _show(self, case: str, card: Card, data: bytes) -> None:
        self.template = card.template
        self.title.setText(f"{card.title}　{card.number}".strip())
        said = self.tr("讨论稿，按已保存的内容排版；没有编号，不能作为正式文书。")
        if card.paper and not card.stale:
            said = self.tr("已出具第 {n} 版，与打印的页面相同。").format(n=card.version)
        elif card.missing:
            lacking = self.tr("待补充：{what}").format(what="、".join(label for _, label in card.missing))
            said = f"{said}{lacking}"
        self.note.setText(said)
        if card.template in FOR_COURT:
            self.court.show_case(case)
        self.preview.show_pdf(data)

    def present(self) -> None:
        """To the whole screen, or back."""
        whole = not self.isFullScreen()
        self.beside.setVisible(not whole)
        self.note.setVisible(not whole)
        self.setWindowState(Qt.WindowState.WindowFullScreen if whole else Qt.WindowState.WindowNoState)


def show(page: Page, which: Which, *, whole: bool = False) -> ShowPaper | None:
    """Open the paper of a case, at once on the whole screen where wished; None while no case is shown."""
    case, template = which()
    if not case:
        return None
    made = ShowPaper(page, case=case, template=template)
    made.open()
    if whole:
        made.present()
    return made


def bind(page: Page, which: Which) -> None:
    """F8 and F11 of a page."""
    keys.bind(page, "preview", lambda: show(page, which))
    keys.bind(page, "present", lambda: show(page, which, whole=True))
