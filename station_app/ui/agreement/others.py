"""其他履行事项: promises that are no payment, beside the payments of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.services import agreements
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station
from station_app.ui.agreement.specs import OTHER
from station_app.ui.case.dialog import FormDialog
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage


def line(given: Values, names: dict[str, str]) -> Line:
    """One promise as a line."""
    payers = given.get("payers")
    who = "、".join(names.get(str(p), "") for p in payers) if isinstance(payers, list) else ""
    return Line(f"{who}　{given.get('what') or ''}", str(given.get("due") or ""))


def add(page: AgreementPage) -> None:
    """Ask for one more promise."""
    if page.seen is None:
        return
    station, rec, view = page.station, page.rec, page.seen.case
    title = QCoreApplication.translate("AgreementPage", "其他履行事项")
    dialog = FormDialog(
        page, page.desk, title=title, spec=OTHER, values={}, save=lambda given: _store(station, rec, given)
    )
    dialog.form.set_choices("obligation.payers", [(p.id, p.name) for p in view.parties])
    dialog.open()


def _store(station: Station, rec: str, values: dict[str, dict[str, Json]]) -> Changes:
    """In the write lane: the promise joins the rows of the agreement."""
    view = station.case(rec)
    given: Values = {k: v for k, v in values["obligation"].items() if v}
    payers = given.get("payers")
    mine = set(payers) if isinstance(payers, list) else set()
    given["shares"] = {p.id: 0 for p in view.parties if p.id not in mine and p.role != "third"}
    if view.agreement is None:
        return agreements.make(station, case=rec, rows=[given])
    standing: list[Values] = [{**o.values, "rec": o.id} for o in view.obligations]
    return agreements.set_obligations(station, case=rec, rows=[*standing, given])
