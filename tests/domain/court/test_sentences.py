"""Every finding says by itself where something is wrong and what to do: the place in words, an instruction, a mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from station_app.domain.court.finding import RULES, Finding, Nature
from tests.domain.court.build import A1, AG, CASE, OB, T1, Made, labour, rec
from tests.domain.court.shapes import injury
from tests.domain.court.tables_content import CONTENT
from tests.domain.court.tables_scope import SCOPE

PLACES: Final = {
    "term": "第[0-9]+条",
    "obligation": "履行事项|支付日",
    "agreement": "协议|履行|法院|司法确认|总额",
    "identity.phone": "联系电话",
    "identity.address": "住址",
    "identity.id_number": "证件号码|统一社会信用代码",
    "identity.legal_rep": "法定代表人",
    "identity.account": "收款账户",
    "agent": "代理|代表|授权",
    "signature": "签名|盖|章",
    "person": "人民调解员|聘",
    "party": "当事人",
    "case.committee": "人民调解委员会",
    "case.consent": "拒绝调解",
    "session": "调解",
    "evidence": "证据材料",
    "facts.other_proceedings": "就本纠纷有没有",
    "confirmation": "申请|裁定|法院",
    "ruling_receipt": "收到|知道",
    "answer.one_agreement": "一份协议|一人一份",
    "answer.court_ground": "法院",
    "answer.third_party_rights": "共有人|利害关系人",
    "answer.own_income": "劳动收入",
    "answer.injury_recognised": "工伤认定",
    "answer.assessed": "劳动能力鉴定",
    "answer.own_wage": "本人工资",
    "answer.insured": "工伤保险",
    "answer.relation_ended_on": "劳动关系何时终止",
    "answer.worker_or_contractor": "劳动者还是承包人",
    "answer.voluntary": "自愿",
    "answer.genuine": "纠纷",
    "answer.attendance": "到场",
    "answer.consequences_told": "告知",
}
"""Beginning of a finding's place -> how a person calls it."""
ASKS: Final = re.compile("(?<!申)请|建议|可以")
VERBS: Final = re.compile(
    "改|补|填|核|制作|删除|选择|告知|提交|添加|更换|终止|登记|约定|查看|取得|答复|移到|征求|写|签名|申请"
)
MORE: Final[dict[str, list[Callable[[Made], object]]]] = {
    "J2": [lambda m: m.drop(rec(74)), lambda m: later(m.drop(rec(74)))],
    "J27": [lambda m: m.put(rec(74), stage="supplement")],
    "J28": [lambda m: m.put(rec(74), result="withdrawn")],
    "J29": [lambda m: m.put(rec(74), result="valid")],
    "J30": [lambda m: m.put(rec(74), result="rejected")],
    "J31": [lambda m: m.put(rec(74), result="valid"), lambda m: m.put(rec(74), result="valid", received_on="2026-11-25")],
    "J32": [lambda m: m.put(rec(74), result="valid", ruled_on="2026-11-25")],
    "C1": [lambda m: labour(m).put(rec(5), story="田某承包的工程款未付。")],
    "W1": [lambda m: injury(m).put(rec(5), story="田某在工地受伤，属于工伤。")],
    "W4": [lambda m: injury(m),
           lambda m: injury(m, insured="yes").put(T1, text="公司支付一次性伤残补助金1,000.00元。")],
    "W5": [lambda m: injury(m)],
    "J18": [lambda m: m.put(rec(71), value=""), lambda m: m.put(rec(71), value="no")],
    "J18a": [lambda m: m.answer("genuine", "no")],
    "J26": [lambda m: m.drop(rec(72))],
    "J26a": [lambda m: m.drop(rec(73))],
    "J16a": [lambda m: m.answer("third_party_rights", "not_agreed")],
    "J1": [lambda m: labour(m, 3).drop(AG, OB, T1, *[r for r, (k, _) in m.rows.items() if k == "signature"])],
    "J37": [lambda m: labour(m.unsigned(), 12).unsigned(), lambda m: labour(m.unsigned(), 3).unsigned()],
    "J40": [lambda m: m.put(rec(62), manner="sealed", seal="")],
    "J41": [lambda m: m.unsigned().put(CASE, mediator=rec(93))],
    "J19": [lambda m: m.drop(OB).drop(T1), lambda m: m.put(OB, shares={}), lambda m: m.put(OB, amount=0)],
    "J38a": [lambda m: m.put(rec(13), account_holder="田妻")],
}  # fmt: skip
"""Clocks, questions, and findings of a rule that its table does not bring forth."""


def later(m: Made) -> None:
    """Long after the thirty days."""
    m.today = m.today.replace(year=m.today.year + 1)


def spoiled() -> Iterator[tuple[str, Callable[[Made], object]]]:
    for code, table in {**SCOPE, **CONTENT}.items():
        for spoil, _ in table.refuses:
            yield code, spoil
    for code, many in MORE.items():
        for spoil in many:
            yield code, spoil


def all_findings() -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for code, spoil in spoiled():
        made = Made()
        spoil(made)
        found.setdefault(code, []).extend(made.findings(code))
    return found


FOUND = all_findings()


def test_every_rule_was_made_to_speak() -> None:
    assert {code for code, many in FOUND.items() if many} == set(RULES)
    assert {RULES[code].nature for code in FOUND} == set(Nature)


@pytest.mark.parametrize("code", sorted(RULES))
def test_each_sentence_names_its_place_and_says_what_to_do(code: str) -> None:
    for finding in FOUND[code]:
        words = [w for place, w in PLACES.items() if finding.place.startswith(place)]
        assert words, finding.place
        assert any(re.search(w, finding.sentence) for w in words), (finding.place, finding.sentence)
        assert ASKS.search(finding.sentence), finding.sentence
        assert VERBS.search(finding.mend), (finding.mend, finding.sentence)
        assert len(finding.sentence) <= 220, finding.sentence
        assert not set("！!？?") & set(finding.sentence.replace("？请", "请")) or finding.question, finding.sentence


def test_a_sentence_about_one_person_names_him_and_about_a_sum_both_sums() -> None:
    for finding in FOUND["J38a"]:
        assert finding.rec == A1 and "田某" in finding.sentence
    (sums,) = {f.sentence for f in FOUND["J38"] if f.place == "agreement.total"}
    assert sums == "分期合计1,000.00元，与约定总额110.00元相差890.00元，请修改分期数额或者总额。"


def test_a_law_whose_text_was_not_read_says_so_where_the_finding_is_shown() -> None:
    assert all(f.printed_basis.endswith("（条文未核）") for f in FOUND["D3"])
    assert not any("未核" in f.printed_basis for f in FOUND["J19"])
