"""Obligations and the annex payee x instalment as the values of papers."""

from __future__ import annotations

from station_app.domain import codes
from station_app.domain.agreement.facts import is_wage, wage_period
from station_app.domain.agreement.obligations import Duty, Plan, annexed, duties, plans
from station_app.domain.agreement.words import People
from station_app.domain.case import Case, Party, number, text
from station_app.domain.dates import date_cn, numeral_cn

Values = dict[str, object]
_SUMS = ("due", "paid", "owed")
_AS_PRINTED = {"due": "gross", "paid": "paid", "owed": "owed"}


def obligation_values(case: Case) -> list[Values]:
    """The table of obligations, one row an instalment."""
    people, wage = People(case), is_wage(case)
    rows: list[Values] = []
    for plan in plans(duties(case)):
        for duty in plan.rows:
            rows.append({"no": len(rows) + 1, **_row(plan, duty, people, wage=wage)})
    return rows


def _row(plan: Plan, duty: Duty, people: People, *, wage: bool) -> Values:
    payee = people.payee(plan.payees, wage=wage) if plan.payees else ""
    if annexed(plan):
        payee = f"{payee}{len(plan.payees)}人（各人数额见附表）" if wage else f"{payee}（各人数额见附表）"
    liability = duty.liability if len(duty.payers) > 1 or duty.liability == "first" else ""
    values: Values = {
        "payer": people.names(duty.payers),
        "payee": payee,
        "what": duty.what or ("工资" if wage else ""),
        "method": codes.label("pay_methods", duty.method) if duty.method else "",
        "due_text": "" if duty.due and not duty.condition else duty.due_words.removeprefix("于"),
        "due": duty.due,
        "liability": codes.label("liability_kinds", liability) if liability else "",
        "consequence": duty.consequence,
    }
    if duty.money:
        values["amount"] = duty.amount
    return {name: value for name, value in values.items() if value != ""}


def in_annex(case: Case) -> set[str]:
    """Parties who sign their own row of the annex."""
    found = [p for p in plans(duties(case)) if p.head.money and annexed(p)]
    return {party for plan in found for party in plan.payees}


def matrix_values(case: Case, *, paper_number: str) -> Values:
    """附表: each payee's row with all instalments; for wages also what the roster says. {} where none is needed."""
    money = [p for p in plans(duties(case)) if p.head.money]
    wage = is_wage(case)
    if not wage and not any(annexed(p) for p in money):
        return {}
    columns = [(plan, duty) for plan in money for duty in plan.rows]
    payees = dict.fromkeys(party for _, duty in columns for party in duty.shares)
    people = {p.id: p for p in case.parties}
    listed = [people[r] for r in payees if r in people]
    if not columns:
        listed = [p for p in people.values() if p.wage and number(p.wage, "owed")]
    rows = [_matrix_row(no, p, [d for _, d in columns]) for no, p in enumerate(listed, 1)]
    values: Values = {
        "title": "附表　工资支付明细" if wage else "附表　款项支付明细",
        "note": _note(case, paper_number),
        "columns": _columns(money, case),
        "rows": rows,
        "total": sum(_int(r["total"]) for r in rows),
    }
    if wage:
        values |= {_AS_PRINTED[n]: sum(number(p.wage, n) for p in listed) for n in _SUMS}
    return values


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _note(case: Case, paper_number: str) -> str:
    first, last = wage_period(case)
    period = f"工资所属期间：{date_cn(first)}至{date_cn(last)}。" if first and last else ""
    part = f"本附表是编号{paper_number}人民调解协议书的组成部分。" if paper_number else ""
    return period + part


def _columns(money: list[Plan], case: Case) -> list[Values]:
    people, columns = People(case), []
    for plan in money:
        lead = people.names(plan.head.payers) if len(money) > 1 else ""
        for no, duty in enumerate(plan.rows, 1):
            title = lead + (f"第{numeral_cn(no)}期" if len(plan.rows) > 1 else "本次支付")
            column: Values = {"title": title, "total": duty.amount}
            if duty.due:
                column["due"] = duty.due
            columns.append(column)
    return columns


def _matrix_row(no: int, party: Party, columns: list[Duty]) -> Values:
    wage, identity = party.wage, party.identity
    cells = [duty.shares.get(party.id, 0) for duty in columns]
    values: Values = {
        "no": no,
        "name": party.name,
        "id_number": text(identity, "id_number"),
        "account": " ".join(t for t in (text(identity, "bank"), text(identity, "account")) if t),
        "cells": cells,
        "total": sum(cells) if columns else number(wage, "owed"),
    }
    if wage is not None:
        values |= {"work": text(wage, "work"), "rate": number(wage, "day_rate"), "days": number(wage, "days")}
        values |= {_AS_PRINTED[n]: number(wage, n) for n in _SUMS}
    return {name: value for name, value in values.items() if value != ""}
