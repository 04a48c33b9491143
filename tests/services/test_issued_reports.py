"""Issued reports: numbered, kept as their very bytes, told to colleagues, never drawn anew."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import FixedClock
from station_app.documents.preview import extract_text
from station_app.domain.figures import period as periods
from station_app.services.figures import issued, paper
from station_app.services.meeting import paper as meeting
from station_app.services.station import Station, User
from station_app.store import blobs, consistency
from station_app.store.upkeep import sweep
from sync.contract.errors import KnownError
from tests.services.test_figures import appeal
from tests.support.stations import PASSWORD, make_station

NOVEMBER = periods.month(2026, 11)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = make_station(tmp_path / "s").station
    appeal(made, at="2026-11-05", steps="accept agree", amount=100_000)
    return made


def monthly(station: Station) -> issued.IssuedReport:
    return issued.issue(station, make=lambda no: paper.report_paper(station, period=NOVEMBER, no=no))


def test_the_kept_bytes_outlive_what_they_tell(station: Station) -> None:
    first = monthly(station)
    assert first.no == "（2026）A001号"
    assert "编号：（2026）A001号" in "".join(extract_text(first.made.pdf)).replace("\n", "")
    appeal(station, at="2026-11-06", steps="accept agree")
    again = issued.pages_of(station, report=first.no)
    assert again.pdf == first.made.pdf
    assert (again.title, again.pages) == ("群众诉求服务工作月报", first.made.pages)
    anew = paper.report_paper(station, period=NOVEMBER, no=first.no)
    assert anew.pdf != first.made.pdf, "drawn anew it would tell of the appeal that came later"
    (told,) = issued.listed(station)
    assert (told.by, told.period, told.here, told.own) == ("李明", "2026年11月1日至2026年11月30日", True, True)
    assert told.sha == hashlib.sha256(first.made.pdf).hexdigest()
    assert consistency.check(station.store) == []


def test_numbers_follow_each_other_and_begin_anew_with_the_year(station: Station) -> None:
    assert monthly(station).no == "（2026）A001号"
    second = issued.issue(station, make=lambda no: meeting.sheet(station, no=no))
    assert second.no == "（2026）A002号"
    issued.void(station, report=second.no, reason="议题有遗漏")
    assert monthly(station).no == "（2026）A003号"
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(days=60)
    assert monthly(station).no == "（2027）A001号"
    station.store.set_settings({"number.series": ""})
    with pytest.raises(KnownError) as none:
        monthly(station)
    assert none.value.code == "E-306"
    assert len(issued.listed(station)) == 4


def test_what_fails_while_drawing_leaves_no_number_behind(station: Station) -> None:
    def broken(_no: str) -> issued.Made:
        raise KnownError("E-304", what="x")

    with pytest.raises(KnownError):
        issued.issue(station, make=broken)
    assert issued.listed(station) == []
    assert monthly(station).no == "（2026）A001号"


def test_void_keeps_the_pages_and_says_why(station: Station) -> None:
    made = monthly(station)
    with pytest.raises(KnownError) as silent:
        issued.void(station, report=made.no, reason=" ")
    assert silent.value.code == "E-216"
    issued.void(station, report=made.no, reason="数据有误")
    (told,) = issued.listed(station)
    assert (told.void_on, told.void_reason) == ("2026-11-20", "数据有误")
    assert issued.pages_of(station, report=made.no).pdf == made.made.pdf
    with pytest.raises(KnownError) as twice:
        issued.void(station, report=made.no, reason="x")
    assert twice.value.code == "E-292"


def test_only_who_reports_may_issue(station: Station) -> None:
    station.user = User(station.user.person, "审查", ("consultant",))
    with pytest.raises(KnownError) as no:
        monthly(station)
    assert no.value.code == "E-404"


def test_damaged_pages_are_named_and_kept(station: Station) -> None:
    made = monthly(station)
    sha = hashlib.sha256(made.made.pdf).hexdigest()
    with station.store.raw_write() as con:
        con.execute("UPDATE blob SET data = ? WHERE sha = ?", (b"x" + made.made.pdf[1:], sha))
    assert sweep.look_at_all(station.store, station.clock.now_ms()) == 1
    assert blobs.is_here(station.store, sha), "damaged bytes that lie nowhere else are kept"
    with pytest.raises(KnownError) as bent:
        issued.pages_of(station, report=made.no)
    assert bent.value.code == "E-508"


def test_on_the_command_line(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station.store.close()
    secret = tmp_path / "pw"
    secret.write_text(PASSWORD)
    access = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    out = tmp_path / "m.pdf"
    assert run(["report", "issue", "period", "--year", "2026", "--month", "11", "--pdf", str(out), *access]) == 0
    assert "（2026）A001号" in capsys.readouterr().out
    for kind in (["ministry", "--year", "2026"], ["meeting"], ["subsidy", "--year", "2026", "--month", "11"]):
        assert run(["report", "issue", *kind, *access]) == 0
    assert run(["report", "issue", "day-log", *access]) == 0
    for kind in ("patrols", "duty"):
        assert run(["report", "issue", kind, "--day", "2026-11-01", "--until", "2026-11-30", *access]) == 0
    assert run(["report", "issue", "duty", "--day", "2026-11-30", "--until", "2026-11-01", *access]) == 1
    assert "E-237" in capsys.readouterr().err
    assert run(["patrol", "sheet", str(tmp_path / "p.pdf"), *access]) == 0
    assert run(["duty", "sheet", str(tmp_path / "d.pdf"), "--days", "30", *access]) == 0
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in ("p.pdf", "d.pdf"))
    capsys.readouterr()
    assert run(["report", "issue", "subsidy", *access]) == 1
    assert "E-360" in capsys.readouterr().err
    assert run(["report", "list", "--json", *access]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [r["no"] for r in listed] == [f"（2026）A00{n}号" for n in (7, 6, 5, 4, 3, 2, 1)]
    copy = tmp_path / "again.pdf"
    assert run(["report", "pdf", "（2026）A001号", "--out", str(copy), *access]) == 0
    assert copy.read_bytes() == out.read_bytes()
    assert run(["report", "verify", str(copy), *access]) == 0
    assert "一致" in capsys.readouterr().out
    copy.write_bytes(out.read_bytes() + b" ")
    assert run(["report", "verify", str(copy), *access]) == 1
    assert run(["report", "void", "（2026）A001号", "--reason", "数据有误", *access]) == 0
