"""A case as the beginning of another: as a template, opened as a linked one of another service, or turned into it."""

from __future__ import annotations

from typing import Final

from station_app.domain import codes
from station_app.domain.case import APPLICANT, RESPONDENT, Case, Party, default_title, text
from station_app.domain.course import allowed
from station_app.services import cases
from station_app.services.cases import Intake, PartyInput, Values, guard_merged, matter
from station_app.services.changes import Changes
from station_app.services.intake import links, secrecy
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

_TEMPLATE: Final = ("service", "channel", "type", "labour", "place", "key_area")
_LINKED: Final = ("channel", "place", "secrecy")
_IDENTITY: Final = frozenset({"party", "id_override"})
TURNED: Final = "service.turned"
"""Question of the answer that keeps why a case was turned into another service."""


def template(station: Station, *, case: str) -> Intake:
    """复制为新登记: what the next matter at the same place has in common; no applicant, no sums, days or numbers."""
    view = station.case(case)
    facts = {name: text(view.facts, name) for name in ("summary", "request") if text(view.facts, name)}
    parties = [_party(p) for p in view.side(RESPONDENT)]
    return Intake({n: view.get(n) for n in _TEMPLATE if view.get(n)}, dict(facts), parties)


def open_linked(station: Station, *, case: str, service: str, summary: str, parties: bool = True) -> Changes:
    """另开关联诉求: a new appeal of another service about the same people, linked both ways.

    Who is hidden stays hidden. E-217 for no such service, E-216 without a summary, E-252 for a merged case.
    """
    view = station.case(case)
    guard_merged(view)
    service = codes.load("services").check(service)
    values: Values = {n: view.get(n) for n in _LINKED if view.get(n)} | {"service": service}
    people = [_party(p) for p in view.parties] if parties else []
    if parties and secrecy.is_hidden(view):
        people = secrecy.typed_again(view, people)
    elif not parties:
        values.pop("secrecy", None)
    given = Intake(values, {"summary": summary.strip() or None}, people, [(links.OPENED_FROM, case)])
    return cases.register(station, intake=given)


def turn(station: Station, *, case: str, service: str, reason: str) -> Changes:
    """转为其他服务: the case itself goes on as another service; why is kept with it.

    E-217 for no such service, E-259 where it is of it already, E-408 without a reason, E-401 once an agreement is
    signed, E-252 for a merged case, E-244 once mediation began or the case is closed.
    """
    view = station.case(case)
    cases.guard_sealed(view, {"agreement"})
    service = codes.load("services").check(service)
    if view.get("service") == service:
        raise KnownError("E-259", service=codes.label("services", service))
    allowed.guard(view, allowed.TURN)
    if not reason.strip():
        raise KnownError("E-408", step="edit")
    before = text(view.record, "service") or "mediation"
    values: Values = {"service": service, "type": None if service != "mediation" else view.get("type")}
    standing = _title(view, {"service": before, "type": view.get("type")})
    if text(view.record, "title") == standing:
        values["title"] = _title(view, values)
    told: Values = {"question": TURNED, "value": service, "text": reason.strip(), "by": station.user.person or None}
    with station.write("edit") as tx:
        tx.op("edit", "register", case=case).put(overwrite(view.record, values))
        tx.op("edit", "content", case=case).new("answer", {**told, "date": station.clock.today().isoformat()})
    return changes_of(tx, label="转为" + codes.label("services", service))


def _title(view: Case, values: Values) -> str:
    applicants, respondents = ([p.name for p in view.side(role)] for role in (APPLICANT, RESPONDENT))
    return default_title(applicants, respondents, matter(values))


def _party(party: Party) -> PartyInput:
    record: Values = {n: party.record.get(n) for n in ("role", "kind", "name") if party.record.get(n)}
    return PartyInput(record, _known(party.identity))


def _known(identity: Record | None) -> Values:
    values = identity.values if identity is not None else {}
    return {n: v for n, v in values.items() if n not in _IDENTITY and v not in (None, "")}
