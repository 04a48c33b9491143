"""One case on the sign desk: each person with his sum, how far his signing is, and what he was paid of each instalment.

Where each worker has an agreement of his own, a worker signs his, and everybody else signs all of them; where the case
has one agreement, everybody signs that. The same rows either way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from station_app.domain.agreement import individual
from station_app.domain.agreement.obligations import Duty, duties
from station_app.domain.case import NOT_SIGNED, Case, Party, text
from station_app.services.paperwork import issuing
from station_app.services.performance import Due, dues_of
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.fold import Record

WAITING, PARTLY, SIGNED, REFUSED, ABSENT, KEPT = "waiting", "partly", "signed", "refused", "absent", "kept"
OF_PARTY: Final = frozenset({"party", "agent", "guardian"})
_TAIL: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One party. `tail`: last four of the identity number; `amount` in 分, 0 for who is paid nothing; `agreements`: how
    many he signs, `signed` how many of them he has; `state`: waiting, partly, signed, refused, absent, or kept where he
    signed and was paid all; `on`: the day of the last act; `number`: of his own agreement."""

    party: str
    name: str
    person: bool
    tail: str
    amount: int
    agreements: int
    signed: int
    state: str
    on: str
    number: str
    dues: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A case on the desk. `each`: one agreement a worker; `total`: agreements there are; `mediator`, `committee`: how
    many of them are signed by the mediator, sealed by the committee; `parties_done`: how many all parties signed;
    `issued`: how many were printed as papers; `instalments`: payments by the agreement, in order."""

    case: str
    number: str
    title: str
    each: bool
    total: int
    issued: int
    rows: tuple[Row, ...] = ()
    parties_done: int = 0
    mediator: int = 0
    committee: int = 0
    instalments: tuple[Duty, ...] = field(default=())

    @property
    def waiting(self) -> list[Row]:
        """Who still has something to sign."""
        return [row for row in self.rows if row.signed < row.agreements]

    @property
    def to_seal(self) -> int:
        """Agreements that only the mediator or the committee is waited for."""
        return self.parties_done - self.committee


def desk(station: Station, *, case: str) -> Desk:
    """The case with all its signers. E-223 where it has no agreement."""
    return of_case(station.case(case))


def of_case(view: Case) -> Desk:
    """As `desk`, from a case at hand."""
    if view.agreement is None:
        raise KnownError("E-223", what="调解协议")
    owns = agreements(view)
    acts = [_Acts(own) for own in owns]
    money = [d for d in duties(view) if d.money]
    each = bool(view.individual)
    return Desk(
        case=view.id,
        number=text(view.record, "number"),
        title=text(view.record, "title"),
        each=each,
        total=len(owns),
        issued=sum(issuing.current(own, issuing.AGREEMENT) is not None for own in owns),
        rows=tuple(_rows(view, acts, money, each=each)),
        parties_done=sum(a.all_parties for a in acts),
        mediator=sum("mediator" in a.roles for a in acts),
        committee=sum(a.all_parties and "committee" in a.roles for a in acts),
        instalments=tuple(money),
    )


def agreements(view: Case) -> list[Case]:
    """The case as each agreement concerns it: one for each worker that has his own, else the case as it is."""
    if not view.individual:
        return [view]
    group = individual.Group(view)
    standing = [group.standing(worker) for worker in group.workers]
    return [group.narrowed(agreement) for agreement in standing if agreement is not None]


class _Acts:
    """Who did what on one agreement."""

    def __init__(self, own: Case) -> None:
        self.parties = {p.id for p in own.parties}
        self.own = own
        self.by: dict[str, Record] = {}
        self.no: dict[str, Record] = {}
        self.roles: set[str] = set()
        for act in own.signatures:
            really = text(act, "manner") not in NOT_SIGNED
            if text(act, "role") in OF_PARTY:
                (self.by if really else self.no)[text(act, "party")] = act
            elif really:
                self.roles.add(text(act, "role"))

    @property
    def all_parties(self) -> bool:
        return self.parties <= set(self.by)


def _rows(view: Case, acts: list[_Acts], money: list[Duty], *, each: bool) -> list[Row]:
    dues: dict[str, list[Due]] = {}
    for due in dues_of(view):
        dues.setdefault(due.party, []).append(due)
    kept = {rec for rec, own in dues.items() if own and not any(d.left for d in own)}
    amounts: dict[str, int] = {}
    for duty in money:
        for rec, fen in duty.shares.items():
            amounts[rec] = amounts.get(rec, 0) + fen
    rows = []
    for party in view.parties:
        mine = [a for a in acts if party.id in a.parties]
        if mine:
            rows.append(_row(party, mine, amounts.get(party.id, 0), tuple(dues.get(party.id, ())), each, kept))
    return rows


def _row(party: Party, mine: list[_Acts], amount: int, dues: tuple[Due, ...], each: bool, kept: set[str]) -> Row:
    done = [a.by[party.id] for a in mine if party.id in a.by]
    no = [a.no[party.id] for a in mine if party.id in a.no and party.id not in a.by]
    state = SIGNED if len(done) == len(mine) else PARTLY if done else WAITING
    if no and not done:
        state = REFUSED if text(no[-1], "manner") == "refused" else ABSENT
    if state == SIGNED and party.id in kept:
        state = KEPT
    own = mine[0].own.agreement if each and len(mine) == 1 else None
    return Row(
        party=party.id,
        name=party.name,
        person=party.is_person,
        tail=text(party.identity, "id_number")[-_TAIL:],
        amount=amount,
        agreements=len(mine),
        signed=len(done),
        state=state,
        on=max((text(r, "on") for r in (done or no)), default=""),
        number=text(own, "number"),
        dues=dues,
    )
