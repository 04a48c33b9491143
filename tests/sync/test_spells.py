"""The district's disk goes back without the program: who read what is gone is told, nobody passes over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.services.station import Station
from station_app.services.travel import bundles, syncing
from station_app.store import travel
from sync.client.transport import Answer
from sync.contract.op import op_id
from sync.server import bundling
from sync.server.relay import spells
from sync.server.server import EPOCH, meta
from tests.simulation.truth import server_is_sound, server_lists_are_true
from tests.support.district import District, FaultyLine
from tests.sync.pcs import Join, go, register
from tests.sync.restoring import Backup


def names(district: District) -> set[str]:
    with district.server.storage.read() as tx:
        return {str(r[0]) for r in tx.rows("SELECT inst || '.' || seq FROM op WHERE stream = 'dongkeng'")}


def epoch(district: District) -> str:
    with district.server.storage.read() as tx:
        return meta(tx, EPOCH, "1")


def here(station: Station) -> set[str]:
    rows = station.store.con.execute("SELECT i.inst, o.id & 4294967295 FROM op o JOIN inst i ON i.no = o.id >> 32")
    return {op_id(str(inst), int(seq)) for inst, seq in rows}


@pytest.fixture
def three(district: District, join: Join) -> tuple[Station, Station, Station]:
    """Three PCs of a station that have met."""
    pcs = (join("S1"), join("S1"), join("S1"))
    for station in (*pcs, *pcs):
        go(district, station)
    return pcs


def test_numbers_given_anew_are_not_passed_over(district: District, three: tuple[Station, Station, Station]) -> None:
    """The reader's place lies before what is numbered now: without spells it would never read the two new cases."""
    one, other, reader = three
    backup, before = Backup(district), epoch(district)
    lost = register(one)
    go(district, one)
    go(district, reader)
    backup.put_back()
    for _ in range(4):
        register(other)
        go(district, other)
    with district.server.storage.read() as tx:
        row = tx.row("SELECT rev FROM stream WHERE code = 'dongkeng'")
    assert row is not None
    assert travel.cursors(reader.store)["dongkeng"] <= int(row[0]), "the numbers hide it"
    outcome = go(district, reader)
    assert outcome.returned > 0, "what the district lost of the absent PC is brought back"
    assert epoch(district) == before
    assert names(district) <= here(reader)
    assert lost in {str(r[0]) for r in reader.store.con.execute("SELECT rec FROM case_row")}
    assert district.count("SELECT count(*) FROM audit WHERE act = 'went back'") == 1
    for station in (one, other, reader):
        go(district, station)
    for station in (one, other, reader):
        assert not go(district, station).changed
        assert names(district) <= here(station)
        assert go(district, station).traffic.requests == 1, "told once"
    with district.server.storage.read() as tx:
        server_is_sound(tx)
    district.server.storage.write(server_lists_are_true)


def test_the_same_op_under_the_same_number_hides_nothing(
    district: District, three: tuple[Station, Station, Station]
) -> None:
    """What the reader saw last stands where it stood; what came before it is another one."""
    one, other, reader = three
    backup = Backup(district)
    register(other)
    go(district, other)
    register(one)
    go(district, one)
    go(district, reader)
    backup.put_back()
    travel.confirm(other.store, {}, 1)
    absent = three[1]
    cursor = travel.cursors(reader.store)["dongkeng"]
    register(absent)
    for station in (absent, one):
        go(district, station)
    assert travel.cursors(reader.store)["dongkeng"] == cursor
    go(district, reader)
    assert names(district) <= here(reader)


def test_a_plain_restart_makes_nobody_read_anew(district: District, three: tuple[Station, Station, Station]) -> None:
    one, _, reader = three
    register(one)
    go(district, one)
    go(district, reader)
    Backup(district)  # the program ends and begins
    register(one)
    go(district, one)
    outcome = go(district, reader)
    assert outcome.returned == 0
    assert outcome.pulled == 2, "the new case's two ops and nothing else"
    assert district.count("SELECT count(*) FROM audit WHERE act = 'went back'") == 0


def test_a_disk_that_goes_back_between_hello_and_pull(
    district: District, three: tuple[Station, Station, Station]
) -> None:
    one, other, reader = three
    backup = Backup(district)
    register(one)
    go(district, one)
    go(district, reader)
    register(other)
    go(district, other)
    line = FaultyLine(district.line)

    def between(path: str, number: int, answer: Answer) -> Answer:
        if path == "/v1/hello" and number == 1:
            backup.put_back()
            line.inner = district.line
            register(other)
            go(district, other)
        return answer

    line.after = between
    outcome = syncing.run(reader, transport=line)
    assert outcome.more, "the round ends before it takes a page of another spell"
    assert outcome.error is None
    go(district, reader)
    for station in (one, other, reader):
        go(district, station)
    assert names(district) <= here(reader)


def test_a_stick_tells_it_as_well(district: District, three: tuple[Station, Station, Station], tmp_path: Path) -> None:
    one, other, reader = three
    backup = Backup(district)
    register(one)
    go(district, one)
    go(district, reader)
    backup.put_back()
    for _ in range(2):
        register(other)
        go(district, other)

    def carried() -> bytes:
        return bundling.take(district.server, bundles.export(reader, to=tmp_path).path.read_bytes()).answer

    def bring(data: bytes) -> None:
        file = tmp_path / "answer.gmb"
        file.write_bytes(data)
        bundles.take(reader, path=file)

    first = carried()
    bring(first)
    assert travel.cursors(reader.store)["dongkeng"] == 0, "it is read anew with the next stick"
    bring(carried())
    at = travel.cursors(reader.store)["dongkeng"]
    assert names(district) <= here(reader)
    bring(first)
    assert travel.cursors(reader.store)["dongkeng"] == at, "an answer taken twice changes nothing"


def test_a_machine_put_back_as_it_ran_is_noticed(district: District, three: tuple[Station, Station, Station]) -> None:
    """Memory and disk are those of before, the clock is not; or the database alone is shorter than it was."""
    passed = [0.0]
    lookout = spells.Lookout(district.server, lambda: passed[0])
    with district.server.storage.read() as tx:
        first = spells.current(tx)
    district.clock.advance(seconds=300)
    passed[0] += 300
    assert not lookout.look(), "five minutes passed by both"
    district.clock.advance(hours=5)
    assert lookout.look()
    with district.server.storage.read() as tx:
        assert spells.current(tx) != first
    register(three[0])
    go(district, three[0])
    assert not lookout.look()
    district.server.storage.write(lambda tx: tx.run("UPDATE stream SET rev = rev - 1 WHERE code = 'dongkeng'"))
    assert lookout.look()


def test_what_a_hello_names_wrongly_is_passed_over(district: District) -> None:
    with district.server.storage.read() as tx:
        now = spells.current(tx)
        assert spells.gone(tx, {"dongkeng": now}, {"dongkeng": 1 << 40}) == {"dongkeng": now}
        assert spells.gone(tx, {"dongkeng": now}, {"dongkeng": 0}) == {}
        assert spells.gone(tx, {"dongkeng": "nobody knows"}, {"dongkeng": 1}) == {"dongkeng": "nobody knows"}
        for named, cursors in (([], {}), ({"dongkeng": 5}, {"dongkeng": 5}), ({"dongkeng": "x"}, {"dongkeng": "5"})):
            assert spells.gone(tx, named, cursors) == {}  # type: ignore[arg-type]  # from the line
