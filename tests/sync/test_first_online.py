"""An op that comes to the district before its case: kept, shown to nobody, placed when the case comes."""

from __future__ import annotations

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import grants, syncing
from station_app.store.core import Store
from sync.contract.op import Change
from tests.simulation.truth import server_is_sound, server_lists_are_true
from tests.support.district import District
from tests.sync.pcs import Join, go, register
from tests.sync.test_sharing import Pair, pair, swap

__all__ = ["pair"]


def started_anew(station: Station) -> None:
    """The program ends and begins: what it writes now is of an incarnation the district has not heard of."""
    directory, key = station.store.directory, station.store.key
    station.store.close()
    station.store = Store(directory, key)


def sound(district: District) -> None:
    with district.server.storage.read() as tx:
        server_is_sound(tx)
    district.server.storage.write(server_lists_are_true)


def waiting(district: District) -> int:
    return district.count("SELECT count(*) FROM problem WHERE code = 'E-186' AND settled = 0")


def test_a_colleague_who_read_the_case_in_the_folder_has_a_line_first(
    district: District, join: Join, pair: Pair
) -> None:
    one, two, _ = pair
    third = join("S1")
    go(district, third)
    started_anew(one)
    case = register(one)
    swap(one, two)
    cases.edit(two, case=case, values={case: {"place": "东门"}})
    go(district, two)
    assert waiting(district) == 1
    assert district.count("SELECT count(*) FROM verdict_row") == 0
    assert district.count("SELECT count(*) FROM case_row") == 0, "nobody is shown an edit of nothing"
    assert syncing.status(two).unsent_ops == 0, "it is kept: the colleague has nothing to do"
    go(district, third)
    sound(district)
    go(district, one)
    assert waiting(district) == 0
    assert district.count("SELECT count(*) FROM problem") == 0
    sound(district)
    for station in (third, two, one):
        go(district, station)
    for station in (third, two, one):
        assert station.case(case).get("place") == "东门"
        assert not go(district, station).changed
    assert district.count("SELECT count(*) FROM case_row WHERE place = '东门'") == 1


def test_what_another_station_may_not_write_goes_on_waiting(district: District, join: Join, pair: Pair) -> None:
    """Nobody knows of a case that is not here whose it is; when it comes it is another station's and not granted."""
    one, two, _ = pair
    stranger = join("S2")
    for station in (one, stranger):
        go(district, station)
    started_anew(one)
    case = register(one)
    with stranger.write("edit") as tx:
        tx.op("edit", "register", case=case).put(Change(case, "case", {"place": "别处"}))
    go(district, stranger)
    assert waiting(district) == 1
    go(district, one)
    assert waiting(district) == 1
    go(district, two)
    assert two.case(case).get("place") != "别处"
    grants.grant(one, case=case, station_code="S2", reason="协助")
    go(district, one)
    assert waiting(district) == 0
    sound(district)
    go(district, two)
    assert [c.case for c in syncing.conflicts(two)] in ([case], []), "placed as if it had come now"
    held = {op.id for op in two.store.ops_of(case)}
    assert {op.id for op in stranger.store.ops_of(case)} <= held
