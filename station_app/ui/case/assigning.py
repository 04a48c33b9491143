"""调整承办人 and 离岗交接: who works on a case, and all cases of a colleague who leaves, by a small form."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from station_app.domain.case import text
from station_app.services.changes import Changes
from station_app.services.loop import succession
from station_app.services.reading.lists import CaseLine
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from sync.contract.canonical import Json

Read = dict[str, dict[str, Json]]
_SHOWN = 6


def _spec(desk: Desk, but: str, *, needed: bool) -> FormSpec:
    known = tuple((p.id, text(p, "name")) for p in succession.successors(desk.station, but))
    to = Item("assignment.to", required=needed, choices=known)
    return FormSpec("assignment", (Section("", (to, Item("assignment.reason", required=True, span=2))),))


def one(parent: QWidget, desk: Desk, *, case: str) -> FormDialog:
    """调整承办人 of one case."""
    station = desk.station

    def save(values: Read) -> Changes:
        given = values["assignment"]
        return succession.reassign(station, cases=[case], to=str(given["to"] or ""), reason=str(given["reason"] or ""))

    title = QCoreApplication.translate("Assigning", "调整承办人")
    made = FormDialog(parent, desk, title=title, spec=_spec(desk, "", needed=True), values={}, save=save)
    made.open()
    return made


def leaving(parent: QWidget, desk: Desk, *, person: str, name: str, cases: list[CaseLine]) -> FormDialog:
    """离岗交接: what goes over is listed before anything is done."""
    station = desk.station
    title = QCoreApplication.translate("Assigning", "离岗交接")
    listed = "；".join(line.title for line in cases[:_SHOWN])
    if cases:
        said = QCoreApplication.translate(
            "Assigning", "{name}有在办案件 {n} 件，全部交给接办人：{listed}。此后不能再登录。"
        ).format(name=name, n=len(cases), listed=listed + ("……" if len(cases) > _SHOWN else ""))
    else:
        said = QCoreApplication.translate("Assigning", "{name}没有在办案件。此后不能再登录。").format(name=name)

    def save(values: Read) -> Changes:
        given = values["assignment"]
        return succession.leave(station, person=person, to=str(given["to"] or ""), reason=str(given["reason"] or ""))

    made = FormDialog(
        parent, desk, title=title, spec=_spec(desk, person, needed=bool(cases)), values={}, save=save, intro=said
    )
    made.open()
    return made
