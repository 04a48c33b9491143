"""Linking, merging, taking back: on both cases, nothing lost, lists and figures follow, undo restores."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain.case import text
from station_app.domain.figures import period as periods
from station_app.services import cases, undo
from station_app.services.cases import Intake, PartyInput
from station_app.services.figures import counting
from station_app.services.intake import duplicates, links
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def another(station: Station) -> str:
    """A second worker of the same site."""
    intake = wage_intake()
    intake.parties[0] = PartyInput(
        {"role": "applicant", "kind": "person", "name": "石来旺"},
        {"id_kind": "resident", "id_number": "500112197708230217", "phone": "15226015190"},
    )
    return cases.register(station, intake=intake).case


def names(station: Station, case: str) -> list[str]:
    return [p.name for p in station.case(case).parties]


def test_a_link_stands_on_both_sides_and_is_taken_out_on_both(station: Station) -> None:
    one, two = cases.register(station, intake=wage_intake()).case, another(station)
    made = links.link(station, case=one, other=two, reason="同一班组")
    assert set(made.cases) == {one, two}
    (here,), (there,) = (links.of_case(station, station.case(c)) for c in (one, two))
    assert (here.case, there.case, here.reason, there.how) == (two, one, "同一班组", "related")
    with pytest.raises(KnownError, match="E-251"):
        links.link(station, case=one, other=two)
    with pytest.raises(KnownError, match="E-250"):
        links.link(station, case=one, other=one)
    links.unlink(station, case=two, other=one)
    assert links.of_case(station, station.case(one)) == []
    assert links.of_case(station, station.case(two)) == []
    again = links.link(station, case=one, other=two)
    undo.undo(station, again)
    assert [links.of_case(station, station.case(c)) for c in (one, two)] == [[], []]
    assert consistency.check(station.store) == []


def test_a_merged_case_goes_on_in_the_other_and_undo_restores(station: Station) -> None:
    one, two = cases.register(station, intake=wage_intake()).case, another(station)
    for case in (one, two):
        cases.step(station, case=case, verb="accept")
    made = links.merge(station, case=two, into=one)
    assert names(station, one) == ["田志强", "演示宏川劳务有限公司", "石来旺"]
    brought = station.case(one).parties[2]
    assert text(brought.identity, "phone") == "15226015190"
    assert names(station, two) == ["石来旺", "演示宏川劳务有限公司"], "it keeps everything"
    assert [line.rec for line in lists.cases(station)] == [one]
    assert lists.count(station) == 1
    assert [line.rec for line in lists.today(station).open_cases] == [one]
    assert {line.rec for line in lists.find(station, "石来旺")} == {one, two}, "search still finds it"
    assert counting.overview(station, periods.year_of(2026)).accepted == 1
    with pytest.raises(KnownError, match="E-252"):
        cases.step(station, case=two, verb="mediate")
    with pytest.raises(KnownError, match="E-252"):
        links.merge(station, case=one, into=two)
    undo.undo(station, made)
    assert names(station, one) == ["田志强", "演示宏川劳务有限公司"]
    assert lists.count(station) == 2
    cases.step(station, case=two, verb="mediate")
    assert consistency.check(station.store) == []


def test_a_merge_is_taken_back_later_and_refuses_what_it_must(station: Station) -> None:
    one, two, three = (cases.register(station, intake=wage_intake()).case for _ in range(3))
    with pytest.raises(KnownError, match="E-250"):
        links.merge(station, case=one, into=one)
    with pytest.raises(KnownError, match="E-254"):
        links.split(station, case=one)
    links.merge(station, case=two, into=one)
    with pytest.raises(KnownError, match="E-255"):
        links.merge(station, case=one, into=three)
    links.split(station, case=two)
    assert lists.count(station) == 3
    assert links.of_case(station, station.case(one)) == []


def test_two_cases_merged_into_each_other_are_both_seen(station: Station) -> None:
    """Two stations with no network can do this; nothing may vanish from the lists of either."""
    one, two = (cases.register(station, intake=wage_intake()).case for _ in range(2))
    views = {case: station.case(case) for case in (one, two)}
    links.merge(station, case=one, into=two)
    with station.write("link") as tx:  # what the other station wrote without knowing
        from sync.contract.fold import overwrite

        op = links.put(station, tx, case=two, other=one, how=links.INTO)
        op.put(overwrite(views[two].record, {"merged_into": one}))
    assert {line.rec for line in lists.cases(station)} == {one, two}
    links.split(station, case=two)
    assert [line.rec for line in lists.cases(station)] == [two]


def test_the_warning_names_the_earlier_case_and_stays_silent_once_answered(station: Station) -> None:
    one = cases.register(station, intake=wage_intake()).case
    told = duplicates.told_of_intake(wage_intake(), station.clock.today())
    (likely,) = duplicates.look(station, told=told)
    assert likely.line.rec == one
    assert duplicates.why(likely) == "证件号码相同、被申请人相同、概要相近、地点相同、三十日内、类型相同"
    assert duplicates.look(station, told=told, but=[one]) == []
    two = cases.register(station, intake=Intake(
        wage_intake().case, wage_intake().facts, wage_intake().parties, [(links.DISTINCT, one)])).case  # fmt: skip
    assert duplicates.of_case(station, case=two) == [], "a person said that they are two"
    assert links.of_case(station, station.case(two)) == []
    assert [found.line.rec for found in duplicates.of_case(station, case=one)] == [two]
    while station.store.flush_index():
        pass
    assert {found.line.rec for found in duplicates.look(station, told=told)} == {one, two}, "from the index as well"
    cases.discard(station, case=one)
    assert [found.line.rec for found in duplicates.look(station, told=told)] == [two]
