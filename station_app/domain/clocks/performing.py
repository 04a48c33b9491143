"""Clocks of an agreement in effect: joint application for confirmation, and performance of each instalment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from station_app.domain.agreement.obligations import PAY, Duty
from station_app.domain.case import text
from station_app.domain.clocks.clock import Clock, State, pay_day_words, said, state_of
from station_app.domain.clocks.remedies import remedy_words
from station_app.domain.court.facts import NOT_WANTED, Facts
from station_app.domain.court.laws import cite
from station_app.domain.dates import (
    add_days_exclusive,
    as_date,
    confirmation_deadline,
    date_cn,
    last_day_shifted,
    working_day_before,
)
from station_app.domain.money import yuan
from sync.contract.fold import Record

_CONFIRMATION: Final = (cite("msf", 205), cite("msf", 85))
_CONTRACT: Final = (cite("mdz", 203),)
_WAGE: Final = (cite("gztl", 14),)
_FAILED: Final = "failed"


def latest(f: Facts) -> Record | None:
    """The application for confirmation that counts: the last one."""
    return f.case.confirmation


def confirmation(f: Facts) -> Iterator[Clock]:
    """Thirty days from effect; no such clock exists before. A withdrawn application lets them run on."""
    if f.effective is None or f.wanted == NOT_WANTED:
        return
    shift = confirmation_deadline(f.effective, rest_days=f.rest_days)
    record = latest(f)
    applied, withdrawn = text(record, "applied_on"), text(record, "result") == "withdrawn"
    done = bool(applied) and not withdrawn
    again = "申请已撤回，" if withdrawn else ""
    if done:
        late = "，申请时已超过期限" if as_date(applied) > shift.shifted else ""
        sentence = f"已于{date_cn(applied)}共同申请司法确认，期限至{date_cn(shift.shifted)}{late}。"
    elif f.today > shift.shifted:
        sentence = f"{again}申请司法确认的期限{said(shift, f.today, '第30日')}{remedy_words(f)}"
    else:
        sentence = f"{again}申请司法确认{said(shift, f.today, '第30日')}"
    yield Clock(
        "confirmation",
        "司法确认申请期限",
        _CONFIRMATION,
        f.effective,
        "协议生效之日",
        shift,
        state_of(shift, f.today, done=done),
        sentence,
        "confirmation.applied_on",
    )


def due_day(f: Facts, row: Duty) -> date | None:
    """The raw day a row is due; counted for rules of so many days, None where no day can be named."""
    if row.due_rule == "at_signing":
        return _signing(f)
    start = {"days_after_signing": _signing(f), "days_after_effect": f.effective}.get(row.due_rule)
    if row.due_rule.startswith("days"):
        return add_days_exclusive(start, int(row.condition)) if start and row.condition.isdecimal() else None
    return as_date(row.due) if row.due else None


def _signing(f: Facts) -> date | None:
    """The day the last party signed."""
    days = [min(text(s, "on") for s in acts) for acts in f.acts.values()]
    return as_date(max(days)) if days and all(days) else None


def performed(f: Facts, row: Duty) -> tuple[bool, int]:
    """Whether a row is wholly performed, and how many 分 are open. An act is done once a performance says so."""
    events = [r for r in f.case.kind("performance") if text(r, "obligation") == row.rec]
    if row.money:
        paid = sum(_fen(r) for r in events if text(r, "outcome") != _FAILED)
        return paid >= row.amount > 0, max(0, row.amount - paid)
    return any(text(r, "outcome") in ("", "paid") for r in events), 0


def _fen(record: Record) -> int:
    value = record.get("amount")
    return value if isinstance(value, int) else 0


def performance(f: Facts) -> Iterator[Clock]:
    """Every instalment once the agreement binds: contract days move back by 民法典 203, pay-days of wages forward."""
    if f.effective is None:
        return
    for place, row in enumerate(f.rows, 1):
        due = due_day(f, row)
        if due is None:
            continue
        done, left = performed(f, row)
        wage = row.money and row.kind in ("", PAY) and (f.wage or text(f.case.record, "type") == "wage_arrears")
        move = working_day_before if wage else last_day_shifted
        shift = move(due, rest_days=f.rest_days)
        what = f"第{place}项{row.what or '给付'}{f'{yuan(row.amount)}元' if row.money else ''}"
        rest = f"，尚余{yuan(left)}元" if left and left != row.amount else ""
        state = state_of(shift, f.today, done=done)
        words = pay_day_words(shift, f.today) if wage else said(shift, f.today, "约定日")
        if state is State.OUT:
            words = f"履行期限{words}请核实并登记履行情况。"
        yield Clock(
            "performance",
            "履行期限",
            _WAGE if wage else _CONTRACT,
            _start(f, row),
            "协议约定",
            shift,
            state,
            f"{what}{rest}：{'已履行。' if done else words}",
            "obligation.due",
            row.rec,
        )


def _start(f: Facts, row: Duty) -> date | None:
    """From when days are counted; None for a day the agreement names itself."""
    return {"days_after_signing": _signing(f), "days_after_effect": f.effective}.get(row.due_rule)
