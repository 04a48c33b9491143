"""Each clock: when it starts, until when it runs, what stops it, and what it says."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from station_app.clock import SHANGHAI, to_ms
from station_app.domain.clocks.clock import Clock, State
from station_app.domain.clocks.ics import calendar
from station_app.domain.clocks.run import clocks
from tests.domain.court.build import AG, CASE, OB, Made, labour, rec
from tests.domain.court.shapes import injury


def one(made: Made, code: str) -> Clock:
    (found,) = (c for c in clocks(made.facts()) if c.code == code)
    return found


def codes(made: Made) -> list[str]:
    return [c.code for c in clocks(made.facts())]


def mediating(made: Made, accepted: str = "2026-11-20") -> Made:
    made.unsigned().put(CASE, state="mediating", accepted_at=f"{accepted}T09:05", registered_at=f"{accepted}T08:52")
    return made.put(CASE, resolved_at="")


def test_mediation_runs_thirty_days_and_the_door_to_arbitration_opens_beside_it() -> None:
    made = mediating(labour(Made()))
    made.today = date(2026, 11, 28)
    found = one(made, "mediation")
    assert found.last == date(2026, 12, 21), "day 30 is Sunday 20 December"
    assert found.state is State.RUNNING
    assert "顺延至2026年12月21日（周一）" in found.sentence
    door = one(made, "arbitration")
    assert door.sentence == "收到申请第8日，满15日未达成协议的，当事人可申请仲裁（12月5日）。"
    made.today = date(2026, 12, 8)
    assert "已满15日" in one(made, "arbitration").sentence
    assert "arbitration" not in codes(mediating(Made()))


def test_an_extension_with_consent_moves_the_end_and_a_late_one_is_told() -> None:
    made = mediating(Made()).new(15, "extension", until="2026-12-31", agreed_on="2026-12-10")
    found = one(made, "mediation")
    assert found.last == date(2026, 12, 31)
    assert "（双方同意延长）" in found.sentence
    made.today = date(2027, 1, 5)
    late = one(made, "mediation")
    assert late.state is State.OUT
    assert late.tone == "red"
    assert "请终止调解" in late.sentence


def test_confirmation_exists_only_from_effect_and_ends_with_the_application() -> None:
    made = Made().drop(rec(74))
    made.today = date(2026, 12, 1)
    found = one(made, "confirmation")
    assert (found.start, found.last, found.left(made.today)) == (date(2026, 11, 24), date(2026, 12, 24), 23)
    assert found.sentence == "申请司法确认还剩23天，最后一天为2026年12月24日（周四）。"
    made.today = date(2026, 12, 20)
    assert one(made, "confirmation").state is State.SOON
    assert one(Made(), "confirmation").state is State.DONE
    assert "confirmation" not in codes(Made().unsigned())
    assert "confirmation" not in codes(Made().put(AG, confirm="not"))


@pytest.mark.parametrize(
    ("made", "order"),
    [(labour(Made()), ["支付令", "直接起诉", "劳动仲裁。"]), (Made(), ["支付令", "公证债权文书", "起诉。"])],
    ids=["labour", "other"],
)
def test_what_remains_comes_in_the_right_order(made: Made, order: list[str]) -> None:
    made.drop(rec(74))
    made.today = date(2026, 12, 30)
    sentence = one(made, "confirmation").sentence
    assert sentence.startswith("申请司法确认的期限已于2026年12月24日届满。")
    places = [sentence.index(word) for word in order]
    assert places == sorted(places)


def test_a_contract_day_moves_back_and_a_pay_day_forward() -> None:
    made = Made().put(OB, due="2026-12-05")
    assert one(made, "performance").last == date(2026, 12, 7)
    wages = labour(Made()).put(OB, due="2026-12-05").new(14, "wage", party=rec(11), no=1, owed=100_000)
    found = one(wages, "performance")
    assert found.last == date(2026, 12, 4)
    assert "工资应当提前支付" in found.sentence
    assert found.basis[0].article == 14
    paid = made.new(50, "performance", obligation=OB, amount=100_000)
    assert one(paid, "performance").state is State.DONE


def test_after_a_valid_ruling_three_clocks_run() -> None:
    made = Made().put(rec(74), result="valid", ruled_on="2026-11-30", received_on="2026-12-01")
    made.today = date(2026, 12, 2)
    assert one(made, "objection").last == date(2026, 12, 16)
    interested = one(made, "interested")
    assert interested.last == date(2027, 5, 30), "a Sunday: never extended"
    assert "不中止、不中断、不延长" in interested.sentence
    assert one(made, "execution").last == date(2028, 12, 15)
    assert not {"objection", "execution"} & set(codes(Made()))


def test_limitation_runs_only_from_a_day_a_person_confirmed() -> None:
    asked = one(labour(Made()), "labour")
    assert (asked.state, asked.question) == (State.ASK, "relation_ended_on")
    assert asked.last is None
    going_on = labour(Made()).answer("relation_ended_on", "not_ended")
    assert "不受一年仲裁时效期间限制" in one(going_on, "labour").sentence
    ended = labour(Made()).answer("relation_ended_on", date="2026-11-15")
    assert one(ended, "labour").last == date(2027, 11, 15)
    assert "以裁判机关认定为准" in one(ended, "labour").sentence
    civil = Made().put(CASE, amount=100_000).answer("right_known_on", date="2026-01-10")
    assert one(civil, "civil").last == date(2029, 1, 10)


def test_recognition_of_an_injury_has_two_terms() -> None:
    assert one(injury(Made()), "injury").question == "injury_on"
    made = injury(Made()).answer("injury_on", date="2026-11-10")
    assert one(made, "injury_employer").last == date(2026, 12, 10)
    assert one(made, "injury_worker").last == date(2027, 11, 10)
    assert not {"injury", "injury_worker"} & set(codes(injury(Made(), injury_recognised="yes")))


def test_visit_and_filing_run_only_where_the_district_has_set_their_days() -> None:
    made = Made()
    assert not {"visit", "filing"} & set(codes(made))
    made.pack = {"visit.days": 30, "filing.days": 60}
    assert one(made, "visit").last == date(2026, 12, 24)
    assert one(made, "filing").last == date(2027, 1, 23)
    assert one(made.new(51, "visit", at="2026-12-01T09:00"), "visit").state is State.DONE


def test_the_nearest_day_comes_first() -> None:
    days = [c.last for c in clocks(labour(Made()).drop(rec(74)).facts()) if c.last]
    assert days == sorted(days)


def test_a_calendar_file_can_be_read_back() -> None:
    made = Made().drop(rec(74))
    title = "田某与演示公司、某某;长标题" + "纠纷" * 30
    now = to_ms(datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI))
    text = calendar([(CASE, title, c) for c in clocks(made.facts())], now)
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "").split("\r\n")
    events = [line for line in whole if line == "BEGIN:VEVENT"]
    assert len(events) == len([c for c in clocks(made.facts()) if c.last and c.state is not State.DONE])
    assert "DTSTART;VALUE=DATE:20261224" in whole
    assert "DTEND;VALUE=DATE:20261225" in whole
    assert "TRIGGER:-P1D" in whole
    summary = next(line for line in whole if line.startswith("SUMMARY:司法确认"))
    assert "某某\\;长标题" in summary
    uids = [line for line in whole if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    assert uids == [x for x in calendar([(CASE, title, c) for c in clocks(made.facts())], now + 5).replace("\r\n ", "")
                    .split("\r\n") if x.startswith("UID:")]  # fmt: skip
    assert "44030019900101001X" not in text
