"""On the way to the court's ruling: progress, the booked hearing, the ruling received; entries of the case's menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case, text
from station_app.domain.court.acting import named
from station_app.domain.court.receipts import receipts
from station_app.domain.dates import date_cn
from station_app.services import confirmation
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.specs import HEARING, STAGE, received
from station_app.ui.forms.spec import FormSpec
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

Given = dict[str, dict[str, Json]]


def entries(page: CasePage, view: Case) -> list[tuple[str, Callable[[], object]]]:
    """(words, act) for the menu; nothing before an application."""
    record = confirmation.latest(view)
    if record is None or not page.station.can("apply_confirmation"):
        return []
    found: list[tuple[str, Callable[[], object]]] = []
    if not text(record, "result") or text(record, "result") == "supplement":
        found.append((QCoreApplication.translate("CasePage", "申请进度"), lambda: _track(page)))
        found.append((QCoreApplication.translate("CasePage", "预约询问"), lambda: _book(page)))
    else:
        found.append((QCoreApplication.translate("CasePage", "收到裁定"), lambda: _receive(page)))
    return found


def _track(page: CasePage) -> None:
    def save(values: Given) -> Changes:
        given = values["confirmation"]
        stage, on, note = (str(given.get(n) or "") for n in ("stage", "stage_on", "stage_note"))
        return confirmation.track(page.station, case=page.rec, stage=stage, on=on, note=note)

    _open(page, QCoreApplication.translate("CasePage", "申请进度"), STAGE, save)


def _book(page: CasePage) -> None:
    def save(values: Given) -> Changes:
        given = values["confirmation"]
        at, room = (str(given.get(n) or "") for n in ("hearing_at", "hearing_room"))
        return confirmation.book_hearing(page.station, case=page.rec, at=at, room=room)

    _open(page, QCoreApplication.translate("CasePage", "预约询问"), HEARING, save)


def _receive(page: CasePage) -> None:
    """The day for one party, for all without a day of their own, or for an interested person."""
    if page.seen is None:
        return
    view = page.seen.case

    def save(values: Given) -> Changes:
        on, party, name = (str(values["ruling_receipt"].get(n) or "") for n in ("on", "party", "name"))
        if name:
            return confirmation.known(page.station, case=page.rec, name=name, on=on)
        return confirmation.receive(page.station, case=page.rec, on=on, parties=[party] if party else [])

    spec = received(tuple((p.id, p.name) for p in view.parties))
    shown: Values = {"ruling_receipt.on": page.station.clock.today().isoformat()}
    title = QCoreApplication.translate("CasePage", "收到裁定")
    FormDialog(page, page.desk, title=title, spec=spec, values=shown, save=save, intro=standing(view)).open()


def standing(view: Case) -> str:
    """Who received the ruling when, and whose day is still to be written down."""
    days = receipts(view)
    said = [
        QCoreApplication.translate("CasePage", "{day}收到：{who}").format(day=date_cn(r.day), who=named(list(r.who)))
        for r in days.parties
    ]
    said += [
        QCoreApplication.translate("CasePage", "{day}知道：{who}（利害关系人）").format(
            day=date_cn(r.day), who=r.who[0]
        )
        for r in days.interested
    ]
    if days.waiting:
        who = named(list(days.waiting))
        said.append(QCoreApplication.translate("CasePage", "待登记：{who}").format(who=who))
    return "\n".join(said)


def _open(page: CasePage, title: str, spec: FormSpec, save: Callable[[Given], Changes]) -> None:
    if page.seen is None:
        return
    record = confirmation.latest(page.seen.case)
    shown: Values = {f"confirmation.{n}": v for n, v in record.values.items()} if record else {}
    FormDialog(page, page.desk, title=title, spec=spec, values=shown, save=save).open()
