"""Obligations of an agreement as structured rows: the truth from which table, terms and sums are made; their checks.

One row is one instalment of one promise. Payees are the keys of `shares` (record id -> 分; 0 for a promise that is no
payment). For the due rules that count days, `condition` holds the number of days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from station_app.domain.agreement.grid import Grid, of_shares
from station_app.domain.case import Case, names, number, shares, text
from station_app.domain.checks import FieldError
from station_app.domain.dates import date_cn, numeral_cn
from sync.contract.errors import KnownError
from sync.contract.fold import Record

PAY: Final = "pay"
SEVERAL, JOINT, FIRST = "several", "joint", "first"
_DAYS: Final = {"days_after_signing": "自签订本协议之日起", "days_after_effect": "自本协议生效之日起"}


@dataclass(frozen=True, slots=True)
class Duty:
    """One row as read. Money in 分; `payers` and the keys of `shares` are record ids of parties."""

    kind: str
    payers: tuple[str, ...]
    shares: Mapping[str, int]
    liability: str = ""
    what: str = ""
    amount: int = 0
    method: str = ""
    method_note: str = ""
    due: str = ""
    due_rule: str = ""
    condition: str = ""
    consequence: str = ""
    rec: str = ""

    @property
    def money(self) -> bool:
        """A payment; a row that does not say what it is and has an amount is one too."""
        return self.kind == PAY or (not self.kind and self.amount > 0)

    @property
    def due_words(self) -> str:
        """ "于2026年12月1日前", "自本协议生效之日起七日内", "" where no time is agreed."""
        if self.due_rule == "at_signing":
            return "于签订本协议当日"
        if self.due_rule in _DAYS and self.condition.isdecimal():
            return f"{_DAYS[self.due_rule]}{numeral_cn(int(self.condition))}日内"
        if self.due_rule == "on_condition" and self.condition:
            return f"在{self.condition}时"
        return f"于{date_cn(self.due)}前" if self.due else ""


def duty(record: Record) -> Duty:
    """Read an obligation record."""
    return Duty(
        kind=text(record, "kind"),
        payers=tuple(names(record, "payers")),
        shares=shares(record),
        liability=text(record, "liability"),
        what=text(record, "what"),
        amount=number(record, "amount"),
        method=text(record, "method"),
        method_note=text(record, "method_note"),
        due=text(record, "due"),
        due_rule=text(record, "due_rule"),
        condition=text(record, "condition"),
        consequence=text(record, "consequence"),
        rec=record.id,
    )


def duties(case: Case) -> list[Duty]:
    """The rows of the agreement in force, in order; payees in the order of the parties (stored maps have none)."""
    place = {p.id: i for i, p in enumerate(case.parties)}
    return [_ordered(duty(r), place) for r in case.obligations]


def _ordered(row: Duty, place: Mapping[str, int]) -> Duty:
    return replace(row, shares=dict(sorted(row.shares.items(), key=lambda pair: place.get(pair[0], len(place)))))


@dataclass(slots=True)
class Plan:
    """Instalments of one promise: same payers, payees, thing and manner; in the order of the rows."""

    rows: list[Duty] = field(default_factory=list)

    @property
    def head(self) -> Duty:
        """The first instalment."""
        return self.rows[0]

    @property
    def payees(self) -> tuple[str, ...]:
        """Everybody who gets something of any instalment."""
        return tuple(dict.fromkeys(p for row in self.rows for p in row.shares))

    @property
    def total(self) -> int:
        """All instalments together, in 分."""
        return sum(row.amount for row in self.rows)

    @property
    def grid(self) -> Grid:
        """Payee x instalment."""
        return of_shares([dict(row.shares) for row in self.rows])


def plans(rows: Sequence[Duty]) -> list[Plan]:
    """Gather the instalments that belong together; what is no payment stands alone."""
    result: dict[object, Plan] = {}
    for index, row in enumerate(rows):
        key: object = index
        if row.money:
            key = (row.payers, row.liability, row.what, frozenset(row.shares))
        result.setdefault(key, Plan()).rows.append(row)
    return list(result.values())


def annexed(plan: Plan) -> bool:
    """True where each payee's part needs a table: more than two payees, or two and several instalments."""
    return len(plan.payees) > 2 or (len(plan.payees) > 1 and len(plan.rows) > 1)


def check(rows: Sequence[Duty], *, parties: Mapping[str, str], total: int | None = None) -> list[FieldError]:
    """What is wrong with the rows; places read `obligations[2].payers`. `parties`: record id -> name.

    E-213 no row, E-207 negative, E-211 payer or payee is no party, E-210 shares or instalments do not add up,
    E-216 a row without payer, payee or content (民诉解释 461: subjects and content definite).
    """
    if not rows:
        return [FieldError("obligations", KnownError("E-213"))]
    errors: list[FieldError] = []
    for index, row in enumerate(rows):
        errors += [FieldError(f"obligations[{index}].{place}", error) for place, error in _row(row, parties)]
    given = sum(row.amount for row in rows if row.money)
    if total is not None and not errors and total != given:
        error = KnownError("E-210", sum=given, total=total, diff=abs(total - given))
        errors.append(FieldError("agreement.total", error))
    return errors


def _row(row: Duty, parties: Mapping[str, str]) -> list[tuple[str, KnownError]]:
    found: list[tuple[str, KnownError]] = []
    if not row.payers:
        found.append(("payers", KnownError("E-216", field="obligation.payers")))
    found += [("payers", KnownError("E-211", name=p)) for p in row.payers if p not in parties]
    found += [("shares", KnownError("E-211", name=p, why="payee")) for p in row.shares if p not in parties]
    for fen in (row.amount, *row.shares.values()):
        if fen < 0:
            found.append(("amount", KnownError("E-207", text=str(fen), field="obligation.amount")))
    if row.money:
        found += _money(row)
    elif not row.what and row.kind != "apologise":
        found.append(("what", KnownError("E-216", field="obligation.what")))
    return found


def _money(row: Duty) -> list[tuple[str, KnownError]]:
    if not row.shares:
        return [("shares", KnownError("E-216", field="obligation.shares"))]
    if not row.amount:
        return [("amount", KnownError("E-216", field="obligation.amount"))]
    given = sum(row.shares.values())
    if given != row.amount:
        return [("shares", KnownError("E-210", sum=given, total=row.amount, diff=abs(given - row.amount)))]
    return []
