"""Values of the mediation file's own papers, from the case.

What is not on record stays out and prints as a blank to be filled by hand; a paper of which nothing is on record yet is
printed once as an empty form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from station_app.domain import codes
from station_app.domain.agreement.facts import is_wage
from station_app.domain.case import NOT_SIGNED, Case, Party, names, number, text
from station_app.services.paperwork import dossier_contents, dossier_records, share_values
from station_app.services.paperwork.court_claims import claim_values
from station_app.services.paperwork.dossier_records import moment_cn, people_names, person_name, some
from station_app.services.station import Station
from sync.contract.fold import Record, State
from sync.contract.states import ACCEPTED, MEDIATING, REFUSED

Values = dict[str, object]

ORAL: Final = "oral"
SUPPLEMENT: Final = "supplement"
_SOUGHT: Final = frozenset("patrol outreach order".split())
_SPARE_LINES: Final = 3
_KINDS: Final = {"": "person", "person": "person", "sole_trader": "trader"}
_HEADS: Final = {"organisation": "法定代表人", "sole_trader": "经营者"}
_NO_POWER: Final = frozenset({"representative", "guardian"})
"""Agents who need no power of attorney: chosen by all in a paper of its own, or by law."""


def _mediated(view: Case) -> bool:
    return text(view.record, "service") in ("", "mediation") and bool(view.parties)


def _appointed(view: Case) -> bool:
    return _booking(view) is not None


def _has(kind: str) -> Callable[[Case], bool]:
    return lambda view: bool(view.kind(kind))


def _form(view: Case) -> str:
    return text(view.agreement, "form")


APPLIES: Final[Mapping[str, Callable[[Case], bool]]] = {
    "application": lambda v: _mediated(v) and text(v.record, "channel") not in _SOUGHT,
    "refusal_notice": lambda v: v.case_state == REFUSED,
    "identity_sheets": _mediated,
    "power_of_attorney": lambda v: bool(_powered(v)),
    "recusal": _has("recusal"),
    "reopening": _has("reopening"),
    "number_correction": lambda v: any(text(r, "place") == dossier_records.NUMBER_PLACE for r in v.kind("correction")),
    "invitation": lambda v: bool(text(_booking(v), "with")),
    "session_notice": _appointed,
    "attendance": _mediated,
    "inquiry": _has("inquiry"),
    "evidence_list": _has("evidence"),
    "evidence_pictures": lambda v: any(text(r, "blob") for r in v.kind("evidence")),
    "extension": lambda v: bool(v.kind("extension")) or (_mediated(v) and v.case_state in (ACCEPTED, MEDIATING)),
    "mediation_record": lambda v: _mediated(v) and v.case_state != REFUSED,
    "undisputed_facts": lambda v: any(text(s, "undisputed") for s in v.kind("session")),
    "oral_agreement": lambda v: not v.labour and _form(v) == ORAL,
    "supplement": lambda v: _form(v) == SUPPLEMENT,
    "receipt_slip": lambda v: bool(dossier_records.paid(v)) and not is_wage(v),
    "share_slip": share_values.wanted,
    "performance_reminder": lambda v: v.sealed and bool(claim_values(v).get("left")),
    "return_visit": _has("visit"),
    "mediation_advice": _has("advice"),
    "seal_register": _has("seal_use"),
    "dossier_cover": _mediated,
    "dossier_contents": _mediated,
    "dossier_note": _mediated,
    "dossier_back": _mediated,
}
"""Template -> whether a case has a use for it; one that is not named applies to every case."""


def build(station: Station, case: Case) -> Values:
    """The values, by the keys declared for these papers."""
    people = station.store.reference()
    booking = _booking(case)
    return {
        "dossier": _dossier(case, people),
        "refusal": _refusal(case),
        "id_sheets": [_id_sheet(p) for p in case.parties],
        "powers": [_power(case, a) for a in _powered(case)] or [{}],
        "meeting": _meeting(booking),
        "gathering": _gathering(case, booking),
        "notices": [some(name=p.name, role=_role(p)) for p in case.parties],
        "sign_in": _sign_in(case, people),
        "extension": _extension(case),
        "supplemented": _supplemented(case),
        **dossier_records.build(case, people),
        **share_values.build(case),
    }


# -- cover, notes, back ---------------------------------------------------------------------------------------------


def _dossier(case: Case, people: State) -> Values:
    found = case.kind("dossier")
    record = found[-1] if found else None
    days = [text(s, "from")[:10] for s in case.kind("session") if text(s, "from")]
    accepted = text(case.record, "accepted_at")[:10]
    ends = text(case.record, "resolved_at")[:10] or (max(days) if days else "")
    entries = dossier_contents.entries(case)
    shown = text(record, "number") or text(case.record, "number")
    return some(
        number=shown,
        year=number(record, "year") or (int(accepted[:4]) if accepted else None),
        title=text(record, "title") or text(case.record, "title"),
        mediators=_mediators(case, people),
        begins=min([d for d in (accepted, *days) if d], default=""),
        ends=ends,
        compiled_by=person_name(people, text(record, "compiled_by")),
        compiled_on=text(record, "compiled_on"),
        checked_by=person_name(people, text(record, "checked_by")),
        checked_on=text(record, "checked_on"),
        keep=text(record, "keep"),
        note=text(record, "note"),
        pages=sum(len(e.leaves) for e in entries) or None,
        contents=dossier_contents.rows(entries),
    )


def _mediators(case: Case, people: State) -> str:
    """Everybody who led a session, in the order they came; else who signed the agreement, or is named on the case."""
    led = [rec for s in case.kind("session") for rec in names(s, "mediators")]
    signed = [text(s, "person") for s in case.signed if text(s, "role") == "mediator"]
    return people_names(people, led or signed or [text(case.record, "mediator")])


def _refusal(case: Case) -> Values:
    if case.case_state != REFUSED:
        return {}
    return some(reason=text(case.record, "state_reason").strip(), on=text(case.record, "state_since")[:10])


# -- parties and agents ---------------------------------------------------------------------------------------------


def _role(party: Party) -> str:
    return codes.label("party_roles", party.role) if party.role else ""


def _id_sheet(party: Party) -> Values:
    kind = text(party.identity, "id_kind")
    usual = "公民身份号码" if party.is_person else "统一社会信用代码"
    named = kind not in ("", "resident", "uscc")
    return some(
        name=party.name,
        role=_role(party),
        id_kind=codes.label("id_kinds", kind) if named else usual,
        id_number=text(party.identity, "id_number"),
        person=party.is_person,
    )


def _powered(case: Case) -> list[Record]:
    """Agents who act under a power, each once, in the order of the parties."""
    agents = {a.id: a for p in case.parties for a in p.agents if text(a, "kind") not in _NO_POWER}
    return list(agents.values())


def _power(case: Case, agent: Record) -> Values:
    principals = [p for p in case.parties if p.id in names(agent, "parties")]
    authority, kind, scopes = text(agent, "authority"), text(agent, "kind"), " ".join(names(agent, "scope"))
    special = authority == "special"
    return some(
        principals=[_principal(p) for p in principals],
        principal_names="、".join(p.name for p in principals),
        agent=text(agent, "name"),
        kind=codes.label("agent_kinds", kind) if kind else "",
        id_number=text(agent, "id_number"),
        phone=text(agent, "phone"),
        general=authority == "general",
        special=special,
        admit=special and any(word in scopes for word in ("承认", "变更", "放弃")),
        settle=special and any(word in scopes for word in ("达成", "签署", "签订")),
        confirm=special and "司法确认" in scopes,
        begins=text(agent, "from"),
        ends=text(agent, "to"),
        **({kind: True} if kind in ("lawyer", "legal_worker", "relative", "staff", "recommended") else {}),
    )


def _principal(party: Party) -> Values:
    kind = text(party.record, "kind")
    return some(
        name=party.name,
        kind=_KINDS.get(kind, "organisation"),
        legal_rep_label=_HEADS.get(kind, "负责人"),
        role=_role(party),
    )


# -- meetings -------------------------------------------------------------------------------------------------------


def _booking(case: Case) -> Record | None:
    """The mediation that was last arranged."""
    found = [r for r in case.kind("booking") if text(r, "purpose") == "mediation"]
    return max(found, key=lambda r: text(r, "at"), default=None)


def _meeting(booking: Record | None) -> Values:
    shown = ("place", "with", "note")
    return some(at=moment_cn(text(booking, "at")), **{name: text(booking, name) for name in shown})


def _gathering(case: Case, booking: Record | None) -> Values:
    """Where people sign in: at the mediation arranged, or held, last."""
    held = max(case.kind("session"), key=lambda s: text(s, "from"), default=None)
    if held is None or text(held, "from") < text(booking, "at"):
        return some(at=moment_cn(text(booking, "at")), place=text(booking, "place"))
    return some(at=moment_cn(text(held, "from")), place=text(held, "place"))


def _sign_in(case: Case, people: State) -> list[Values]:
    """Parties, their agents, who leads and who writes, then a few empty lines."""
    rows: list[tuple[str, str]] = [(p.name, _role(p)) for p in case.parties]
    rows += [(text(a, "name"), "委托代理人") for a in _powered(case)]
    rows += [(person_name(people, text(case.record, "mediator")), "人民调解员")]
    rows += [(person_name(people, text(case.record, "recorder")), "记录人")]
    known = [(name, role) for name, role in rows if name]
    empty = [("", "")] * _SPARE_LINES
    return [some(no=no, name=name, role=role) for no, (name, role) in enumerate([*known, *empty], 1)]


# -- consents -------------------------------------------------------------------------------------------------------


def _extension(case: Case) -> Values:
    found = case.kind("extension")
    if not found:
        return {}
    return some(
        until=text(found[-1], "until"),
        agreed_on=text(found[-1], "agreed_on"),
        reason=text(found[-1], "reason").rstrip("。 "),
    )


def _supplemented(case: Case) -> Values:
    """The agreement a supplement adds to: the one before it that is no supplement itself."""
    current = case.agreement
    if current is None or text(current, "form") != SUPPLEMENT:
        return {}
    before = [a for a in case.kind("agreement") if a.id != current.id and text(a, "form") != SUPPLEMENT]
    if not before:
        return {}
    signed = [s for s in case.of_agreement("signature", before[-1]) if text(s, "manner") not in NOT_SIGNED]
    return some(
        number=text(before[-1], "number") or text(case.record, "number"),
        signed=max((text(s, "on") for s in signed), default=""),
    )
