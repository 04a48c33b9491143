"""Each clock: when it starts, until when it runs, what stops it, and what it says."""

from __future__ import annotations

from datetime import date

import pytest

from station_app.domain.clocks.clock import Clock, State
from station_app.domain.clocks.remedies import remedies
from station_app.domain.clocks.run import clocks
from station_app.domain.holidays import OFFICIAL
from sync.contract.catalogue import KINDS
from tests.domain.court.build import A1, AG, CASE, OB, R1, Made, labour, rec
from tests.domain.court.shapes import injury


def one(made: Made, code: str) -> Clock:
    (found,) = (c for c in clocks(made.facts()) if c.code == code)
    return found


def codes(made: Made) -> list[str]:
    return [c.code for c in clocks(made.facts())]


def mediating(made: Made, accepted: str = "2026-11-20") -> Made:
    made.unsigned().put(CASE, state="mediating", accepted_at=f"{accepted}T09:05", registered_at=f"{accepted}T08:52")
    return made.put(CASE, resolved_at="")


# -- mediation --------------------------------------------------------------------------------------------------


def test_mediation_runs_thirty_days_and_the_door_to_arbitration_opens_beside_it() -> None:
    made = mediating(labour(Made()))
    made.today = date(2026, 11, 28)
    found = one(made, "mediation")
    assert (found.start, found.raw, found.last) == (date(2026, 11, 20), date(2026, 12, 20), date(2026, 12, 21))
    assert found.shifted
    assert found.state is State.RUNNING
    assert found.sentence.startswith("调解期限还剩23天，期限最后一日为12月20日（周日），顺延至2026年12月21日（周一）。")
    door = one(made, "arbitration")
    assert door.sentence == "收到申请第8日 · 满15日未达成协议的，当事人可申请仲裁（12月5日）。"
    assert (door.tone, door.last) == ("none", date(2026, 12, 5))
    made.today = date(2026, 12, 5)
    assert "满15日未达成协议" in one(made, "arbitration").sentence
    made.today = date(2026, 12, 6)
    late = one(made, "arbitration")
    assert late.sentence == "收到申请第16日 · 已满15日，当事人可以申请仲裁；双方同意的，可以继续调解。"
    assert late.tone == "none", "no bar, nothing that runs out"
    assert "arbitration" not in codes(mediating(Made()))


def test_a_district_or_the_parties_set_another_term_of_mediation() -> None:
    made = mediating(Made()).new(15, "extension", until="2026-12-31", agreed_on="2026-12-10")
    found = one(made, "mediation")
    assert found.last == date(2026, 12, 31)
    assert "（双方同意延长）" in found.sentence
    again = made.new(16, "extension", until="2027-01-20").new(17, "extension", until="2027-03-01", removed=True)
    assert one(again, "mediation").last == date(2027, 1, 20), "the latest that stands"
    shorter = mediating(Made())
    shorter.pack = {"mediation.days": 10}
    assert one(shorter, "mediation").last == date(2026, 11, 30)


@pytest.mark.parametrize(("change", "way"), [(labour, "申请劳动仲裁"), (lambda m: m, "依法申请仲裁、向人民法院起诉")])
def test_mediation_that_has_run_out_says_what_to_do_and_what_remains(change, way: str) -> None:  # type: ignore[no-untyped-def]  # two callables
    made = mediating(change(Made()))
    made.today = date(2027, 1, 5)
    late = one(made, "mediation")
    assert (late.state, late.tone) == (State.OUT, "red")
    assert "请终止调解，或者由双方签署延期调解同意书" in late.sentence
    assert way in late.sentence


def test_a_consultation_has_no_term_of_mediation() -> None:
    assert codes(mediating(labour(Made())).put(CASE, service="legal")) == ["labour"]


def test_mediation_is_over_with_an_agreement_or_an_end() -> None:
    for state in ("registered", "agreed", "ended", "effective", "archived"):
        assert "mediation" not in codes(mediating(Made()).put(CASE, state=state))


# -- confirmation -----------------------------------------------------------------------------------------------


def test_confirmation_exists_only_from_effect_and_ends_with_the_application() -> None:
    made = Made().drop(rec(74))
    made.today = date(2026, 12, 1)
    found = one(made, "confirmation")
    assert (found.start, found.last, found.left(made.today)) == (date(2026, 11, 24), date(2026, 12, 24), 23)
    assert found.sentence == "申请司法确认还剩23天，最后一天为2026年12月24日（周四）。"
    assert found.printed_basis == "民事诉讼法（2023年修正）第二百零五条、第八十五条"
    states = {}
    for day in (18, 19, 24, 25):
        made.today = date(2026, 12, day)
        states[day] = one(made, "confirmation").state
    assert states == {18: State.RUNNING, 19: State.SOON, 24: State.SOON, 25: State.OUT}
    assert "confirmation" not in codes(Made().unsigned())
    assert "confirmation" not in codes(Made().drop(rec(62))), "one party has not signed"
    assert "confirmation" not in codes(Made().put(AG, confirm="not"))


def test_an_application_stops_the_thirty_days_and_a_withdrawn_one_does_not() -> None:
    assert one(Made(), "confirmation").sentence == "已于2026年11月25日共同申请司法确认，期限至2026年12月24日。"
    late = Made().put(rec(74), applied_on="2026-12-28")
    assert "申请时已超过期限" in one(late, "confirmation").sentence
    withdrawn = Made().put(rec(74), result="withdrawn")
    withdrawn.today = date(2026, 12, 22)
    found = one(withdrawn, "confirmation")
    assert found.state is State.SOON
    assert found.sentence == "申请已撤回，申请司法确认还剩2天，最后一天为2026年12月24日（周四）。"


def test_the_last_day_says_what_moved_it_or_that_the_year_is_not_known() -> None:
    made = Made().drop(rec(74))
    for row in (61, 62, 63, 64):
        made.put(rec(row), on="2026-12-10")
    made.today = date(2026, 12, 11)
    found = one(made, "confirmation")
    assert (found.last, found.known, found.shifted) == (date(2027, 1, 9), False, False)
    assert found.sentence == (
        "申请司法确认还剩29天，最后一天为2027年1月9日（周六）。2027年放假安排尚未录入，按自然日计算，未作顺延。"
    )
    assert not OFFICIAL.knows(2027)


@pytest.mark.parametrize(
    ("made", "order"),
    [
        (labour(Made()), ["payment_order", "direct_suit", "arbitration"]),
        (labour(Made()).put(OB, what="经济补偿").put(CASE, type="labour_other"), ["payment_order", "arbitration"]),
        (labour(Made()).put(OB, kind="document", what="出具离职证明", amount=0).put(CASE, type="labour_other"),
         ["arbitration"]),
        (Made(), ["payment_order", "notary", "suit"]),
        (Made().put(OB, kind="vacate", amount=0, shares={A1: 0}), ["notary", "suit"]),
        (Made().put(OB, kind="apologise", amount=0, shares={A1: 0}), ["suit"]),
        (labour(Made()).unsigned(), ["arbitration", "claim"]),
        (Made().unsigned(), ["claim"]),
    ],
    ids=["wages", "labour other", "labour no money", "money", "thing", "apology", "labour none", "none"],
)  # fmt: skip
def test_what_remains_in_the_right_order_and_only_what_the_statute_gives(made: Made, order: list[str]) -> None:
    made.drop(rec(74))
    made.today = date(2026, 12, 30)
    found = remedies(made.facts())
    assert [way.code for way in found] == order
    assert all(article.text for way in found for article in way.basis)


def test_a_confirmation_that_has_run_out_names_the_ways() -> None:
    made = labour(Made()).drop(rec(74))
    made.today = date(2026, 12, 30)
    assert one(made, "confirmation").sentence == (
        "申请司法确认的期限已于2026年12月24日届满。仍可依次选择：申请支付令（劳动争议调解仲裁法第十六条）；"
        "持劳动报酬调解协议直接起诉（最高人民法院关于审理劳动争议案件适用法律问题的解释（一）第五十一条第二款）；"
        "申请劳动仲裁（劳动争议调解仲裁法第十五条）。"
    )


# -- performance ------------------------------------------------------------------------------------------------


def wages(due: str) -> Made:
    return labour(Made()).put(OB, due=due).new(14, "wage", party=A1, no=1, owed=100_000)


def test_a_contract_day_moves_back_and_a_pay_day_forward() -> None:
    assert one(Made().put(OB, due="2026-12-05"), "performance").last == date(2026, 12, 7)
    found = one(wages("2026-12-05"), "performance")
    assert found.last == date(2026, 12, 4)
    assert found.sentence == (
        "第1项工资1,000.00元：约定日12月5日为周六，工资应当提前支付，还剩9天，最后一天为2026年12月4日（周五）。"
    )
    assert found.basis[0].article == 14


def test_a_performance_that_is_overdue_asks_to_be_recorded() -> None:
    made = Made().new(50, "performance", obligation=OB, amount=40_000, outcome="paid")
    made.today = date(2026, 12, 16)
    assert one(made, "performance").sentence == (
        "第1项货款1,000.00元，尚余600.00元：履行期限已于2026年12月15日届满。请核实并登记履行情况。"
    )
    assert one(labour(Made()).put(OB, due="2026-12-05"), "performance").last == date(2026, 12, 4), (
        "wages without roster"
    )


def test_a_pay_day_after_a_long_holiday_warns_before_it() -> None:
    made = wages("2026-10-07")
    for row in (61, 62, 63, 64):
        made.put(rec(row), on="2026-09-01")
    made.today = date(2026, 9, 29)
    found = one(made, "performance")
    assert (found.last, found.state) == (date(2026, 9, 30), State.SOON)


def test_a_pay_day_of_an_unknown_year_says_so_and_nothing_of_moving_back() -> None:
    found = one(wages("2027-02-05"), "performance")
    assert found.last == date(2027, 2, 5)
    assert "2027年放假安排尚未录入，支付日遇节假日、休息日的，应当提前支付。" in found.sentence
    assert "顺延" not in found.sentence


def test_money_and_acts_are_done_when_performed_and_say_what_is_open() -> None:
    made = Made().new(50, "performance", obligation=OB, amount=40_000, outcome="paid")
    made.new(52, "performance", obligation=OB, amount=60_000, outcome="failed")
    assert "，尚余600.00元：" in one(made, "performance").sentence
    assert one(made, "performance").state is State.RUNNING
    paid = made.new(53, "performance", obligation=OB, amount=60_000, outcome="paid")
    assert one(paid, "performance").state is State.DONE
    act = Made().put(OB, kind="act", what="修复墙面", amount=0, shares={A1: 0})
    assert one(act, "performance").state is State.RUNNING
    assert one(act.new(50, "performance", obligation=OB, outcome="paid"), "performance").state is State.DONE


def test_days_after_signing_and_after_effect_are_counted_and_a_condition_has_no_day() -> None:
    made = Made().put(rec(64), on="2026-11-30")
    made.put(OB, due="", due_rule="days_after_signing", condition="7")
    assert (one(made, "performance").start, one(made, "performance").last) == (date(2026, 11, 24), date(2026, 12, 1))
    made.put(OB, due_rule="days_after_effect")
    assert one(made, "performance").last == date(2026, 12, 7), "seven days from the seal"
    assert one(made.put(OB, due_rule="at_signing"), "performance").last == date(2026, 11, 24)
    assert "performance" not in codes(made.put(OB, due_rule="on_condition", condition="房屋交付"))


def test_nothing_is_due_before_the_agreement_binds() -> None:
    assert "performance" not in codes(Made().unsigned())


def test_each_instalment_has_its_clock_with_its_record() -> None:
    made = Made()
    made.new(42, "obligation", agreement=AG, order=2, kind="pay", payers=[R1], shares={A1: 50_000}, amount=50_000,
             what="货款", due="2026-12-31", due_rule="on_date")  # fmt: skip
    found = [c for c in clocks(made.facts()) if c.code == "performance"]
    assert [(c.rec, c.last) for c in found] == [(OB, date(2026, 12, 15)), (rec(42), date(2026, 12, 31))]
    assert [c.sentence[:4] for c in found] == ["第1项货", "第2项货"]


def ruled() -> Made:
    made = Made().put(rec(74), result="valid", ruled_on="2026-11-30", received_on="2026-12-01")
    made.today = date(2026, 12, 2)
    return made


# -- limitation -------------------------------------------------------------------------------------------------


def test_limitation_runs_only_from_a_day_a_person_confirmed() -> None:
    asked = one(mediating(labour(Made())), "labour")
    assert (asked.state, asked.question, asked.last) == (State.ASK, "relation_ended_on", None)
    going_on = one(labour(Made()).answer("relation_ended_on", "not_ended"), "labour")
    assert going_on.state is State.STOPPED
    assert "不受一年仲裁时效期间限制" in going_on.sentence
    ended = one(mediating(labour(Made())).answer("relation_ended_on", date="2026-11-15"), "labour")
    assert (ended.start, ended.last) == (date(2026, 11, 15), date(2027, 11, 15))
    assert "以裁判机关认定为准" in ended.sentence
    other = mediating(labour(Made()).put(CASE, type="labour_other"))
    assert one(other, "labour").question == "right_known_on"
    assert one(other.answer("right_known_on", date="2026-06-01"), "labour").last == date(2027, 6, 1)


def test_civil_limitation_is_three_years_and_says_what_its_end_means() -> None:
    made = mediating(Made().put(CASE, amount=100_000))
    assert one(made, "civil").question == "right_known_on"
    made.answer("right_known_on", date="2023-12-20")
    found = one(made, "civil")
    assert (found.last, found.state) == (date(2026, 12, 21), State.SOON), "20 December 2026 is a Sunday"
    assert found.tone == "amber", "a limitation warns thirty days before"
    made.today = date(2026, 12, 22)
    assert "民法典第一百九十二条" in one(made, "civil").sentence


def test_an_agreement_in_effect_begins_limitation_anew() -> None:
    made = Made().put(CASE, amount=100_000).answer("right_known_on", date="2024-01-10")
    found = one(made, "civil")
    assert (found.start, found.last) == (date(2026, 12, 15), date(2029, 12, 15)), "from the last instalment"
    assert [a.article for a in found.basis] == [188, 189, 203]
    worker = one(labour(Made()).answer("relation_ended_on", date="2025-12-01"), "labour")
    assert (worker.start, worker.last) == (date(2026, 11, 24), date(2027, 11, 24))
    assert "同意履行" in worker.sentence


@pytest.mark.parametrize("state", ["confirmed", "performed", "visited", "fedback", "archived"])
def test_no_limitation_is_told_where_nothing_is_left_to_bring(state: str) -> None:
    made = Made().put(CASE, amount=100_000, state=state)
    assert not {"civil", "labour"} & set(codes(made))


def test_recognition_of_an_injury_has_two_terms() -> None:
    assert one(injury(Made()), "injury").question == "injury_on"
    made = injury(Made()).answer("injury_on", date="2026-11-10")
    employer, worker = one(made, "injury_employer"), one(made, "injury_worker")
    assert (employer.last, worker.last) == (date(2026, 12, 10), date(2027, 11, 10))
    assert "经社会保险行政部门同意可以适当延长" in employer.sentence
    assert "可以直接申请" in worker.sentence
    assert not {"injury", "injury_worker"} & set(codes(injury(Made(), injury_recognised="yes")))


# -- the district's own terms, and all together -----------------------------------------------------------------


def test_visit_and_filing_run_only_where_the_district_has_set_their_days() -> None:
    made = Made()
    assert not {"visit", "filing"} & set(codes(made))
    made.pack = {"visit.days": 30, "filing.days": 60}
    assert one(made, "visit").last == date(2026, 12, 24)
    assert one(made, "filing").last == date(2027, 1, 23)
    assert one(made.new(51, "visit", at="2026-12-01T09:00"), "visit").state is State.DONE
    assert one(made.put(CASE, state="archived"), "filing").state is State.DONE


@pytest.mark.parametrize(("state", "code"), [("performed", "visit"), ("visited", "filing"), ("fedback", "filing")])
def test_a_term_the_district_has_not_set_is_off_and_says_so(state: str, code: str) -> None:
    made = Made().put(CASE, state=state)
    made.pack = {"visit.days": None, "filing.days": None}
    found = one(made, code)
    assert (found.state, found.tone, found.last) == (State.OFF, "none", None)
    assert found.sentence.startswith("区里尚未设定")
    assert len({"visit", "filing"} & set(codes(made))) == 1, "only the act that is next"


def test_refusal_and_recusal_run_where_the_district_has_set_their_days() -> None:
    made = mediating(Made()).new(80, "recusal", asked_by="田志强", asked_on="2026-11-23", reason="系亲属")
    made.pack = {"recusal.days": 3, "refusal.notice_days": 5}
    found = one(made, "recusal")
    assert (found.last, found.state, found.printed_basis[-5:]) == (date(2026, 11, 26), State.SOON, "第二十三条")
    assert one(made.put(rec(80), decision="granted"), "recusal").state is State.DONE
    refused = Made().put(CASE, state="refused", state_since="2026-11-24T09:00")
    refused.pack = made.pack
    told = one(refused, "refusal")
    assert (told.raw, told.last, told.state) == (date(2026, 11, 29), date(2026, 11, 30), State.SOON)
    assert one(refused.new(81, "notice", template="refusal_notice", on="2026-11-25"), "refusal").state is State.DONE


def test_mediation_taken_up_again_has_its_term_anew() -> None:
    made = mediating(Made()).new(16, "extension", until="2027-01-20", agreed_on="2026-12-01")
    again = made.new(82, "reopening", at="2027-02-01T09:00", **{"from": "ended", "reason": "双方同意"})
    again.today = date(2027, 2, 3)
    found = one(again, "mediation")
    assert (found.start, found.start_why) == (date(2027, 2, 1), "恢复办理之日")
    assert found.raw == date(2027, 3, 3), "what was agreed before the end does not count for the new term"
    longer = again.new(83, "extension", until="2027-04-01", agreed_on="2027-02-02")
    assert one(longer, "mediation").raw == date(2027, 4, 1)


def everything() -> list[Clock]:
    late = labour(Made()).drop(rec(74))
    late.today = date(2027, 1, 30)
    hurt = injury(Made()).answer("injury_on", date="2026-11-10")
    local = Made().put(CASE, state="performed")
    made = [mediating(labour(Made())), mediating(Made().put(CASE, amount=5)), Made(), wages("2026-12-05"), ruled()]
    return [c for m in (*made, late, hurt, injury(Made()), local) for c in clocks(m.facts())]


def test_every_clock_cites_articles_whose_words_are_at_hand_and_names_a_field() -> None:
    found = everything()
    seen = {c.code for c in found}
    assert seen >= {"mediation", "arbitration", "confirmation", "performance", "objection", "interested", "execution"}
    assert seen >= {"labour", "civil", "injury", "injury_employer", "injury_worker", "visit"}
    for clock in found:
        assert clock.basis
        assert all(a.text for a in clock.basis), clock.printed_basis
        kind, field = clock.place.split(".")
        if kind != "answer":
            assert field in KINDS[kind].fields, clock.place
        assert clock.sentence.endswith("。"), clock.sentence
        assert "。。" not in clock.sentence
        assert (clock.shift is None) == (clock.state in (State.ASK, State.STOPPED, State.OFF))


def test_the_nearest_day_comes_first_and_what_needs_nothing_last() -> None:
    found = clocks(labour(Made()).drop(rec(74)).facts())
    days = [c.last for c in found if c.last]
    assert days == sorted(days)
    states = [c.state for c in clocks(Made().put(CASE, amount=1).facts())]
    assert states[-1] is State.DONE
