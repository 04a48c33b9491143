"""Values of the papers for courts and arbitration, from the case.

What is not on record stays out and prints as a blank to be filled by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from station_app.domain import codes
from station_app.domain.agreement.facts import is_wage, wage_period
from station_app.domain.agreement.obligations import duties
from station_app.domain.case import APPLICANT, Case, Party, effective_date, number, text
from station_app.domain.dates import as_date, confirmation_deadline, date_cn
from station_app.domain.rules import load_rules
from station_app.services.paperwork.court_claims import claim_values
from station_app.services.paperwork.court_signings import signings
from station_app.services.paperwork.parties import party_value
from station_app.services.station import Station
from sync.contract.fold import Record, State
from sync.contract.states import ENDED

Values = dict[str, object]

_HEADS: Final = {"organisation": "法定代表人", "sole_trader": "经营者"}


def _confirmable(view: Case) -> bool:
    return view.agreement is not None and text(view.agreement, "confirm") != "not"


def _unpaid(view: Case) -> bool:
    return bool(effective_date(view)) and bool(claim_values(view).get("left"))


def _mediated(view: Case) -> bool:
    return text(view.record, "service") in ("", "mediation") and bool(view.parties)


def _aided(view: Case) -> bool:
    return view.labour or view.case_state == ENDED or any(r.get("aid") for r in view.kind("consultation"))


def _ruled(view: Case) -> bool:
    return any(text(r, "result") == "valid" for r in view.kind("confirmation"))


APPLIES: Final[Mapping[str, Callable[[Case], bool]]] = {
    "mediation_certificate": _confirmable,
    "court_materials": _confirmable,
    "commitment": _confirmable,
    "court_attendance": _confirmable,
    "delivery_address": _mediated,
    "legal_rep_certificate": lambda v: any(not p.is_person for p in v.parties),
    "labour_arbitration": lambda v: v.labour and (v.case_state == ENDED or _unpaid(v)),
    "payment_order": _unpaid,
    "legal_aid": _aided,
    "enforcement": lambda v: _ruled(v) and bool(claim_values(v).get("left")),
}
"""Template -> whether a case has a use for it; one that is not named applies to every case."""


def build(station: Station, case: Case) -> Values:
    """The values, by the keys declared for these papers."""
    day = text(case.record, "accepted_at")[:10] or text(case.record, "registered_at")[:10]
    parties = case.parties
    workers = [p for p in parties if p.role == APPLICANT]
    values: Values = {
        "court_style": _style(),
        "deliveries": _deliveries(case, parties),
        "organisations": [_organisation(p) for p in parties if not p.is_person],
        "attendees": [_attendee(no, p) for no, p in enumerate(parties, 1)],
        "attendance": _attendance(case),
        "exhibits": [_exhibit(no, r) for no, r in enumerate(case.kind("evidence"), 1)],
        "arbitration": _arbitration(case, workers, day),
        "aid_applicants": [_aid_applicant(p, day) for p in workers if p.is_person],
        "ruling": _ruling(case),
    }
    if case.agreement is not None:
        money = [d for d in duties(case) if d.money]
        values["certificate"] = _certificate(station, case, parties)
        values["materials"] = _materials(case, parties)
        values["claim"] = claim_values(case)
        values["creditors"] = _of(parties, {p for d in money for p in d.shares}, day)
        values["debtors"] = _of(parties, {p for d in money for p in d.payers}, day)
    return values


def some(**values: object) -> Values:
    """The values that are known; a sum of nothing and a no are known."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _style() -> Values:
    """What the court in whose district the rules are set calls the other side and the prayer."""
    rules = load_rules()
    return {
        "respondent": rules.setting("court.other_side").value == "被申请人",
        "claims": rules.setting("court.claims_heading").value == "诉讼请求",
    }


def _of(parties: Sequence[Party], recs: set[str], day: str) -> list[Values]:
    return [party_value(p, no, day=day) for no, p in enumerate((p for p in parties if p.id in recs), 1)]


# -- the certificate ------------------------------------------------------------------------------------------------


def _certificate(station: Station, case: Case, parties: Sequence[Party]) -> Values:
    store = station.store
    reference = store.reference()
    mediator = _mediator(case, reference)
    effective = effective_date(case)
    rest_days = load_rules().rest_days
    last = confirmation_deadline(as_date(effective), rest_days=rest_days).shifted.isoformat() if effective else ""
    sessions = case.kind("session")
    chosen = any(text(s, "chosen_by") == "chosen" for s in sessions)
    places = [text(s, "place") for s in sessions if text(s, "place")]
    contact = reference.records.get(text(case.record, "recorder")) or mediator
    committee = reference.records.get(store.setting("committee.rec"))
    return some(
        chosen=chosen,
        mediator=text(mediator, "name"),
        appointment=text(mediator, "appointment"),
        begins=text(mediator, "appointed_from"),
        ends=text(mediator, "appointed_to"),
        place=places[-1] if places else store.setting("station.name"),
        last_day=last,
        founder=store.setting("committee.founder"),
        filed_with=store.setting("committee.filed_with"),
        genuine=_answer(case, "voluntary") == "yes" and _answer(case, "genuine") == "yes",
        signings=signings(case, parties, committee=text(committee, "name"), people=reference),
        contact=text(contact, "name"),
        phone=text(contact, "phone") or text(committee, "phone"),
    )


def _mediator(case: Case, reference: State) -> Record | None:
    """Who signed as mediator, else who is named on the case."""
    signed = [text(s, "person") for s in case.signed if text(s, "role") == "mediator"]
    rec = next((r for r in (*signed, text(case.record, "mediator")) if r), "")
    return reference.records.get(rec)


def _answer(case: Case, question: str) -> str:
    found = [r for r in case.kind("answer") if text(r, "question") == question]
    return text(found[-1], "value") if found else ""


# -- lists ----------------------------------------------------------------------------------------------------------

_PAPERS: Final = (
    ("confirmation_application", "司法确认申请书"),
    ("agreement", "人民调解协议书"),
    ("mediation_certificate", "主持调解证明"),
    ("identity_sheets", "当事人身份证明、主体资格证明"),
    ("legal_rep_certificate", "法定代表人（负责人）身份证明书"),
    ("power_of_attorney", "授权委托书和代理人身份证明"),
    ("", "证据材料"),
    ("mediation_record", "人民调解记录"),
    ("delivery_address", "送达地址确认书"),
    ("rights_notice", "人民调解当事人权利义务告知书"),
    ("commitment", "申请司法确认承诺书"),
    ("court_attendance", "司法确认到场人员和联系方式表"),
)
_COPIES: Final = frozenset({"当事人身份证明、主体资格证明"})


def _materials(case: Case, parties: Sequence[Party]) -> list[Values]:
    """What goes to the court, in the order it is handed in (民诉解释 354); pages of papers that are issued."""
    names = [(t, n) for t, n in _PAPERS if _wanted(parties, t, n)]
    rows: list[Values] = []
    for template, name in names:
        paper = case.paper(template) if template else None
        if name == "证据材料":
            rows += _evidence_rows(case, len(rows))
            continue
        form = "复印件" if name in _COPIES else "原件"
        note = "按法院要求" if template == "commitment" else ""
        rows.append(some(no=len(rows) + 1, name=name, pages=number(paper, "pages") or None, form=form, note=note))
    return rows


def _wanted(parties: Sequence[Party], template: str, name: str) -> bool:
    if template == "legal_rep_certificate":
        return any(not p.is_person for p in parties)
    if name.startswith("授权委托书"):
        return any(p.agents for p in parties)
    return True


def _evidence_rows(case: Case, before: int) -> list[Values]:
    found = case.kind("evidence")
    if not found:
        proof = "工资结算单、考勤、欠条等债权证明" if is_wage(case) else "与协议有关的财产权利证明"
        return [{"no": before + 1, "name": proof}]
    return [
        some(
            no=before + no,
            name=f"证据：{text(r, 'name')}",
            pages=number(r, "pages") or None,
            form=_form(r),
        )
        for no, r in enumerate(found, 1)
    ]


def _form(record: Record) -> str:
    code = text(record, "original")
    return "" if not code else "原件" if code == "original" else codes.label("original_kinds", code).partition("（")[0]


def _exhibit(no: int, record: Record) -> Values:
    return some(
        no=no,
        name=text(record, "name"),
        source=text(record, "source"),
        form=_form(record),
        proves=text(record, "proves"),
    )


def _deliveries(case: Case, parties: Sequence[Party]) -> list[Values]:
    confirmed = {text(r, "party"): r for r in case.kind("service_address")}
    agreement = case.agreement
    agreed = bool(agreement and agreement.get("served_address"))
    return [_delivery(p, confirmed.get(p.id), agreed=agreed) for p in parties]


def _delivery(party: Party, record: Record | None, *, agreed: bool) -> Values:
    """From the address confirmed for service; else the phone, and the address where the agreement says so."""
    home = text(party.identity, "address")
    electronic = record.get("electronic") if record else None
    return some(
        name=party.name,
        role=codes.label("party_roles", party.role),
        kind="person" if party.is_person else "organisation",
        legal_rep_label=_HEADS.get(text(party.record, "kind"), "负责人"),
        address=text(record, "address") or (home if agreed else ""),
        postcode=text(record, "postcode"),
        receiver=text(record, "receiver"),
        phone=text(record, "phone") or text(party.identity, "phone"),
        backup=text(record, "backup"),
        electronic=electronic is True,
        paper_only=electronic is False,
        e_address=text(record, "e_address"),
        home=home,
    )


def _organisation(party: Party) -> Values:
    identity = party.identity
    return some(
        name=party.name,
        role=codes.label("party_roles", party.role),
        kind="organisation",
        uscc=text(identity, "id_number"),
        address=text(identity, "address"),
        phone=text(identity, "phone"),
        head=text(identity, "legal_rep"),
        head_label=_HEADS.get(text(party.record, "kind"), "负责人"),
        head_title=text(identity, "legal_rep_title"),
        head_id=text(identity, "legal_rep_id"),
    )


def _attendee(no: int, party: Party) -> Values:
    """Who comes for a party is only known where it is a person without an agent."""
    agents = [text(a, "name") for a in party.agents if text(a, "kind") != "representative"]
    own = "本人" if party.is_person else ""
    phones = [text(party.identity, "phone"), *(text(a, "phone") for a in party.agents)]
    return some(
        no=no,
        name=party.name,
        role=codes.label("party_roles", party.role),
        who=f"代理人{'、'.join(agents)}" if agents else own,
        phone=next((p for p in phones if p), ""),
    )


def _attendance(case: Case) -> Values:
    how = _answer(case, "attendance")
    return {"video": how == "video", "onsite": how == "onsite"}


# -- when mediation fails -------------------------------------------------------------------------------------------


def _arbitration(case: Case, workers: Sequence[Party], day: str) -> Values:
    """Workers with what each is owed."""
    if not case.labour:
        return {}
    first, last = wage_period(case)
    owed = [number(p.wage, "owed") for p in workers]
    return some(
        workers=[_worker(no, p, day) for no, p in enumerate(workers, 1)],
        period=f"{date_cn(first)}至{date_cn(last)}" if first and last and all(owed) else "",
        amount=sum(owed) or None,
    )


def _worker(no: int, party: Party, day: str) -> Values:
    value = party_value(party, no, day=day)
    shown: Sequence[str] = ("no", "name", "sex", "age", "id_number", "address", "phone")
    return some(
        **{name: value.get(name) for name in shown},
        work=text(party.wage, "work") or value.get("occupation"),
        owed=number(party.wage, "owed") or None,
    )


def _aid_applicant(party: Party, day: str) -> Values:
    value = party_value(party, 1, day=day)
    shown = ("name", "sex", "ethnic", "birth", "id_number", "address", "phone")
    return some(**{name: value.get(name) for name in shown}, owed=number(party.wage, "owed") or None)


def _ruling(case: Case) -> Values:
    found = [r for r in case.kind("confirmation") if text(r, "result") == "valid"]
    if not found:
        return {}
    return some(court=text(found[-1], "court"), number=text(found[-1], "ruling_no"), on=text(found[-1], "ruled_on"))
