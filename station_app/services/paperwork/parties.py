"""Parties and agents of a case as the values of papers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from station_app.domain import codes
from station_app.domain.case import APPLICANT, RESPONDENT, THIRD, Case, Party, text
from station_app.domain.idcard import age_on
from sync.contract.errors import KnownError
from sync.contract.fold import Record

Values = dict[str, object]

_KINDS: Final = {
    "": "person",
    "person": "person",
    "sole_trader": "trader",
    "branch": "branch",
    "organisation": "organisation",
    "unincorporated": "organisation",
}
_HEADS: Final = {"organisation": "法定代表人", "sole_trader": "经营者"}


def party_values(case: Case, *, in_annex: Collection[str], day: str) -> dict[str, list[Values]]:
    """Lists `parties`, `applicants`, `respondents`, `third_parties`; ages are those of `day`, so that a paper printed
    again on another day shows the same.
    """
    lists: dict[str, list[Values]] = {"applicants": [], "respondents": [], "third_parties": []}
    for role, name in ((APPLICANT, "applicants"), (RESPONDENT, "respondents"), (THIRD, "third_parties")):
        for no, party in enumerate(case.side(role), 1):
            lists[name].append(_party(party, no, in_annex=party.id in in_annex, day=day))
    return {"parties": [*lists["applicants"], *lists["respondents"], *lists["third_parties"]], **lists}


def party_value(party: Party, no: int, *, day: str) -> Values:
    """One party by itself, as the lists hold it."""
    return _party(party, no, in_annex=False, day=day)


def _party(party: Party, no: int, *, in_annex: bool, day: str) -> Values:
    kind, identity = text(party.record, "kind"), party.identity
    values: Values = {
        "no": no,
        "role": codes.label("party_roles", party.role),
        "kind": _KINDS.get(kind, "organisation"),
        "name": party.name,
        "phone": text(identity, "phone"),
        "address": text(identity, "address"),
        "in_annex": in_annex,
        "agents": [_agent(a) for a in party.agents if text(a, "kind") != "representative"],
    }
    values |= _person(identity, day) if values["kind"] == "person" else _organisation(identity, kind)
    return {name: value for name, value in values.items() if value not in (None, "")}


def _person(identity: Record | None, day: str) -> Values:
    id_kind, birth = text(identity, "id_kind"), text(identity, "birth")
    return {
        "sex": _label("sexes", text(identity, "sex")),
        "ethnic": _label("peoples", text(identity, "ethnic")),
        "birth": birth,
        "age": _age(birth, day),
        # the form says 公民身份号码 by itself; any other document is named
        "id_kind": "" if id_kind in ("", "resident") else codes.label("id_kinds", id_kind),
        "id_number": text(identity, "id_number"),
        "occupation": text(identity, "occupation"),
    }


def _organisation(identity: Record | None, kind: str) -> Values:
    return {
        "uscc": text(identity, "id_number"),
        "legal_rep": text(identity, "legal_rep"),
        "legal_rep_label": _HEADS.get(kind, "负责人"),
        "legal_rep_title": text(identity, "legal_rep_title"),
    }


def _agent(record: Record) -> Values:
    values: Values = {
        "name": text(record, "name"),
        "kind": _label("agent_kinds", text(record, "kind")),
        "authority": _label("authorities", text(record, "authority")),
        "id_number": text(record, "id_number"),
        "phone": text(record, "phone"),
    }
    return {name: value for name, value in values.items() if value}


def _label(name: str, code: str) -> str:
    return codes.label(name, code) if code else ""


def _age(birth: str, day: str) -> int | None:
    if not birth or not day:
        return None
    try:
        return age_on(date.fromisoformat(birth), date.fromisoformat(day))
    except (KnownError, ValueError):
        return None
