"""Clocks on answers the station owes: telling a refusal to accept, deciding on a recusal. The statutes set no days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.clock import Clock, State, said, shifted, state_of
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import cite
from station_app.domain.dates import add_days_exclusive, as_date
from sync.contract.fold import Record
from sync.contract.states import OPEN, REFUSED

REFUSAL_DAYS: Final = "refusal.notice_days"
RECUSAL_DAYS: Final = "recusal.days"
_NOTICE: Final = "refusal_notice"
_REFUSAL: Final = (cite("tjf", 17), cite("szdy", 21))
_RECUSAL: Final = (cite("szdy", 23),)


def asked(f: Facts) -> Iterator[Clock]:
    """They run only where the district has set their days; where it has not, they say so while the answer is owed."""
    if f.case.case_state == REFUSED:
        yield _refusal(f)
    for record in f.case.kind("recusal"):
        if text(record, "decision") or f.case.case_state in OPEN:
            yield _recusal(f, record)


def _refusal(f: Facts) -> Clock:
    """From the day of the refusal until its notice was made or delivered."""
    title, start = "不予受理告知期限", text(f.case.record, "state_since")[:10]
    done = any(text(r, "template") == _NOTICE for kind in ("paper", "notice") for r in f.case.kind(kind))
    return _clock(f, "refusal", title, start, done, "notice.on")


def _recusal(f: Facts, record: Record) -> Clock:
    """From the day recusal was asked for until it is decided; mediation by that mediator waits meanwhile."""
    title, start = "回避决定期限", text(record, "asked_on")
    return _clock(f, "recusal", title, start, bool(text(record, "decision")), "recusal.decision", record.id)


def _clock(f: Facts, code: str, title: str, start: str, done: bool, place: str, rec: str = "") -> Clock:
    basis, why = (_REFUSAL, "决定不予受理之日") if code == "refusal" else (_RECUSAL, "申请回避之日")
    days = f.pack.get(REFUSAL_DAYS if code == "refusal" else RECUSAL_DAYS)
    begun = as_date(start) if start else None
    if begun is not None and isinstance(days, int) and days > 0:
        shift = shifted(add_days_exclusive(begun, days), f.rest_days)
        words = "已完成。" if done else said(shift, f.today, f"第{days}日")
        state, sentence = state_of(shift, f.today, done=done), f"{title}（区里设定{days}日）：{words}"
        return Clock(code, title, basis, begun, why, shift, state, sentence, place, rec)
    if done:
        return Clock(code, title, basis, begun, why, None, State.DONE, f"{title}：已完成。", place, rec)
    sentence = f"区里尚未设定{title}，不作计算；请及时{'书面告知' if code == 'refusal' else '作出决定'}。"
    return Clock(code, title, basis, begun, why, None, State.OFF, sentence, place, rec)
