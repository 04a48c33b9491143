"""Questions that only a person can answer: asked once, the answer kept on the case (record kind `answer`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from station_app.domain.court.facts import APPLY, Facts
from station_app.domain.court.finding import Hit, Nature, Severity, rule
from station_app.domain.court.laws import cite

_YES_NO: Final = (("yes", "是"), ("no", "否"))


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options`: (value, words); none where it wants a day, a sum or free words (`wants`)."""

    code: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    wants: str = "choice"


QUESTIONS: Final[dict[str, Question]] = {
    q.code: q
    for q in (
        Question("voluntary", "各方当事人是否自愿达成协议，没有受到欺诈、胁迫？", _YES_NO),
        Question("genuine", "纠纷是否真实？请当面核实，并简要写明依据。", _YES_NO),
        Question("one_agreement", "多名申请人共用一份协议，申请时能否全部到场？", (("together", "各方均能到场"), ("each", "改为一人一份"))),
        Question("attendance", "法院询问时各方怎样到场？", (("video", "在线视频"), ("onsite", "到庭"))),
        Question("consequences_told", "是否已告知：裁定有效后一方不履行的，对方可以申请强制执行，可能被采取限制消费等措施？", _YES_NO),
        Question("third_party_rights", "有无共有人、承租人、抵押权人等利害关系人？", (("none", "没有"), ("agreed", "有，已书面同意"), ("not_agreed", "有，尚未同意"))),
        Question("own_income", "已满十六周岁的当事人，是否以自己的劳动收入为主要生活来源？", _YES_NO),
        Question("court_ground", "向该法院申请的依据是什么？", (("domicile", "当事人住所地"), ("object", "标的物所在地"), ("invited", "该院邀请先行调解"))),
        Question("worker_or_contractor", "申请人是受雇的劳动者，还是承包人？", (("worker", "受雇的劳动者"), ("contractor", "承包人"))),
        Question("injury_recognised", "是否已经作出工伤认定？", _YES_NO),
        Question("assessed", "是否已经完成劳动能力鉴定？", _YES_NO),
        Question("disability_grade", "劳动能力鉴定的伤残等级是几级？", tuple((str(n), f"{w}级") for n, w in enumerate("一二三四五六七八九十", 1))),
        Question("own_wage", "本人工资每月多少元（受伤前十二个月平均，工伤保险条例第六十四条）？", wants="amount"),
        Question("insured", "是否参加工伤保险？", _YES_NO),
        Question("relation_ended_on", "劳动关系何时终止？尚未终止的，请选“尚未终止”。", (("not_ended", "尚未终止"),), wants="date"),
        Question("right_known_on", "当事人何时知道或者应当知道权利受到侵害？", wants="date"),
        Question("injury_on", "事故发生在哪一天？", wants="date"),
    )
}  # fmt: skip
"""Code -> question. A code is stored and travels: never renamed."""


def _asked(f: Facts, code: str, severity: Severity) -> Iterator[Hit]:
    if not f.answer(code):
        yield Hit(f"answer.{code}", f"请核实并答复：{QUESTIONS[code].text}", severity=severity, question=code)


@rule(
    "J18",
    "自愿原则",
    Severity.SEAL,
    cite("msjs", 358, 4),
    cite("tjf", 3),
    mend="当面核实后答复",
    nature=Nature.QUESTION,
)
def voluntary(f: Facts) -> Iterator[Hit]:
    """Whether people want it nobody can see from records."""
    if f.agreement is None:
        return
    if f.answer("voluntary") == "no":
        yield Hit(
            "answer.voluntary",
            "当事人表示不是自愿，协议不得盖章，也不能申请司法确认。请终止调解或者重新征求意见。",
            mend="重新征求意见",
        )
    else:
        yield from _asked(f, "voluntary", Severity.HINT)


@rule(
    "J18a", "纠纷真实", Severity.SEAL, cite("szdy", 28), cite("zxtj", 23), mend="当面核实后答复", nature=Nature.QUESTION
)
def genuine(f: Facts) -> Iterator[Hit]:
    """A made-up dispute ends the mediation and is reported."""
    if f.agreement is not None and f.answer("genuine") == "no":
        yield Hit("answer.genuine", "纠纷不真实，可能存在恶意串通，不得盖章，请终止调解。", mend="终止调解")


@rule("J26", "到场核实", Severity.HINT, cite("msjs", 356), mend="答复到场方式", nature=Nature.QUESTION)
def attendance(f: Facts) -> Iterator[Hit]:
    """The court calls both sides together."""
    if f.wanted == APPLY:
        yield from _asked(f, "attendance", Severity.HINT)


@rule(
    "J26a", "裁定后果告知", Severity.HINT, cite("msf", 206), cite("szdy", 74), mend="告知后答复", nature=Nature.QUESTION
)
def consequences(f: Facts) -> Iterator[Hit]:
    """People know what a ruling means before they ask for it."""
    if f.wanted == APPLY:
        yield from _asked(f, "consequences_told", Severity.HINT)


@rule("J16a", "利害关系人未同意", Severity.STOP, cite("msjs", 358, 2), mend="取得书面同意", nature=Nature.QUESTION)
def not_agreed(f: Facts) -> Iterator[Hit]:
    """A co-owner who did not agree stops the ruling."""
    if f.answer("third_party_rights") == "not_agreed":
        yield Hit(
            "answer.third_party_rights",
            "利害关系人尚未书面同意，协议可能损害他人合法权益，法院可能裁定驳回申请，请取得其书面同意后修改答复。",
        )
