"""An issued report that names an erased case goes with it, at every PC and at the district; all others stay."""

from __future__ import annotations

import pytest

from station_app.domain.figures import period as periods
from station_app.services.figures import issued, paper
from station_app.services.loop import colours
from station_app.services.meeting import paper as meeting
from station_app.services.rounds import daylog
from station_app.services.station import Station
from station_app.services.travel import erasing
from station_app.store import blobs, consistency
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.sync.erasure.marks import at_district, at_station, grant, marked
from tests.sync.erasure.test_erasing import everywhere, three
from tests.sync.pcs import Join, go


def sheet(station: Station) -> issued.IssuedReport:
    return issued.issue(station, make=lambda no: meeting.sheet(station, no=no))


def monthly(station: Station) -> issued.IssuedReport:
    period = periods.month(2026, 11)
    return issued.issue(station, make=lambda no: paper.report_paper(station, period=period, no=no))


def stored(district: District) -> int:
    with district.server.storage.read() as tx:
        row = tx.row("SELECT count(*) FROM blob WHERE case_rec LIKE 'station:%'")
    assert row is not None
    return int(row[0])


def test_the_pages_go_and_what_was_issued_stays_known(district: District, join: Join) -> None:
    one, mate, other = three(district, join)
    case = marked(one)
    colours.raise_(one, case=case, to="red", reason="扬言堵门")
    everywhere(district, (one, mate, other), case)
    named, plain = sheet(one), monthly(one)
    assert named.made.cases == (case,)
    assert plain.made.cases == ()
    for station in (one, mate, other):
        go(district, station)
    assert issued.pages_of(mate, report=named.no).pdf == named.made.pdf
    assert stored(district) == 2
    offline = sheet(mate)  # issued with no network, before the order came
    erasing.ask(one, case=case, ground="law", reason="法院判决要求删除")
    go(district, one)
    grant(district, case)
    assert stored(district) == 1, "the district dropped the pages it cannot even read"
    for station in (one, mate, other, one, mate, other):
        go(district, station)
    for station in (one, mate):
        for no in (named.no, offline.no):
            with pytest.raises(KnownError, match="E-353"):
                issued.pages_of(station, report=no)
        assert not blobs.is_here(station.store, issued.resolve(station, named.no).sha)
        assert issued.pages_of(station, report=plain.no).pdf == plain.made.pdf
        told = {r.no: r.withheld for r in issued.listed(station)}
        assert told == {named.no: True, offline.no: True, plain.no: False}
        same = issued.same(station, named.made.pdf)
        assert same is not None, "whoever still holds the paper can compare it"
        assert same.no == named.no
        assert at_station(station) == []
        assert consistency.check(station.store) == []
    assert stored(district) == 1, "what was issued offline is not sent any more"
    assert at_district(district) == []
    again = sheet(one)
    assert case not in again.made.cases
    assert issued.pages_of(one, report=again.no).pdf == again.made.pdf
    issued.void(one, report=named.no, reason="列有已依法删除的案件，已重新出具")


def test_the_day_log_says_which_cases_it_names(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    case = marked(one)
    made = daylog.paper(one, day=one.clock.today().isoformat())
    assert case in made.cases
