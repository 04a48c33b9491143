"""A district restored from before a rating: the rating comes back and is known again, or stands before the second."""

from __future__ import annotations

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.rounds import satisfaction
from station_app.services.station import Station
from station_app.store import consistency
from sync.server.public import progress, rating
from tests.support.district import District
from tests.sync.pcs import Join, go, register
from tests.sync.restoring import Backup


def finished(district: District, station: Station) -> str:
    """A case that was reported back, at the district too."""
    case = register(station)
    cases.step(station, case=case, verb="refuse", reason="已由人民法院受理")
    cases.step(station, case=case, verb="feed_back")
    go(district, station)
    return case


def rate(district: District, case: str, level: str) -> None:
    with district.server.storage.read() as tx:
        found = progress.standing(tx, case)
    assert found is not None
    assert found.over
    assert rating.take(district.server, found, f"level={level}".encode()) == ""


def levels(station: Station, case: str) -> list[str]:
    return [text(r, "satisfaction") for r in satisfaction.of_case(station, case)]


def test_what_came_back_is_known_again(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    case = finished(district, one)
    backup = Backup(district)
    rate(district, case, "2")
    go(district, one)
    assert levels(one, case) == ["2"]
    backup.restore()
    for _ in range(3):
        go(district, one)
    rate(district, case, "5")
    go(district, one)
    assert levels(one, case) == ["2"], "the first word stands"
    assert len(satisfaction.evaluations(one)) == 1
    with district.server.storage.read() as tx:
        found = progress.standing(tx, case)
        assert found is not None
        assert "评价已收到" in rating.section(tx, found, "x"), "and is not asked for again"
    assert consistency.check(one.store) == []


def test_who_was_quicker_than_what_comes_back_does_not_count(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    case = finished(district, one)
    backup = Backup(district)
    rate(district, case, "2")
    go(district, one)
    backup.restore()
    district.clock.advance(hours=1)
    rate(district, case, "5")
    for _ in range(3):
        go(district, one)
    assert levels(one, case) == ["2"], "of two the first counts"
    found = {e.level: e.counts for e in satisfaction.evaluations(one)}
    assert found == {"不满意": True, "非常满意": False}
    assert consistency.check(one.store) == []
