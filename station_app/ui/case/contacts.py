"""联系与回访: the calls of a case and the visits, what is planned, and who could not be reached on enough days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import text
from station_app.domain.course import allowed
from station_app.services import performance
from station_app.services.changes import Changes
from station_app.services.loop import contacts
from station_app.services.rounds import satisfaction
from station_app.ui import words
from station_app.ui.case import quick
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.part import ListPart
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.widgets.layout import button
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_PLAN = FormSpec("visit_plan", (Section("", (Item("case.visit_on", span=2),)),))


class Contacts(ListPart):
    """A line a contact or visit, the newest first; above them what is planned and who is out of reach."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "联系与回访"),
            QCoreApplication.translate("CasePage", "还没有联系和回访记录。"),
        )
        self.plan = button(
            QCoreApplication.translate("CasePage", "计划回访"), self._plan, kind="quiet", picture="clock"
        )
        self.visit = button(
            QCoreApplication.translate("CasePage", "记录回访"), self._visit, kind="quiet", picture="check"
        )
        self.call = button(
            QCoreApplication.translate("CasePage", "记录联系"), lambda: self._call(""), kind="quiet", picture="phone"
        )
        for widget in (self.plan, self.visit, self.call):
            self.head.addWidget(widget)
        self.lines.opened.connect(self._open)

    def show_case(self, found: Look) -> None:
        view, station = found.case, self.page.station
        after = allowed.may(view, allowed.VISIT)
        self.plan.setVisible(after and station.can("visit"))
        self.visit.setVisible(after and station.can("visit"))
        self.call.setVisible(station.can("contact"))
        lines = []
        planned = text(view.record, "visit_on")
        if planned:
            lines.append(Line(QCoreApplication.translate("CasePage", "计划回访"), planned, "amber", "plan"))
        for reach in contacts.unreached(station, view):
            said = QCoreApplication.translate("CasePage", "{name}　有 {n} 天未能联系上（{days}）").format(
                name=reach.party.name, n=len(reach.days), days=words.together(list(reach.days))
            )
            if reach.enough:
                said += QCoreApplication.translate("CasePage", "，可以按“多次未能联系当事人”终止调解")
            lines.append(Line(said, "", "amber" if reach.enough else "none", "call", reach.party.id))
        self.put(lines + self._rows(found))

    def _rows(self, found: Look) -> list[Line]:
        view = found.case
        names = {p.id: p.name for p in view.parties}
        rows: list[tuple[str, Line]] = []
        for record in view.kind("contact"):
            at, next_on = text(record, "at"), text(record, "next_on")
            who = names.get(text(record, "party")) or text(record, "who")
            parts = [
                who,
                words.field_code("contact.manner", record.get("manner")),
                words.field_code("contact.outcome", record.get("outcome")),
                text(record, "text").replace("\n", " "),
            ]
            note = words.short_moment(at)
            if next_on:
                note += QCoreApplication.translate("CasePage", "　下次 {day}").format(day=next_on[5:])
            rows.append((at, Line("　".join(p for p in parts if p), note, "none", "record", record.id)))
        for record in view.kind("visit"):
            at = text(record, "at")
            parts = [
                QCoreApplication.translate("CasePage", "回访"),
                words.field_code("visit.performed", record.get("performed")),
                text(record, "text").replace("\n", " "),
            ]
            line = Line("　".join(p for p in parts if p), words.short_moment(at), "none", "visit", record.id)
            rows.append((at, line))
        for record in satisfaction.of_case(self.page.station, view.id):
            at = text(record, "at")
            said = QCoreApplication.translate("CasePage", "满意度　{level}（{manner}）").format(
                level=words.field_code("evaluation.satisfaction", record.get("satisfaction")),
                manner=words.field_code("evaluation.manner", record.get("manner")),
            )
            rows.append((at, Line(said, words.short_moment(at), "none", "evaluation")))
        return [line for _, line in sorted(rows, key=lambda pair: pair[0], reverse=True)]

    def _open(self, line: Line) -> None:
        if line.key == "plan":
            self._plan()
        elif line.key == "call":
            self._call(str(line.argument))
        elif line.key == "record":
            self.page.records.open_record(str(line.argument))

    def _call(self, party: str) -> None:
        quick.contact(self.page, self.page.desk, case=self.page.rec, party=party)

    def _visit(self) -> None:
        quick.visit(self.page, self.page.desk, case=self.page.rec)

    def _plan(self) -> None:
        station, case = self.page.station, self.page.rec

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            return performance.plan_visit(station, case=case, on=str(values["case"].get("visit_on") or ""))

        standing = self.page.seen.case.get("visit_on") if self.page.seen else None
        FormDialog(
            self.page,
            self.page.desk,
            title=QCoreApplication.translate("CasePage", "计划回访"),
            spec=_PLAN,
            values={"case.visit_on": standing},
            save=save,
            intro=QCoreApplication.translate("CasePage", "到期列入今日待办；不填写日期的，取消计划。"),
        ).open()
