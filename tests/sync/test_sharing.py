"""A shared folder between the PCs of one station: cases seen both ways with no server, and nothing doubled after."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app.services import cases, papers
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import bundles, sharing, syncing
from station_app.store import consistency
from sync.contract import bundle
from sync.contract.errors import KnownError
from sync.server.admin import devices
from tests.support.district import District
from tests.sync.pcs import Join, case_rows, go, register

Pair = tuple[Station, Station, Path]


@pytest.fixture
def pair(district: District, join: Join, tmp_path: Path) -> Pair:
    """Two PCs of one station that know each other from the district, and a folder both can reach."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    folder = tmp_path / "share"
    folder.mkdir()
    for station in (one, two):
        settings.put(station, {"share.folder": str(folder)})
    return one, two, folder


def swap(*stations: Station, times: int = 3) -> None:
    """Everybody looks at the folder in turn."""
    for _ in range(times):
        for station in stations:
            done = sharing.exchange(station)
            assert done is not None
            assert done.ignored == []
            while station.store.flush_index():
                pass
            assert consistency.check(station.store) == []


def letters(folder: Path) -> list[Path]:
    return sorted((folder / sharing.FOLDER).iterdir())


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        act()
    return caught.value.code


def test_colleagues_see_each_others_cases_and_the_server_gets_each_once(district: District, pair: Pair) -> None:
    one, two, _ = pair
    mine, theirs = register(one), register(two)
    swap(one, two)
    assert len(case_rows(one)) == len(case_rows(two)) == 2
    assert all(unreadable == 0 for _, unreadable, _, _ in (*case_rows(one), *case_rows(two)))
    assert two.case(mine).state.of_kind("facts")[0].get("story"), "what is sealed is read by the colleague"
    cases.edit(two, case=mine, values={mine: {"place": "东门"}})
    swap(one, two, times=2)
    assert one.case(mine).get("place") == "东门"
    before = syncing.status(one).unsent_ops
    assert before, "nothing counts as uploaded"
    for station in (one, two, one, two):
        go(district, station)
    assert district.count("SELECT count(*) FROM case_row") == 2
    assert district.count("SELECT count(*) FROM op") == district.count(
        "SELECT count(*) FROM (SELECT DISTINCT inst, seq FROM op)"
    )
    for station in (one, two):
        assert len(case_rows(station)) == 2
        assert station.store.con.execute("SELECT count(*) FROM op WHERE rev IS NULL").fetchone() == (0,)
        assert syncing.problems(station) == []
    assert one.case(theirs).state.records[theirs].values == two.case(theirs).state.records[theirs].values


def test_only_one_reaches_the_district_and_both_have_everything(district: District, pair: Pair) -> None:
    """What came through the folder is not sent by the other PC: it has another author; it waits for that one."""
    one, two, _ = pair
    register(one)
    swap(one, two)
    go(district, two)
    assert district.count("SELECT count(*) FROM case_row") == 0
    assert len(case_rows(two)) == 1
    go(district, one)
    assert go(district, two).pulled == 0, "it was here already"


def test_both_change_the_same_field_and_both_values_stay(pair: Pair) -> None:
    one, two, _ = pair
    case = register(one)
    swap(one, two)
    cases.edit(one, case=case, values={case: {"place": "东门"}})
    cases.edit(two, case=case, values={case: {"place": "西门"}})
    swap(one, two)
    for station in (one, two):
        (conflict,) = syncing.conflicts(station)
        assert {rival.shown for rival in conflict.rivals} == {"东门", "西门"}


def test_papers_come_with_their_pages(pair: Pair) -> None:
    one, two, _ = pair
    case = register(one)
    cases.step(one, case=case, verb="accept")
    papers.issue(one, case=case, template="acceptance_register")
    swap(one, two, times=4)
    (row,) = two.store.con.execute("SELECT pdf FROM paper_row").fetchall()
    assert two.store.con.execute("SELECT count(*) FROM blob WHERE sha = ?", row).fetchone() == (1,)


def test_nothing_new_writes_nothing(pair: Pair) -> None:
    one, two, folder = pair
    register(one)
    swap(one, two, times=4)
    stood = {path: path.read_bytes() for path in letters(folder)}
    done = sharing.exchange(one)
    assert done is not None
    assert (done.read, done.written, done.ops) == (0, 0, 0)
    assert {path: path.read_bytes() for path in letters(folder)} == stood


def test_half_a_letter_is_never_there(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PC that dies while writing leaves the old letter whole; what it was writing is passed over."""
    one, two, folder = pair
    register(one)
    swap(one, two)
    register(one)
    monkeypatch.setattr(os, "fsync", lambda _fd: (_ for _ in ()).throw(OSError("gone")))
    assert refused(lambda: sharing.exchange(one)) == "E-184"
    monkeypatch.undo()
    assert any(path.name.endswith(".part") for path in letters(folder))
    done = sharing.exchange(two)
    assert done is not None
    assert done.ignored == []
    swap(one, two)
    assert len(case_rows(two)) == 2


def test_a_folder_that_is_gone_is_one_sentence(pair: Pair) -> None:
    one, _, folder = pair
    register(one)
    folder.rename(folder.with_name("moved"))
    assert refused(lambda: sharing.exchange(one)) == "E-184"
    assert sharing.status(one).error == "E-184"
    assert not folder.exists(), "no folder of our own takes its place"
    folder.with_name("moved").rename(folder)
    assert sharing.exchange(one) is not None
    assert sharing.status(one).error == ""


def test_what_is_no_letter_of_a_colleague_is_listed_and_left(district: District, pair: Pair, join: Join) -> None:
    one, two, folder = pair
    stranger = join("S2")
    go(district, stranger)
    register(one)
    swap(one, two)
    place = folder / sharing.FOLDER
    mine = f"{two.store.device}.{one.store.device}.gmb"
    good = (place / mine).read_bytes()
    theirs = f"{stranger.store.device}.{one.store.device}.gmb"
    (place / theirs).write_bytes(good)
    (place / "照片.jpg").write_bytes(b"x")
    (place / "..gmb").write_bytes(b"GMB1")
    (place / mine).write_bytes(good[:-40])
    (place / f"d-{'0' * 16}.{one.store.device}.gmb").symlink_to("/etc/passwd")
    with (place / f"d-{'1' * 16}.{one.store.device}.gmb").open("wb") as huge:
        huge.truncate(sharing.MOST_BYTES + 1)
    rows = case_rows(one)
    done = sharing.exchange(one)
    assert done is not None
    assert {i.name: i.code for i in done.ignored} == {
        theirs: "E-183",
        "照片.jpg": "E-182",
        "..gmb": "E-182",
        mine: "E-182",
        f"d-{'0' * 16}.{one.store.device}.gmb": "E-182",
        f"d-{'1' * 16}.{one.store.device}.gmb": "E-182",
    }
    assert sharing.status(one).ignored == tuple(done.ignored)
    assert case_rows(one) == rows
    assert (place / "照片.jpg").read_bytes() == b"x"
    (place / mine).write_bytes(good[:200] + bytes([good[200] ^ 1]) + good[201:])
    done = sharing.exchange(one)
    assert done is not None
    assert mine in {i.name for i in done.ignored}


def test_a_revoked_pc_is_no_colleague(district: District, pair: Pair) -> None:
    one, two, _ = pair
    devices.revoke(district.server, device=two.store.device, reason="遗失")
    go(district, one)
    register(two)
    sharing.exchange(two)
    done = sharing.exchange(one)
    assert done is not None
    assert [i.code for i in done.ignored] == ["E-183"]
    assert case_rows(one) == []


def test_a_pc_restored_from_a_backup_gets_back_in_step(pair: Pair, tmp_path: Path) -> None:
    """Old letters of its own are nobody's; what the colleague claims to have is not taken for its own history."""
    one, two, folder = pair
    register(one)
    swap(one, two)
    path = folder / sharing.FOLDER / f"{one.store.device}.{two.store.device}.gmb"
    old = path.read_bytes()
    register(one)
    swap(one, two)
    path.write_bytes(old)
    done = sharing.exchange(two)
    assert done is not None
    assert done.ops == 0, "an old letter brings nothing new and takes nothing away"
    assert len(case_rows(two)) == 2
    swap(one, two)


def test_before_enrolment_nobody_is_a_colleague(tmp_path: Path) -> None:
    from tests.support.stations import make_station

    station = make_station(tmp_path / "pc").station
    assert sharing.exchange(station) is None, "no folder, nothing to do"
    settings.put(station, {"share.folder": str(tmp_path)})
    assert refused(lambda: sharing.exchange(station)) == "E-107"
    station.store.close()


def test_a_stick_for_the_district_is_no_letter(pair: Pair) -> None:
    one, two, folder = pair
    register(two)
    swap(one, two, times=1)
    made = bundles.export(two, to=folder)
    path = folder / sharing.FOLDER / f"{two.store.device}.{one.store.device}.gmb"
    path.write_bytes(made.path.read_bytes())
    done = sharing.exchange(one)
    assert done is not None
    assert [i.code for i in done.ignored] == ["E-181"]
    assert bundle.split(path.read_bytes()).envelope.receiver != one.store.device
