"""纠纷的主要事实、争议事项 of a wage dispute, written from the roster; other disputes tell their own story."""

from __future__ import annotations

from station_app.domain.agreement.obligations import FIRST, duties
from station_app.domain.agreement.words import People
from station_app.domain.case import APPLICANT, RESPONDENT, Case, Party, number, text
from station_app.domain.dates import date_cn
from station_app.domain.money import capitals, yuan

_TRADES = 3


def is_wage(case: Case) -> bool:
    """A dispute about wages with at least one roster row that owes something."""
    return text(case.record, "type") in ("wage_arrears", "labour_other") and bool(owed(case))


def owed(case: Case) -> dict[str, int]:
    """What each worker is owed by the roster: party -> 分."""
    return {p.id: number(p.wage, "owed") for p in case.parties if p.wage and number(p.wage, "owed")}


def wage_period(case: Case) -> tuple[str, str]:
    """First and last day of work of all rows, "" where no row says."""
    rows = [p.wage for p in case.parties if p.wage]
    first = min((text(r, "from") for r in rows if text(r, "from")), default="")
    last = max((text(r, "to") for r in rows if text(r, "to")), default="")
    return first, last


def facts_text(case: Case) -> str:
    """The facts an agreement shows: as typed, else for wages from the roster, else the story of the case."""
    typed = text(case.agreement, "facts")
    if typed:
        return typed
    return _wage_facts(case) if is_wage(case) else _story(case)


def _story(case: Case) -> str:
    story = text(case.facts, "story") or text(case.facts, "summary")
    disputed = text(case.agreement, "disputed").strip("。")
    return story + (f"争议事项为{disputed}。" if disputed and story else "")


def _wage_facts(case: Case) -> str:
    workers = [p for p in case.parties if p.wage and number(p.wage, "owed")]
    due, paid, rest = (sum(number(p.wage, n) for p in workers) for n in ("due", "paid", "owed"))
    first, last = wage_period(case)
    period = f"自{date_cn(first)}至{date_cn(last)}" if first and last else ""
    place = text(case.record, "place")
    where = f"在{place}" if place else ""
    work = f"从事{_trades(workers)}工作" if _trades(workers) else "工作"
    employer = _employer(case)
    hired = f"，由{employer}招用" if employer else ""
    until = f"，截至{date_cn(last)}" if last else ""
    sums = f"应发工资合计{yuan(due)}元，已支付{yuan(paid)}元，" if due else ""
    annex = "，各人数额见附表，附表与本协议具有同等效力" if len(workers) > 1 else ""
    disputed = text(case.agreement, "disputed").strip("。") or "支付主体和支付时间"
    return (
        f"申请人{case.shown(APPLICANT)}{period}{where}{work}{hired}。经双方核对考勤和记工单{until}，{sums}"
        f"尚欠{yuan(rest)}元（大写：{capitals(rest)}）{annex}。争议事项为{disputed}。"
    )


def _trades(workers: list[Party]) -> str:
    found = list(dict.fromkeys(text(p.wage, "work") for p in workers if text(p.wage, "work")))
    return "、".join(found[:_TRADES]) + ("等" if len(found) > _TRADES else "")


def _employer(case: Case) -> str:
    """Who hired: where somebody else pays first (工资支付条例 30), the respondents he pays for."""
    people = People(case)
    payers = [p for d in duties(case) if d.liability == FIRST for p in d.payers]
    hired = people.other_respondents(payers) if payers else people.sides[RESPONDENT]
    return people.names(hired[:1])
