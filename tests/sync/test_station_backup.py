"""A PC from its backup: proved when written, refused when damaged, in step with the district, no number twice."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SystemClock
from station_app.services import cases, papers, people
from station_app.services.local import backing, backup, health, settings
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.support.stations import PASSWORD
from tests.sync.pcs import Join, case_rows, go, register
from tests.sync.restoring import Backup


def numbered(station: Station) -> str:
    """A case that is accepted, its paper issued; the number."""
    case = register(station)
    cases.step(station, case=case, verb="accept")
    papers.issue(station, case=case, template="acceptance_register")
    return str(station.case(case).get("number"))


def restored(file: Path, directory: Path) -> tuple[backup.Restored, Station]:
    done = backup.restore(directory, file=file, name="李明", password=PASSWORD, clock=SystemClock())
    return done, people.login(directory, name="李明", password=PASSWORD, clock=SystemClock())


def test_a_pc_is_set_up_from_its_backup_and_gets_back_what_the_district_has(
    district: District, join: Join, tmp_path: Path
) -> None:
    one = join("S1")
    go(district, one)
    before = numbered(one)
    old = one.store.setting("number.series")
    spares = one.store.setting("number.spares").split(",")
    made = backup.write(one, to=tmp_path)
    assert made.path.suffix == backup.SUFFIX
    later = [numbered(one), numbered(one)]
    go(district, one)
    lost = numbered(one)
    done, station = restored(made.path, tmp_path / "new")
    try:
        assert (done.cases, done.old_series, done.series) == (1, old, spares[0])
        assert done.last == ((int(before[1:5]), 1),)
        go(district, station)
        assert len(case_rows(station)) == 3, "what reached the district comes back"
        fresh = numbered(station)
        assert fresh not in {before, *later, lost}
        assert spares[0] in fresh
        go(district, station)
        assert district.count("SELECT count(*) FROM number_row WHERE clash > 0") == 0
        assert consistency.check(station.store) == []
    finally:
        station.store.close()


def test_by_commands(join: Join, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = join("S1")
    numbered(one)
    (tmp_path / "pw").write_text(PASSWORD)
    words = ["--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["backup", str(tmp_path), "--json", "--data-dir", str(one.store.directory), *words]) == 0
    made = json.loads(capsys.readouterr().out)
    new = ["--data-dir", str(tmp_path / "new"), *words]
    assert run(["restore", made["file"], *new]) == 0
    assert "不再使用" in capsys.readouterr().out
    assert run(["case", "list", "--json", *new]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert run(["restore", made["file"], *new]) == 1
    assert "E-511" in capsys.readouterr().err


def test_without_a_spare_no_number_is_drawn(join: Join, tmp_path: Path) -> None:
    from tests.support.stations import make_station

    alone = make_station(tmp_path / "alone").station
    numbered(alone)
    made = backup.write(alone, to=tmp_path)
    alone.store.close()
    done, station = restored(made.path, tmp_path / "new")
    try:
        assert (done.old_series, done.series) == ("A", "")
        with pytest.raises(KnownError) as caught:
            numbered(station)
        assert caught.value.code == "E-306"
    finally:
        station.store.close()


def refused(file: Path, directory: Path) -> str:
    with pytest.raises(KnownError) as caught:
        backup.restore(directory, file=file, name="李明", password=PASSWORD, clock=SystemClock())
    assert not directory.exists() or not list(directory.iterdir())
    assert not directory.with_name(directory.name + ".restoring").exists()
    return caught.value.code


def test_what_is_no_whole_backup_is_refused_and_leaves_nothing(join: Join, tmp_path: Path) -> None:
    one = join("S1")
    register(one)
    made = backup.write(one, to=tmp_path / "good.gmbak")
    good = made.path.read_bytes()
    file, new = tmp_path / "bad.gmbak", tmp_path / "new"
    for spoiled in (b"", b"PK", good[:-30], good[: len(good) // 2]):
        file.write_bytes(spoiled)
        assert refused(file, new) == "E-541"
    middle = len(good) // 2
    file.write_bytes(good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :])
    assert refused(file, new) == "E-541"
    with zipfile.ZipFile(made.path) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    for names in ({"../evil": b"x"}, {"sub/keys.json": b"{}"}):
        with zipfile.ZipFile(file, "w") as pack:
            for name, data in (parts | names).items():
                pack.writestr(name, data)
        assert refused(file, new) == "E-541"
    with zipfile.ZipFile(file, "w") as pack:
        for name, data in (parts | {"backup.json": json.dumps({"v": 2}).encode()}).items():
            pack.writestr(name, data)
    assert refused(file, new) == "E-541"
    assert not (tmp_path / "evil").exists()
    assert refused(tmp_path / "nothing.gmbak", new) == "E-516"


def test_a_wrong_password_restores_nothing(join: Join, tmp_path: Path) -> None:
    made = backup.write(join("S1"), to=tmp_path)
    with pytest.raises(KnownError) as caught:
        backup.restore(tmp_path / "new", file=made.path, name="李明", password="wrong horse", clock=SystemClock())
    assert caught.value.code == "E-501"
    assert not (tmp_path / "new").exists()


def test_nothing_is_restored_over_a_station(join: Join, tmp_path: Path) -> None:
    one = join("S1")
    made = backup.write(one, to=tmp_path)
    with pytest.raises(KnownError) as caught:
        backup.restore(one.store.directory, file=made.path, name="李明", password=PASSWORD, clock=SystemClock())
    assert caught.value.code == "E-511"


def test_a_backup_that_cannot_be_finished_leaves_no_file(
    join: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = join("S1")
    place = tmp_path / "stick"
    place.mkdir()

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(KnownError) as caught:
        backup.write(one, to=place)
    assert caught.value.code == "E-516"
    assert list(place.iterdir()) == []


def test_both_sides_go_back_to_last_week_and_nothing_is_lost(district: District, join: Join, tmp_path: Path) -> None:
    """The drill of the README: the district from last week's backup, one PC from its own, its colleague untouched."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    numbered(one), numbered(two)
    for station in (one, two, one, two):
        go(district, station)
    last_week = Backup(district)
    of_one = backup.write(one, to=tmp_path).path
    since = [numbered(one), numbered(one), numbered(two)]
    for station in (one, two, one, two):
        go(district, station)
    unsent = numbered(two)
    last_week.restore()
    done, back = restored(of_one, tmp_path / "new")
    try:
        assert done.cases == 2
        for station in (back, two, back, two, back, two):
            go(district, station)
        numbers = {str(r[0]) for r in two.store.reader.execute("SELECT number FROM case_row")}
        assert {*since, unsent} < numbers
        assert len(numbers) == 6
        for station in (back, two):
            assert {str(r[0]) for r in station.store.reader.execute("SELECT number FROM case_row")} == numbers
            assert all(unreadable == 0 for _, unreadable, _, _ in case_rows(station))
            assert consistency.check(station.store) == []
        assert district.count("SELECT count(*) FROM case_row") == 6
        fresh = numbered(back)
        assert fresh not in numbers
        for station in (back, two):
            go(district, station)
        assert district.count("SELECT count(*) FROM number_row WHERE clash > 0") == 0
    finally:
        back.store.close()


def test_the_folder_that_is_set_is_used_and_its_room_looked_at(
    join: Join, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = join("S1")
    numbered(one)
    (tmp_path / "pw").write_text(PASSWORD)
    words = ["--data-dir", str(one.store.directory), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["backup", *words]) == 1
    assert "E-558" in capsys.readouterr().err
    folder = tmp_path / "备份"
    folder.mkdir()
    settings.put(one, {"backup.folder": str(folder)})
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _p: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]  # as the system call gives it
    assert run(["backup", *words]) == 1
    assert "E-557" in capsys.readouterr().err
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    assert run(["backup", *words]) == 0
    (made,) = folder.iterdir()
    capsys.readouterr()
    assert run(["restore", str(made), "--look", "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["station"], seen["device"]) == (one.store.setting("station.name"), one.store.device)
    new = ["--data-dir", str(tmp_path / "new"), "--password-file", str(tmp_path / "pw")]
    assert run(["restore", str(made), *new]) == 0, "only one person could log in: it need not be said who"
    assert people.users(tmp_path / "new")


def test_an_old_backup_is_a_finding(join: Join, tmp_path: Path) -> None:
    one = join("S1")
    assert not backing.status(one).old, "nothing to lose yet"
    numbered(one)
    assert not backing.status(one).old
    one.clock.advance(days=7)  # type: ignore[attr-defined]  # the tests' clock can be moved
    state = backing.status(one)
    assert (state.old, state.age, state.at) == (True, 7, 0)
    assert "E-556" in [f.code for f in health.examine(one)]
    backup.write(one, to=tmp_path)
    assert not backing.status(one).old
    assert "E-556" not in [f.code for f in health.examine(one)]
