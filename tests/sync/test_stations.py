"""What each station sees and reads: its own cases, granted ones, the keys to them, both sides' edits."""

from __future__ import annotations

import pytest

from station_app.services import cases
from station_app.services.travel import grants, syncing
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.sync.pcs import Join, case_rows, go, register


def test_second_pc_of_a_station_reads_everything(district: District, join: Join) -> None:
    """The first PC has cases before the second one is there: the key comes last, and opens all of them."""
    first = join("S1")
    go(district, first)
    for _ in range(3):
        register(first)
    go(district, first)
    second = join("S1")
    go(district, second)
    assert [r[1] for r in case_rows(second)] == [1, 1, 1]
    go(district, first)
    go(district, second)
    assert [r[1:] for r in case_rows(second)] == [(0, 1, 0)] * 3
    assert case_rows(second)[0][0] == case_rows(first)[0][0]
    case = register(second)
    go(district, second)
    go(district, first)
    assert first.case(case).parties[0].name == "田志强"
    assert str(first.case(case).state.of_kind("facts")[0].get("story"))


def test_each_station_sees_its_own_until_granted(district: District, join: Join) -> None:
    one, two = join("S1"), join("S2")
    other = join("S3")
    for station in (one, two, other):
        go(district, station)
    case, kept = register(one), register(one)
    go(district, one)
    for station in (two, other):
        go(district, station)
        assert case_rows(station) == []
    grants.grant(one, case=case, station_code="S2", reason="协助调解")
    grants.grant(one, case=case, station_code="S3", reason="协助调解")
    go(district, one)
    for station in (two, other):
        go(district, station)
        assert case_rows(station) == [(case_rows(one)[0][0], 0, 0, 1)], "history arrived and opens"
        assert case in station.store.folded(case).records
        assert station.store.ids.pk(kept) == 0 or not station.store.ops_of(kept)
    # another committee's station got the one key of this case, not the station's root key
    assert set(other.store.vault.roots()) == {other.store.vault.own_root[0]}
    assert one.store.vault.own_root[0] in two.store.vault.roots()


def test_the_other_station_writes_back(district: District, join: Join) -> None:
    """What the receiver writes is sealed with its own key: it goes back to the station of birth."""
    one, other = join("S1"), join("S3")
    go(district, one)
    go(district, other)
    case = register(one)
    grants.grant(one, case=case, station_code="S3", reason="协助调解")
    go(district, one)
    go(district, other)
    facts = other.case(case).state.of_kind("facts")[0]
    cases.edit(other, case=case, values={facts.id: {"request": "请求一次付清"}})
    go(district, other)
    go(district, one)
    assert case_rows(one)[0][1] == 0
    assert one.case(case).state.records[facts.id].get("request") == "请求一次付清"


def test_a_grant_that_ended_brings_nothing_more_and_can_come_back(district: District, join: Join) -> None:
    one, two = join("S1"), join("S2")
    case = register(one)
    grants.grant(one, case=case, station_code="S2", reason="协助")
    go(district, one)
    go(district, two)
    record = one.case(case).record
    (granted,) = one.case(case).state.of_kind("grant")
    grants.revoke(one, case=case, rec=granted.id, reason="办结")
    go(district, one)
    cases.edit(one, case=case, values={record.id: {"place": "收回以后"}})
    go(district, one)
    go(district, two)
    assert two.case(case).get("place") != "收回以后"
    register(one)
    grants.grant(one, case=case, station_code="S2", reason="再次协助")
    go(district, one)
    go(district, two)
    assert two.case(case).get("place") == "收回以后"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"station_code": "", "reason": "x"}, "E-216"),
        ({"station_code": "S1", "reason": "x"}, "E-216"),
        ({"station_code": "S2", "reason": " "}, "E-408"),
        ({"station_code": "S2", "reason": "x", "until": "2026-02-30"}, "E-209"),
    ],
)
def test_grants_that_are_refused(join: Join, values: dict[str, str], code: str) -> None:
    station = join("S1")
    case = register(station)
    with pytest.raises(KnownError, match=code):
        grants.grant(station, case=case, **values)


def test_two_edits_are_a_conflict_with_a_sentence(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    go(district, one)
    go(district, two)
    go(district, one)
    case = register(one)
    go(district, one)
    go(district, two)
    cases.edit(one, case=case, values={case: {"place": "东门", "amount": 1000}})
    cases.edit(two, case=case, values={case: {"place": "西门"}})
    for station in (two, one, two):
        go(district, station)
    for station, here, there in ((one, "东门", "西门"), (two, "西门", "东门")):
        (conflict,) = syncing.conflicts(station)
        assert syncing.status(station).conflicts == 1
        assert conflict.label == "发生地点"
        assert conflict.sentence.startswith("“发生地点”有两处修改：")
        assert f"您 11-20 08:52 改为 {here}" in conflict.sentence
        assert f"改为 {there}" in conflict.sentence
        assert conflict.sentence.endswith("两者都已保留，请选用。")
        assert {r.values["place"] for r in conflict.rivals} == {"东门", "西门"}
        assert [r.here for r in conflict.rivals].count(True) == 1
    first = syncing.conflicts(one)[0].rivals[0]
    assert first.values["place"] == "西门", "the lower server number is shown"
    cases.settle(one, case=case, rec=case, values=dict(first.values))
    go(district, one)
    go(district, two)
    assert syncing.conflicts(two) == []
    assert two.case(case).get("place") == "西门"
