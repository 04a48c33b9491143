"""期限: the clocks of a case in words, the nearest first; one that wants a date asks for it; all as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from station_app.services import clocks
from station_app.ui.case.part import ListPart
from station_app.ui.court import asking
from station_app.ui.widgets.layout import button
from station_app.ui.widgets.lines import Line
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Clocks(ListPart):
    """A line a clock, its sentence in full below; nothing where nothing runs."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "期限"), "")
        self.save = button(
            QCoreApplication.translate("CasePage", "存为日历"), self._save, kind="quiet", picture="calendar"
        )
        self.head.addWidget(self.save)
        self.lines.opened.connect(self._open)

    def show_case(self, found: Look) -> None:
        lines = []
        for clock in found.clocks:
            day = clock.last.isoformat() if clock.last else ""
            tone = clock.tone
            lines.append(Line(clock.sentence, f"{clock.title}　{day}".strip(), tone, clock.code, clock.question))
        self.put(lines)
        self.setVisible(bool(lines))
        self.save.setVisible(any(clock.last for clock in found.clocks))

    def _open(self, line: Line) -> None:
        if line.argument:
            page = self.page
            code = str(line.argument)
            asking.open_for(page, page.desk, case=page.rec, code=code, after=page.refresh)
        else:
            self.page.notices.say(line.text)

    def _save(self) -> None:
        station, case = self.page.station, self.page.rec
        name, _ = QFileDialog.getSaveFileName(
            self,
            QCoreApplication.translate("CasePage", "存为日历"),
            QCoreApplication.translate("CasePage", "期限.ics"),
            "iCalendar (*.ics)",
        )
        if not name:
            return
        try:
            Path(name).write_text(clocks.calendar(station, cases=[case]), "utf-8", newline="")
        except OSError:
            self.page.notices.error(KnownError("E-516", file=Path(name).name))
            return
        self.page.notices.say(QCoreApplication.translate("CasePage", "日历文件已保存。"), tone="green")
