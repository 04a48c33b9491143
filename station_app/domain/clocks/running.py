"""Clocks of the work itself: mediation, the door to arbitration, confirmation, performance, what follows a ruling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from station_app.domain.case import number, text
from station_app.domain.clocks.clock import Clock, State, said, shifted, state_of, unshifted
from station_app.domain.court.facts import NOT_WANTED, Facts
from station_app.domain.court.laws import cite
from station_app.domain.dates import (
    Shift,
    add_days_exclusive,
    add_months,
    as_date,
    confirmation_deadline,
    date_cn,
    last_day_shifted,
    working_day_before,
)
from station_app.domain.money import yuan
from sync.contract.fold import Record
from sync.contract.states import ACCEPTED, MEDIATING

_ARBITRATION_DAYS: Final = 15  # 劳动争议调解仲裁法 14
_MEDIATION_DAYS: Final = 30  # 深圳条例 25
_OBJECTION_DAYS, _INTERESTED_MONTHS = 15, 6  # 民诉解释 372
_EXECUTION_MONTHS: Final = 24  # 民诉法 250
_MEDIATION: Final = (cite("szdy", 25),)
_LABOUR: Final = (cite("tzf", 14),)
_CONFIRMATION: Final = (cite("msf", 205), cite("msf", 85))
_CONTRACT: Final = (cite("mdz", 203),)
_WAGE: Final = (cite("gztl", 14),)
_OBJECTION: Final = (cite("msjs", 372),)
_INTERESTED: Final = (cite("msjs", 372), cite("msjs", 127))
_EXECUTION: Final = (cite("msf", 250),)


def mediation(f: Facts) -> Iterator[Clock]:
    """Thirty days unless the parties agreed on more; in labour cases the fifteen days that open arbitration."""
    accepted = text(f.case.record, "accepted_at")[:10]
    if not accepted or f.case.case_state not in (ACCEPTED, MEDIATING):
        return
    start = as_date(accepted)
    agreed = max((text(r, "until") for r in f.case.kind("extension") if text(r, "until")), default="")
    days = f.pack.get("mediation.days")
    raw = as_date(agreed) if agreed else add_days_exclusive(start, days if isinstance(days, int) else _MEDIATION_DAYS)
    shift = shifted(raw, f.rest_days)
    extended = "（双方同意延长）" if agreed else ""
    tail = (
        "期限届满未达成协议的，终止调解；双方同意的，可以延长。"
        if f.today <= shift.shifted
        else "请终止调解，或者由双方签署延期调解同意书。"
    )
    sentence = f"调解期限{extended}{said(shift, f.today, '期限最后一日')}{tail}"
    yield Clock(
        "mediation",
        "调解期限",
        _MEDIATION,
        start,
        "受理之日",
        shift,
        state_of(shift, f.today),
        sentence,
        "session.result",
    )
    if f.labour:
        yield _door(f)


def _door(f: Facts) -> Clock:
    """Not a bar: mediation may go on by consent, and arbitration is open beside it."""
    applied = as_date((text(f.case.record, "registered_at") or text(f.case.record, "accepted_at"))[:10])
    day = add_days_exclusive(applied, _ARBITRATION_DAYS)
    count = (f.today - applied).days
    sentence = f"收到申请第{count}日，满15日未达成协议的，当事人可申请仲裁（{day.month}月{day.day}日）。"
    if f.today > day:
        sentence = f"收到申请第{count}日，已满15日，当事人可以申请仲裁；双方同意的，可以继续调解。"
    return Clock(
        "arbitration",
        "可以申请仲裁",
        _LABOUR,
        applied,
        "收到调解申请之日",
        unshifted(day),
        State.RUNNING,
        sentence,
        "session.result",
    )


def confirmation(f: Facts) -> Iterator[Clock]:
    """Thirty days from effect; no such clock exists before."""
    if f.effective is None or f.wanted == NOT_WANTED:
        return
    shift = confirmation_deadline(f.effective, rest_days=f.rest_days)
    applied = text(_latest(f), "applied_on")
    if applied:
        sentence = f"已于{date_cn(applied)}共同申请司法确认，期限至{date_cn(shift.shifted)}。"
    elif f.today > shift.shifted:
        sentence = f"申请司法确认的期限{said(shift, f.today, '第30日')}{remedies(f)}"
    else:
        sentence = f"申请司法确认{said(shift, f.today, '第30日')}"
    state = state_of(shift, f.today, done=bool(applied))
    yield Clock(
        "confirmation",
        "司法确认申请期限",
        _CONFIRMATION,
        f.effective,
        "协议生效之日",
        shift,
        state,
        sentence,
        "confirmation.applied_on",
    )


def remedies(f: Facts) -> str:
    """What remains after the thirty days, in the order of strength (practice E10)."""
    if f.labour:
        return (
            "仍可依次选择：申请支付令（劳动争议调解仲裁法第十六条）；"
            "仅就劳动报酬达成协议的，直接起诉（解释（一）第五十一条）；申请劳动仲裁。"
        )
    return "仍可依次选择：申请支付令；办理具有强制执行效力的公证债权文书；就协议履行向人民法院起诉。"


def performance(f: Facts) -> Iterator[Clock]:
    """Every instalment: contract days move back by 民法典 203, pay-days of wages forward by 工资支付条例 14."""
    for place, record in enumerate(f.case.obligations, 1):
        due, amount = text(record, "due"), number(record, "amount")
        if not due or text(record, "due_rule").startswith("days"):
            continue
        paid = f.case.performed(record)
        done = amount > 0 and paid >= amount
        wage = f.wage and bool(amount)
        move = working_day_before if wage else last_day_shifted
        shift = move(as_date(due), rest_days=f.rest_days)
        left = f"，尚余{yuan(amount - paid)}元" if amount and not done else ""
        what = f"第{place}项{text(record, 'what') or '给付'}{yuan(amount) + '元' if amount else ''}"
        words = _due_words(f, shift, wage=wage, done=done)
        yield Clock(
            "performance",
            "履行期限",
            _WAGE if wage else _CONTRACT,
            None,
            "协议约定",
            shift,
            state_of(shift, f.today, done=done),
            f"{what}{left}：{words}",
            "obligation.due",
            record.id,
        )


def _due_words(f: Facts, shift: Shift, *, wage: bool, done: bool) -> str:
    if done:
        return "已履行。"
    if wage and shift.moved:
        return (
            f"约定日{shift.raw.month}月{shift.raw.day}日为休息日，工资应当提前支付，"
            f"{said(unshifted(shift.shifted), f.today, '')}"
        )
    return said(shift, f.today, "约定日")


def ruling(f: Facts) -> Iterator[Clock]:
    """After a ruling that the agreement is valid: objection, interested persons, execution."""
    record = _latest(f)
    if text(record, "result") != "valid":
        return
    received, ruled = text(record, "received_on"), text(record, "ruled_on")
    if received:
        shift = shifted(add_days_exclusive(as_date(received), _OBJECTION_DAYS), f.rest_days)
        yield Clock(
            "objection",
            "当事人异议期限",
            _OBJECTION,
            as_date(received),
            "收到裁定之日",
            shift,
            state_of(shift, f.today),
            f"当事人提出异议：{said(shift, f.today, '第15日')}",
            "confirmation.received_on",
        )
    if ruled:
        shift = unshifted(add_months(as_date(ruled), _INTERESTED_MONTHS))
        sentence = f"利害关系人自裁定之日知道的：{said(shift, f.today, '')}该期间不中止、不中断、不延长。"
        yield Clock(
            "interested",
            "利害关系人异议期限",
            _INTERESTED,
            as_date(ruled),
            "知道或者应当知道之日（按裁定之日）",
            shift,
            state_of(shift, f.today),
            sentence,
            "confirmation.ruled_on",
        )
    last = max((text(r, "due") for r in f.case.obligations if text(r, "due")), default="")
    left = sum(max(0, number(r, "amount") - f.case.performed(r)) for r in f.case.obligations)
    if last and left:
        shift = shifted(add_months(as_date(last), _EXECUTION_MONTHS), f.rest_days)
        sentence = f"申请强制执行自最后一期履行期限{date_cn(last)}起算：{said(shift, f.today, '最后一日')}"
        yield Clock(
            "execution",
            "申请执行期限",
            _EXECUTION,
            as_date(last),
            "最后一期履行期限届满之日",
            shift,
            state_of(shift, f.today),
            sentence,
            "performance.on",
        )


def filing(f: Facts) -> Iterator[Clock]:
    """Return visit and filing run only where the district has set their days; nothing is invented."""
    start = text(f.case.record, "resolved_at")[:10]
    if not start:
        return
    for key, code, title, done in (
        ("visit.days", "visit", "回访期限", bool(f.case.kind("visit"))),
        ("filing.days", "filing", "归档期限", f.case.case_state == "archived"),
    ):
        days = f.pack.get(key)
        if isinstance(days, int):
            shift = shifted(add_days_exclusive(as_date(start), days), f.rest_days)
            words = "已完成。" if done else said(shift, f.today, f"第{days}日")
            yield Clock(
                code,
                title,
                (),
                as_date(start),
                "化解之日",
                shift,
                state_of(shift, f.today, done=done),
                f"{title}（区里设定{days}日）：{words}",
                "visit.at",
            )


def _latest(f: Facts) -> Record | None:
    found = f.case.kind("confirmation")
    return found[-1] if found else None
