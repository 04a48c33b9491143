"""Clocks after a ruling: objection party by party, interested persons one by one, execution."""

from __future__ import annotations

from datetime import date

from station_app.domain.clocks.clock import State
from station_app.domain.clocks.run import clocks
from tests.domain.clocks.test_clocks import codes, one, ruled
from tests.domain.court.build import A1, AG, OB, R1, Made, rec


def test_after_a_valid_ruling_three_clocks_run() -> None:
    made = ruled()
    assert one(made, "objection").last == date(2026, 12, 16)
    interested = one(made, "interested")
    assert interested.last == date(2027, 5, 30), "a Sunday: never extended"
    assert interested.known
    assert interested.sentence.endswith("该期间不中止、不中断、不延长。")
    execution = one(made, "execution")
    assert (execution.start, execution.last) == (date(2026, 12, 15), date(2028, 12, 15))
    assert "与其同级的被执行财产所在地人民法院" in execution.sentence
    assert not {"objection", "interested", "execution"} & set(codes(Made()))
    assert not {"objection", "interested", "execution"} & set(codes(made.put(rec(74), result="rejected")))


def test_an_objection_without_a_day_of_receipt_asks_for_it() -> None:
    found = one(ruled().put(rec(74), received_on=""), "objection")
    assert (found.state, found.last, found.place) == (State.ASK, None, "ruling_receipt.on")
    assert found.sentence.startswith("请登记田某、演示公司收到裁定的日期")


def test_each_party_has_the_clock_of_his_own_day_of_receipt() -> None:
    made = ruled().put(rec(74), received_on="")
    made.new(81, "ruling_receipt", confirmation=rec(74), party=A1, on="2026-12-01")
    known, asked = (c for c in clocks(made.facts()) if c.code == "objection")
    assert (known.start, known.last, known.rec) == (date(2026, 12, 1), date(2026, 12, 16), rec(81))
    assert known.sentence.startswith("田某（2026年12月1日收到）对裁定提出异议：还剩14天，")
    assert asked.state is State.ASK
    assert "演示公司" in asked.sentence
    assert "田某" not in asked.sentence
    made.new(82, "ruling_receipt", confirmation=rec(74), party=R1, on="2026-12-04")
    first, second = (c for c in clocks(made.facts()) if c.code == "objection")
    assert (first.last, second.last) == (date(2026, 12, 16), date(2026, 12, 21)), "the 19th is a Saturday"
    sentences = [f.sentence for f in made.findings("J31")]
    assert [s[:3] for s in sentences] == ["田某（", "演示公"]


def test_the_day_on_the_application_counts_for_who_has_no_day_of_his_own() -> None:
    made = ruled().new(81, "ruling_receipt", confirmation=rec(74), party=R1, on="2026-12-03")
    days = {c.start: c.sentence[:2] for c in clocks(made.facts()) if c.code == "objection"}
    assert days == {date(2026, 12, 1): "田某", date(2026, 12, 3): "演示"}
    made.put(rec(81), confirmation=rec(99))
    (one_for_all,) = (c for c in clocks(made.facts()) if c.code == "objection")
    assert one_for_all.sentence.startswith("当事人对裁定提出异议"), "a receipt of another application says nothing here"


def test_the_six_months_of_an_interested_person_run_from_the_day_he_knew_and_are_never_moved() -> None:
    made = ruled().new(81, "ruling_receipt", confirmation=rec(74), name="陈某", on="2026-12-01")
    made.new(82, "ruling_receipt", confirmation=rec(74), name="林某", on="2026-12-02")
    days = {c.rec: (c.start, c.raw, c.last) for c in clocks(made.facts()) if c.code == "interested"}
    assert days[rec(81)] == (date(2026, 12, 1), date(2027, 6, 1), date(2027, 6, 1))
    assert days[rec(82)] == (date(2026, 12, 2), date(2027, 6, 2), date(2027, 6, 2))
    assert days[""][0] == date(2026, 11, 30), "who knew on the day of the ruling"
    assert any("陈某于2026年12月1日知道裁定" in f.sentence for f in made.findings("J32"))


def test_execution_runs_from_the_last_instalment_else_from_the_ruling_and_ends_with_performance() -> None:
    made = ruled()
    made.new(42, "obligation", agreement=AG, order=2, kind="act", payers=[R1], what="修复墙面", due="2027-06-30",
             due_rule="on_date")  # fmt: skip
    assert one(made, "execution").start == date(2027, 6, 30)
    open_act = made.new(50, "performance", obligation=OB, amount=100_000, outcome="paid")
    assert one(open_act, "execution").start == date(2027, 6, 30), "the act is still open"
    assert "execution" not in codes(open_act.new(51, "performance", obligation=rec(42), outcome="paid"))
    undated = ruled().put(OB, due="", due_rule="on_condition", condition="交付")
    assert one(undated, "execution").start == date(2026, 11, 30)
