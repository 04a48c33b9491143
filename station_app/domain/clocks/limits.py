"""Clocks on rights: limitation of labour and civil claims, recognition of work injuries; only from confirmed dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.clock import Clock, State, said, shifted, state_of
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import Article, cite
from station_app.domain.dates import add_days_exclusive, add_months, as_date
from sync.contract.states import ENDED, OPEN, REFERRED, REFUSED

_LABOUR: Final = (cite("tzf", 27),)
_CIVIL: Final = (cite("mdz", 188), cite("mdz", 195))
_INJURY: Final = (cite("gstl", 17),)
_LABOUR_MONTHS, _CIVIL_MONTHS, _INJURY_MONTHS, _EMPLOYER_DAYS = 12, 36, 12, 30
_TOLD: Final = frozenset({*OPEN, ENDED, REFUSED, REFERRED})


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
    elif f.case.get("service") in (None, "mediation") and (f.case.get("amount") or f.rows):
        yield _from(f, "civil", "诉讼时效", _CIVIL, "right_known_on", _CIVIL_MONTHS)
    if f.injury:
        yield from _injury(f)


def _labour(f: Facts) -> Iterator[Clock]:
    """One year; while the relation lasts wage arrears are free of it, then one year from its end."""
    ended, known = answered_day(f, "relation_ended_on"), answered_day(f, "right_known_on")
    going_on = f.answer("relation_ended_on") == "not_ended"
    if f.wage or text(f.case.record, "type") == "wage_arrears":
        if going_on:
            sentence = (
                "劳动关系存续期间因拖欠劳动报酬发生争议的，不受一年仲裁时效期间限制；"
                "劳动关系终止的，自终止之日起一年内提出。"
            )
            yield Clock(
                "labour",
                "劳动仲裁时效",
                _LABOUR,
                None,
                "劳动关系尚未终止",
                None,
                State.RUNNING,
                sentence,
                "answer.relation_ended_on",
            )
            return
        if ended is not None:
            yield _running(f, "labour", "劳动仲裁时效", _LABOUR, ended, "劳动关系终止之日", _LABOUR_MONTHS)
            return
        yield _asks(
            "labour", "劳动仲裁时效", _LABOUR, "relation_ended_on", "请填写劳动关系何时终止，仲裁时效自终止之日起一年。"
        )
        return
    if known is not None:
        yield _running(f, "labour", "劳动仲裁时效", _LABOUR, known, "知道或者应当知道权利被侵害之日", _LABOUR_MONTHS)
        return
    yield _asks(
        "labour", "劳动仲裁时效", _LABOUR, "right_known_on", "请填写当事人何时知道权利受到侵害，仲裁时效为一年。"
    )


def _injury(f: Facts) -> Iterator[Clock]:
    happened = answered_day(f, "injury_on")
    if f.answer("injury_recognised") == "yes":
        return
    if happened is None:
        yield _asks(
            "injury",
            "工伤认定申请期限",
            _INJURY,
            "injury_on",
            "请填写事故发生日期：用人单位三十日内、工人一年内可以申请工伤认定。",
        )
        return
    employer = shifted(add_days_exclusive(happened, _EMPLOYER_DAYS), f.rest_days)
    worker = shifted(add_months(happened, _INJURY_MONTHS), f.rest_days)
    for code, title, shift in (
        ("injury_employer", "用人单位申请工伤认定", employer),
        ("injury_worker", "工人申请工伤认定", worker),
    ):
        yield Clock(
            code,
            title,
            _INJURY,
            happened,
            "事故伤害发生之日",
            shift,
            state_of(shift, f.today),
            f"{title}：{said(shift, f.today, '最后一日')}",
            "answer.injury_on",
        )


def _from(f: Facts, code: str, title: str, basis: tuple[Article, ...], question: str, months: int) -> Clock:
    day = answered_day(f, question)
    if day is None:
        return _asks(code, title, basis, question, "请填写当事人何时知道权利受到侵害，诉讼时效一般为三年。")
    return _running(f, code, title, basis, day, "知道或者应当知道权利受到损害之日", months)


def _running(f: Facts, code: str, title: str, basis: tuple[Article, ...], start: date, why: str, months: int) -> Clock:
    """Counted from the day a person confirmed; whether it was broken meanwhile the body that decides will say."""
    shift = shifted(add_months(start, months), f.rest_days)
    sentence = (
        f"{title}自{why}起算，"
        f"{said(shift, f.today, '最后一日')}提出请求、同意履行等可以使时效中断，以裁判机关认定为准。"
    )
    return Clock(code, title, basis, start, why, shift, state_of(shift, f.today), sentence, "answer.right_known_on")


def _asks(code: str, title: str, basis: tuple[Article, ...], question: str, sentence: str) -> Clock:
    return Clock(code, title, basis, None, "", None, State.ASK, sentence, f"answer.{question}", question=question)
