"""Links and merges travel: every station folds them alike, and undo reaches the others as well."""

from __future__ import annotations

from station_app.domain.case import text
from station_app.services import undo
from station_app.services.intake import links
from station_app.services.reading import lists
from station_app.services.station import Station
from tests.support.district import District
from tests.sync.pcs import Join, go, register


def seen(station: Station) -> list[str]:
    return sorted(line.rec for line in lists.cases(station))


def test_two_pcs_of_a_station_see_a_merge_and_its_undo(district: District, join: Join) -> None:
    first, second = join("S1"), join("S1")
    one, two = register(first), register(first)
    go(district, first)
    go(district, second)
    go(district, first)
    go(district, second)
    assert seen(second) == sorted([one, two])
    made = links.merge(second, case=two, into=one)
    go(district, second)
    go(district, first)
    assert seen(first) == seen(second) == [one]
    assert text(first.case(two).record, "merged_into") == one
    assert [(found.how, found.case) for found in links.of_case(first, first.case(one))] == [("merged_from", two)]
    undo.undo(second, made)
    go(district, second)
    go(district, first)
    assert seen(first) == seen(second) == sorted([one, two])
    assert links.of_case(first, first.case(one)) == []
