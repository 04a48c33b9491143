"""A disk that is reset at every start, a cloned disk, a copied directory: noticed and named, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from station_app.services import people
from station_app.services.local import health, settings
from station_app.services.station import Station
from station_app.services.travel import sharing, syncing
from station_app.store import consistency
from tests.support.district import District
from tests.support.stations import PASSWORD
from tests.sync.pcs import Join, case_rows, go, register
from tests.sync.restoring import copied, reset


def later(station: Station, **time: int) -> None:
    station.clock.advance(**time)  # type: ignore[attr-defined]  # the tests' clock


def told(station: Station) -> str:
    (found,) = [f for f in health.examine(station) if f.name == "数据目录"]
    return found.code


def test_a_disk_that_is_reset_at_every_start_is_named(district: District, join: Join, tmp_path: Path) -> None:
    """还原卡: each morning the PC is what it was when it was set up; what was uploaded comes back, E-521 says why."""
    one = join("S1")
    go(district, one)
    assert told(one) == ""
    image = copied(one, tmp_path / "image")
    for day in range(1, 4):
        later(one, days=1)
        register(one)
        go(district, one)
        reset(one, image)
        later(one, hours=12)
        outcome = go(district, one)
        assert outcome.lost
        assert told(one) == "E-521"
        assert len(case_rows(one)) == day
        assert consistency.check(one.store) == []
    warning = syncing.disk_warning(one)
    assert warning is not None
    assert warning.values["before"]
    later(one, days=31)
    assert told(one) == ""


def test_a_disk_reset_before_anything_was_uploaded_is_quiet(district: District, join: Join, tmp_path: Path) -> None:
    """What the platform never had cannot be missed: nothing false is said."""
    one = join("S1")
    go(district, one)
    image = copied(one, tmp_path / "image")
    register(one)
    reset(one, image)
    assert not go(district, one).lost
    assert told(one) == ""


def test_a_cloned_disk_is_named_and_both_keep_their_work(district: District, join: Join, tmp_path: Path) -> None:
    one = join("S1")
    register(one)
    go(district, one)
    copy = copied(one, tmp_path / "clone")
    two = people.login(copy, name="李明", password=PASSWORD, clock=one.clock)
    later(one, hours=1)
    register(two)
    later(one, hours=1)
    register(one)
    go(district, one)
    go(district, two)
    later(one, hours=1)
    assert go(district, one).lost
    assert told(one) == "E-525"
    assert len(case_rows(one)) == 3
    assert len(case_rows(two)) == 3
    for station in (one, two):
        assert consistency.check(station.store) == []
    two.store.close()


def test_a_directory_copied_to_another_user_is_named(district: District, join: Join, tmp_path: Path) -> None:
    """The copy goes on alone for a while; the original then meets what it never wrote."""
    one = join("S1")
    register(one)
    go(district, one)
    two = people.login(copied(one, tmp_path / "copy"), name="李明", password=PASSWORD, clock=one.clock)
    for _ in range(3):
        later(one, hours=1)
        register(two)
        go(district, two)
        assert told(two) == ""
        go(district, one)
    assert told(one) == "E-525"
    assert len(case_rows(one)) == 4
    two.store.close()


def test_without_a_server_a_colleagues_letter_tells(district: District, join: Join, tmp_path: Path) -> None:
    """The shared folder alone: the colleague holds what this PC forgot, and says so in its signed letter."""
    one, mate = join("S1"), join("S1")
    for station in (one, mate, one, mate):
        go(district, station)
    folder = tmp_path / "share"
    folder.mkdir()
    for station in (one, mate):
        settings.put(station, {"share.folder": str(folder)})
    for station in (one, mate, one, mate):
        sharing.exchange(station)
    image = copied(one, tmp_path / "image")
    register(one)
    for station in (one, mate, one, mate):
        sharing.exchange(station)
    assert told(one) == told(mate) == ""
    reset(one, image)
    sharing.exchange(one)
    assert told(one) == "E-559"
    assert told(mate) == ""
    assert consistency.check(one.store) == []
    later(one, days=31)
    assert told(one) == ""


def test_a_colleague_that_is_behind_says_nothing(district: District, join: Join, tmp_path: Path) -> None:
    one, mate = join("S1"), join("S1")
    for station in (one, mate, one, mate):
        go(district, station)
    folder = tmp_path / "share"
    folder.mkdir()
    for station in (one, mate):
        settings.put(station, {"share.folder": str(folder)})
    for _ in range(3):
        register(one)
        sharing.exchange(one)
    for station in (mate, one, mate, one):
        sharing.exchange(station)
    assert told(one) == told(mate) == ""
