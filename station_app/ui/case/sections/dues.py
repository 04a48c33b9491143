"""履行情况: what is paid and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.part import ListPart
from station_app.ui.widgets.layout import allow, button
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Dues(ListPart):
    """履行情况: each instalment of each payee."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "履行情况"),
            QCoreApplication.translate("CasePage", "没有应履行的款项。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "记录履行"), lambda: acts.pay(page), kind="quiet", picture="check"
        )
        self.head.addWidget(self.add)

    def show_case(self, found: Look) -> None:
        self.setVisible(found.case.sealed and bool(found.dues))
        names = {p.id: p.name for p in found.case.parties}
        left = any(d.left for d in found.dues)
        allow(self.add, left, QCoreApplication.translate("CasePage", "应履行的款项已全部付清"))
        lines = []
        for due in sorted(found.dues, key=lambda d: (not d.failed, d.left == 0, d.due)):
            tone: words.Tone = "red" if due.failed else "amber" if due.left else "green"
            said = (
                QCoreApplication.translate("CasePage", "被退回")
                if due.failed
                else QCoreApplication.translate("CasePage", "待付")
                if due.left
                else QCoreApplication.translate("CasePage", "已付")
            )
            lines.append(Line(f"{names.get(due.party, '')}　{words.yuan(due.amount)} 元", f"{due.due}　{said}", tone))
        self.put(lines)
