"""当事人: who is in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Party, number, text
from station_app.domain.idcard import mask
from station_app.domain.phone import mask_phone
from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.part import ListPart
from station_app.ui.widgets.layout import allow, button
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Parties(ListPart):
    """当事人: who is in the case; Enter opens one."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "当事人"),
            QCoreApplication.translate("CasePage", "还没有当事人。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "添加"), lambda: acts.add_party(page), kind="quiet", picture="plus"
        )
        self.roster = button(
            QCoreApplication.translate("CasePage", "导入名册"), self._roster, kind="quiet", picture="table"
        )
        self.attendance = button(
            QCoreApplication.translate("CasePage", "按考勤计算工资"), self._attendance, kind="quiet", picture="calendar"
        )
        self.head.addWidget(self.attendance)
        self.head.addWidget(self.roster)
        self.head.addWidget(self.add)
        self.lines.opened.connect(self._open)
        self.parties: dict[str, Party] = {}

    def show_case(self, found: Look) -> None:
        self.parties = {p.id: p for p in found.case.parties}
        self.attendance.setVisible(found.case.labour)
        for widget in (self.add, self.roster, self.attendance):
            allow(widget, not found.case.sealed, QCoreApplication.translate("CasePage", "协议已有签署，当事人不再增减"))
        self.put([_party_line(p) for p in self.parties.values()])

    def _open(self, line: Line) -> None:
        party = self.parties.get(str(line.argument))
        if party is not None:
            acts.edit_party(self.page, party)

    def _roster(self) -> None:
        from station_app.ui.case.roster import RosterDialog

        RosterDialog(self.page, self.page.desk, case=self.page.rec).open()

    def _attendance(self) -> None:
        from station_app.ui.case.attendance import AttendanceDialog

        AttendanceDialog(self.page, self.page.desk, case=self.page.rec).open()


def _party_line(party: Party) -> Line:
    identity = party.identity
    role = words.field_code("party.role", party.role)
    known = [mask(text(identity, "id_number")) if text(identity, "id_number") else "",
             mask_phone(text(identity, "phone")) if text(identity, "phone") else ""]  # fmt: skip
    owed = number(party.wage, "owed")
    money = f"{words.label('wage.owed')} {words.yuan(owed)}" if owed else ""
    return Line(f"{role}　{party.name}", "　".join(k for k in (*known, money) if k), "none", "party", party.id)
