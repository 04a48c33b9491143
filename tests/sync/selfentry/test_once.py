"""An entry is one entry for ever: through restores of the district, a second PC, two PCs without a network; and what a
resident wrote is found nowhere at the district.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from station_app.services.rounds import door
from station_app.services.selfentry import entries
from station_app.services.station import Station
from station_app.store import consistency, intake
from sync.contract.ticket import ticket_of
from sync.server.admin import backup, devices
from sync.server.storage.sqlite import SqliteStorage
from tests.server.selfentry.sending import Telephone, photo
from tests.server.support import Face
from tests.support.clock import START, FakeClock
from tests.support.district import District
from tests.support.postgres import PostgresServer
from tests.sync.pcs import Join, go
from tests.sync.restoring import Backup
from tests.sync.test_sealed_at_district import dumped

MARKS = ("标记什么事甲", "标记地点乙", "标记称呼丙", "13912345678")


def telephone(district: District, station: Station) -> Telephone:
    return Telephone(Face(district.server), door.address(station).rpartition("/e/")[2])


def said(district: District, station: Station, what: str = "路灯坏了") -> str:
    phone = telephone(district, station)
    assert phone.send([photo()], what=what).status == 303
    return phone.codes[0]


def answer_at(district: District, code: str) -> tuple[str, int]:
    """(the answer the district knows, files it keeps)."""
    with district.server.storage.read() as tx:
        row = tx.row("SELECT answer FROM self_entry WHERE ticket = ?", (ticket_of(code),))
        files = tx.row("SELECT count(*) FROM blob WHERE case_rec LIKE 'station:%'")
    return (str(row[0]) if row else "none", int(files[0]) if files else 0)


@pytest.mark.parametrize("when", ["before the entry", "before the answer"])
def test_what_was_taken_up_is_not_offered_again_by_a_restored_district(
    district: District, join: Join, when: str
) -> None:
    one = join("S1")
    go(district, one)
    kept = Backup(district) if when == "before the entry" else None
    code = said(district, one)
    go(district, one)
    kept = kept or Backup(district)
    case = entries.accept(one, entry=code).case
    go(district, one)
    assert answer_at(district, code) == ("accepted", 0)
    kept.restore()
    assert answer_at(district, code)[0] == ("none" if when == "before the entry" else "")
    go(district, one)
    go(district, one)
    assert answer_at(district, code) == ("accepted", 0)
    assert entries.entries(one, only_open=True) == []
    assert entries.entry(one, code).case == case
    newcomer = join("S1")
    go(district, newcomer)
    go(district, newcomer)
    assert entries.entries(newcomer, only_open=True) == []


def test_an_open_entry_comes_back_with_its_files(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    go(district, one)
    go(district, two)
    kept = Backup(district)
    code = said(district, one)
    go(district, one)
    kept.restore()
    assert "没有找到这个编号" in Telephone(Face(district.server), "").look(code)
    go(district, one)
    go(district, one)
    assert answer_at(district, code) == ("", 2)
    go(district, two)
    (entry,) = entries.entries(two, only_open=True)
    assert (entry.said("what"), entry.missing) == ("路灯坏了", 0)
    entries.accept(two, entry=code)
    go(district, two)
    go(district, one)
    while intake.read_later(one.store, 1):
        pass  # as on the idle lane
    go(district, one)
    assert entries.entries(one, only_open=True) == []
    assert one.store.reader.execute("SELECT count(*) FROM blob WHERE case_id = 0").fetchone() == (0,)
    assert consistency.check(one.store) == []


def test_two_pcs_without_a_network_take_it_up_and_both_are_seen(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    code = said(district, one)
    go(district, one)
    go(district, two)
    cases = {entries.accept(pc, entry=code).case for pc in (one, two)}
    for pc in (one, two, one, two):
        go(district, pc)
    for pc in (one, two):
        entry = entries.entry(pc, code)
        assert (entry.rivals, entry.case in cases) == (2, True)
        assert [e.rec for e in entries.attention(pc)] == [entry.rec]
    assert entries.entry(one, code).case == entries.entry(two, code).case
    assert answer_at(district, code) == ("accepted", 0)


def test_sealed_to_a_pc_that_is_gone(district: District, join: Join) -> None:
    one = join("S1")
    phone = telephone(district, one)
    code = said(district, one)
    devices.revoke(district.server, device=one.store.device, reason="电脑损坏")
    assert "没有人能打开" in phone.look(code)
    two = join("S1")
    go(district, two)
    (entry,) = entries.entries(two)
    assert (entry.open, entry.readable, entry.letter) == (True, False, None)
    entries.decline(two, entry=entry.rec, answer="unreadable", reason="原来的电脑坏了，请再说一次。")
    go(district, two)
    assert "请再说一次" in phone.look(code)
    assert said(district, two) != code


def test_another_stations_answer_counts_for_nothing(district: District, join: Join) -> None:
    one, other = join("S1"), join("S2")
    code = said(district, one)
    go(district, other)
    assert entries.entries(other) == []
    record = next(r for r in other.store.reference().of_kind("self_entry"))
    with other.write(entries.VERB) as tx:
        from sync.contract.fold import overwrite

        tx.op(entries.VERB, "reference").put(overwrite(record, {"answer": "invalid", "reason": "x"}))
    go(district, other)
    assert answer_at(district, code) == ("", 2)
    with other.write(entries.VERB) as tx:
        tx.op(entries.VERB, "reference").put(overwrite(record, {"withdrawn_at": "2026-11-20T09:00"}))
    go(district, other)
    assert "已收到" in telephone(district, one).look(code)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[District]:
    """A district on each back end."""
    url, running = "", None
    if request.param == "postgresql":
        running = request.getfixturevalue("postgres_server")
        assert isinstance(running, PostgresServer)
        url = running.fresh()
    made = District(tmp_path / "either", FakeClock(START), database=url)
    yield made
    made.close()
    if running is not None:
        running.drop(url)


@pytest.fixture
def enrolled(either: District, tmp_path: Path) -> Iterator[Callable[[str], Station]]:
    """PCs of that district."""
    import dataclasses

    from station_app.services.travel import enrolment
    from tests.support.stations import ORG, make_station

    made: list[Station] = []

    def make(code: str) -> Station:
        place = tmp_path / f"own{len(made)}"
        station = make_station(place, org=dataclasses.replace(ORG, station_code="待分配")).station
        made.append(station)
        enrolment.enrol(station, url="http://district", code=either.code(code), transport=either.line)
        return station

    yield make
    for station in made:
        station.store.close()


def test_what_was_written_is_nowhere_at_the_district(
    either: District, enrolled: Callable[[str], Station], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = photo()
    log = logging.FileHandler(tmp_path / "district.log", encoding="utf-8")
    logging.getLogger().addHandler(log)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    monkeypatch.setitem(backup._COST, "memory_cost", 64)
    try:
        one = enrolled("S1")
        names = ("what", "where", "called", "phone")
        phone = telephone(either, one)
        assert phone.send([picture], **dict(zip(names, MARKS, strict=True))).status == 303
        backup.backup(either.server, file=tmp_path / "x.gmd", password="long enough password")
        backup.restore(tmp_path / "again", file=tmp_path / "x.gmd", password="long enough password",
                       clock=either.clock, database=f"sqlite:///{tmp_path / 'again' / 'district.sqlite'}")  # fmt: skip
        assert phone.send([b"no picture"], **dict(zip(names, MARKS, strict=True))).status == 422
        log.flush()
        places = [p for d in ("either", "again") for p in (tmp_path / d).rglob("*") if p.is_file()]
        found = {str(p): p.read_bytes() for p in (*places, tmp_path / "district.log", tmp_path / "x.gmd")}
        if either.server.storage.dialect == "postgresql":
            found["pg_dump"] = dumped(either)
    finally:
        logging.getLogger().removeHandler(log)
        log.close()
    ticket = ticket_of(phone.codes[0]).encode()
    assert [n for n, d in found.items() if ticket in d], "what is in clear is found by the same search"
    code = phone.codes[0]
    for mark in (*MARKS, code, code.replace("-", ""), "NOTED-BY-THE-TELEPHONE"):
        forms = (mark.encode(), mark.encode().hex().encode(), mark.encode("unicode_escape"))
        assert [name for name, data in found.items() if any(form in data for form in forms)] == [], mark
    go(either, one)
    (entry,) = entries.entries(one)
    assert tuple(entry.said(name) for name in names) == MARKS


class Dying:
    """A connection of the server that ends before its n-th statement."""

    def __init__(self, con: Any, at: int) -> None:
        self.con, self.at, self.count = con, at, 0

    def execute(self, sql: str, *args: Any) -> Any:
        self.count += 1
        if self.count == self.at:
            raise OSError("the process is gone")
        return self.con.execute(sql, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.con, name)


@pytest.mark.expect_log("fault at /e/")
def test_a_server_that_dies_keeps_an_entry_wholly_or_not_at_all(district: District, join: Join) -> None:
    """Whatever became of it, the telephone sends the same form again and has one entry, with all its files."""
    one = join("S1")
    storage = district.server.storage
    assert isinstance(storage, SqliteStorage)
    real, hit = storage._con, 0
    for at in range(1, 60):
        phone = telephone(district, one)
        phone.open()
        before = district.count("SELECT count(*) FROM self_entry"), district.count("SELECT count(*) FROM blob")
        dying = Dying(real, at)
        storage._con = dying  # type: ignore[assignment]  # stands in for the connection
        try:
            answer = phone.send([photo()], what="第一件")
        finally:
            died, storage._con = dying.count >= at, real
            if real.in_transaction:
                real.execute("ROLLBACK")
        now = district.count("SELECT count(*) FROM self_entry"), district.count("SELECT count(*) FROM blob")
        assert now in (before, (before[0] + 1, before[1] + 2)), at
        hit += died
        assert died or answer.status == 303
        assert phone.send([photo()], what="第一件").status in (303, 429)
        after = district.count("SELECT count(*) FROM self_entry"), district.count("SELECT count(*) FROM blob")
        assert after == (before[0] + 1, before[1] + 2), at
        if not died:
            break
    assert hit >= 8, "its statements are counted"
    go(district, one)
    assert all(not e.missing and e.said("what") == "第一件" for e in entries.entries(one))
