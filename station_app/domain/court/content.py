"""Rules on what is promised: clear enough to be enforced, sums that agree, days that can be met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from station_app.domain.agreement.obligations import Duty
from station_app.domain.case import number, text
from station_app.domain.court.facts import Facts
from station_app.domain.court.finding import Hit, Severity, rule
from station_app.domain.court.laws import cite
from station_app.domain.court.vague import vague
from station_app.domain.dates import as_date, date_cn, weekday_cn, working_day_before
from station_app.domain.money import yuan

_ACCOUNT: Final = frozenset({"transfer", "payroll"})
_COUNTED: Final = frozenset({"days_after_signing", "days_after_effect"})
_TIMELESS: Final = frozenset({"refrain"})
_RATE: Final = re.compile(
    r"每(日|天|月|年)(?:按|以)?[^，。；]{0,20}?"
    r"(?:千分之([0-9.]+|[一二三四五六七八九十]{1,3})|万分之([0-9.]+|[一二三四五六七八九十]{1,3})|([0-9.]+)\s*(%|％|‰))"
)
_PER_YEAR: Final = {"日": 365, "天": 365, "月": 12, "年": 1}
_DIGITS: Final = "〇一二三四五六七八九"
_SANE: Final = 0.30  # 合同编通则解释 65: more than 30 % above the loss is as a rule excessive
_SHOWN: Final = 3


@rule("J19", "内容不明确", Severity.STOP, cite("msjs", 358, 5), cite("msjs", 461), mend="补充履行事项")
def complete(f: Facts) -> Iterator[Hit]:
    """Who, to whom, what, how much, how, when (民诉解释 461)."""
    if f.agreement is None:
        return
    if not f.rows:
        severity = Severity.STOP if f.terms else Severity.WARN
        yield Hit(
            "obligation.kind",
            "协议没有写明履行事项，请逐项填写：谁向谁、做什么、多少、怎样、哪一天前。",
            severity=severity,
        )
    for no, row in enumerate(f.rows, 1):
        for place, missing in _missing(f, row):
            yield Hit(
                place,
                f"履行事项第{no}项没有写明{missing}，请补写；不补写的，法院可能以“内容不明确”裁定驳回申请。",
                row.rec,
            )


def _missing(f: Facts, row: Duty) -> Iterator[tuple[str, str]]:
    if not row.payers:
        yield "obligation.payers", "由谁履行"
    if row.money and not row.amount:
        yield "obligation.amount", "金额"
    if not row.money and not row.what and row.kind != "apologise":
        yield "obligation.what", "履行内容"
    if not row.shares and not (row.money and len(f.applicants) > 1):
        yield "obligation.shares", "向谁履行"
    if not row.due_words and row.kind not in _TIMELESS and not (f.agreement and f.agreement.get("on_spot")):
        yield "obligation.due", "哪一天前履行"
    if row.money and not row.method and not (f.agreement and f.agreement.get("on_spot")):
        yield "obligation.method", "支付方式"


@rule("J19a", "用语不明确", Severity.WARN, cite("msjs", 358, 5), mend="改写该处")
def vague_words(f: Facts) -> Iterator[Hit]:
    """Words an officer of execution cannot carry out, with a better question."""
    for place, rec, called, words in f.wording:
        hits = vague(words)
        for hit in hits[:_SHOWN]:
            yield Hit(place, f"{called}“{hit.word}”不明确：{hit.question}", rec)
        if len(hits) > _SHOWN:
            yield Hit(place, f"{called}另有{len(hits) - _SHOWN}处用语不明确，请逐处改写。", rec)


@rule("J20", "没有可执行内容", Severity.HINT, cite("msjs", 461), mend="补充给付内容")
def executable(f: Facts) -> Iterator[Hit]:
    """A pure declaration cannot be enforced."""
    if f.court_in_play and f.rows and all(row.kind in ("apologise", "refrain") for row in f.rows):
        yield Hit(
            "obligation.kind", "履行事项只有道歉或者不作为，确认后难以强制执行，请写明违反约定时支付多少元或者做什么。"
        )


@rule("J38", "分人分期数额", Severity.STOP, cite("msjs", 358, 5), cite("msjs", 461), mend="填写分期表")
def matrix(f: Facts) -> Iterator[Hit]:
    """Payee x instalment: one worker must be able to enforce his own part of each instalment."""
    many = len(f.applicants) > 1
    for no, row in enumerate(f.rows, 1):
        if not row.money:
            continue
        if many and not row.shares:
            yield Hit(
                "obligation.shares",
                f"履行事项第{no}项没有写明每名{'工人' if f.wage else '申请人'}"
                f"{'每一期' if len(f.rows) > 1 else ''}的数额，请分到每人；"
                "不写明的，法院可能以“内容不明确”裁定驳回申请。",
                row.rec,
            )
        elif row.shares and sum(row.shares.values()) != row.amount:
            given = sum(row.shares.values())
            yield Hit(
                "obligation.shares",
                f"履行事项第{no}项各人数额合计{yuan(given)}元，"
                f"与本期总额{yuan(row.amount)}元相差{yuan(abs(given - row.amount))}元，请修改各人数额或者本期总额。",
                row.rec,
            )
    yield from _sums(f)


def _sums(f: Facts) -> Iterator[Hit]:
    total = number(f.agreement, "total")
    if total and f.total and total != f.total:
        yield Hit(
            "agreement.total",
            f"分期合计{yuan(f.total)}元，"
            f"与约定总额{yuan(total)}元相差{yuan(abs(total - f.total))}元，请修改分期数额或者总额。",
        )
    for rec in {p for row in f.rows for p in (*row.payers, *row.shares)} - set(f.by_id):
        yield Hit("obligation.payers", "履行事项的付款人或者收款人不是本协议当事人，请先添加为当事人。", rec)


@rule("J39", "责任方式", Severity.STOP, cite("msjs", 358, 5), cite("mdh", 518), mend="选择责任方式")
def liability(f: Facts) -> Iterator[Hit]:
    """Several payers: jointly, each his own, or one first; 连带 only by law or agreement."""
    for no, row in enumerate(f.rows, 1):
        if row.money and len(row.payers) > 1 and not row.liability:
            who = "、".join(f.name(p) for p in row.payers)
            yield Hit(
                "obligation.liability",
                f"履行事项第{no}项由{who}共同支付，请写明是连带责任、各自承担多少还是由一方先行清偿；"
                "不写明的，法院可能以“内容不明确”裁定驳回申请。",
                row.rec,
            )


@rule("J38a", "收款账户", Severity.WARN, cite("gztl", 11), mend="核对收款账户")
def account(f: Facts) -> Iterator[Hit]:
    """Money goes to the payee's own account; wages to nobody else's."""
    for rec in dict.fromkeys(p for row in f.rows if row.method in _ACCOUNT for p in row.shares):
        party = f.by_id.get(rec)
        holder = text(party.identity, "account_holder") if party else ""
        if party and holder and holder != party.name:
            rule_ = "工资须支付给劳动者本人，请改填本人的账户。" if f.wage else "请核对，或者由本人书面同意。"
            yield Hit("identity.account_holder", f"{party.name}的收款账户户名是“{holder}”，与本人不一致。{rule_}", rec)
        elif party and f.court_in_play and party.role == "applicant" and not text(party.identity, "account"):
            yield Hit(
                "identity.account",
                f"{party.name}没有填写收款账户，请填写开户银行、账号和户名，以便转账和强制执行。",
                rec,
                Severity.HINT,
                "填写收款账户",
            )


@rule("D1", "履行期限", Severity.WARN, cite("msjs", 461), mend="改写履行期限")
def due_after(f: Facts) -> Iterator[Hit]:
    """A day to perform lies after the agreement; a row that counts days says how many."""
    made = text(f.case.record, "resolved_at")[:10]
    for no, row in enumerate(f.rows, 1):
        if row.due and made and row.due < made:
            yield Hit(
                "obligation.due",
                f"履行事项第{no}项的履行期限{date_cn(row.due)}早于协议日期{date_cn(made)}，请改为协议日期之后的日期；"
                "已经履行的，请登记履行。",
                row.rec,
            )
        if row.due_rule in _COUNTED and not row.condition.isdecimal():
            yield Hit(
                "obligation.condition",
                f"履行事项第{no}项按天数计算期限，但没有写明天数，请填写天数，例如7。",
                row.rec,
                Severity.STOP,
            )


@rule("D2", "工资支付日", Severity.HINT, cite("gztl", 14), mend="改为提前支付")
def wage_day(f: Facts) -> Iterator[Hit]:
    """A pay-day of wages on a rest day moves forward, not back."""
    if not f.wage:
        return
    for day in sorted({row.due for row in f.rows if row.money and row.due and not row.due_rule.startswith("days")}):
        shift = working_day_before(as_date(day), rest_days=f.rest_days)
        if not shift.known:
            yield Hit(
                "obligation.due",
                f"{as_date(day).year}年放假安排尚未录入，"
                f"无法核对支付日{date_cn(day)}是否为休息日。工资遇休息日应当提前支付，请对照公布的放假安排核对支付日。",
            )
        elif shift.moved:
            yield Hit(
                "obligation.due",
                f"{date_cn(day)}（{weekday_cn(day)}）是休息日，工资应当提前支付，建议把支付日改为{_day(shift.shifted)}。",
            )


def _day(day: date) -> str:
    return f"{date_cn(day)}（{weekday_cn(day)}）"


@rule("D3", "违约金", Severity.WARN, cite("mdh", 585), cite("htjs", 65), mend="核对违约金")
def penalty(f: Facts) -> Iterator[Hit]:
    """A daily rate that comes to more than 30 % a year may be cut by the court."""
    for place, rec, called, words in f.wording:
        for found in _RATE.finditer(words):
            yearly = _yearly(found)
            if yearly > _SANE:
                yield Hit(
                    place,
                    f"{called}“{found[0]}”折合每年{yearly * 100:.0f}%，"
                    "过分高于损失的，法院可以依申请减少，请改为折合每年不超过30%的标准，例如每日万分之五。",
                    rec,
                )


def _yearly(found: re.Match[str]) -> float:
    per_mille, per_myriad, plain, sign = found[2], found[3], found[4], found[5]
    value = _value((per_mille or per_myriad or plain).rstrip("."))
    scale = 1000 if per_mille or sign == "‰" else 10_000 if per_myriad else 100
    return value / scale * _PER_YEAR[found[1]]


@rule("N1", "有无其他程序", Severity.HINT, cite("qrgd", 3), mend="填写有无其他程序")
def other_proceedings(f: Facts) -> Iterator[Hit]:
    """The clerk asks it of every application."""
    if f.court_in_play and not text(f.case.facts, "other_proceedings"):
        yield Hit(
            "facts.other_proceedings",
            "请填写双方就本纠纷有没有起诉、申请仲裁、申请支付令、办理公证债权文书或者向其他法院申请确认，"
            "没有的填“无”。",
        )


def _value(numeral: str) -> float:
    """0.5, 五, 十五."""
    if numeral[0] in "0123456789":
        return float(numeral)
    tens, _, ones = numeral.rpartition("十")
    high = 0 if "十" not in numeral else 10 * (_DIGITS.index(tens) if tens else 1)
    return float(high + (_DIGITS.index(ones) if ones else 0))
