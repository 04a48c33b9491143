"""Rules on time: the thirty days to apply, and what follows from each answer of the court."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from station_app.domain.case import text
from station_app.domain.clocks.clock import day_words
from station_app.domain.clocks.remedies import remedy_words
from station_app.domain.court.acting import named
from station_app.domain.court.facts import Facts
from station_app.domain.court.finding import Hit, Nature, Severity, rule
from station_app.domain.court.laws import cite
from station_app.domain.court.receipts import receipts
from station_app.domain.dates import (
    add_days_exclusive,
    add_months,
    as_date,
    confirmation_deadline,
    date_cn,
    last_day_shifted,
)
from sync.contract.fold import Record

_SOON = 5
_OBJECTION_DAYS, _INTERESTED_MONTHS = 15, 6  # 民诉解释 372
_EXECUTION_MONTHS = 24  # 民诉法 250


def _latest(f: Facts) -> Record | None:
    return f.case.confirmation


@rule("J2", "三十日申请期限", Severity.STOP, cite("msf", 205), cite("msf", 85), mend="提交申请", nature=Nature.CLOCK)
def thirty_days(f: Facts) -> Iterator[Hit]:
    """From effect, natural days, the last day moved past rest days."""
    if f.effective is None or not f.court_in_play or text(_latest(f), "applied_on"):
        return
    shift = confirmation_deadline(f.effective, rest_days=f.rest_days)
    left = (shift.shifted - f.today).days
    if left < 0:
        yield Hit(
            "confirmation.applied_on",
            f"申请司法确认的三十日期限已于{date_cn(shift.shifted)}届满，法院不再受理，请告知当事人其他途径。{remedy_words(f)}",
            mend="告知其他途径",
        )
        return
    severity = Severity.WARN if (shift.raw - f.today).days <= _SOON else Severity.HINT
    yield Hit(
        "confirmation.applied_on",
        f"请双方共同申请司法确认，还剩{left}天，{day_words(shift, '第30日')}",
        severity=severity,
    )


@rule("J27", "补交材料", Severity.WARN, cite("msjs", 357), mend="补交材料", nature=Nature.CLOCK)
def supplement(f: Facts) -> Iterator[Hit]:
    """No answer in the court's term is treated as withdrawal."""
    record = _latest(f)
    asked = text(record, "stage") == "supplement" or text(record, "result") == "supplement"
    if asked and text(record, "result") in ("", "supplement"):
        what = text(record, "stage_note") if text(record, "stage") == "supplement" else ""
        yield Hit(
            "confirmation.stage",
            f"法院已通知补交材料{f'（{what}）' if what else ''}，请在法院限期内补交；"
            "无正当理由未补充的，可能按撤回申请处理。",
        )


@rule("J28", "撤回申请", Severity.HINT, cite("msjs", 357), mend="核对申请期限", nature=Nature.CLOCK)
def withdrawn(f: Facts) -> Iterator[Hit]:
    """After a withdrawal the thirty days go on."""
    record = _latest(f)
    if text(record, "result") == "withdrawn" and f.effective is not None:
        shift = confirmation_deadline(f.effective, rest_days=f.rest_days)
        left = (shift.shifted - f.today).days
        more = f"期限内（至{date_cn(shift.shifted)}）可以再次共同申请。" if left >= 0 else remedy_words(f)
        yield Hit("confirmation.result", f"申请已撤回，协议仍有合同效力。{more}")


@rule(
    "J29",
    "确认有效后的执行",
    Severity.HINT,
    cite("msf", 206),
    cite("msf", 250),
    cite("msjs", 460),
    mend="登记履行情况",
    nature=Nature.CLOCK,
)
def confirmed(f: Facts) -> Iterator[Hit]:
    """Two years from the last instalment's last day."""
    last = max((row.due for row in f.rows if row.due), default="")
    if text(_latest(f), "result") == "valid" and last:
        until = last_day_shifted(add_months(as_date(last), _EXECUTION_MONTHS), rest_days=f.rest_days).shifted
        yield Hit(
            "confirmation.result",
            f"裁定调解协议有效。一方不履行的，可以向作出裁定的法院或者同级的被执行财产所在地法院申请执行，"
            f"最后一期履行期限为{date_cn(last)}，申请执行至{date_cn(until)}。",
        )


@rule("J30", "驳回申请之后", Severity.HINT, cite("msf", 206), mend="选择下一步", nature=Nature.CLOCK)
def rejected(f: Facts) -> Iterator[Hit]:
    """A rejected application does not by itself void the agreement."""
    if text(_latest(f), "result") in ("rejected", "not_accepted"):
        yield Hit(
            "confirmation.result",
            "法院没有确认。可以按裁定理由通过调解变更原协议、达成新的协议，"
            "也可以向人民法院起诉；原协议并不因此当然无效。",
        )


@rule("J31", "当事人异议", Severity.HINT, cite("msjs", 372), mend="告知异议期限", nature=Nature.CLOCK)
def objection(f: Facts) -> Iterator[Hit]:
    """Fifteen days for each party from the day he received the ruling."""
    if text(_latest(f), "result") != "valid":
        return
    days = receipts(f.case)
    alone = len(days.parties) == 1 and not days.waiting
    for received in days.parties:
        shift = last_day_shifted(add_days_exclusive(as_date(received.day), _OBJECTION_DAYS), rest_days=f.rest_days)
        if f.today <= shift.shifted:
            who = "当事人" if alone else f"{named(list(received.who))}（{date_cn(received.day)}收到）"
            yield Hit(
                "ruling_receipt.on",
                f"{who}收到裁定后有异议的，可以向作出裁定的法院提出，{day_words(shift, '第15日')}",
                "" if alone else received.rec,
            )
    if days.waiting:
        yield Hit(
            "ruling_receipt.on",
            f"请登记{named(list(days.waiting))}收到裁定的日期，十五日异议期限自该日起算。",
            mend="登记收到裁定的日期",
        )


@rule(
    "J32",
    "利害关系人异议",
    Severity.HINT,
    cite("msjs", 372),
    cite("msjs", 127),
    mend="告知异议期限",
    nature=Nature.CLOCK,
)
def interested(f: Facts) -> Iterator[Hit]:
    """Six months from knowing, for each person, never extended."""
    ruled = text(_latest(f), "ruled_on")
    if text(_latest(f), "result") != "valid":
        return
    for person in receipts(f.case).interested:
        last = _half_year(as_date(person.day))
        if f.today <= last:
            yield Hit(
                "ruling_receipt.on",
                f"利害关系人{person.who[0]}于{date_cn(person.day)}知道裁定，有异议的可以在{date_cn(last)}前提出，"
                "该期间不中止、不中断、不延长。",
                person.rec,
            )
    if ruled and f.today <= _half_year(as_date(ruled)):
        yield Hit(
            "confirmation.ruled_on",
            "利害关系人对裁定有异议的，可以自知道或者应当知道之日起六个月内提出"
            f"（自裁定之日起知道的，至{date_cn(_half_year(as_date(ruled)))}），该期间不中止、不中断、不延长。",
        )


def _half_year(day: date) -> date:
    return add_months(day, _INTERESTED_MONTHS)
