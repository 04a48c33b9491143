"""The main content of an agreement in one sentence, as a court's form and a register want it."""

from __future__ import annotations

from station_app.domain.agreement.facts import is_wage
from station_app.domain.agreement.obligations import FIRST, JOINT, Plan, annexed, duties, plans
from station_app.domain.agreement.words import People
from station_app.domain.case import Case
from station_app.domain.dates import numeral_cn
from station_app.domain.money import yuan


def summary(case: Case) -> str:
    """ "演示晟和建工集团有限公司先行清偿工资131,460.00元，分两期支付，各人数额见协议附表。"; "" without any row."""
    people, wage = People(case), is_wage(case)
    parts = [_part(plan, people, wage=wage) for plan in plans(duties(case))]
    return "；".join(p for p in parts if p) + ("。" if any(parts) else "")


def _part(plan: Plan, people: People, *, wage: bool) -> str:
    head, payer = plan.head, people.names(plan.head.payers)
    if not head.money:
        return f"{payer}{head.due_words}{head.what.strip('。')}" if head.what else ""
    what = head.what or ("工资" if wage else "")
    payee = people.payee(plan.payees, wage=wage)
    verb = "先行清偿" if head.liability == FIRST else f"向{payee}支付"
    joint = "连带" if head.liability == JOINT and len(head.payers) > 1 else ""
    if len(plan.rows) > 1:
        count = "两" if len(plan.rows) == 2 else numeral_cn(len(plan.rows))
        when = f"，分{count}期支付"
    else:
        when = f"，{head.due_words}付清" if head.due_words else ""
    table = "，各人数额见协议附表" if annexed(plan) else ""
    return f"{payer}{joint}{verb}{what}{yuan(plan.total)}元{when}{table}"
