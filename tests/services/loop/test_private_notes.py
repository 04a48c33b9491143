"""One side's own words: kept with the session, in no paper, opened by no grant, unreadable to the district."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain.case import text
from station_app.services import cases, papers, records, sessions
from station_app.services.local import access
from station_app.services.loop import hand_offs, orders
from station_app.services.paperwork import engine
from station_app.services.reading import notes
from station_app.services.station import Station, User
from station_app.services.travel import grants
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.support.stations import PASSWORD, make_station, wage_intake
from tests.sync.pcs import Join, go

SECRET = "底线是分两期，绝密标记甲乙丙"
HELD = {"from": "2026-11-20T08:00", "record": "双方到场，各自陈述。"}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def held(station: Station) -> str:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    sessions.record(station, case=case, values={**HELD}, notes={"applicant": SECRET, "respondent": "  "})
    return case


def test_a_note_belongs_to_its_session_and_side(station: Station) -> None:
    view = station.case(held(station))
    (note,) = view.kind("private_note")
    (session,) = view.kind("session")
    assert (text(note, "side"), text(note, "session"), text(note, "text")) == ("applicant", session.id, SECRET)
    assert text(note, "party") == view.side("applicant")[0].id
    assert SECRET not in text(session, "record")
    assert consistency.check(station.store) == []


def test_no_paper_of_the_case_shows_a_word_of_it(station: Station) -> None:
    case = held(station)
    values = papers._values(station, station.case(case), "（2026）试字第1号")
    assert "绝密标记" not in str(values)
    assert "双方到场" in str(values)
    for template in engine.catalog(station).current(station.clock.today()):
        try:
            said = "".join(engine.shown(template, values))
        except KnownError:
            continue
        assert "绝密标记" not in said, template.id


def test_it_leaves_the_case_team_by_no_way(district: District, join: Join) -> None:
    one, mate, three = join("S1"), join("S1"), join("S3")
    for station in (one, mate, three, one, mate, three):
        go(district, station)
    case = held(one)
    grants.grant(one, case=case, station_code="S3", reason="协同")
    orders.issue(one, case=case, values={"matter": "派员到场", "lead": "S3站"})
    hand_offs.offer(one, case=case, to="S3站", reason="请接办")
    for station in (one, mate, three, one, mate, three):
        go(district, station)
    assert [text(n, "text") for n in one.case(case).kind("private_note")] == [SECRET]
    assert mate.case(case).kind("private_note") == []
    assert notes.held_back(mate, mate.case(case)) == 1, "a colleague sees that there is one"
    assert three.case(case).kind("private_note") == []
    assert text(three.case(case).kind("session")[0], "record") == HELD["record"]
    with district.server.storage.read() as tx:
        bodies = b"".join(bytes(row[0]) for row in tx.rows("SELECT body FROM op WHERE body IS NOT NULL"))
    assert "绝密标记".encode() not in bodies


def test_who_may_not_write_them_writes_nothing(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    station.user = User(station.user.person, "陈晓", ("recorder",))
    with pytest.raises(KnownError, match="E-404"):
        sessions.record(station, case=case, values={**HELD}, notes={"applicant": SECRET})
    assert station.case(case).kind("session") == []
    with pytest.raises(KnownError, match="E-217"):
        sessions.record(station, case=case, values={**HELD}, notes={"nobody": SECRET})
    sessions.record(station, case=case, values={**HELD})


def test_who_opened_a_note_and_who_was_refused_is_kept(station: Station) -> None:
    case = held(station)
    (note,) = station.case(case).kind("private_note")
    mine = station.user
    assert notes.opened(station, station.case(case)) == 1
    notes.refuse(station, station.case(case))  # nothing is held back from him
    empty = cases.register(station, intake=wage_intake()).case
    assert notes.opened(station, station.case(empty)) == 0
    colleague = next(r.id for r in station.store.reference().of_kind("person") if r.id != mine.person)
    station.user = User(colleague, "陈晓", ("mediator",))
    view = station.case(case)
    assert notes.opened(station, view) == 0, "she is shown nothing"
    with pytest.raises(KnownError, match="E-247"):
        notes.refuse(station, view)
    for act in (records.remove, lambda s, case, rec: records.edit(s, case=case, rec=rec, values={"text": "改"})):
        with pytest.raises(KnownError, match="E-247"):
            act(station, case=case, rec=note.id)
    with pytest.raises(KnownError, match="E-223"):
        records.remove(station, case=case, rec="0000000000000000.1.0")
    with pytest.raises(KnownError, match="E-404"):
        access.entries(station, case=case)
    station.user = mine
    kept = [(e.who, e.act, e.detail) for e in access.entries(station, case=case)]
    assert kept == [("陈晓", "refuse_closed", "1条")] * 3 + [("李明", "view_closed", "1条")]
    assert not any(SECRET in str(e) for e in access.entries(station))


def test_the_command_line_keeps_it_too(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = held(station)
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    told = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["case", "show", case, *told]) == 0
    assert run(["record", "list", case, *told]) == 0
    capsys.readouterr()
    assert run(["access", "--json", *told]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(e["who"], e["act"], e["case"]) for e in found] == [("李明", "view_closed", case)] * 2
