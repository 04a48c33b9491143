"""排查登记表 and 值班表 before they are printed or issued."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from station_app.domain.figures import period as periods
from station_app.services.rounds import lists as papers
from station_app.ui.desk import Page
from station_app.ui.reports.sheet import SheetDialog


def open_register(page: Page, month: str) -> None:
    """The register of rounds of a month (`YYYY-MM`)."""
    station, days = page.station, periods.month(int(month[:4]), int(month[5:]))
    name = QCoreApplication.translate("RoundSheets", "矛盾纠纷排查登记表（{month}）").format(month=days.title)
    SheetDialog(
        page,
        page.desk,
        name=name,
        make=lambda no, _said: papers.patrol_paper(station, first=days.first, last=days.last, no=no),
    ).open()


def open_duty(page: Page, begin: date, days: int) -> None:
    """The duty list of so many days from one on."""
    station, first = page.station, begin.isoformat()
    last = (begin + timedelta(days=days - 1)).isoformat()
    name = QCoreApplication.translate("RoundSheets", "值班表 {first} 至 {last}").format(first=first, last=last)
    SheetDialog(
        page,
        page.desk,
        name=name,
        make=lambda no, _said: papers.duty_paper(station, first=first, last=last, no=no),
    ).open()
