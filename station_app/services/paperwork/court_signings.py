"""Who signed an agreement, how and when, as a court wants it certified: many who signed alike stand in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.domain import codes
from station_app.domain.case import Case, Party, text, together
from sync.contract.fold import Record, State

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Act:
    """One signing; those with the same `role`, `manner` and `on` are told together."""

    who: str
    role: str
    manner: str
    on: str
    joins: bool


def signings(case: Case, parties: Sequence[Party], *, committee: str, people: State) -> list[Values]:
    """Rows in the order parties, mediator, committee; what nobody recorded has no row."""
    signed = case.signed
    acts = [_of_party(p, s) for p in parties for s in _own(signed, p)]
    for record in signed:
        role = text(record, "role")
        if role == "mediator":
            name = text(people.records.get(text(record, "person")), "name") or text(record, "name")
            acts.append(_Act(name, "人民调解员", _manner(record), text(record, "on"), joins=False))
        elif role == "committee":
            acts.append(_Act(committee, "人民调解委员会", _manner(record), text(record, "on"), joins=False))
    return [_row(group) for group in _grouped(acts)]


def _own(signed: Sequence[Record], party: Party) -> list[Record]:
    roles = ("party", "agent", "guardian")
    return [s for s in signed if text(s, "party") == party.id and text(s, "role") in roles]


def _of_party(party: Party, record: Record) -> _Act:
    role, who = text(record, "role"), party.name
    if role != "party" and text(record, "name"):
        who = f"{who}（{codes.label('signer_roles', role)}{text(record, 'name')}）"
    joins = party.is_person and role == "party"
    return _Act(who, codes.label("party_roles", party.role), _manner(record), text(record, "on"), joins)


def _manner(record: Record) -> str:
    manner = codes.label("signature_manners", text(record, "manner"))
    seal = text(record, "seal")
    return f"{manner}（{codes.label('seal_kinds', seal)}）" if seal and seal != "committee" else manner


def _grouped(acts: list[_Act]) -> list[list[_Act]]:
    groups: list[list[_Act]] = []
    for act in acts:
        like = next((g for g in groups if act.joins and _alike(g[0], act)), None)
        if like is None:
            groups.append([act])
        else:
            like.append(act)
    return groups


def _alike(a: _Act, b: _Act) -> bool:
    return a.joins and (a.role, a.manner, a.on) == (b.role, b.manner, b.on)


def _row(group: list[_Act]) -> Values:
    first = group[0]
    values: Values = {"who": together([a.who for a in group]), "role": first.role, "manner": first.manner}
    if first.on:
        values["on"] = first.on
    return values
