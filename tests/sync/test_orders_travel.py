"""Orders and hand-offs between stations of a real district: sent, received with no network, answered, one holder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.services import cases, undo
from station_app.services.cases import Intake, PartyInput
from station_app.services.loop import board, hand_offs, orders, reach, state
from station_app.services.loop.board import LoopLine
from station_app.services.places import units
from station_app.services.station import Station
from station_app.services.travel import bundles, syncing
from station_app.services.travel.grants import grants_of
from sync.contract.errors import KnownError
from tests.services.test_units import HEAD, listed
from tests.support.district import District
from tests.sync.pcs import Join, go, register
from tests.sync.test_bundles import carry


def around(district: District, *stations: Station) -> None:
    """Two rounds of all: what one sends reaches the others, with its keys."""
    for _ in range(2):
        for station in stations:
            go(district, station)


def known(*stations: Station) -> None:
    """S3 lies in another community: its code is noted once."""
    for station in stations:
        reach.note_unit(station, code="S3", name="S3站")


def line(station: Station) -> LoopLine:
    (found,) = board.lines(station, everything=True)
    return found


def test_an_order_reaches_its_receiver_and_every_answer_comes_back(district: District, join: Join) -> None:
    one, three = join("S1"), join("S3")
    around(district, one, three)
    known(one)
    assert reach.receivers(one) == [("S2", "S2站"), ("S3", "S3站")]
    case = register(one)
    rec = orders.issue(one, case=case, values={"matter": "派员到场", "lead": "S3站", "joint": ["区住房建设局"]}).ids[0]
    assert line(one).state == "unsent", "no network yet: it reached nobody"
    assert line(one).steps == ("withdraw",)
    with pytest.raises(KnownError, match="E-377"):
        orders.receive(one, case=case, rec=rec)
    go(district, one)
    assert line(one).state == "sent"
    assert board.count_new(one) == 0
    go(district, three)
    there = line(three)
    assert (there.new, there.unit, board.count_new(three)) == (True, "S3站", 1)
    assert there.steps == ("receive",)
    assert three.case(case).parties[0].name == "田志强"
    # the receiver signs with no network; the community goes on writing meanwhile
    orders.receive(three, case=case, rec=rec, by="王敏")
    orders.arrive(three, case=case, rec=rec, by="王敏", rank="副科长")
    assert board.count_new(three) == 0
    assert line(one).state == "sent"
    around(district, three, one)
    assert line(one).state == "arrived"
    assert text(line(one).record, "received_by") == "王敏"
    orders.resolve(three, case=case, rec=rec, result="已督促付清。")
    with pytest.raises(KnownError, match="E-377"):
        orders.rate(three, case=case, rec=rec, rating="5")
    around(district, three, one)
    orders.rate(one, case=case, rec=rec, rating="4")
    around(district, one, three)
    assert line(three).state == line(one).state == "rated"
    assert [s.step for s in board.stops(line(three).record) if s.at] == list(state.LINE[:-1])
    assert board.lines(one) == [], "nobody has anything to do"
    assert syncing.problems(one) == syncing.problems(three) == []


def test_a_unit_of_the_list_is_a_receiver_for_all_by_one_choice(district: District, join: Join, tmp_path: Path) -> None:
    one, two, three = join("S1"), join("S2"), join("S3")
    units.put(one, listed(one, tmp_path, HEAD + "街道,凤凰街道办事处,S3,,区人民政府,,,区里提供\n"))
    around(district, one, two, three)
    before = reach.receivers(two)
    assert ("S1", "S1站") in before
    assert "S3" not in dict(before)
    units.set_direct(one, rec=units.resolve(one, "凤凰街道办事处"))
    around(district, one, two)
    assert set(reach.receivers(two)) == {*before, ("S3", "凤凰街道办事处")}, "what one chose, its colleague has"
    case = register(two)
    orders.issue(two, case=case, values={"matter": "派员到场", "lead": "凤凰街道办事处"})
    around(district, two, three)
    assert (line(three).new, line(two).state) == (True, "sent")
    assert syncing.problems(one) == syncing.problems(two) == syncing.problems(three) == []


def test_a_joint_unit_sees_the_order_and_does_not_sign(district: District, join: Join) -> None:
    one, two, three = join("S1"), join("S2"), join("S3")
    around(district, one, two, three)
    known(one)
    case = register(one)
    rec = orders.issue(one, case=case, values={"matter": "到场", "lead": "S2站", "joint": ["S3站"]}).ids[0]
    around(district, one, two, three)
    assert (line(three).mine, line(three).new, line(three).steps) == (True, True, ("receive",))
    assert line(two).steps == ("receive",)
    # both sign with no network: each for its own part
    orders.receive(three, case=case, rec=rec, by="赵队")
    with pytest.raises(KnownError, match="E-371"):
        orders.receive(three, case=case, rec=rec)
    assert (line(three).new, line(three).state, line(three).steps) == (False, "received", ("arrive", "resolve"))
    orders.receive(two, case=case, rec=rec, by="王敏")
    around(district, one, two, three)
    assert line(one).state == line(two).state == "received"
    assert line(one).parts == (("S3站", "received", ""),)
    with pytest.raises(KnownError, match="E-370"):
        orders.rate(one, case=case, rec=rec, rating="5")
    orders.resolve(three, case=case, rec=rec, result="已派两人维持秩序")
    with pytest.raises(KnownError, match="E-370"):
        orders.arrive(three, case=case, rec=rec, by="赵队", rank="中队长")
    around(district, three, one, two)
    assert line(one).state == "received", "the leading unit still has to answer"
    assert line(one).parts == (("S3站", "resolved", "已派两人维持秩序"),)
    orders.resolve(two, case=case, rec=rec, result="已督促付清")
    around(district, two, one, three)
    assert line(one).state == "resolved"
    for station in (one, two, three):
        assert syncing.problems(station) == []


def test_who_complains_is_not_sent_to_the_unit(district: District, join: Join) -> None:
    one, three = join("S1"), join("S3")
    around(district, one, three)
    known(one)
    intake = Intake({"service": "complaint"}, {"summary": "电梯长期停用"},
                    [PartyInput({"role": "applicant", "kind": "person", "name": "罗玉梅"})])  # fmt: skip
    case = cases.register(one, intake=intake).case
    orders.issue(one, case=case, values={"matter": "派员到场", "lead": "S3站"})
    hand_offs.offer(one, case=case, to="S3站", reason="请办理")
    around(district, one, three)
    assert board.lines(three) == []
    assert all(not x.mine for x in board.lines(one))


def test_a_hand_off_changes_the_holder_and_the_origin_keeps_the_case(district: District, join: Join) -> None:
    one, three = join("S1"), join("S3")
    around(district, one, three)
    known(one)
    case = register(one)
    rec = hand_offs.offer(one, case=case, to="S3站", reason="本站难以化解", to_kind="street").ids[0]
    with pytest.raises(KnownError, match="E-377"):
        hand_offs.accept(one, case=case, rec=rec)
    around(district, one, three)
    assert board.count_new(three) == 1
    hand_offs.accept(three, case=case, rec=rec)
    around(district, three, one)
    for station in (one, three):
        view = station.case(case)
        assert hand_offs.holder_of(station, view).code == "S3"
        assert text(view.record, "station") == "S1"
        assert text(view.record, "registered_at")
    with pytest.raises(KnownError, match="E-378"):
        hand_offs.offer(one, case=case, to="S2站", reason="x")
    back = hand_offs.offer(three, case=case, to="S1", reason="已办结本级事项").ids[0]
    around(district, three, one)
    assert board.count_new(one) == 1
    hand_offs.accept(one, case=case, rec=back)
    around(district, one, three)
    assert hand_offs.holder_of(three, three.case(case)).code == "S1"


def test_two_that_accept_are_a_difference_both_see(district: District, join: Join) -> None:
    """Two PCs of the station of birth offer the same case, each with no network; both receivers accept."""
    one, other, two, three = join("S1"), join("S1"), join("S2"), join("S3")
    known(one, other)
    case = register(one)
    around(district, one, other, two, three)
    around(district, one, other)
    first = hand_offs.offer(one, case=case, to="S2站", reason="x").ids[0]
    second = hand_offs.offer(other, case=case, to="S3站", reason="y").ids[0]
    around(district, one, other, two, three)
    hand_offs.accept(two, case=case, rec=first)
    hand_offs.accept(three, case=case, rec=second)
    around(district, two, three, one, two, three)
    for station in (one, two, three):
        found = [c for c in syncing.conflicts(station) if c.case == case]
        assert [c.rec for c in found] == [case]
        assert set(hand_offs.holder_of(station, station.case(case)).rivals) == {"S2站", "S3站"}
    cases.settle(one, case=case, rec=case, values={"holder": "S3"})
    around(district, one, two, three)
    for station in (one, two, three):
        holder = hand_offs.holder_of(station, station.case(case))
        assert (holder.code, holder.rivals) == ("S3", ())


def test_what_came_to_nothing_closes_the_case_again(district: District, join: Join) -> None:
    one, three = join("S1"), join("S3")
    around(district, one, three)
    known(one)
    case = register(one)

    def granted() -> bool:
        return bool(grants_of(one.case(case).state.of_kind("grant")))

    rec = orders.issue(one, case=case, values={"matter": "到场", "lead": "S3站"}).ids[0]
    offered = hand_offs.offer(one, case=case, to="S3站", reason="x").ids[0]
    orders.withdraw(one, case=case, rec=rec, reason="改为移交")
    assert granted(), "the hand-off still needs it"
    around(district, one, three)
    hand_offs.decline(three, case=case, rec=offered, note="不属于本单位职责")
    around(district, three, one)
    assert not granted()
    assert hand_offs.holder_of(one, one.case(case)).code == "S1"
    assert text(one.case(case).kind("hand_off")[0], "note") == "不属于本单位职责"
    made = orders.issue(one, case=case, values={"matter": "再次", "lead": "S3站"})
    assert granted()
    undo.undo(one, made)
    assert one.case(case).kind("order")[-1].id == rec
    assert not granted(), "taken back as a whole"


def test_an_order_goes_by_stick_and_its_receipt_comes_back(district: District, join: Join, tmp_path: Path) -> None:
    one, two = join("S1"), join("S2")
    around(district, one, two)
    case = register(one)
    rec = orders.issue(one, case=case, values={"matter": "到场", "lead": "S2站"}).ids[0]

    def by_stick(station: Station) -> None:
        _, back = carry(district, station, tmp_path)
        bundles.take(station, path=back)

    assert line(one).state == "unsent"
    by_stick(one)
    assert line(one).state == "sent", "the answer of the platform is back on the stick"
    by_stick(two)
    assert board.count_new(two) == 1
    orders.receive(two, case=case, rec=rec, by="王敏")
    by_stick(two)
    by_stick(one)
    assert text(line(one).record, "received_by") == "王敏"


def test_a_slow_clock_keeps_nobody_from_signing(district: District, join: Join) -> None:
    one, three = join("S1"), join("S3")
    around(district, one, three)
    known(one)
    case = register(one)
    rec = orders.issue(one, case=case, values={"matter": "到场", "lead": "S3站"}).ids[0]
    around(district, one, three)
    three.clock = FixedClock(datetime(2026, 11, 20, 8, 40, tzinfo=SHANGHAI))
    orders.receive(three, case=case, rec=rec)
    assert text(orders.find(three, case, rec), "received_at") == "2026-11-20T08:52"
