"""Cases taken in by their register: lists are true at once, the rest is read on the idle lane, nothing is relied on."""

from __future__ import annotations

from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.store import consistency, search
from station_app.store.upkeep import rebuild
from sync.contract.canonical import Json
from tests.support.district import District
from tests.sync.pcs import Join, case_rows, go, register


def unread(station: Station) -> int:
    """How many cases wait to be read."""
    found: int = station.store.con.execute("SELECT count(*) FROM unread").fetchone()[0]
    return found


def test_the_list_is_true_before_anything_sealed_was_opened(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = register(one)
    go(district, one)
    assert syncing.run(two, transport=district.line).error is None
    assert unread(two) == 1
    assert case_rows(two) == case_rows(one)
    assert two.case(case).facts is not None, "opened for whoever looks at it"
    assert search.find(two.store.con, "田志强") == []
    while two.store.flush_index():
        pass
    assert unread(two) == 0
    assert len(search.find(two.store.con, "田志强")) == 1
    assert consistency.check(two.store) == []


def test_what_waits_to_be_read_survives_a_restart_and_a_write(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = register(one)
    go(district, one)
    syncing.run(two, transport=district.line)
    with two.write("edit") as tx:
        view = two.case(case, tx)
        assert view.facts is not None
        tx.op("edit", "register", case=case).new("party", {"role": "respondent", "kind": "person", "name": "周某"})
    assert consistency.check(two.store) == []
    assert unread(two) == 0


def test_a_misshapen_body_is_never_relied_on(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = register(one)
    bad: dict[str, Json] = {"summary": 7}
    with one.write("edit") as tx:
        tx.op("edit", "content", case=case).new("facts", bad)
    syncing.run(one, transport=district.line)
    syncing.run(two, transport=district.line)
    assert unread(two) == 1
    assert len(two.case(case).state.of_kind("facts")) == 1
    assert syncing.problems(two) == []
    while two.store.flush_index():
        pass
    assert len(syncing.problems(two)) == 1
    assert len(two.case(case).state.of_kind("facts")) == 1


def test_what_waits_to_be_read_still_waits_when_everything_is_made_anew(district: District, join: Join) -> None:
    """A misshapen body among them would otherwise be folded without having been looked at."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    register(one)
    go(district, one)
    syncing.run(two, transport=district.line)
    store = two.store
    waiting = store.con.execute("SELECT case_id, at, papers FROM unread").fetchall()
    assert len(waiting) == 1
    with store.raw_write() as con:
        assert rebuild.refold(store, con) == 1
    assert store.con.execute("SELECT case_id, at, papers FROM unread").fetchall() == waiting
    assert len(search.find(store.con, "田志强")) == 1
    go(district, two)
    assert unread(two) == 0
