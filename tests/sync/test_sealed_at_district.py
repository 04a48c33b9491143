"""What is sealed is found nowhere at the district: not in its database, log, backup, nor in a dump of PostgreSQL."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.services import cases, papers, records, sessions
from station_app.services.cases import Intake, PartyInput
from station_app.services.station import Station
from sync.server.admin import backup
from sync.server.segments import checking
from tests.support.clock import START, FakeClock
from tests.support.district import District
from tests.support.postgres import PostgresServer, find_bin
from tests.support.stations import wage_intake
from tests.sync.pcs import Join, go

MARKS = ("标记内容甲", "标记单方乙", "标记心理丙", "标记身份丁")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def district(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[District]:
    """A district on each back end."""
    url, running = "", None
    if request.param == "postgresql":
        running = request.getfixturevalue("postgres_server")
        assert isinstance(running, PostgresServer)
        url = running.fresh()
    made = District(tmp_path / "district", FakeClock(START), database=url)
    yield made
    made.close()
    if running is not None:
        running.drop(url)


def planted(station: Station) -> None:
    """A marker in content, private, psych and complainant, an issued paper beside."""
    secret = cases.register(station, intake=Intake(
        {"service": "complaint", "channel": "visit", "secrecy": "confidential"}, {"summary": "反映问题"},
        [PartyInput({"role": "applicant", "kind": "person", "name": MARKS[3]}, {})],
    )).case  # fmt: skip
    assert station.case(secret).kind("complainant")
    told = wage_intake()
    intake = Intake(told.case, {"summary": MARKS[0], "story": MARKS[0]}, told.parties)
    case = cases.register(station, intake=intake).case
    cases.step(station, case=case, verb="accept")
    papers.issue(station, case=case, template="acceptance_register")
    sessions.record(station, case=case, values={"from": "2026-11-20T09:00", "record": MARKS[0]},
                    notes={"applicant": MARKS[1]})  # fmt: skip
    given = {"at": "2026-11-20T09:00", "text": MARKS[2], "consent": True, "consent_on": "2026-11-20"}
    records.add(station, case=case, kind="psych_note", values=given)


def test_no_marker_anywhere(district: District, join: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = logging.FileHandler(tmp_path / "district.log", encoding="utf-8")
    logging.getLogger().addHandler(log)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    monkeypatch.setitem(backup._COST, "memory_cost", 64)
    try:
        one = join("S1")
        planted(one)
        go(district, one)
        checking.build(district.server, again=True)
        copy = tmp_path / "backup" / "x.gmd"
        copy.parent.mkdir()
        backup.backup(district.server, file=copy, password="long enough password")
        backup.restore(tmp_path / "again", file=copy, password="long enough password", clock=district.clock,
                       database=f"sqlite:///{tmp_path / 'again' / 'district.sqlite'}")  # fmt: skip
        log.flush()
        places = [p for d in ("district", "again", "backup") for p in (tmp_path / d).rglob("*") if p.is_file()]
        found = {p.name: p.read_bytes() for p in (*places, tmp_path / "district.log")}
        if district.server.storage.dialect == "postgresql":
            found["pg_dump"] = dumped(district)
            assert b"COPY public.op " in found["pg_dump"]
    finally:
        logging.getLogger().removeHandler(log)
        log.close()
    assert [n for n, d in found.items() if "田志强".encode() in d], "what is in clear is found by the same search"
    for mark in MARKS:
        forms = (mark.encode(), mark.encode().hex().encode(), mark.encode("unicode_escape"))
        assert [name for name, data in found.items() if any(form in data for form in forms)] == []


def dumped(district: District) -> bytes:
    """The whole database as `pg_dump` writes it: bytes in hex."""
    url = district.server.district.database
    done = subprocess.run([str(find_bin() / "pg_dump"), url], capture_output=True, check=True, timeout=60)
    return done.stdout
