"""卷宗评查 self-check: what reviewers of files look at, as far as records tell. No points: no official table is known.

The aspects are those districts published (材料齐全、文书规范、签名盖章、日期、数额、回访); passed, to be looked at and
not passed are ours. What only a person sees on paper is asked, never assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from station_app.domain.agreement.obligations import duties
from station_app.domain.case import Case, effective_date, number, text
from station_app.domain.court.finding import Finding, Severity
from station_app.domain.court.laws import Article, cite
from station_app.domain.dates import date_cn
from station_app.domain.papers import dossier

_FORM: Final = (cite("tjf", 28), cite("tjf", 29))
_FILING: Final = (cite("tjf", 27),)
_VISIT: Final = (cite("tjf", 31),)
PASSED, LOOK, FAILED = "passed", "look", "failed"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of the review with what was found; `result`: passed, look (a person has to), failed."""

    code: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def result(self) -> str:
        """failed for what reviewers do not let pass, look for what they remark."""
        ranks = {f.severity for f in self.findings}
        return FAILED if Severity.STOP in ranks else LOOK if ranks else PASSED


Told = tuple[Severity, str, str, str]
"""Severity, place (kind.field), sentence, what mends it."""


def review(case: Case) -> list[Aspect]:
    """All aspects, in the order reviewers take them."""
    aspects = [Aspect("P0", "材料是否齐全", tuple(dossier.findings(case)))]
    for code, title, basis, check in _ASPECTS:
        found = tuple(Finding(code, how, place, said, basis, mend) for how, place, said, mend in check(case))
        aspects.append(Aspect(code, title, found))
    return aspects


def findings(case: Case) -> list[Finding]:
    """Everything the review found, the missing papers first."""
    return [finding for aspect in review(case) for finding in aspect.findings]


def _signatures(case: Case) -> Iterator[Told]:
    """Every party, the mediator and the committee (人民调解法 29)."""
    if case.agreement is None or case.individual or text(case.agreement, "form") == "oral" or effective_date(case):
        return
    signed = {text(s, "party") for s in case.signed}
    waiting = [p.name for p in case.parties if p.id not in signed]
    roles = {text(s, "role") for s in case.signed}
    if waiting:
        said = f"调解协议没有登记{'、'.join(waiting[:3])}{'等' if len(waiting) > 3 else ''}的签名、盖章或者按指印。"
        yield Severity.STOP, "signature.party", said, "登记签署"
    for role, who in (("mediator", "人民调解员的签名"), ("committee", "人民调解委员会的印章")):
        if role not in roles:
            yield Severity.STOP, "signature.role", f"调解协议没有登记{who}。", "登记签署"


def _agreement(case: Case) -> Iterator[Told]:
    """Amount, day, and sums that agree."""
    if case.agreement is None:
        return
    rows = duties(case)
    if any(row.money and not row.amount for row in rows):
        yield Severity.STOP, "obligation.amount", "调解协议有的付款没有写明数额。", "修改协议"
    if any(not row.due and not row.due_rule for row in rows):
        yield Severity.STOP, "obligation.due", "调解协议有的履行事项没有写明期限。", "修改协议"
    total, sum_ = number(case.agreement, "total"), sum(row.amount for row in rows if row.money)
    if total and rows and total != sum_:
        yield Severity.STOP, "agreement.total", "调解协议的总额与各项付款合计不一致。", "修改协议"


def _dates(case: Case) -> Iterator[Told]:
    """登记 ≤ 受理 ≤ 调解 ≤ 协议签署 ≤ 回访 ≤ 归档, by day."""
    sessions = sorted(text(s, "from")[:10] for s in case.kind("session") if text(s, "from"))
    signed = sorted(text(s, "on") for s in case.signed if text(s, "on"))
    visits = sorted(text(v, "at")[:10] for v in case.kind("visit") if text(v, "at"))
    days = [
        ("登记", text(case.record, "registered_at")[:10]),
        ("受理", text(case.record, "accepted_at")[:10]),
        ("第一次调解", sessions[0] if sessions else ""),
        ("协议签署", signed[-1] if signed else ""),
        ("回访", visits[0] if visits else ""),
    ]
    known = [(name, day) for name, day in days if day]
    for (before, first), (after, second) in pairwise(known):
        if second < first:
            said = f"{after}日期（{date_cn(second)}）早于{before}日期（{date_cn(first)}）。"
            yield Severity.STOP, "case.accepted_at", said, "核对日期"


def _identity(case: Case) -> Iterator[Told]:
    for party in case.parties:
        if not text(party.identity, "id_number"):
            yield Severity.WARN, "identity.id_number", f"{party.name}没有登记证件号码。", "补充当事人信息"


def _evidence(case: Case) -> Iterator[Told]:
    if case.agreement is not None and not case.kind("evidence"):
        yield Severity.WARN, "evidence.name", "没有登记任何证据材料。", "添加证据材料"


def _authority(case: Case) -> Iterator[Told]:
    for party in case.parties:
        for agent in party.agents:
            if text(agent, "kind") != "representative" and not text(agent, "authority"):
                said = f"{party.name}的代理人{text(agent, 'name')}没有写明代理权限。"
                yield Severity.WARN, "agent.authority", said, "补充代理权限"


def _visits(case: Case) -> Iterator[Told]:
    if case.agreement is not None and effective_date(case) and not case.kind("visit"):
        yield Severity.WARN, "visit.at", "协议生效后没有回访记录。", "记录回访"


def _records(case: Case) -> Iterator[Told]:
    mediated = case.case_state not in ("registered", "accepted", "refused", "referred")
    if mediated and not case.kind("session"):
        yield Severity.STOP, "session.record", "没有登记任何一次调解的过程。", "添加调解记录"
    for session in case.kind("session"):
        if not text(session, "record").strip():
            day = text(session, "from")[:10]
            said = f"{date_cn(day)}的调解没有写明过程。" if day else "有一次调解没有写明过程。"
            yield Severity.WARN, "session.record", said, "补充调解记录"


Check = Callable[[Case], Iterator[Told]]
_ASPECTS: Final[tuple[tuple[str, str, tuple[Article, ...], Check], ...]] = (
    ("P1", "签名盖章是否完备", _FORM, _signatures),
    ("P2", "协议数额、期限是否明确一致", _FORM, _agreement),
    ("P3", "日期先后是否相符", _FILING, _dates),
    ("P4", "当事人身份是否清楚", _FORM, _identity),
    ("P5", "证据收集是否充分", _FILING, _evidence),
    ("P6", "代理权限是否明确", _FILING, _authority),
    ("P7", "调解过程是否记录", _FILING, _records),
    ("P8", "回访是否及时", _VISIT, _visits),
)
