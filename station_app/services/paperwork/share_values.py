"""个人款项明细单: what one person is to get of an agreement for many, for each of them a page of his own."""

from __future__ import annotations

from station_app.domain.agreement import individual
from station_app.domain.agreement.facts import is_wage
from station_app.domain.agreement.obligations import Duty, duties
from station_app.domain.agreement.words import People
from station_app.domain.case import Case, Party, text
from station_app.domain.idcard import mask
from station_app.services.paperwork.dossier_records import some

Values = dict[str, object]


def payees(case: Case) -> list[str]:
    """Record ids of who is paid, in the order of the pages: as the parties stand in the case."""
    paid = {party for duty in _money(case) for party, fen in duty.shares.items() if fen}
    return [p.id for p in case.parties if p.id in paid]


def wanted(case: Case) -> bool:
    """True where an agreement pays more than one: a sole payee reads his sum in the agreement itself."""
    return case.agreement is not None and len(payees(case)) > 1


def build(case: Case) -> Values:
    """`shares`: the pages; [] where no agreement pays several."""
    if not wanted(case):
        return {"shares": []}
    group = individual.Group(case) if case.individual else None
    people = {p.id: p for p in case.parties}
    return {"shares": [_share(case, people[rec], group) for rec in payees(case)]}


def _share(case: Case, party: Party, group: individual.Group | None) -> Values:
    own = group.standing(party.id) if group is not None else None
    mine = [duty for duty in _money(case) if duty.shares.get(party.id)]
    names, identity = People(case), party.identity
    payers = dict.fromkeys(names.names(duty.payers) for duty in mine)
    rows = [
        some(no=no, due=duty.due, when=duty.due_words.removeprefix("于") if not duty.due else "",
             amount=duty.shares[party.id])
        for no, duty in enumerate(mine, 1)
    ]  # fmt: skip
    account = " ".join(t for t in (text(identity, "bank"), text(identity, "account")) if t)
    return some(
        name=party.name,
        id_number=mask(text(identity, "id_number")) if text(identity, "id_number") else "",
        number=text(own, "number") or text(case.agreement, "number") or text(case.record, "number"),
        payer="、".join(payers),
        what=next((duty.what for duty in mine if duty.what), "工资" if is_wage(case) else ""),
        account=account,
        holder=text(identity, "account_holder") or (party.name if account else ""),
        rows=rows,
        total=sum(duty.shares[party.id] for duty in mine),
    )


def _money(case: Case) -> list[Duty]:
    return [duty for duty in duties(case) if duty.money]
