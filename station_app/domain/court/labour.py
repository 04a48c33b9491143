"""Rules of labour cases: worker or contractor, injuries settled too early or too low, what the fund pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from station_app.domain.case import number, text
from station_app.domain.court.facts import Facts
from station_app.domain.court.finding import Hit, Nature, Severity, rule
from station_app.domain.court.laws import cite
from station_app.domain.court.prohibited import prohibited
from station_app.domain.money import parse_yuan, yuan

GRADE_MONTHS: Final = (27, 25, 23, 21, 18, 16, 13, 11, 9, 7)
"""一次性伤残补助金 by grade 1 to 10, in months of one's own wage (工伤保险条例 35–37)."""
_CONTRACTOR: Final = re.compile("承接|承包|包工|工程款|工程量结算|班组结算|清包")
_NOT_YET: Final = re.compile("(?:尚未|未|没有|未做|未经)[^，。；]{0,6}(?:认定工伤|工伤认定|劳动能力鉴定|伤残鉴定)")
_GRADE: Final = re.compile("(?:伤残|鉴定(?:为)?|工伤)[^，。；]{0,4}([一二三四五六七八九十])级|([1-9]|10)级伤残")
_OWN_WAGE: Final = re.compile(r"本人工资(?:为|是|每月|月均|平均)?\s*([0-9][0-9,]*(?:\.[0-9]{1,2})?)元")
_NUMERALS: Final = "一二三四五六七八九十"
_FUND: Final = "一次性伤残补助金|一次性工伤医疗补助金|工伤医疗补助金"


def grade(f: Facts) -> int:
    """The disability grade 1–10 as answered, else as the case says it, 0 where nothing says."""
    said = f.answer("disability_grade")
    if said.isdecimal() and 1 <= int(said) <= len(GRADE_MONTHS):
        return int(said)
    found = _GRADE.search(f.everything)
    if not found:
        return 0
    return _NUMERALS.index(found[1]) + 1 if found[1] else int(found[2])


def own_wage(f: Facts) -> int:
    """本人工资 a month in 分 (工伤保险条例 64): as answered, else as the case says it, 0 where nothing says."""
    answered = number(f.answers.get("own_wage"), "amount")
    told = _OWN_WAGE.search(f.everything)
    return answered or (parse_yuan(told[1]) if told else 0)


@rule("C1", "工资还是工程款", Severity.WARN, cite("gztl", 52), mend="核实身份", nature=Nature.QUESTION)
def worker_or_contractor(f: Facts) -> Iterator[Hit]:
    """Money for work done as a contractor is no wage, and false wage claims are punished."""
    if f.labour and not f.injury and _CONTRACTOR.search(f.everything) and not f.answer("worker_or_contractor"):
        yield Hit(
            "answer.worker_or_contractor",
            "案情有承接、包工或者工程款的表述。请核实申请人是受雇的劳动者还是承包人：劳动者主张工资，承包人主张的是工程款，适用的法律和管辖不同。",
            question="worker_or_contractor",
        )


@rule("W1", "认定、鉴定之前了结", Severity.WARN, cite("jsy", 35), cite("gstl", 17), mend="告知工人并记入笔录")
def too_early(f: Facts) -> Iterator[Hit]:
    """Signed before recognition and assessment, the sum may be set aside or changed later."""
    if not f.injury or f.agreement is None:
        return
    for question, word in (("injury_recognised", "工伤认定"), ("assessed", "劳动能力鉴定")):
        said = f.answer(question)
        if said == "yes" or (question == "assessed" and grade(f) and said != "no"):
            continue
        denied = said == "no" or _NOT_YET.search(f.everything)
        if denied:
            yield Hit(
                f"answer.{question}",
                f"协议签订于{word}之前，赔偿数额日后可能被撤销或者变更。请先告知工人，并记入笔录。",
            )
        elif question == "injury_recognised" and not (grade(f) and said == ""):
            yield Hit(f"answer.{question}", f"请写明是否已经作出{word}。", question=question)


@rule("W2", "放弃工伤认定和鉴定", Severity.STOP, cite("msjs", 358, 1), cite("jsy", 35), mend="删除该条")
def waived(f: Facts) -> Iterator[Hit]:
    """A worker cannot sign away recognition and assessment."""
    for place, rec, called, words in f.wording:
        for hit in prohibited(words):
            if hit.kind == "injury" and (f.injury or "工伤" in words):
                yield Hit(place, f"{called}：{hit.sentence}", rec)


@rule(
    "W3",
    "赔偿数额",
    Severity.WARN,
    cite("gstl", 35),
    cite("gstl", 36),
    cite("gstl", 37),
    cite("jsy", 35),
    mend="核对法定标准",
)
def too_low(f: Facts) -> Iterator[Hit]:
    """The sum beside the statute's scale: for the known grade, else for the lowest there is."""
    if not f.injury or f.agreement is None or not f.total:
        return
    known, wage = grade(f), own_wage(f)
    months = GRADE_MONTHS[(known or len(GRADE_MONTHS)) - 1]
    level = f"{_NUMERALS[(known or len(GRADE_MONTHS)) - 1]}级"
    if not wage:
        yield Hit(
            "answer.own_wage",
            f"请填写本人工资。{level if known else '即使按最低的十级'}的一次性伤残补助金为{months}个月本人工资，"
            f"协议数额{yuan(f.total)}元全部按此折算，每月仅{yuan(f.total // months)}元，请核对是否明显偏低。",
            severity=Severity.WARN if not known else Severity.HINT,
            question="own_wage",
        )
        return
    due = wage * months
    shown = f"{level}的一次性伤残补助金为{months}个月本人工资，{months}×{yuan(wage)}元＝{yuan(due)}元"
    rest = _provincial(f, wage)
    if f.total < due:
        head = "" if known else "即使按最低的"
        yield Hit(
            "agreement.total",
            f"协议数额{yuan(f.total)}元明显低于法定标准，请与当事人核对后修改金额或者写明理由：{head}{shown}。{rest}",
        )
    elif known:
        yield Hit("agreement.total", f"协议数额{yuan(f.total)}元；{shown}。{rest}", severity=Severity.HINT)


def _provincial(f: Facts, wage: int) -> str:
    """5–10 级: two more sums at the end of the relation are set by the province; unknown values stay unknown."""
    level = grade(f)
    if not 5 <= level <= len(GRADE_MONTHS):
        return ""
    parts = []
    for key, word in (("medical", "一次性工伤医疗补助金"), ("employment", "一次性伤残就业补助金")):
        months = f.pack.get(f"injury.{key}_months.{level}")
        if isinstance(months, int):
            parts.append(f"{word}{months}个月，{yuan(months * wage)}元")
        else:
            parts.append(f"{word}由省规定，本地规则包尚未录入")
    return "劳动关系终止时另有：" + "；".join(parts) + "。"


@rule(
    "W4",
    "是否参加工伤保险",
    Severity.WARN,
    cite("gstl", 62),
    cite("gstl", 36),
    cite("gstl", 37),
    mend="核实是否参保",
    nature=Nature.QUESTION,
)
def insured(f: Facts) -> Iterator[Hit]:
    """Insured: the fund pays its items; the employer promises them only where it did not insure."""
    if not f.injury or f.agreement is None:
        return
    said = f.answer("insured")
    if not said:
        yield Hit(
            "answer.insured",
            "请核实是否参加工伤保险：已参保的，部分项目由工伤保险基金支付；未参保的，全部由用人单位支付。",
            question="insured",
        )
    elif said == "yes":
        for place, rec, called, words in f.wording:
            found = re.search(_FUND, words)
            if found:
                yield Hit(
                    place,
                    f"{called}由用人单位承诺支付“{found[0]}”。已参保的，该项由工伤保险基金支付，请改写或者写明补足差额。",
                    rec,
                )


@rule(
    "W5",
    "劳动关系何时终止",
    Severity.WARN,
    cite("gstl", 36),
    cite("gstl", 37),
    cite("jsy", 52),
    mend="填写终止日期",
    nature=Nature.QUESTION,
)
def relation_end(f: Facts) -> Iterator[Hit]:
    """The two sums for grades 5–10 fall due only when the relation ends; the end itself is no payment term."""
    if f.injury and f.agreement is not None and not f.answer("relation_ended_on") and (not grade(f) or grade(f) >= 5):
        answered = f.answers.get("relation_ended_on")
        if answered is None or not (text(answered, "date") or text(answered, "value")):
            yield Hit(
                "answer.relation_ended_on",
                "请填写劳动关系何时终止：五级至十级的医疗补助金和就业补助金在劳动关系终止时才支付；"
                "尚未终止的，请把解除劳动关系另立协议。",
                question="relation_ended_on",
            )
