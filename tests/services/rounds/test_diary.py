"""The diary over all cases, what clashes, the duty list, and the log of a day with its paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from station_app.clock import SHANGHAI, FixedClock
from station_app.services import cases, records, sessions
from station_app.services.loop import contacts
from station_app.services.papers import page_count
from station_app.services.rounds import bookings, daylog, diary, duty, patrols
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.services.rounds.test_patrols import FOUND, ROUND
from tests.support.district import District
from tests.support.stations import make_station, wage_intake
from tests.sync.pcs import Join, go


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def accepted(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    return case


def test_the_diary_shows_all_cases_by_time(station: Station) -> None:
    one, two = accepted(station), accepted(station)
    bookings.book(station, case=two, values={"purpose": "lawyer", "at": "2026-11-21T15:00", "with": "王律师"})
    bookings.book(station, case=one, values={"purpose": "mediation", "at": "2026-11-21T09:00", "place": "三楼"})
    sessions.record(station, case=one, values={"from": "2026-11-20T08:00", "record": "双方到场。"})
    found = diary.entries(station, "2026-11-20", "2026-11-21")
    assert [(e.kind, e.at[5:], e.what) for e in found] == [
        ("session", "11-20T08:00", ""),
        ("booking", "11-21T09:00", "调解"),
        ("booking", "11-21T15:00", "法律咨询"),
    ]
    assert found[0].who == "李明"
    assert diary.entries(station, "2026-11-22", "2026-11-30") == []
    cases.discard(station, case=two)
    assert len(diary.entries(station, "2026-11-20", "2026-11-21")) == 2
    assert consistency.check(station.store) == []


@pytest.mark.parametrize(
    ("values", "clash"),
    [
        ({"at": "2026-11-21T09:30", "place": "三楼"}, "place"),
        ({"at": "2026-11-21T08:00", "until": "2026-11-21T09:01", "place": "三楼"}, "place"),
        ({"at": "2026-11-21T09:59"}, "person"),
        ({"at": "2026-11-21T10:00", "place": "三楼"}, ""),
        ({"at": "2026-11-21T08:00", "place": "三楼"}, ""),
        ({"at": "2026-11-22T09:30", "place": "三楼"}, ""),
    ],
)
def test_a_room_or_a_person_is_taken_once(station: Station, values: dict[str, str], clash: str) -> None:
    case = accepted(station)
    person = station.user.person
    first = {"purpose": "mediation", "at": "2026-11-21T09:00", "place": "三楼", "person": person}
    bookings.book(station, case=case, values={**first})
    given = {"purpose": "mediation", "person": person if clash == "person" else None, **values}
    if not clash:
        bookings.book(station, case=case, values=given)
        return
    with pytest.raises(KnownError, match="E-277") as caught:
        bookings.book(station, case=case, values=given)
    assert "09:00" in str(caught.value.values["what"])
    bookings.book(station, case=case, values=given, anyway=True)
    marked = diary.entries(station, "2026-11-21", "2026-11-21")
    assert [e.clash for e in marked] == [clash, clash]
    rec = marked[0].rec
    bookings.cancel(station, case=case, rec=rec)
    assert [e.clash for e in diary.entries(station, "2026-11-21", "2026-11-21")] == [""]


def test_a_booking_is_moved_and_never_clashes_with_itself(station: Station) -> None:
    case = accepted(station)
    values = {"purpose": "mediation", "at": "2026-11-21T09:00", "place": "三楼"}
    rec = bookings.book(station, case=case, values={**values}).ids[0]
    bookings.move(station, case=case, rec=rec, values={"until": "2026-11-21T11:00"})
    with pytest.raises(KnownError, match="E-237"):
        bookings.move(station, case=case, rec=rec, values={"until": "2026-11-21T08:00"})


def test_the_duty_list_is_set_for_days_at_once_and_read_by_the_community(district: District, join: Join) -> None:
    one, two = join("S1"), join("S2")
    for station in (one, two, one, two):
        go(district, station)
    changes = duty.put(one, day="2026-11-21", person="李明", until="2026-11-23", values={"phone": "0755-27401234"})
    assert (len(changes.ops), len(changes.ids)) == (1, 3)
    again = duty.put(one, day="2026-11-22", person="李明", values={"phone": "0755-27401234"})
    assert again.ops == ()
    duty.put(one, day="2026-11-22", values={"name": "平安员小周", "shift": "夜间"})
    for station in (one, two):
        go(district, station)
    there = duty.listed(two, "2026-11-22", "2026-11-22")
    assert [(d.name, d.shift, d.own) for d in there] == [("李明", "全天", False), ("平安员小周", "夜间", False)]
    with pytest.raises(KnownError, match="E-271"):
        duty.remove(two, rec=there[0].rec)
    duty.remove(one, rec=there[1].rec)
    assert [d.name for d in duty.listed(one, "2026-11-22", "2026-11-22")] == ["李明"]


def test_duty_lists_that_cannot_be(station: Station) -> None:
    for code, kwargs in (
        ("E-216", {"day": "2026-11-21"}),
        ("E-223", {"day": "2026-11-21", "person": "无此人"}),
        ("E-209", {"day": "2026-02-30", "person": "李明"}),
        ("E-237", {"day": "2026-11-21", "until": "2026-11-20", "person": "李明"}),
        ("E-286", {"day": "2026-11-21", "until": "2027-11-20", "person": "李明"}),
    ):
        with pytest.raises(KnownError, match=code):
            duty.put(station, **kwargs)
    assert duty.listed(station, "2026-01-01", "2027-12-31") == []


def test_the_log_of_a_day_is_what_was_recorded_on_it(station: Station) -> None:
    case = accepted(station)
    contacts.record(station, case=case, outcome="reached", party=station.case(case).parties[0].id)
    contacts.record(station, case=case, outcome="no_answer")
    patrols.record(station, values={**ROUND, "at": "2026-11-20T07:30"}, findings=FOUND)
    duty.put(station, day="2026-11-20", person="李明", values={"phone": "0755-27401234"})
    bookings.book(station, case=case, values={"purpose": "mediation", "at": "2026-11-21T09:00", "place": "三楼"})
    log = daylog.read(station, "2026-11-20")
    assert dict(log.sums) == {"登记诉求": 1, "受理": 1, "联系": 2}
    assert [(d.case, d.done) for d in log.deeds] == [(case, "登记诉求、受理、联系")]
    assert log.rounds == ["科学城工地生活区，工资支付排查，发现问题2项"]
    assert log.duty == ["李明　全天　0755-27401234"]
    assert len(log.ahead) == 1
    daylog.remark(station, day="2026-11-20", words="空调报修。", handed_to="陈晓")
    daylog.remark(station, day="2026-11-20", words="空调已修好。", handed_to="陈晓")
    log = daylog.read(station, "2026-11-20")
    assert (log.remarks, log.handed_to) == ("空调已修好。", "陈晓")
    assert len(station.store.reference().of_kind("day_log")) == 1
    station.clock = FixedClock(datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI))
    records.add(station, case=case, kind="inquiry", values={"at": "2026-11-21T08:00", "person": "甲", "record": "问"})
    assert daylog.read(station, "2026-11-21").sums == []
    assert dict(daylog.read(station, "2026-11-20").sums)["联系"] == 2
    with pytest.raises(KnownError, match="E-285"):
        daylog.read(station, "2026-11-22")
    with pytest.raises(KnownError, match="E-285"):
        daylog.remark(station, day="2026-11-22", words="明天的事")


def test_the_log_is_one_page(station: Station) -> None:
    case = accepted(station)
    contacts.record(station, case=case, outcome="reached")
    daylog.remark(station, day="2026-11-20", words="无。")
    pages = daylog.paper(station, day="2026-11-20")
    assert page_count(pages.pdf) == 1
