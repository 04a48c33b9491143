"""Clocks of mediation: its own term, the door to arbitration in labour cases, visit and filing by the district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.clock import Clock, State, said, shifted, state_of, unshifted
from station_app.domain.clocks.remedies import remedies
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import Article, cite
from station_app.domain.dates import add_days_exclusive, as_date
from sync.contract.states import ACCEPTED, ARCHIVED, FEDBACK, MEDIATING, PERFORMED, VISITED

_ARBITRATION_DAYS: Final = 15  # 劳动争议调解仲裁法 14
_MEDIATION_DAYS: Final = 30  # 深圳条例 25
_MEDIATION: Final = (cite("szdy", 25), cite("mdz", 203))
_LABOUR: Final = (cite("tzf", 14),)


def mediation(f: Facts) -> Iterator[Clock]:
    """Thirty days unless the parties agreed on more, anew where a closed case was taken up again; in labour cases the
    fifteen days that open arbitration.
    """
    accepted = text(f.case.record, "accepted_at")[:10]
    if not accepted or f.case.case_state not in (ACCEPTED, MEDIATING) or not f.mediated:
        return
    again = max((text(r, "at")[:10] for r in f.case.kind("reopening")), default="")
    start, why = (as_date(again), "恢复办理之日") if again > accepted else (as_date(accepted), "受理之日")
    agreed = max((text(r, "until") for r in f.case.kind("extension") if text(r, "agreed_on") >= again), default="")
    days = f.pack.get("mediation.days")
    raw = as_date(agreed) if agreed else add_days_exclusive(start, days if isinstance(days, int) else _MEDIATION_DAYS)
    shift = shifted(raw, f.rest_days)
    extended = "（双方同意延长）" if agreed else ""
    tail = "期限届满未达成协议的，终止调解；双方同意的，可以延长。"
    if f.today > shift.shifted:
        ways = "；".join(way.title for way in remedies(f))
        tail = f"请终止调解，或者由双方签署延期调解同意书。终止调解的，请告知当事人可以{ways}。"
    yield Clock(
        "mediation",
        "调解期限",
        _MEDIATION,
        start,
        why,
        shift,
        state_of(shift, f.today),
        f"调解期限{extended}{said(shift, f.today, '期限最后一日')}{tail}",
        "session.result",
    )
    if f.labour:
        yield _door(f)


def _door(f: Facts) -> Clock:
    """Not a bar: mediation may go on by consent, and arbitration is open beside it."""
    applied = as_date((text(f.case.record, "registered_at") or text(f.case.record, "accepted_at"))[:10])
    day = add_days_exclusive(applied, _ARBITRATION_DAYS)
    count = (f.today - applied).days
    when = f"{day.month}月{day.day}日" if day.year == f.today.year else f"{day.year}年{day.month}月{day.day}日"
    sentence = f"收到申请第{count}日 · 满15日未达成协议的，当事人可申请仲裁（{when}）。"
    if f.today > day:
        sentence = f"收到申请第{count}日 · 已满15日，当事人可以申请仲裁；双方同意的，可以继续调解。"
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


@dataclass(frozen=True, slots=True)
class _Local:
    """A term only a district can set: its key in the rules pack, its names, the duty's article, when it is next."""

    key: str
    code: str
    title: str
    basis: tuple[Article, ...]
    place: str
    asked: frozenset[str]


_LOCAL: Final = (
    _Local("visit.days", "visit", "回访期限", (cite("tjf", 31),), "visit.at", frozenset({PERFORMED})),
    _Local("filing.days", "filing", "归档期限", (cite("tjf", 27),), "dossier.title", frozenset({VISITED, FEDBACK})),
)


def local(f: Facts) -> Iterator[Clock]:
    """Return visit and filing run only where the district has set their days; nothing is invented.

    Where it has not, the clock says so once the act is next, and no day is named.
    """
    start = text(f.case.record, "resolved_at")[:10]
    if not start:
        return
    state = f.case.case_state
    for term in _LOCAL:
        done = state == ARCHIVED or (term.code == "visit" and bool(f.case.kind("visit")))
        days = f.pack.get(term.key)
        if isinstance(days, int) and days > 0:
            shift = shifted(add_days_exclusive(as_date(start), days), f.rest_days)
            words = "已完成。" if done else said(shift, f.today, f"第{days}日")
            sentence = f"{term.title}（区里设定{days}日）：{words}"
            now = state_of(shift, f.today, done=done)
        elif state in term.asked and not done:
            shift, now = None, State.OFF
            sentence = f"区里尚未设定{term.title}，不作计算。"
        else:
            continue
        yield Clock(term.code, term.title, term.basis, as_date(start), "化解之日", shift, now, sentence, term.place)
