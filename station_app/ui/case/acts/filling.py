"""What is written down of a case: its facts, the will to mediate, the parties, the sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Party
from station_app.services import cases, sessions
from station_app.services.cases import PartyInput, Values
from station_app.services.changes import Changes
from station_app.ui.case import specs
from station_app.ui.case.acts.doing import Read, given
from station_app.ui.case.dialog import FormDialog
from sync.contract.fold import Record

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage


def edit_case(page: CasePage) -> None:
    """Title, kind, place, sum and facts."""
    if page.seen is None:
        return
    view, station, rec = page.seen.case, page.station, page.rec
    shown: Values = {f"case.{k}": v for k, v in view.record.values.items()}
    if view.facts is not None:
        shown |= {f"facts.{k}": v for k, v in view.facts.values.items()}
    facts = view.facts.id if view.facts else ""

    def save(values: Read) -> Changes:
        changed: dict[str, Values] = {rec: values["case"]}
        if facts:
            changed[facts] = values["facts"]
        return cases.edit(
            station, case=rec, values=changed, label=QCoreApplication.translate("CasePage", "修改基本情况")
        )

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "修改基本情况"),
        spec=specs.case_form(),
        values=shown,
        save=save,
    ).open()


def consent(page: CasePage) -> None:
    """征求意见."""
    if page.seen is None:
        return
    station, rec, record = page.station, page.rec, page.seen.case.record
    shown: Values = {f"case.{n}": record.get(n) for n in ("consent_applicant", "consent_respondent")}

    def save(values: Read) -> Changes:
        given = values["case"]
        sides = [str(given.get(n) or "") for n in ("consent_applicant", "consent_respondent")]
        return sessions.consent(station, case=rec, applicant=sides[0], respondent=sides[1])

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "征求意见"),
        spec=specs.CONSENT,
        values=shown,
        save=save,
    ).open()


def add_party(page: CasePage) -> None:
    """One more party."""
    station, rec = page.station, page.rec

    def save(values: Read) -> Changes:
        identity = given(values["identity"])
        return cases.add_party(station, case=rec, given=PartyInput(values["party"], identity))

    shown: Values = {"party.role": "applicant", "party.kind": "person"}
    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "添加当事人"),
        spec=specs.PARTY,
        values=shown,
        save=save,
    ).open()


def edit_party(page: CasePage, party: Party) -> None:
    """What is known of a party."""
    station, rec = page.station, page.rec
    shown: Values = {f"party.{k}": v for k, v in party.record.values.items()}
    if party.identity is not None:
        shown |= {f"identity.{k}": v for k, v in party.identity.values.items()}

    def save(values: Read) -> Changes:
        changed: dict[str, Values] = {party.id: values["party"]}
        if party.identity is not None:
            changed[party.identity.id] = values["identity"]
            return cases.edit(
                station, case=rec, values=changed, label=QCoreApplication.translate("CasePage", "修改当事人")
            )
        known = given(values["identity"])
        made = cases.edit(station, case=rec, values=changed, label=QCoreApplication.translate("CasePage", "修改当事人"))
        if known:
            made = made.also(cases.add(station, case=rec, kind="identity", values={"party": party.id, **known}))
        return made

    FormDialog(page, page.desk, title=party.name, spec=specs.PARTY, values=shown, save=save).open()


def add_session(page: CasePage) -> None:
    """调解记录, with the notes of each side alone."""
    from station_app.ui.case.session_dialog import SessionDialog

    if page.seen is not None:
        SessionDialog(page).open()


def edit_session(page: CasePage, record: Record) -> None:
    """Correct a session on record."""
    station, rec = page.station, page.rec
    shown: Values = {f"session.{k}": v for k, v in record.values.items()}

    def save(values: Read) -> Changes:
        return sessions.edit(station, case=rec, session=record.id, values=values["session"])

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "调解记录"),
        spec=specs.SESSION,
        values=shown,
        save=save,
    ).open()
