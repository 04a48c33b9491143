"""From a case to the values of papers: the only bridge between the facts and the paper engine.

What papers can show is declared in `documents.context_keys`. Nothing here depends on the day of printing, so that the
same facts give the same values.
"""

from __future__ import annotations

from typing import Final

from station_app.domain import codes
from station_app.domain.agreement.copies import copies, court_copy
from station_app.domain.agreement.facts import facts_text, is_wage, wage_period
from station_app.domain.agreement.obligations import duties
from station_app.domain.agreement.summary import summary
from station_app.domain.agreement.words import People
from station_app.domain.case import APPLICANT, RESPONDENT, THIRD, Case, effective_date, number, text
from station_app.domain.clocks.limits import limits
from station_app.domain.dates import date_cn
from station_app.services.court import facts_of
from station_app.services.paperwork import court_values, dossier_values, service_values
from station_app.services.paperwork.parties import party_values
from station_app.services.paperwork.tables import in_annex, matrix_values, obligation_values
from station_app.services.station import Station
from sync.contract.fold import Record, State

Values = dict[str, object]

_APPLIED: Final = frozenset("visit phone online qr letter hotline".split())
_SOUGHT: Final = frozenset("patrol outreach order".split())
_DAYS: Final = 30  # 深圳条例 25: mediation ends within thirty days where nothing else is agreed
_READ_ALOUD: Final = frozenset({"aloud", "interpreted"})
_LIMITS: Final = {"labour": "arbitration_by", "civil": "suit_by"}
"""Clocks of limitation printed on the notice: the earlier day, before rest days move it."""
_END_FLAGS: Final = {
    "failed": "differences",
    "withdrawn": "withdrawn",
    "refused": "refused",
    "expired": "expired",
    "collusion": "collusion",
    "unreachable": "other",
    "concealment": "other",
    "other": "other",
}


def build(station: Station, case: Case, *, paper_number: str, agreement_number: str) -> Values:
    """Everything a paper of this case can show. Numbers are given by who issues: they may just have been drawn."""
    reference = station.store.reference()
    day = text(case.record, "accepted_at")[:10] or text(case.record, "registered_at")[:10]
    values: Values = {
        "paper": _some(number=paper_number),
        "case": _case(case),
        "committee": _committee(station, reference),
        "station": _some(name=station.store.setting("station.name")),
        "court": _some(name=_court(station, case)),
        "mediator": _mediator(case, reference),
        "recorder": _some(name=_name(reference, text(case.record, "recorder"))),
        "registrar": _some(name=_name(reference, text(case.record, "recorder"))),
        **party_values(case, in_annex=in_annex(case), day=day),
        "obligations": obligation_values(case),
        "matrix": matrix_values(case, paper_number=agreement_number),
        "notice": _some(days=_DAYS, start=text(case.record, "accepted_at")[:10]),
        "representation": _representation(case),
        "confirmation": _confirmation(station, case),
        "termination": _termination(station, case),
        "receipt": _receipt(station, case),
    }
    if case.agreement is not None:
        values["agreement"] = _agreement(station, case, agreement_number)
    for part in (dossier_values, court_values, service_values):
        values.update(part.build(station, case))
    return values


def _some(**values: object) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _name(reference: State, rec: str) -> str:
    return text(reference.records.get(rec), "name")


def _case(case: Case) -> Values:
    channel, consent = text(case.record, "channel"), text(case.record, "consent_respondent")
    type_ = codes.label("dispute_types", text(case.record, "type")) if text(case.record, "type") else ""
    sides = [s for s in (case.shown(APPLICANT), _names(case, RESPONDENT), _names(case, THIRD)) if s]
    request = text(case.facts, "request")
    return _some(
        title=text(case.record, "title"),
        type=type_,
        matter=type_.removesuffix("纠纷") or text(case.facts, "summary"),
        source=codes.label("channels", channel) if channel else "",
        facts=text(case.facts, "story") or text(case.facts, "summary"),
        requests=[line.strip() for line in request.splitlines() if line.strip()],
        applicants=case.shown(APPLICANT),
        respondents=_names(case, RESPONDENT),
        parties="与".join(sides),
        place=text(case.record, "place"),
        project=text(case.record, "place"),
        applied=text(case.record, "registered_at")[:10],
        accepted=text(case.record, "accepted_at")[:10],
        people=number(case.record, "people") or None,
        amount=case.get("amount"),
        labour=case.labour,
        by_application=True if channel in _APPLIED else False if channel in _SOUGHT else None,
        respondent_agrees=consent == "agreed",
        respondent_refuses=consent == "refused",
        respondent_unreached=consent == "pending",
    )


def _names(case: Case, role: str) -> str:
    """Respondents and third parties are always named in full."""
    return "、".join(p.name for p in case.side(role))


def _committee(station: Station, reference: State) -> Values:
    record = reference.records.get(station.store.setting("committee.rec"))
    return _some(
        full=text(record, "name") or station.store.setting("committee.name"),
        short=text(record, "short") or station.store.setting("committee.short"),
        address=text(record, "address"),
        phone=text(record, "phone"),
    )


def _court(station: Station, case: Case) -> str:
    return text(case.agreement, "court") or text(case.record, "court") or station.store.setting("committee.court")


def _mediator(case: Case, reference: State) -> Values:
    """Who signed as mediator, else who is named on the case, else who led the last session."""
    signed = [text(s, "person") for s in case.signed if text(s, "role") == "mediator"]
    sessions = [rec for s in case.kind("session") for rec in _recs(s)]
    found = [rec for rec in (*signed, text(case.record, "mediator"), *reversed(sessions)) if rec]
    person = reference.records.get(found[0]) if found else None
    return _some(name=text(person, "name"), appointment=text(person, "appointment"))


def _recs(session: Record) -> list[str]:
    value = session.get("mediators")
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _agreement(station: Station, case: Case, agreement_number: str) -> Values:
    read, effective = text(case.agreement, "read_mode"), effective_date(case)
    return _some(
        number=agreement_number,
        facts=facts_text(case),
        terms=[text(t, "text") for t in case.terms],
        copies=copies(case),
        court_copy=court_copy(case),
        read_aloud=read in _READ_ALOUD,
        read_by_self=read == "self",
        signed=text(case.record, "resolved_at")[:10] or effective,
        effective=effective,
        total=number(case.agreement, "total") or None,
        place=station.store.setting("station.name"),
        summary=summary(case),
    )


def _representation(case: Case) -> Values:
    agents = {r.id: r for p in case.parties for r in p.agents if text(r, "kind") == "representative"}
    people = [_some(name=text(r, "name"), phone=text(r, "phone")) for r in agents.values()]
    if not people:
        return {}
    opponent = _names(case, RESPONDENT)
    return _some(count=len(case.side(APPLICANT)), opponent=opponent, representatives=people)


def _confirmation(station: Station, case: Case) -> Values:
    total = number(case.agreement, "total")
    done = sum(case.performed(o) for o in case.obligations)
    other = text(case.facts, "other_proceedings").strip("。 ")
    none = other in ("无", "没有")
    return _some(
        court_of_committee=_court(station, case) == station.store.setting("committee.court"),
        unperformed=done == 0,
        performed=done > 0,
        performed_amount=done or None,
        remaining_amount=max(0, total - done) if done else None,
        no_other_case=none,
        other_case=bool(other) and not none,
        other_case_note="" if none else other,
    )


def _termination(station: Station, case: Case) -> Values:
    """Reasons and further ways of a mediation that ended; what only an authority can say stays blank."""
    sessions = [text(s, "from")[:10] for s in case.kind("session") if text(s, "from")]
    label, _, note = text(case.record, "state_reason").partition("：")
    code = codes.load("end_reasons").find(label) or ("other" if label else "")
    flag = _END_FLAGS.get(code, "")
    values = _some(
        sessions=sessions,
        session_count=len(sessions) or None,
        other_note=(note if code == "other" and note else text(case.record, "state_reason")) if flag == "other" else "",
        to_arbitration=case.labour,
        to_labour_office=case.labour and is_wage(case),
        to_court=not case.labour,
        to_legal_aid=case.labour,
        undisputed=next((text(s, "undisputed") for s in reversed(case.kind("session")) if text(s, "undisputed")), ""),
    )
    if flag:
        values[flag] = True
    # a last day is printed only where a person confirmed the day the limitation runs from
    for clock in limits(facts_of(station, case)):
        name = _LIMITS.get(clock.code)
        if name and clock.shift is not None:
            values[name] = clock.shift.raw.isoformat()
    return values


def _receipt(station: Station, case: Case) -> Values:
    """工资发放签收表: who paid out, when and how, by the first payment on record, else as agreed."""
    rows = [d for d in duties(case) if d.money]
    paid = [r for r in case.kind("performance") if text(r, "outcome") != "failed"]
    if not rows:
        return {}
    method = (text(paid[0], "manner") if paid else "") or rows[0].method
    first, last = wage_period(case)
    return _some(
        payer=People(case).names(rows[0].payers),
        date=(text(paid[0], "on") if paid else "") or rows[0].due or text(case.record, "resolved_at")[:10],
        method=codes.label("pay_methods", method) if method else "",
        period=f"{date_cn(first)}至{date_cn(last)}" if first and last else "",
        place=station.store.setting("station.name"),
    )
