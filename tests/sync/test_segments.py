"""A PC that is far behind takes its stream in segments: the same state as by pages, whatever happens on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import grants, syncing
from station_app.store import consistency
from station_app.store.core import Store
from sync.client import codec, segments
from sync.client.segments import SEGMENT, read_segment
from sync.client.transport import Answer
from sync.contract.errors import KnownError
from sync.contract.segment import Segment, name_of
from sync.contract.wire import unpack_message, unpack_ops
from sync.server.admin import devices
from sync.server.segments import checking, making
from sync.server.storage.port import Tx
from tests.support.district import District, FaultyLine, broken
from tests.sync.pcs import Join, go, register

OPS = 6
"""Ops of a segment here."""


@pytest.fixture(autouse=True)
def _small(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    district.server.segments.ops = OPS
    monkeypatch.setattr(segments, "START_BYTES", 1024)
    monkeypatch.setattr(segments, "LEAST_BYTES", 256)
    monkeypatch.setattr(segments, "MOST_BYTES", 1024)


@pytest.fixture
def grown(district: District, join: Join) -> Station:
    """A station with a dozen cases at the district, packed into segments."""
    one = join("S1")
    go(district, one)
    for number in range(12):
        case = register(one)
        cases.edit(one, case=case, values={case: {"place": f"{number}号门"}})
    go(district, one)
    assert making.keep_up(district.server) >= 4
    return one


def ops_of(station: Station) -> list[tuple[object, ...]]:
    """Every op that is here, with its number."""
    rows = station.store.reader.execute(
        "SELECT i.inst, o.id & 4294967295, o.header, o.body, o.rev FROM op o JOIN inst i ON i.no = o.id >> 32"
        " WHERE i.inst NOT IN (SELECT inst FROM inst WHERE own = 1) ORDER BY 1, 2"
    )
    return [tuple(r) for r in rows]


def lists_of(station: Station) -> list[tuple[object, ...]]:
    rows = station.store.reader.execute(
        "SELECT rec, title, place, state, applicants, conflicts FROM case_row ORDER BY 1"
    )
    return [tuple(r) for r in rows]


def test_by_segments_and_by_pages_the_same_comes(
    district: District, join: Join, grown: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, slow = join("S1"), join("S1")
    outcome = go(district, quick)
    assert outcome.segments >= 4
    assert outcome.passed_over == ""
    calls = [path for path, _, _ in district.line.log]
    assert calls.count(SEGMENT) > outcome.segments, "pieces"
    monkeypatch.setattr("sync.client.pulling.has_zstd", lambda: False)
    assert go(district, slow).segments == 0
    for station in (quick, slow, quick, slow):  # each has the other's first words by now
        go(district, station)
    both = {str(row[0]) for row in ops_of(quick)} & {str(row[0]) for row in ops_of(slow)}
    assert [r for r in ops_of(quick) if r[0] in both] == [r for r in ops_of(slow) if r[0] in both]
    assert len(lists_of(quick)) == 12
    assert lists_of(quick) == lists_of(slow) == lists_of(grown)
    assert not go(district, quick).changed


def test_a_neighbour_gets_no_segment_and_no_op(district: District, join: Join, grown: Station) -> None:
    mine = {s.id for s in checking.kept(district.server) if s.station == "S1"}
    other = join("S2")
    go(district, other)
    assert lists_of(other) == []
    for name in mine - {s.id for s in checking.kept(district.server) if s.station == "S2"}:
        with pytest.raises(KnownError, match="E-542"):
            ask(district, other, name)


def ask(district: District, station: Station, name: str) -> None:
    """Ask for a segment by its name."""
    from station_app.services.travel.link import StationLedger
    from sync.client.calls import Line

    ledger = StationLedger(station)
    line = Line(ledger, ledger.server(), district.line)
    try:
        line.call(SEGMENT, {"id": name, "offset": 0, "limit": 1000})
    finally:
        line.close()


def test_a_revoked_pc_gets_none(district: District, join: Join, grown: Station) -> None:
    two = join("S1")
    name = checking.kept(district.server)[0].id
    devices.revoke(district.server, device=two.store.device, reason="遗失")
    outcome = syncing.run(two, transport=district.line)
    assert outcome.error is not None
    assert outcome.error.code == "E-109"
    with pytest.raises(KnownError, match="E-109"):
        ask(district, two, name)
    assert lists_of(two) == []


def test_granted_cases_are_in_no_segment(district: District, join: Join, grown: Station) -> None:
    """What rests on a grant comes by its history; a grant that ended leaves nothing behind that could be fetched."""
    case = str(lists_of(grown)[0][0])
    grants.grant(grown, case=case, station_code="S2", reason="协助")
    go(district, grown)
    other = join("S2")
    go(district, other)
    assert [row[0] for row in lists_of(other)] == [case]
    for number in range(OPS):
        cases.edit(other, case=case, values={case: {"place": f"协办地点{number}"}})
        register(other)
    for station in (other, grown):
        go(district, station)
    making.keep_up(district.server)
    assert checking.check(district.server) == []
    assert cases_in(district, "S2")
    assert cases_in(district, "S2") <= {""} | {str(row[0]) for row in lists_of(other)} - {case}
    assert cases_in(district, "S1") <= {""} | {str(row[0]) for row in lists_of(grown)}
    colleague = join("S2")
    assert go(district, colleague).segments
    assert case in {row[0] for row in lists_of(colleague)}, "by its history"
    standing = grants.grants_of(grown.case(case).state.of_kind("grant"))
    grants.revoke(grown, case=case, rec=standing[0].id, reason="办结")
    go(district, grown)
    late = join("S2")
    assert go(district, late).segments
    assert case not in {row[0] for row in lists_of(late)}


def cases_in(district: District, station: str) -> set[str]:
    """The cases whose ops lie in the segments of a station, "" for none."""
    with district.server.storage.read() as tx:
        rows = tx.rows(
            "SELECT g.data FROM segment g JOIN station s ON s.no = g.station_no WHERE s.code = ?", (station,)
        )
    return {op.header.case for row in rows for op in unpack_ops(unpack_message(codec.unzstd(bytes(row[0])))[1])}


def test_one_that_was_away_for_long_goes_on_by_segments(district: District, join: Join, grown: Station) -> None:
    away = join("S1")
    go(district, away)
    mine = register(away)
    for _ in range(12):
        register(grown)
    go(district, grown)
    making.keep_up(district.server)
    outcome = go(district, away)
    assert outcome.segments >= 2
    for station in (grown, away):
        go(district, station)
    assert lists_of(away) == lists_of(grown)
    assert mine in {row[0] for row in lists_of(grown)}


def test_a_cut_at_every_piece_loses_nothing(
    district: District, join: Join, grown: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request of the round is lost, or its answer is, or the line is gone; the next round brings all there is."""
    monkeypatch.setattr("sync.client.segments.TRIES", 1)
    two = join("S1")
    disk = two.store.directory
    two.store.close()
    fresh = shutil.copytree(disk, disk.with_name("fresh"))
    at, requests = 1, 99
    while at <= requests:
        for way in ("request", "answer", "offline"):
            shutil.rmtree(disk)
            shutil.copytree(fresh, disk)
            two.store = Store(disk, two.store.key)
            line = FaultyLine(district.line)
            line.before, line.after = _cut(at, way)
            cut = syncing.run(two, transport=line)
            assert consistency.check(two.store) == []
            requests = max(at, len(line.paths)) if cut.error is None else 99
            line.before, line.after = _cut(0, "")
            again = syncing.run(two, transport=line)
            assert (again.error, again.passed_over) == (None, "")
            assert len(lists_of(two)) == len(lists_of(grown)) == 12
            assert consistency.check(two.store) == []
            two.store.close()
        at += 1
    assert at > 8, "more requests than segments"
    two.store = Store(disk, two.store.key)


def _cut(at: int, way: str) -> tuple[Callable[[str, int], None], Callable[[str, int, Answer], Answer]]:
    def before(path: str, number: int) -> None:
        if number == at and way != "answer":
            raise KnownError("E-101") if way == "offline" else broken()

    def after(path: str, number: int, answer: Answer) -> Answer:
        if number == at and way == "answer":
            raise broken()
        return answer

    return before, after


def test_what_came_of_a_segment_is_not_asked_for_again(
    district: District, join: Join, grown: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "START_BYTES", 256)
    two = join("S1")
    line = FaultyLine(district.line)
    asked: list[int] = []

    def before(path: str, number: int) -> Answer | None:
        if path == SEGMENT and len(asked) == 3:
            raise KnownError("E-101")
        if path == SEGMENT:
            asked.append(number)
        return None

    line.before = before
    outcome = syncing.run(two, transport=line)
    assert outcome.error is not None
    assert outcome.error.code == "E-101"
    largest = checking.kept(district.server)[0].size
    asked.clear()
    line.before = lambda path, number: asked.append(number) if path == SEGMENT else None
    first = len(line.paths)
    assert syncing.run(two, transport=line).error is None
    assert lists_of(two) == lists_of(grown)
    whole = sum(-(-s.size // 256) for s in checking.kept(district.server) if s.station == "S1")
    assert line.paths[first:].count(SEGMENT) < whole, largest


Spoil = Callable[[Answer, int], Answer]


def test_a_segment_that_is_not_the_one_named_is_passed_over(district: District, join: Join, grown: Station) -> None:
    """Damaged at the district, replaced by another one, or its page signed by nobody: pages bring the same."""
    found = [s for s in checking.kept(district.server) if s.station == "S1"]

    def put(low: int, data: bytes, *, named: bool) -> None:
        def work(tx: Tx) -> None:
            tx.run(
                "UPDATE segment SET data = ?, size = ?" + (", id = ?" if named else "") + " WHERE low = ?",
                (data, len(data), *((name_of(data),) if named else ()), low),
            )

        district.server.storage.write(work)

    with district.server.storage.read() as tx:
        kept = {low: bytes(data) for low, data in tx.rows("SELECT low, data FROM segment ORDER BY low")}
    second = found[1]
    bent = bytearray(kept[second.low])
    bent[len(bent) // 2] ^= 1
    for data, named in ((bytes(bent), False), (bytes(bent), True), (kept[found[2].low], True), (b"x" * 900, True)):
        put(second.low, data, named=named)
        assert [s.low for s, _ in checking.check(district.server) if s.station == "S1"] == [second.low]
        two = join("S1")
        outcome = go(district, two)
        assert outcome.passed_over == "E-543"
        assert outcome.segments == 1, "the one before it"
        assert lists_of(two) == lists_of(grown)
        put(second.low, kept[second.low], named=True)
    assert checking.check(district.server) == []


def test_a_segment_of_another_server_or_place_is_not_believed(district: District, join: Join, grown: Station) -> None:
    kept = next(s for s in checking.kept(district.server) if s.station == "S1")
    with district.server.storage.read() as tx:
        row = tx.row("SELECT data FROM segment WHERE id = ?", (kept.id,))
    assert row is not None
    data = bytes(row[0])
    link = _link(grown)
    segment = Segment(kept.id, kept.low, kept.high, kept.ops, kept.size)
    assert len(read_segment(data, segment, link, "dongkeng").ops) == kept.ops
    for wrong in (
        replace(segment, high=kept.high + 1),
        replace(segment, low=kept.low + 1),
        replace(segment, ops=kept.ops + 1),
        replace(segment, id="0" * 64),
    ):
        with pytest.raises(KnownError, match="E-543"):
            read_segment(data, wrong, link, "dongkeng")
    with pytest.raises(KnownError, match="E-543"):
        read_segment(data, segment, replace(link, sign_key=bytes(32)), "dongkeng")
    with pytest.raises(KnownError, match="E-543"):
        read_segment(data[:-1], segment, link, "dongkeng")


def _link(station: Station) -> segments.ServerLink:
    from station_app.services.travel.link import server_link

    return server_link(station)


def test_one_taken_out_while_it_is_fetched_gives_place_to_pages(district: District, join: Join, grown: Station) -> None:
    two = join("S1")
    line = FaultyLine(district.line)

    def before(path: str, number: int) -> Answer | None:
        if line.paths.count(SEGMENT) == 3:
            district.server.storage.write(lambda tx: tx.run("DELETE FROM segment"))
        return None

    line.before = before
    outcome = syncing.run(two, transport=line)
    assert outcome.error is None
    assert outcome.passed_over == "E-542"
    assert lists_of(two) == lists_of(grown)
    assert consistency.check(two.store) == []


def test_a_segment_with_an_erased_body_is_made_again(district: District, join: Join, grown: Station) -> None:
    kept = [s for s in checking.kept(district.server) if s.station == "S1"]

    def erase(tx: Tx) -> int:
        tx.run("UPDATE op SET body = NULL WHERE stream = 'dongkeng' AND rev = ?", (kept[1].high,))
        return making.forget(tx, stream="dongkeng", rev=kept[1].high)

    assert district.server.storage.write(erase) >= 1
    assert kept[1].id not in {s.id for s in checking.kept(district.server)}
    assert making.keep_up(district.server) >= 1
    again = [s for s in checking.kept(district.server) if s.station == "S1"]
    assert [(s.low, s.high, s.ops) for s in again] == [(s.low, s.high, s.ops) for s in kept]
    assert again[1].id != kept[1].id
    assert checking.check(district.server) == []
    two = join("S1")
    assert go(district, two).segments == len(again)
    bodies = two.store.reader.execute("SELECT count(*) FROM op WHERE body IS NULL").fetchone()
    assert bodies == (1,)


def test_a_body_erased_while_a_segment_is_made_is_in_none(
    district: District, join: Join, grown: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.server.storage.write(lambda tx: tx.run("DELETE FROM segment"))
    real = making._keep

    def later(*args: object) -> object:
        district.server.storage.write(
            lambda tx: tx.run("UPDATE op SET body = NULL WHERE stream = 'dongkeng' AND rev = 2")
        )
        return real(*args)

    monkeypatch.setattr(making, "_keep", later)
    making.make_next(district.server, stream="dongkeng", station_no=1)
    assert [s for s in checking.kept(district.server) if s.low == 0 and s.station == "S1"] == []


def test_a_restored_pc_has_its_own_ops_back_out_of_segments(district: District, join: Join) -> None:
    """Its disk went back to a backup; what it wrote and sent since then comes with the rest."""
    one = join("S1")
    go(district, one)
    disk = one.store.directory
    one.store.close()
    kept = shutil.copytree(disk, disk.with_name("kept"))
    one.store = Store(disk, one.store.key)
    for _ in range(12):
        register(one)
    go(district, one)
    was = lists_of(one)
    one.store.close()
    shutil.rmtree(disk)
    shutil.copytree(kept, disk)
    one.store = Store(disk, one.store.key)
    assert making.keep_up(district.server) >= 2
    outcome = go(district, one)
    assert outcome.segments >= 2
    assert lists_of(one) == was
    case = register(one)
    go(district, one)
    assert case in {row[0] for row in lists_of(one)}
    assert syncing.problems(one) == []
