"""Filling without a station: sums, conditions, lists, remarks; every printed sentence passes the checks on wording."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.case import Case
from station_app.domain.clauses.clause import load, parse
from station_app.domain.clauses.filling import Filled, fill
from station_app.domain.court.prohibited import prohibited
from station_app.domain.court.vague import vague
from station_app.domain.sentences import sentence
from sync.contract.canonical import Json
from tests.domain.court.build import A1, Made
from tests.services.test_clauses import ANSWERS


@pytest.fixture(scope="module")
def case() -> Case:
    """A case of one worker (田某) against a company, as the court's rules are tested with."""
    return made()


def made() -> Case:
    return Made().new(15, "wage", party=A1, owed=100_000).facts().case


def filled(case: Case, kind: str, **change: Json) -> Filled:
    """The kind's answers with this case's parties in the place of payer and payee."""
    payee, payer = case.side("applicant")[0].id, case.side("respondent")[0].id
    parties = {f.name: payer for f in load()[kind].fields if f.type == "party" and f.name in ANSWERS[kind]}
    swap = kind == "property_fee"
    if "payee" in parties:
        parties |= {"payee": payer if swap else payee, "payer": payee if swap else payer}
    given = {**ANSWERS[kind], **parties, **change}
    return fill(load()[kind], {k: v for k, v in given.items() if v is not None}, case)


def codes(found: Filled) -> set[tuple[str, str]]:
    return {(e.place, e.error.code) for e in found.errors}


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_what_a_clause_prints_is_neither_vague_nor_prohibited(case: Case, kind: str) -> None:
    found = filled(case, kind)
    assert found.errors == []
    assert found.rows
    for term in found.terms:
        assert vague(term) == [], term
        assert prohibited(term) == [], term
        assert not set("{}＿!！") & set(term)


def test_items_are_listed_and_added_up_in_one_term(case: Case) -> None:
    found = filled(case, "personal", item_nursing="1200", total="6440")
    assert "双方确认各项损失为：医疗费5,000.00元、护理费1,200.00元、误工费3,000.00元，合计9,200.00元。" in found.terms
    assert sum("医疗费" in t for t in found.terms) == 1


def test_the_share_of_fault_and_what_was_paid_count(case: Case) -> None:
    assert filled(case, "personal").errors == []
    assert filled(case, "personal", paid="1000", total="4600").errors == []
    wrong = filled(case, "personal", paid="1000")
    assert codes(wrong) == {("total", "E-451")}
    assert "按各项数额计算应为 4,600.00 元，相差 1,000.00 元" in sentence(wrong.errors[0].error)
    assert (wrong.rows, wrong.terms) == ([], []), "nothing is written beside an error"


def test_the_deposit_of_case_four(case: Case) -> None:
    found = filled(case, "rent")
    assert found.rows[0]["amount"] == 4_893_000
    assert any("水、电、燃气、清洁费1,070.00元、双方协商抵扣5,000.00元，合计6,070.00元" in t for t in found.terms)
    assert codes(filled(case, "rent", total="48931")) == {("total", "E-451")}


@given(st.integers(1, 10**9), st.integers(1, 100), st.integers(0, 10**6))
def test_a_sum_that_follows_the_rule_is_never_refused(loss: int, share: int, paid: int) -> None:
    case = made()
    total = (loss * share * 2 + 100) // 200 - paid
    if total <= 0:
        return
    answers: dict[str, Json] = {"item_medical": loss, "item_lost": None, "share": str(share), "paid": paid or None}
    assert filled(case, "personal", **answers, total=total).errors == []
    assert codes(filled(case, "personal", **answers, total=total + 1)) == {("total", "E-451")}


@pytest.mark.parametrize(
    ("kind", "change", "missing"),
    [
        ("neighbour", {"due": None}, "due"),
        ("rent", {"leaver": "respondent"}, "receiver"),
        ("traffic", {"insured_sum": "1000"}, "insurer"),
        ("consumer", {"remedy": "repair"}, "act"),
        ("family", {"monthly": "1500"}, "until"),
        ("rent", {"deposit": None}, "deposit"),
    ],
)
def test_an_answer_is_never_dropped_for_want_of_another(
    case: Case, kind: str, change: dict[str, Json], missing: str
) -> None:
    if "leaver" in change:
        change = {"leaver": case.side("respondent")[0].id}
    assert (missing, "E-216") in codes(filled(case, kind, **change))


def test_remarks_speak_to_the_mediator_only(case: Case) -> None:
    found = filled(case, "injury", recognition=None, grade=None)
    assert any("尚无工伤认定书" in r for r in found.remarks)
    assert any("未参保" in r for r in found.remarks)
    assert not any("尚无" in t for t in found.terms)
    known = filled(case, "injury")
    assert not any("尚无" in r for r in known.remarks)
    assert any("第三十七条" in r for r in known.remarks)
    assert all(r.endswith("。") for c in load().values() for r in (x.text for x in c.remarks))


def test_support_goes_on_every_month(case: Case) -> None:
    found = filled(case, "family", monthly="1500", monthly_day="15", until="2034年6月30日")
    assert any("每月15日前以同样方式" in t and "1,500.00元" in t and "支付至2034年6月30日" in t for t in found.terms)


def test_monthly_support_has_a_row_for_each_month_asked_due_on_its_day(case: Case) -> None:
    found = filled(case, "family", due="2026-12-20", total="2000", monthly="1500", monthly_day="31", months="3",
                   until="2034年6月30日")  # fmt: skip
    assert found.errors == []
    assert [(r["due"], r["amount"]) for r in found.rows] == [
        ("2026-12-20", 200_000), ("2027-01-31", 150_000), ("2027-02-28", 150_000), ("2027-03-31", 150_000),
    ]  # fmt: skip
    assert [r.get("instalment") for r in found.rows] == [None, 1, 2, 3]
    assert not any("逐月" in r for r in found.remarks)
    told = filled(case, "family", monthly="1500", monthly_day="15", until="2034年6月30日")
    assert any("没有逐月列入履行事项" in r for r in told.remarks)
    for change in ({"months": "0"}, {"months": "61"}, {"monthly_day": "32"}):
        asked = {"monthly": "1500", "monthly_day": "15", "until": "2034年6月30日", "months": "3", **change}
        assert {code for _, code in codes(filled(case, "family", **asked))} == {"E-243"}
    assert ("monthly", "E-216") in codes(filled(case, "family", months="3"))


BASE: dict[str, Any] = {
    "id": "x", "letter": "X", "title": "某", "edition": "1", "types": [], "basis": ["法"], "source": "自拟",
    "own_words": True, "field": [{"name": "a", "label": "甲", "type": "money"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sum": [{"of": ["a"], "plus": ["b_*"]}]}, "b_"),
        ({"sum": [{"of": ["a"], "plus": ["a"], "times": 2}]}, "times"),
        ({"remark": [{"text": "注意。", "absent": "b"}]}, "b"),
        ({"term": [{"text": "付{a}。"}]}, "may stay empty"),
        ({"field": [{"name": "a", "label": "甲", "type": "text", "needed": "c=1"}]}, "c=1"),
    ],
)
def test_a_broken_clause_is_refused_before_anybody_fills_it(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse({**BASE, **change})
