"""Backups of either back end restore into either; the epoch rises; stations bring back what came after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sync.contract.errors import KnownError
from sync.server import tls
from sync.server.admin import accounts, backup, status
from sync.server.server import Server, epoch_after, open_server
from sync.server.storage import schema
from tests.server.support import Device, Face
from tests.support.clock import FakeClock
from tests.support.postgres import PostgresServer

PASSWORD = "long enough password"


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(backup._COST, "memory_cost", 64)
    monkeypatch.setitem(backup._COST, "time_cost", 1)


def _everything(server: Server) -> dict[str, list[tuple[object, ...]]]:
    with server.storage.snapshot() as read:
        return {
            table: sorted(read(table, columns.split()), key=repr)
            for table, columns in schema.TABLES.items()
            if table not in ("audit", "meta")
        }


@pytest.fixture(params=["to sqlite", pytest.param("to postgresql", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database to restore into."""
    if request.param == "to sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'other.sqlite'}"
    running: PostgresServer = request.getfixturevalue("postgres_server")
    return running.fresh()


def test_a_restored_district_goes_on(server: Server, s1: Device, target: str, tmp_path: Path, clock: FakeClock) -> None:
    case = s1.case()
    s1.push()
    s1.ask("/v1/blob/put", {"case": case, "id": "ab" * 32, "size": 3}, b"\0\xff\1")
    tls.make(server.district.directory, district="区", hosts=["district.test"], now_ms=clock.now_ms())
    file = tmp_path / "district.backup"
    rows = backup.backup(server, file=file, password=PASSWORD)
    kept = _everything(server)
    s1.case("备份以后的")
    s1.push()

    (tmp_path / "new").mkdir()
    assert backup.restore(tmp_path / "new", file=file, password=PASSWORD, clock=clock, database=target) == rows
    authority = (tmp_path / "new" / tls.CA).read_bytes()
    assert authority == (server.district.directory / tls.CA).read_bytes()
    again = open_server(tmp_path / "new", clock)
    try:
        assert _everything(again) == kept
        s1.face = Face(again)
        hello = s1.ask("/v1/hello", {"inst": s1.inst, "seq": 2, "epoch": 1})
        assert (hello["epoch"], hello["needs"]) == (clock.now_ms(), "epoch")
        assert hello["acked"][s1.inst]["seq"] == 1
        assert s1.push(1, 2)["stored"] == 1
        assert {c["title"] for c in status.cases(again)} == {"拖欠工资", "备份以后的"}
        assert Device(s1.face, "S2").enrol().status == 200, "the server's own chain goes on in a new incarnation"
    finally:
        again.close()


def test_two_restores_of_one_backup_are_two_epochs(server: Server, tmp_path: Path, clock: FakeClock) -> None:
    """Else a station that met the first one takes the second for it, and its cursor passes over what is new."""
    file = tmp_path / "district.backup"
    backup.backup(server, file=file, password=PASSWORD)
    epochs = []
    for name in ("first", "second"):
        clock.advance(seconds=1)
        (tmp_path / name).mkdir()
        place = f"sqlite:///{tmp_path / name / 'other.sqlite'}"
        backup.restore(tmp_path / name, file=file, password=PASSWORD, clock=clock, database=place)
        again = open_server(tmp_path / name, clock)
        epochs.append(status.status(again)["epoch"])
        again.close()
    assert 1 < epochs[0] < epochs[1]


def test_a_clock_of_long_ago_raises_the_epoch_too() -> None:
    assert epoch_after(1, 0) == 2
    assert epoch_after(1_795_000_000_000, 946_684_800_000) == 1_795_000_000_001


def test_a_backup_is_opened_by_its_password_only(server: Server, tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "district.backup"
    with pytest.raises(KnownError, match="E-515"):
        backup.backup(server, file=file, password="short")
    backup.backup(server, file=file, password=PASSWORD)
    data = file.read_bytes()
    assert "光凤东坑".encode() not in data
    with pytest.raises(KnownError, match="E-507"):
        backup.restore(tmp_path / "new", file=file, password="another password", clock=clock)
    file.write_bytes(b"something else entirely, longer than a head")
    with pytest.raises(KnownError, match="E-507"):
        backup.restore(tmp_path / "new", file=file, password=PASSWORD, clock=clock)
    assert not (tmp_path / "new" / "district.json").exists()


def test_a_cut_or_changed_backup_is_refused_whole(s1: Device, server: Server, tmp_path: Path, clock: FakeClock) -> None:
    case = s1.case()
    s1.push()
    for n in range(4):
        blob = os.urandom(600_000)
        s1.ask("/v1/blob/put", {"case": case, "id": f"{n:064x}", "size": len(blob)}, blob)
    file = tmp_path / "district.backup"
    backup.backup(server, file=file, password=PASSWORD)
    data = file.read_bytes()
    place = f"sqlite:///{tmp_path / 'new' / 'other.sqlite'}"
    flipped = data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]
    for broken in (data[: len(data) // 2], data[:-1], flipped):
        file.write_bytes(broken)
        (tmp_path / "new").mkdir(exist_ok=True)
        with pytest.raises(KnownError, match="E-106"):
            backup.restore(tmp_path / "new", file=file, password=PASSWORD, clock=clock, database=place)
        assert not (tmp_path / "new" / "district.json").exists()
    file.write_bytes(data)
    backup.restore(tmp_path / "new", file=file, password=PASSWORD, clock=clock, database=place)


def test_nothing_is_restored_over_a_district(server: Server, tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "district.backup"
    backup.backup(server, file=file, password=PASSWORD)
    with pytest.raises(KnownError, match="E-511"):
        backup.restore(server.district.directory, file=file, password=PASSWORD, clock=clock)
    database = server.district.database
    with pytest.raises(KnownError, match="E-511"):
        backup.restore(tmp_path / "new", file=file, password=PASSWORD, clock=clock, database=database)


def test_accounts(server: Server) -> None:
    accounts.add(server, name="王书记", role="secretary", password=PASSWORD)
    assert accounts.verify(server, name="王书记", password=PASSWORD) == "secretary"
    for name, password in (("王书记", "wrong password"), ("无此人", PASSWORD)):
        with pytest.raises(KnownError, match="E-501"):
            accounts.verify(server, name=name, password=password)
    with pytest.raises(KnownError, match="E-515"):
        accounts.add(server, name="王书记", role="secretary", password="short")
    with pytest.raises(KnownError, match="E-217"):
        accounts.add(server, name="王书记", role="mediator", password=PASSWORD)
