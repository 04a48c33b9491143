"""What earlier versions left behind is opened, read and served by the newest code (tests/data/snapshots)."""

from __future__ import annotations

import base64
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from station_app.clock import SHANGHAI, FixedClock
from station_app.services import people
from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.store import consistency, database, keyring, migrate
from sync.client.ledger import ServerLink
from sync.client.verify import read_page
from sync.contract.catalogue import CATALOGUE_VERSION
from sync.contract.wire import unpack_message
from sync.server import push
from sync.server.admin import backup
from sync.server.server import open_server
from tests.support.clock import FakeClock
from tests.support.district import AsgiLine
from tests.support.stations import PASSWORD
from tests.sync import make_snapshot
from tests.sync.pcs import register

VERSIONS = sorted(path.name for path in make_snapshot.PLACE.iterdir() if path.is_dir())


def opened(version: str, place: Path) -> Station:
    """A copy of the PC of that version, logged in."""
    place.mkdir()
    for name in (database.FILE_NAME, keyring.FILE_NAME):
        shutil.copy(make_snapshot.PLACE / version / name, place / name)
    clock = FixedClock(datetime(2026, 11, 20, 9, 30, tzinfo=SHANGHAI))
    return people.login(place, name="李明", password=PASSWORD, clock=clock)


def written_by(version: str) -> set[int]:
    """Catalogues of the ops in the push of a snapshot."""
    said = json.loads((make_snapshot.PLACE / version / "line.json").read_text("utf-8"))
    ops = push.read(base64.b64decode(said["bodies"]["/v1/push"][0])).ops
    return {op.header.v for op in ops.values()}


def test_every_catalogue_has_its_snapshot() -> None:
    """A new catalogue is frozen with the version that brings it: `python -m tests.sync.make_snapshot`."""
    assert set().union(*(written_by(version) for version in VERSIONS)) == set(range(1, CATALOGUE_VERSION + 1))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_database_of_an_earlier_version_is_opened_whole(version: str, tmp_path: Path) -> None:
    station = opened(version, tmp_path / "pc")
    try:
        assert consistency.check(station.store) == []
        rows = station.store.con.execute("SELECT rec, unreadable FROM case_row ORDER BY id").fetchall()
        assert len(rows) == 2
        assert {unreadable for _, unreadable in rows} == {0}
        assert all(station.case(rec).state.of_kind("facts")[0].get("story") for rec, _ in rows)
        assert station.store.con.execute("SELECT count(*) FROM paper_row").fetchone() == (1,)
        register(station)
        assert consistency.check(station.store) == []
    finally:
        station.store.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_migration_leaves_a_copy_that_the_old_program_opens(version: str, tmp_path: Path) -> None:
    """A next version of truth, simulated: the step runs after the old file was copied."""
    station = opened(version, tmp_path / "pc")
    key, path = station.store.key, station.store.path
    station.store.close()
    con = database.connect(path, key)
    old = int(con.execute("PRAGMA user_version").fetchone()[0])
    steps = {old + 1: lambda con: con.execute("CREATE TABLE later(x)")}
    assert migrate.upgrade(con, path, steps=steps, target=old + 1) == old  # type: ignore[arg-type]  # what it returns is not used
    con.close()
    copy = database.connect(path.with_suffix(f".db.v{old}.bak"), key, readonly=True)
    assert copy.execute("SELECT count(*) FROM op").fetchone()[0] > 0
    copy.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_pc_and_district_of_an_earlier_version_go_on_together(version: str, tmp_path: Path) -> None:
    source, clock = make_snapshot.PLACE / version / "district.backup", FakeClock()
    backup.restore(tmp_path / "district", file=source, password=make_snapshot.PASSWORD, clock=clock)
    server = open_server(tmp_path / "district", clock)
    station = opened(version, tmp_path / "pc")
    try:
        waits = syncing.status(station).unsent_ops
        assert waits
        outcome = syncing.run(station, transport=AsgiLine(server))
        assert outcome.error is None, outcome.error
        assert syncing.status(station).unsent_ops == 0
        assert station.store.con.execute("SELECT count(*) FROM case_row").fetchone() == (3,)
        with server.storage.read() as tx:
            assert tx.row("SELECT count(*) FROM case_row") == (3,)
        assert not syncing.run(station, transport=AsgiLine(server)).changed
        assert consistency.check(station.store) == []
    finally:
        station.store.close()
        server.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_bodies_of_the_line_of_an_earlier_version_are_read(version: str) -> None:
    said = json.loads((make_snapshot.PLACE / version / "line.json").read_text("utf-8"))
    bodies = {path: [base64.b64decode(b) for b in pair] for path, pair in said["bodies"].items()}
    pushed = push.read(bodies["/v1/push"][0])
    assert pushed.ops
    answer, _ = unpack_message(bodies["/v1/push"][1])
    assert answer["stored"] == len(pushed.ops)
    asked, _ = unpack_message(bodies["/v1/pull"][0])
    link = said["link"]
    server = ServerLink(
        url="", ca_key=bytes.fromhex(link["ca"]), device=link["device"], sign_key=bytes.fromhex(link["key"]),
        epoch=1, stream=link["stream"],
    )  # fmt: skip
    cursor = asked["cursor"]
    assert isinstance(cursor, int)
    page = read_page(bodies["/v1/pull"][1], server, stream=link["stream"], case="", cursor=cursor)
    assert page.ops
    assert [op.problem for op in page.ops] == [""] * len(page.ops)
