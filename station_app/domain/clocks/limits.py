"""Clocks on rights: limitation of labour and civil claims, recognition of work injuries; only from confirmed dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.clock import SOON, SOON_LIMITATION, Clock, State, said, shifted, state_of
from station_app.domain.clocks.performing import due_day, performed
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import Article, cite
from station_app.domain.dates import add_days_exclusive, add_months, as_date, date_cn
from sync.contract.states import CONFIRMED, ENDED, OPEN, PERFORMED, REFERRED, REFUSED, VISITED

_LABOUR_MONTHS, _CIVIL_MONTHS, _INJURY_MONTHS, _EMPLOYER_DAYS = 12, 36, 12, 30
_INJURY: Final = (cite("gstl", 17),)
_TOLD: Final = frozenset({*OPEN, ENDED, REFUSED, REFERRED}) - {CONFIRMED, PERFORMED, VISITED}
"""States in which a claim may still have to be brought; after a ruling the term of execution runs instead."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """One kind of limitation: what it is called, its articles, its months, and what is said when it is over."""

    code: str
    title: str
    basis: tuple[Article, ...]
    months: int
    over: str


_BROKEN: Final = "提出请求、同意履行等可以使时效中断，以裁判机关认定为准。"
_LABOUR: Final = _Limit(
    "labour",
    "劳动仲裁时效",
    (cite("tzf", 27), cite("mdz", 203)),
    _LABOUR_MONTHS,
    "是否存在中断、中止的情形，以仲裁委员会认定为准；有疑问的，请尽快申请仲裁。",
)
_CIVIL: Final = _Limit(
    "civil",
    "诉讼时效",
    (cite("mdz", 188), cite("mdz", 195), cite("mdz", 203)),
    _CIVIL_MONTHS,
    "义务人可以据此提出不履行的抗辩；义务人同意履行的，不得再以时效届满抗辩（民法典第一百九十二条）。",
)
_PERFORMANCE: Final = _Limit(
    "civil", "诉讼时效", (cite("mdz", 188), cite("mdz", 189), cite("mdz", 203)), _CIVIL_MONTHS, _CIVIL.over
)


def answered_day(f: Facts, question: str) -> date | None:
    """The day a person confirmed as the answer to a question."""
    day = text(f.answers.get(question), "date")
    return as_date(day) if day else None


def limits(f: Facts) -> Iterator[Clock]:
    """Limitation of the claim and, for injuries, recognition; nothing for a case that is over."""
    if f.case.case_state not in _TOLD:
        return
    if f.labour:
        yield from _labour(f)
    elif f.effective is not None:
        yield from _agreed(f)
    elif f.mediated and (f.case.get("amount") or f.rows):
        known = answered_day(f, "right_known_on")
        if known is None:
            yield _asks(_CIVIL, "right_known_on", "请填写当事人何时知道权利受到侵害，诉讼时效一般为三年。")
        else:
            why = "知道或者应当知道权利受到损害之日"
            yield _running(f, _CIVIL, start=known, why=why, place="answer.right_known_on")
    if f.injury:
        yield from _injury(f)


def _agreed(f: Facts) -> Iterator[Clock]:
    """A promise in effect breaks the old limitation (民法典 195); a new one runs from the last instalment (189)."""
    last = max((day for row in f.rows if (day := due_day(f, row))), default=None)
    if last is not None and not all(performed(f, row)[0] for row in f.rows):
        yield _running(f, _PERFORMANCE, start=last, why="最后一期履行期限届满之日", place="obligation.due")


def _labour(f: Facts) -> Iterator[Clock]:
    """One year; while the relation lasts wage arrears are free of it, then one year from its end (调解仲裁法 27).

    An agreement in effect is the employer's consent to perform: the year begins anew.
    """
    known, ended = answered_day(f, "right_known_on"), answered_day(f, "relation_ended_on")
    wages = f.wage or text(f.case.record, "type") == "wage_arrears"
    if wages and f.answer("relation_ended_on") == "not_ended":
        yield _stopped()
        return
    start, why, question = (
        (ended, "劳动关系终止之日", "relation_ended_on")
        if wages
        else (known, "知道或者应当知道权利被侵害之日", "right_known_on")
    )
    place = f"answer.{question}"
    if f.effective is not None and (start is None or start < f.effective):
        start, why, place = f.effective, "用人单位同意履行即协议生效之日", "agreement.effective_on"
    if start is not None:
        yield _running(f, _LABOUR, start=start, why=why, place=place)
    elif wages:
        yield _asks(_LABOUR, question, "请填写劳动关系何时终止，仲裁时效自终止之日起一年。")
    else:
        yield _asks(_LABOUR, question, "请填写当事人何时知道权利受到侵害，仲裁时效为一年。")


def _stopped() -> Clock:
    return Clock(
        _LABOUR.code,
        _LABOUR.title,
        _LABOUR.basis[:1],
        None,
        "劳动关系尚未终止",
        None,
        State.STOPPED,
        "劳动关系存续期间因拖欠劳动报酬发生争议的，不受一年仲裁时效期间限制；劳动关系终止的，自终止之日起一年内提出。",
        "answer.relation_ended_on",
        question="relation_ended_on",
    )


def _injury(f: Facts) -> Iterator[Clock]:
    """The employer has thirty days; if he does not apply, the worker has a year from the same day."""
    if f.answer("injury_recognised") == "yes":
        return
    happened = answered_day(f, "injury_on")
    if happened is None:
        ask = "请填写事故发生日期：用人单位三十日内应当申请工伤认定；用人单位未申请的，职工一年内可以直接申请。"
        yield _asks(_Limit("injury", "工伤认定申请期限", _INJURY, _INJURY_MONTHS, ""), "injury_on", ask)
        return
    for code, title, day, soon, tail in (
        (
            "injury_employer",
            "用人单位申请工伤认定",
            add_days_exclusive(happened, _EMPLOYER_DAYS),
            SOON,
            "有特殊情况的，经社会保险行政部门同意可以适当延长。",
        ),
        (
            "injury_worker",
            "职工申请工伤认定",
            add_months(happened, _INJURY_MONTHS),
            SOON_LIMITATION,
            "用人单位未申请的，职工或者其近亲属、工会组织可以直接申请。",
        ),
    ):
        shift = shifted(day, f.rest_days)
        state = state_of(shift, f.today, soon=soon)
        sentence = f"{title}：{said(shift, f.today, '最后一日')}{tail}"
        yield Clock(code, title, _INJURY, happened, "事故伤害发生之日", shift, state, sentence, "answer.injury_on")


def _running(f: Facts, limit: _Limit, *, start: date, why: str, place: str) -> Clock:
    """Counted from a confirmed day; whether it was broken meanwhile the body that decides will say."""
    shift = shifted(add_months(start, limit.months), f.rest_days)
    state = state_of(shift, f.today, soon=SOON_LIMITATION)
    tail = limit.over if state is State.OUT else _BROKEN
    sentence = f"{limit.title}自{why}（{date_cn(start)}）起算，{said(shift, f.today, '最后一日')}{tail}"
    return Clock(limit.code, limit.title, limit.basis, start, why, shift, state, sentence, place)


def _asks(limit: _Limit, question: str, sentence: str) -> Clock:
    return Clock(
        limit.code,
        limit.title,
        limit.basis,
        None,
        "",
        None,
        State.ASK,
        sentence,
        f"answer.{question}",
        question=question,
    )
