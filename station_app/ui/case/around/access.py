"""访问记录 of a case: who looked at, printed or exported it on this PC, and who was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout

from station_app.services.local import access
from station_app.services.local.access import Entry
from station_app.ui import words
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

_REFUSED = "refuse_closed"


def entries(page: CasePage) -> list[tuple[str, Callable[[], object]]]:
    """(words, act) for the menu of a case, for the head of the station."""
    if not page.station.can("set_station"):
        return []
    return [(QCoreApplication.translate("AccessLog", "访问记录"), lambda: _open(page))]


def _open(page: CasePage) -> None:
    station, rec = page.station, page.rec
    page.tasks.read(
        lambda: access.entries(station, case=rec),
        done=lambda found: AccessDialog(page, found).open(),
        failed=page.notices.error,
        owner=page,
    )


class AccessDialog(QDialog):
    """The lines, the newest first; nothing can be changed here."""

    def __init__(self, page: CasePage, found: list[Entry]) -> None:
        super().__init__(page)
        title = QCoreApplication.translate("AccessLog", "访问记录")
        self.setWindowTitle(title)
        self.list = LinesView(title, fit=False)
        self.list.show_lines([_line(entry) for entry in found])
        none = QCoreApplication.translate("AccessLog", "本机还没有查看、打印或者导出本案的记录。")
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        said = QCoreApplication.translate("AccessLog", "只记录本机的访问，不记录内容。")
        column.addWidget(text(said if found else none, "muted", wrap=True))
        column.addWidget(self.list, 1)
        self.list.setVisible(bool(found))
        column.addLayout(row(None, button(QCoreApplication.translate("AccessLog", "关闭"), self.accept)))
        self.resize(720, 420)
        self.finished.connect(self.deleteLater)


def _line(entry: Entry) -> Line:
    said = "　".join(p for p in (entry.who, entry.words(words.lang()), entry.detail) if p)
    return Line(said, entry.at, "amber" if entry.act == _REFUSED else "none")
