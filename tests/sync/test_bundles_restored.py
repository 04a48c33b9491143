"""Sticks and a restored district: what it answered before its restore is of another history and is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.services import cases
from station_app.services.travel import bundles, syncing
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.server import bundling
from tests.support.district import District
from tests.sync.pcs import Join, case_rows, go, register
from tests.sync.restoring import Backup, copied, reset
from tests.sync.test_bundles import carry


def test_an_answer_of_before_the_restore_is_not_taken(district: District, join: Join, tmp_path: Path) -> None:
    """Its numbers are those of another history: taken, it would move the cursor over what others send now."""
    one, other = join("S1"), join("S1")
    for station in (one, other, one, other):
        go(district, station)
    backup = Backup(district)
    register(other)
    go(district, other)
    register(one)
    _, old = carry(district, one, tmp_path)
    backup.restore()
    go(district, one)
    go(district, other)
    unsent, rows = syncing.status(one).unsent_ops, one.store.con.execute("SELECT * FROM cursor").fetchall()
    with pytest.raises(KnownError) as refused:
        bundles.take(one, path=old)
    assert refused.value.code == "E-409"
    assert syncing.status(one).unsent_ops == unsent
    assert one.store.con.execute("SELECT * FROM cursor").fetchall() == rows


def test_a_restored_district_is_noticed_by_stick_alone(district: District, join: Join, tmp_path: Path) -> None:
    """No line at all: the answer says that the district was restored; everything is brought again."""
    one, other = join("S1"), join("S1")
    for station in (one, other, one, other):
        go(district, station)
    backup = Backup(district)
    mine = register(one)
    for station in (one, other):
        _, back = carry(district, station, tmp_path)
        bundles.take(station, path=back)
    assert syncing.status(one).unsent_ops == 0
    backup.restore()
    assert district.count("SELECT count(*) FROM case_row") == 0
    cases.edit(other, case=mine, values={mine: {"place": "甲工地"}})
    for _ in range(3):
        for station in (one, other):
            _, back = carry(district, station, tmp_path)
            bundles.take(station, path=back)
    assert district.count("SELECT count(*) FROM case_row") == 1
    assert syncing.status(one).unsent_ops == syncing.status(other).unsent_ops == 0
    assert case_rows(one) == case_rows(other)
    assert one.case(mine).get("place") == "甲工地"
    assert consistency.check(one.store) == [] == consistency.check(other.store)
    for station in (one, other, one, other):
        go(district, station)
    assert not go(district, one).changed


def test_a_restored_pc_gets_its_own_back_by_stick_alone(district: District, join: Join, tmp_path: Path) -> None:
    """What it had sent lies at the district; an answer that passes over it moves no cursor, the next one brings it."""
    one = join("S1")
    go(district, one)
    disk = copied(one, tmp_path / "disk")
    first = bundles.export(one, to=tmp_path)
    case = register(one)
    go(district, one)
    rows = case_rows(one)
    reset(one, disk)
    back = tmp_path / "back.gmb"
    back.write_bytes(bundling.take(district.server, first.path.read_bytes()).answer)
    bundles.take(one, path=back)
    assert case_rows(one) == []
    assert one.store.con.execute("SELECT max(cursor) FROM cursor").fetchone() == (0,)
    _, back = carry(district, one, tmp_path)
    bundles.take(one, path=back)
    while one.store.flush_index():
        pass
    assert case_rows(one) == rows
    assert one.case(case).parties[0].name == "田志强"
    assert consistency.check(one.store) == []
    for _ in range(2):
        go(district, one)
    assert not go(district, one).changed
