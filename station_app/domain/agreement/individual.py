"""One agreement for each worker of a group: what it takes over from the group's own, and the case as it concerns him.

The rows of the group's agreement stay the truth: a worker's agreement has his share of each payment, and every promise
that is none. Respondents and third parties are parties of every one. It bears a further number of the case
(CONTRACT 7: -2, -3 …); the case number itself is the group's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, cast

from station_app.domain.agreement import terms as written
from station_app.domain.agreement.facts import is_wage
from station_app.domain.agreement.obligations import PAY, duty
from station_app.domain.case import APPLICANT, Case, Party, names, number, shares, text, together
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, State

Values = dict[str, Json]

MOST: Final = 998
"""Further numbers of one case: -2 to -999."""

_OWN: Final = frozenset({"agreement", "number", "state", "effective_on", "total", "copies", "parties"})
_SUMS: Final = (written.ACKNOWLEDGED, *range(written.PAYMENTS, written.DEFAULT))
_BY_PARTY: Final = frozenset({"identity", "wage", "visit", "contact", "service_address", "private_note", "complainant"})
_BY_AGREEMENT: Final = frozenset({"term", "obligation", "signature"})


@dataclass(slots=True)
class Share:
    """What one worker's agreement says: its own fields, its rows, its typed terms (slot, words)."""

    values: Values
    rows: list[Values] = field(default_factory=list)
    typed: list[tuple[int, str]] = field(default_factory=list)


def payees(case: Case) -> list[Party]:
    """The applicants whom the group's agreement pays something, in their order."""
    paid = {rec for row in case.obligations if duty(row).money for rec, fen in shares(row).items() if fen}
    return [p for p in case.side(APPLICANT) if p.id in paid]


def share_of(case: Case, party: Party) -> Share:
    """One worker's part of the group's agreement.

    E-340 (place) where a term about sums was typed over: its words would promise one worker the sums of all.
    """
    group = case.agreement
    if group is None:
        raise KnownError("E-223", what="调解协议")
    values: Values = {name: value for name, value in group.values.items() if name not in _OWN}
    if is_wage(case):
        values.pop("facts", None)  # written from his own row of the roster
    rows = [row for record in case.obligations if (row := _row(record, party.id)) is not None]
    values["total"] = sum(cast("int", row.get("amount") or 0) for row in rows if row.get("kind") == PAY)
    values["parties"] = [party.id, *(p.id for p in case.parties if p.role != APPLICANT)]
    typed = [(number(t, "order"), text(t, "text")) for t in case.terms if text(t, "source") != "generated"]
    for slot, words in typed:
        if slot in _SUMS:
            raise KnownError("E-340", words=words[:20])
    return Share({k: v for k, v in values.items() if v not in (None, "", [])}, rows, typed)


def _row(record: Record, party: str) -> Values | None:
    """A row as it concerns one payee; None where it does not."""
    read, given = duty(record), shares(record)
    if given and party not in given:
        return None
    values: Values = {k: v for k, v in record.values.items() if k not in ("agreement", "removed")}
    if not given:
        return values
    if read.money and not given[party]:
        return None
    values["shares"] = {party: given[party]}
    if read.money:
        values["amount"] = given[party]
    return values


def standing(case: Case, party: str) -> Record | None:
    """The agreement one worker has already."""
    found = [a for a in case.kind("agreement") if party in names(a, "parties")]
    return found[-1] if found else None


def narrowed(case: Case, agreement: Record, more: Iterable[Record] = ()) -> Case:
    """The case as one worker's agreement concerns it: its parties, its rows, its signatures, its papers.

    `more`: rows and terms that are just being written, in place of those that stand. Everything a group's paper is made
    with works on it unchanged.
    """
    keep, fresh = set(names(agreement, "parties")), list(more)
    records = {r.id: r for r in case.state.records.values() if _concerns(r, agreement.id, keep)}
    if fresh:
        records = {rec: r for rec, r in records.items() if r.kind not in ("term", "obligation")}
    records |= {r.id: r for r in (agreement, *fresh)}
    worker = next((r for r in records.values() if r.kind == "party" and text(r, "role") == APPLICANT), None)
    everybody = together([p.name for p in case.side(APPLICANT)])
    title = text(case.record, "title").replace(everybody, text(worker, "name"), 1)
    records[case.id] = case.record.seen_with({"title": title, "people": 1, "amount": agreement.get("total")})
    return Case(State(records, case.state.unreadable, case.state.excluded), case.id)


def _concerns(record: Record, agreement: str, keep: set[str]) -> bool:
    if record.kind == "party":
        return record.id in keep
    if record.kind in _BY_PARTY:
        return text(record, "party") in keep
    if record.kind == "agent":
        return bool(keep & set(names(record, "parties")))
    if record.kind == "agreement":
        return record.id == agreement
    if record.kind in _BY_AGREEMENT:
        return text(record, "agreement") == agreement
    if record.kind == "paper":
        return text(record, "agreement") == agreement or text(record, "template") != "agreement"
    return True
