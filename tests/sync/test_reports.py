"""Issued reports on their way: the record for the community, the pages sealed for the station's own PCs."""

from __future__ import annotations

import pytest

from station_app.domain.figures import period as periods
from station_app.services.figures import issued, paper
from station_app.services.station import Station
from station_app.store import files
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.sync.pcs import Join, go, register


def monthly(station: Station) -> issued.IssuedReport:
    period = periods.month(2026, 11)
    return issued.issue(station, make=lambda no: paper.report_paper(station, period=period, no=no))


def test_the_pages_reach_the_colleague_and_no_neighbour(district: District, join: Join) -> None:
    first, colleague, neighbour = join("S1"), join("S1"), join("S2")
    for station in (first, colleague, first):
        go(district, station)
    register(first)
    made = monthly(first)
    assert go(district, first).blobs_sent == 1
    assert go(district, first).blobs_sent == 0
    assert go(district, neighbour).blobs_received == 0
    assert go(district, colleague).blobs_received == 1
    assert issued.pages_of(colleague, report=made.no).pdf == made.made.pdf
    (told,) = issued.listed(colleague)
    assert (told.by, told.here, told.own) == ("李明", True, True)
    assert issued.listed(neighbour) == []
    (other,) = issued.listed(neighbour, everywhere=True)
    assert (other.no, other.own, other.here) == (made.no, False, False)
    same = issued.same(neighbour, made.made.pdf)
    assert same is not None, "whoever was sent the PDF can compare it"
    assert same.no == made.no


def test_what_has_not_come_yet_is_said_and_then_fetched(district: District, join: Join) -> None:
    first, colleague = join("S1"), join("S1")
    for station in (first, colleague, first):
        go(district, station)
    made = monthly(first)
    go(district, first)
    go(district, colleague)
    colleague.store.con.execute("DELETE FROM blob")
    with pytest.raises(KnownError) as none:
        issued.pages_of(colleague, report=made.no)
    assert none.value.code == "E-293"
    assert go(district, colleague).blobs_received == 1
    assert issued.pages_of(colleague, report=made.no).pdf == made.made.pdf


def test_a_restored_district_gets_the_pages_again(district: District, join: Join) -> None:
    first = join("S1")
    go(district, first)
    monthly(first)
    assert go(district, first).blobs_sent == 1
    (file,) = files.sent_before(first.store)
    assert (file.case, file.of) == ("", 1)
    district.server.storage.write(lambda tx: tx.run("DELETE FROM blob"))
    files.wait_again(first.store, [file])
    assert go(district, first).blobs_sent == 1
    assert district.count("SELECT count(*) FROM blob WHERE case_rec LIKE 'station:%'") == 1
