"""Words for the people of an agreement: one side in a phrase, the payees of a promise, where the money goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from station_app.domain.agreement.obligations import Duty
from station_app.domain.case import APPLICANT, RESPONDENT, THIRD, Case, together

_METHODS: Final = {
    "transfer": "转入{payee}本人银行账户",
    "payroll": "通过农民工工资专用账户转入{payee}本人银行账户",
    "cash": "以现金向{payee}本人付清",
    "mobile": "以移动支付方式向{payee}本人付清",
    "deduct": "以抵扣方式付清",
    "court": "交由人民法院或者公证机构转付{payee}",
}
_ORGANISATION_METHODS: Final = {
    "transfer": "转入{payee}银行账户",
    "cash": "以现金向{payee}付清",
    "mobile": "以移动支付方式向{payee}付清",
}
ARRIVES: Final = frozenset({"transfer", "payroll", ""})
"""Methods by which money is paid when it reaches the account."""


class People:
    """Names and roles of a case's parties, looked up by record id."""

    def __init__(self, case: Case) -> None:
        """Read the parties once."""
        self.by_id = {p.id: p for p in case.parties}
        self.sides = {role: [p.id for p in case.side(role)] for role in (APPLICANT, RESPONDENT, THIRD)}

    def names(self, recs: Iterable[str]) -> str:
        """All names, for payers: nobody is hidden behind 等."""
        return "、".join(self.by_id[r].name for r in recs if r in self.by_id)

    @property
    def both(self) -> str:
        """双方, or 各方 where a third party signs too."""
        return "各方" if self.sides[THIRD] else "双方"

    def payee(self, recs: Iterable[str], *, wage: bool) -> str:
        """ "申请人" for the workers of a wage case, else names, a long row shortened to the first and the number."""
        found = [r for r in recs if r in self.by_id]
        if wage and set(found) == set(self.sides[APPLICANT]):
            return "申请人" if len(found) > 1 else f"申请人{self.names(found)}"
        return together([self.by_id[r].name for r in found]) if found else "对方"

    def other_respondents(self, payers: Iterable[str]) -> list[str]:
        """Respondents who are not among the payers: the debtors somebody else pays for."""
        paying = set(payers)
        return [r for r in self.sides[RESPONDENT] if r not in paying]

    def manner(self, row: Duty, payee: str, recs: Iterable[str]) -> str:
        """ "转入申请人本人银行账户"; a note on the manner is added as it was typed."""
        if row.method == "other":
            return row.method_note or "付清"
        people = all(self.by_id[r].is_person for r in recs if r in self.by_id)
        table = _METHODS if people else {**_METHODS, **_ORGANISATION_METHODS}
        words = table.get(row.method, "付清").format(payee=payee)
        return f"{words}（{row.method_note}）" if row.method_note else words
