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
from station_app.domain.agreement.obligations import PAY, Duty, duty
from station_app.domain.case import APPLICANT, Case, effective_date, names, number, text, together
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


class Group:
    """A case of many workers, read once for all of them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.parties = case.parties
        self.rows = [(record, duty(record)) for record in case.obligations]
        paid = {rec for _, row in self.rows if row.money for rec, fen in row.shares.items() if fen}
        applicants = [p for p in self.parties if p.role == APPLICANT]
        self.workers = {p.id: p for p in applicants if p.id in paid}
        """The applicants whom the group's agreement pays something, in their order."""
        self._others = [p.id for p in self.parties if p.role != APPLICANT]
        self._everybody = together([p.name for p in applicants])
        self._wage = is_wage(case)
        self._typed = [(number(t, "order"), text(t, "text")) for t in case.terms if text(t, "source") != "generated"]
        self._agreements = {rec: a for a in case.individual for rec in names(a, "parties") if rec in self.workers}
        self._common: list[Record] = []
        self._bound: dict[str, list[Record]] = {}
        for record in case.state.records.values():
            self._sort(record)

    def _sort(self, record: Record) -> None:
        """Put a record with the party or the agreement it belongs to, or with those that concern everybody."""
        if record.kind == "agreement":
            return
        owners = _owners(record)
        if owners is None:
            self._common.append(record)
        for owner in owners or ():
            self._bound.setdefault(owner, []).append(record)

    def standing(self, worker: str) -> Record | None:
        """The agreement one worker has already."""
        return self._agreements.get(worker)

    def share_of(self, worker: str) -> Share:
        """One worker's part of the group's agreement.

        E-340 (words) where a term about sums was typed over: it would promise one worker the sums of all.
        """
        group = self.case.agreement
        if group is None:
            raise KnownError("E-223", what="调解协议")
        values: Values = {name: value for name, value in group.values.items() if name not in _OWN}
        if self._wage:
            values.pop("facts", None)  # written from his own row of the roster
        rows = [row for record, read in self.rows if (row := _row(record, read, worker)) is not None]
        values["total"] = sum(cast("int", row.get("amount") or 0) for row in rows if row.get("kind") == PAY)
        values["parties"] = cast("Json", [worker, *self._others])
        for slot, words in self._typed:
            if slot in _SUMS:
                raise KnownError("E-340", words=words[:20])
        return Share({k: v for k, v in values.items() if v not in (None, "", [])}, rows, list(self._typed))

    def narrowed(self, agreement: Record, more: Iterable[Record] = ()) -> Case:
        """The case as one worker's agreement concerns it: its parties, its rows, its signatures, its papers.

        `more`: rows and terms that are just being written, in place of those that stand. Everything a group's paper is
        made with works on it unchanged.
        """
        keep, fresh, case = names(agreement, "parties"), list(more), self.case
        bound = [r for owner in (*keep, agreement.id) for r in self._bound.get(owner, ())]
        if fresh:
            bound = [r for r in bound if r.kind not in ("term", "obligation")]
        records = {r.id: r for r in (*self._common, *bound, agreement, *fresh)}
        worker = self.workers.get(keep[0]) if keep else None
        title = text(case.record, "title")
        if worker is not None:
            title = title.replace(self._everybody, worker.name, 1)
        records[case.id] = case.record.seen_with({"title": title, "people": 1, "amount": agreement.get("total")})
        return Case(State(records, case.state.unreadable, case.state.excluded), case.id)


def own_case(case: Case, agreement: str) -> Case:
    """The case as one agreement concerns it: narrowed for a worker's own, else as it is."""
    record = next((a for a in case.individual if a.id == agreement), None)
    return Group(case).narrowed(record) if record is not None else case


def took_effect(case: Case) -> str:
    """The day the agreement took effect, where each worker has his own the day the last of them did; "" until then."""
    if not case.individual:
        return effective_date(case)
    group, days = Group(case), []
    for worker in group.workers:
        agreement = group.standing(worker)
        days.append(effective_date(group.narrowed(agreement)) if agreement is not None else "")
    return max(days) if days and all(days) else ""


def _owners(record: Record) -> list[str] | None:
    """The parties or the agreement a record belongs to; None where it concerns everybody."""
    if record.kind == "party":
        return [record.id]
    if record.kind in _BY_PARTY:
        return [text(record, "party")]
    if record.kind == "agent":
        return names(record, "parties")
    if record.kind in _BY_AGREEMENT or (record.kind == "paper" and text(record, "template") == "agreement"):
        return [text(record, "agreement")]
    return None


def _row(record: Record, read: Duty, party: str) -> Values | None:
    """A row as it concerns one payee; None where it does not."""
    if read.shares and party not in read.shares:
        return None
    values: Values = {k: v for k, v in record.values.items() if k not in ("agreement", "removed")}
    if not read.shares:
        return values
    fen = read.shares[party]
    if read.money and not fen:
        return None
    values["shares"] = {party: fen}
    if read.money:
        values["amount"] = fen
    return values
