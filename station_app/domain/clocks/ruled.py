"""Clocks after a ruling that the agreement is valid: objection, interested persons, execution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.clock import SOON_LIMITATION, Clock, State, said, shifted, state_of, unshifted
from station_app.domain.clocks.performing import due_day, latest, performed
from station_app.domain.court.acting import named
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import cite
from station_app.domain.court.receipts import Received, receipts
from station_app.domain.dates import add_days_exclusive, add_months, as_date, date_cn

_OBJECTION_DAYS, _INTERESTED_MONTHS = 15, 6  # 民诉解释 372
_EXECUTION_MONTHS: Final = 24  # 民诉法 250
_OBJECTION: Final = (cite("msjs", 372), cite("msf", 85))
_INTERESTED: Final = (cite("msjs", 372), cite("msjs", 127))
_EXECUTION: Final = (cite("msf", 250), cite("msf", 85), cite("msjs", 460))


def ruling(f: Facts) -> Iterator[Clock]:
    """What runs after a ruling; nothing before one, and nothing after one that rejects."""
    record = latest(f)
    if text(record, "result") != "valid":
        return
    days, ruled = receipts(f.case), text(record, "ruled_on")
    alone = len(days.parties) == 1 and not days.waiting
    for received in days.parties:
        yield _objection(f, received, alone=alone)
    if days.waiting:
        yield _not_received(days.waiting)
    yield from (_knew(f, person) for person in days.interested)
    if ruled:
        yield _interested(f, as_date(ruled))
    execution = _execution(f, as_date(ruled) if ruled else None)
    if execution is not None:
        yield execution


def _not_received(waiting: Sequence[str]) -> Clock:
    return Clock(
        "objection",
        "当事人异议期限",
        _OBJECTION,
        None,
        "",
        None,
        State.ASK,
        f"请登记{named(list(waiting))}收到裁定的日期，异议应当自收到裁定之日起十五日内提出。",
        "ruling_receipt.on",
    )


def _objection(f: Facts, received: Received, *, alone: bool) -> Clock:
    """`alone`: all parties received it on this day, so nobody need be named."""
    start = as_date(received.day)
    shift = shifted(add_days_exclusive(start, _OBJECTION_DAYS), f.rest_days)
    who = "当事人" if alone else f"{named(list(received.who))}（{date_cn(start)}收到）"
    return Clock(
        "objection",
        "当事人异议期限",
        _OBJECTION,
        start,
        "收到裁定之日",
        shift,
        state_of(shift, f.today),
        f"{who}对裁定提出异议：{said(shift, f.today, '第15日')}",
        "ruling_receipt.on",
        "" if alone else received.rec,
    )


def _interested(f: Facts, ruled: date) -> Clock:
    """An unchangeable period (民诉解释 127). The ruling's day is the earliest from which it can run."""
    shift = unshifted(add_months(ruled, _INTERESTED_MONTHS))
    return Clock(
        "interested",
        "利害关系人异议期限",
        _INTERESTED,
        ruled,
        "知道或者应当知道之日（按裁定之日）",
        shift,
        state_of(shift, f.today),
        f"利害关系人自裁定之日知道的：{said(shift, f.today, '')}该期间不中止、不中断、不延长。",
        "confirmation.ruled_on",
    )


def _knew(f: Facts, person: Received) -> Clock:
    """One interested person, from the day he knew."""
    start = as_date(person.day)
    shift = unshifted(add_months(start, _INTERESTED_MONTHS))
    return Clock(
        "interested",
        "利害关系人异议期限",
        _INTERESTED,
        start,
        "知道或者应当知道之日",
        shift,
        state_of(shift, f.today),
        f"{person.who[0]}（利害关系人，{date_cn(start)}知道）提出异议：{said(shift, f.today, '')}"
        "该期间不中止、不中断、不延长。",
        "ruling_receipt.on",
        person.rec,
    )


def _execution(f: Facts, ruled: date | None) -> Clock | None:
    """Two years from the end of the last instalment, else from the ruling; None where all is performed.

    Counted from the agreed day, not from the working day it may have moved to: a day too early harms nobody.
    """
    if all(performed(f, row)[0] for row in f.rows):
        return None
    last = max((day for row in f.rows if (day := due_day(f, row))), default=None)
    start, why = (last, "最后一期履行期限届满之日") if last else (ruled, "裁定生效之日（按裁定之日）")
    if start is None:
        return None
    shift = shifted(add_months(start, _EXECUTION_MONTHS), f.rest_days)
    return Clock(
        "execution",
        "申请执行期限",
        _EXECUTION,
        start,
        why,
        shift,
        state_of(shift, f.today, soon=SOON_LIMITATION),
        f"申请强制执行自{why.split('（')[0]}（{date_cn(start)}）起算：{said(shift, f.today, '最后一日')}"
        "向作出裁定的人民法院或者与其同级的被执行财产所在地人民法院申请。",
        "performance.on",
    )
