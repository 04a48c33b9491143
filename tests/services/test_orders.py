"""Orders and hand-offs: each verb, what it refuses, the words of the state, the limits that pass."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.domain.sentences import sentence
from station_app.services import cases, papers
from station_app.services.cases import Values
from station_app.services.loop import board, hand_offs, orders, outside, reach, state
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.contract.fold import Record
from tests.support.stations import PASSWORD, make_station, wage_intake

NOW = "2026-11-20T08:52"
GIVEN: Values = {
    "matter": "派员到场协调支付工资",
    "lead": "区住房建设局",
    "joint": ["区人力资源局"],
    "level": "urgent",
    "attend_rank": "科长",
    "report_by": "2026-11-20T09:22",
    "resolve_by": "2026-11-20T18:00",
}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    return cases.register(station, intake=wage_intake()).case


@pytest.fixture
def rec(station: Station, case: str) -> str:
    return orders.issue(station, case=case, values=GIVEN).ids[0]


def at(station: Station, moment: str) -> None:
    """Set the clock."""
    station.clock = FixedClock(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))


def order(station: Station, case: str) -> Record:
    return station.case(case).kind("order")[-1]


def refused(code: str, act: object, *args: object, **given: object) -> KnownError:
    """The known error of a verb."""
    with pytest.raises(KnownError) as caught:
        act(*args, **given)  # type: ignore[operator]  # any verb
    assert caught.value.code == code
    assert "＿＿" not in sentence(caught.value)
    return caught.value


def test_an_order_bears_its_number_and_what_the_case_knows(station: Station, case: str, rec: str) -> None:
    made = order(station, case)
    assert made.id == rec
    assert text(made, "no") == "（2026）光凤东坑令字第A0001号"
    assert (text(made, "issued_at"), text(made, "place")) == (NOW, "科学城工地东区")
    assert text(made, "issuer") == "东坑社区科学城工地群众诉求服务站"
    assert not made.get("sent_to"), "the receivers do not work with the program"
    (number,) = station.case(case).kind("number")
    assert (text(number, "kind"), text(number, "text")) == ("order", text(made, "no"))
    orders.issue(station, case=case, values=GIVEN)
    assert text(order(station, case), "no").endswith("A0002号")
    assert papers.issue(station, case=case, template="order_sheet").pages == 2
    assert consistency.check(station.store) == []


def test_the_limits_nobody_set_stay_open_and_are_named(station: Station, case: str) -> None:
    orders.issue(station, case=case, values={"matter": "到场", "lead": "区住房建设局"})
    made = order(station, case)
    assert orders.unset_limits(made) == ["report_by", "resolve_by"]
    assert state.late(made, "2030-01-01T00:00", confirmed=True) == ""


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"matter": ""}, "E-216"),
        ({"lead": ""}, "E-216"),
        ({"report_by": "2026-11-20T08:00"}, "E-379"),
        ({"resolve_by": "2026-11-20T09:00"}, "E-379"),
        ({"level": "mars"}, "E-217"),
        ({"nobody": "x"}, "E-214"),
    ],
)
def test_orders_that_are_not_made(station: Station, case: str, values: Values, code: str) -> None:
    refused(code, orders.issue, station, case=case, values={**GIVEN, **values})
    assert station.case(case).kind("order") == []


def test_a_station_without_a_series_makes_no_number_up(tmp_path: Path) -> None:
    station = make_station(tmp_path / "none", series="").station
    case = cases.register(station, intake=wage_intake()).case
    refused("E-306", orders.issue, station, case=case, values=GIVEN)


def test_the_line_from_order_to_rating(station: Station, case: str, rec: str) -> None:
    def stands() -> str:
        return state.state_of(order(station, case), confirmed=reach.confirmed(station, rec))

    assert stands() == "unsent", "nothing was confirmed by the platform"
    assert state.state_of(order(station, case), confirmed=True) == "sent"
    at(station, "2026-11-20T09:01")
    orders.receive(station, case=case, rec=rec, by="王敏")
    assert stands() == "received"
    at(station, "2026-11-20T09:20")
    orders.arrive(station, case=case, rec=rec, by="陈某", rank="科长")
    assert stands() == "arrived"
    at(station, "2026-11-20T16:00")
    orders.resolve(station, case=case, rec=rec, result="总包已同意先行清偿。")
    assert stands() == "resolved"
    orders.rate(station, case=case, rec=rec, rating="5")
    assert stands() == "rated"
    made = order(station, case)
    assert [text(made, n) for n in ("received_at", "arrived_at", "resolved_at")] == [
        "2026-11-20T09:01", "2026-11-20T09:20", "2026-11-20T16:00"]  # fmt: skip
    assert state.late_since(made, "2030-01-01T00:00") == ""
    assert consistency.check(station.store) == []


def test_out_of_order_twice_and_at_wrong_times(station: Station, case: str, rec: str) -> None:
    who = {"by": "陈某", "rank": "科长"}
    refused("E-370", orders.arrive, station, case=case, rec=rec, **who)
    refused("E-370", orders.resolve, station, case=case, rec=rec, result="x")
    refused("E-370", orders.rate, station, case=case, rec=rec, rating="5")
    refused("E-223", orders.receive, station, case=case, rec=case)
    refused("E-372", orders.receive, station, case=case, rec=rec, at="2026-11-20T08:51")
    refused("E-372", orders.receive, station, case=case, rec=rec, at="2026-11-20T08:53")
    orders.receive(station, case=case, rec=rec)
    assert "2026-11-20 08:52" in sentence(refused("E-371", orders.receive, station, case=case, rec=rec))
    refused("E-216", orders.arrive, station, case=case, rec=rec, by="陈某", rank=" ")
    refused("E-216", orders.resolve, station, case=case, rec=rec, result=" ")
    orders.resolve(station, case=case, rec=rec, result="电话协调完毕。")
    refused("E-370", orders.arrive, station, case=case, rec=rec, **who)
    refused("E-216", orders.rate, station, case=case, rec=rec, rating="1")
    refused("E-217", orders.rate, station, case=case, rec=rec, rating="9")


def test_past_the_limit_the_reason_is_asked_for(station: Station, case: str, rec: str) -> None:
    orders.receive(station, case=case, rec=rec)
    at(station, "2026-11-20T09:23")
    who = {"by": "陈某", "rank": "科长"}
    refused("E-374", orders.arrive, station, case=case, rec=rec, **who)
    orders.arrive(station, case=case, rec=rec, **who, late_reason="道路施工")
    at(station, "2026-11-20T18:01")
    orders.resolve(station, case=case, rec=rec, result="已付清。")
    made = order(station, case)
    assert text(made, "late_reason") == "道路施工"
    assert state.late_since(made, "2030-01-01T00:00") == "2026-11-20T09:22"
    assert state.late(made, "2030-01-01T00:00", confirmed=True) == "", "what is settled is not chased"


def test_supervised_raised_and_reported_one_after_the_other(
    station: Station, case: str, rec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused("E-373", orders.remind, station, case=case, rec=rec, reason="未到场")
    at(station, "2026-11-20T09:30")
    refused("E-373", orders.remind, station, case=case, rec=rec, reason="未到场")  # it reached nobody: not late
    orders.receive(station, case=case, rec=rec)
    refused("E-370", orders.raise_, station, case=case, rec=rec, to="凤凰街道", reason="仍未到场")
    refused("E-216", orders.remind, station, case=case, rec=rec, reason=" ")
    orders.remind(station, case=case, rec=rec, reason="超过报到时限仍未到场")
    refused("E-371", orders.remind, station, case=case, rec=rec, reason="再次")
    monkeypatch.setattr(orders, "_WAITS", {**orders._WAITS, "raise": "mediation.days"})  # thirty of the pack's units
    told = refused("E-373", orders.raise_, station, case=case, rec=rec, to="凤凰街道", reason="仍未到场")
    assert "2026-11-21 15:30" in sentence(told)
    monkeypatch.undo()
    orders.raise_(station, case=case, rec=rec, to="凤凰街道", reason="督办后仍未到场")
    orders.notice(station, case=case, rec=rec, to="受令单位", reason="提级后仍未到场")
    made = order(station, case)
    assert text(made, "raised_to") == "凤凰街道"
    assert [text(made, state.DONE_AT[s]) for s in state.CHASE] == ["2026-11-20T09:30"] * 3
    orders.resolve(station, case=case, rec=rec, result="已处置。")
    refused("E-371", orders.remind, station, case=case, rec=rec, reason="x")


def test_withdrawn_only_before_it_is_received(station: Station, case: str, rec: str) -> None:
    refused("E-216", orders.withdraw, station, case=case, rec=rec, reason="")
    orders.withdraw(station, case=case, rec=rec, reason="受令单位有误")
    assert state.state_of(order(station, case), confirmed=True) == "withdrawn"
    refused("E-370", orders.receive, station, case=case, rec=rec)
    other = orders.issue(station, case=case, values=GIVEN).ids[0]
    orders.receive(station, case=case, rec=other)
    refused("E-370", orders.withdraw, station, case=case, rec=other, reason="x")
    assert papers.issue(station, case=case, template="order_sheet").pages == 1, "the withdrawn one is not printed"


def test_a_recorder_gives_no_orders(tmp_path: Path) -> None:
    from dataclasses import replace

    station = make_station(tmp_path / "data").station
    case = cases.register(station, intake=wage_intake()).case
    station.user = replace(station.user, roles=("recorder",))
    refused("E-404", orders.issue, station, case=case, values=GIVEN)
    refused("E-404", hand_offs.offer, station, case=case, to="凤凰街道", reason="x")


def test_handed_over_to_a_unit_outside_and_answered_for_it(station: Station, case: str) -> None:
    refused("E-216", hand_offs.offer, station, case=case, to="区人民法院", reason="")
    offered = hand_offs.offer(station, case=case, to="区人民法院", to_kind="court", reason="调解不成").ids[0]
    refused("E-375", hand_offs.offer, station, case=case, to="派出所", reason="x")
    assert hand_offs.holder_of(station, station.case(case)).code == "GM-FH-DK-01"
    refused("E-216", hand_offs.decline, station, case=case, rec=offered, note=" ")
    state_before, clock_before = station.case(case).case_state, text(station.case(case).record, "registered_at")
    hand_offs.accept(station, case=case, rec=offered, by="立案庭")
    view = station.case(case)
    assert hand_offs.holder_of(station, view).name == "区人民法院"
    assert (view.case_state, text(view.record, "registered_at")) == (state_before, clock_before)
    refused("E-376", hand_offs.decline, station, case=case, rec=offered, note="x")
    refused("E-378", hand_offs.offer, station, case=case, to="派出所", reason="x")
    assert consistency.check(station.store) == []


def test_declined_and_taken_back_the_holder_stays(station: Station, case: str) -> None:
    first = hand_offs.offer(station, case=case, to="凤凰街道", to_kind="street", reason="本站难以化解").ids[0]
    hand_offs.decline(station, case=case, rec=first, note="不属于本级事项")
    second = hand_offs.offer(station, case=case, to="信访局", to_kind="petition", reason="x").ids[0]
    hand_offs.take_back(station, case=case, rec=second)
    view = station.case(case)
    assert hand_offs.open_offer(view) is None
    assert hand_offs.holder_of(station, view).code == "GM-FH-DK-01"
    assert [text(r, "answer") for r in view.kind("hand_off")] == ["declined"]


def test_the_commands_do_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "cli"
    made = make_station(data).station
    case = cases.register(made, intake=wage_intake()).case
    made.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(data), "--user", "李明", "--password-file", str(secret)]

    def out(*given: str) -> str:
        assert run([*given, *common]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    said = out("order", "issue", case, "派员到场", "--lead", "区住房建设局", "--joint", "区人力资源局、区应急局")
    assert "待发送" in said
    assert "报到时限、办结时限没有规定" in said
    (listed,) = json.loads(out("order", "list", "--json"))
    assert listed["state"] == "unsent"
    no = listed["no"]
    assert out("order", "receive", no).strip() == "签收已登记。"
    assert run(["order", "receive", no, *common]) == 1
    assert "E-371" in capsys.readouterr().err
    out("order", "arrive", no, "--by", "陈某", "--rank", "科长")
    out("order", "resolve", no, "已付清。")
    assert run(["order", "chase", no, "remind", "--reason", "x", *common]) == 1
    out("order", "rate", no, "5")
    assert "没有需要办理" in out("order", "list")
    assert "已评价" in out("order", "list", "--all")
    assert "GM-FH" in out("order", "unit", "GM-FH", "凤凰街道")
    out("hand-off", "offer", case, "区人民法院", "--reason", "调解不成", "--kind", "court")
    (waits,) = json.loads(out("hand-off", "list", "--json"))
    out("hand-off", "decline", waits["record"], "--reason", "材料不齐")
    assert "不予接收" in out("hand-off", "list", "--all")


def test_a_unit_without_this_program_is_noted_and_is_no_receipt(station: Station, case: str, rec: str) -> None:
    reach.note_unit(station, code="GM-RLZY", name="区人力资源局")
    with pytest.raises(KnownError, match="E-294"):
        outside.note(station, case=case, order=rec, values={"unit": "区人力资源局", "answer": "已派员"})
    with pytest.raises(KnownError, match="E-216"):
        outside.note(station, case=case, order=rec, values={"contact": "张工"})
    with pytest.raises(KnownError, match="E-216"):
        outside.note(station, case=case, order=rec, values={"unit": "区供电局", "answered_on": "2026-11-20"})
    made = outside.note(
        station, case=case, order=rec, values={"unit": "区供电局", "contact": "张工", "phone": "82000000"}
    )
    (line,) = board.of_case(station, station.case(case))
    (unit,) = line.outside
    assert (unit.unit, unit.contact, unit.answered_on) == ("区供电局", "张工", "")
    assert outside.words(unit) == "区供电局　张工　82000000　尚无书面答复"
    again = {"unit": "区供电局", "answer": "已恢复工地供电", "answered_by": "张工"}
    outside.note(station, case=case, order=rec, values={**again})
    (line,) = board.of_case(station, station.case(case))
    (unit,) = line.outside
    assert (unit.rec, unit.phone) == (made.ids[0], "82000000"), "the same unit is corrected, not doubled"
    assert outside.words(unit).endswith("2026-11-20书面答复：已恢复工地供电")
    assert not line.record.get("received_at"), "an answer by paper is no receipt of the program"
    assert line.state == state.UNSENT
    assert outside.note(station, case=case, order=rec, values={**again}).ops == ()
    assert consistency.check(station.store) == []
