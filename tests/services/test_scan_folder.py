"""收图文件夹: finished files are filed and moved, never deleted; growing and broken ones are left, and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from station_app.clock import FixedClock
from station_app.services import papers, scans
from station_app.services.scanning.folder import DONE, STILL_MS
from station_app.services.scans import FILED, KNOWN, TRAY, Watch
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.services.test_scans import outcomes, photo, words
from tests.support import photos
from tests.support.stations import make_station
from tests.support.wages import wage_case

REGISTER = "acceptance_register"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    return wage_case(station)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收图"
    made.mkdir()
    return made


def look(station: Station, watch: Watch, *, ms: int = STILL_MS) -> list[scans.Taken]:
    assert isinstance(station.clock, FixedClock)
    watch.look(station)
    station.clock.advance(seconds=ms / 1000)
    return watch.look(station)


def test_finished_files_are_filed_and_moved_never_deleted(station: Station, case: str, folder: Path) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    (folder / "扫描001.jpg").write_bytes(shot)
    (folder / "Thumbs.db").write_bytes(b"x")
    watch = Watch(folder)
    (taken,) = look(station, watch)
    assert outcomes(taken.report) == [FILED]
    place = folder / DONE / station.clock.today().isoformat() / "扫描001.jpg"
    assert (Path(taken.moved), place.read_bytes()) == (place, shot)
    assert sorted(p.name for p in folder.iterdir()) == ["Thumbs.db", DONE]
    (folder / "扫描001.jpg").write_bytes(shot)
    (again,) = look(station, watch)
    assert outcomes(again.report) == [KNOWN]
    assert Path(again.moved).name == "扫描001-2.jpg", "a file of the same name is not written over"
    assert len(scans.list_scans(station, case=case)) == 1


def test_a_growing_file_is_left_until_it_stands_still(station: Station, case: str, folder: Path) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    path, watch = folder / "a.jpg", Watch(folder)
    path.write_bytes(shot[:1000])
    assert look(station, watch, ms=STILL_MS - 1) == []
    path.write_bytes(shot)
    assert look(station, watch, ms=STILL_MS - 1) == [], "it changed between two looks"
    (taken,) = look(station, watch, ms=1)
    assert outcomes(taken.report) == [FILED]


def test_a_broken_file_is_named_once_and_stays(station: Station, folder: Path) -> None:
    (folder / "坏.jpg").write_bytes(b"\xff\xd8 nothing")
    watch = Watch(folder)
    (taken,) = look(station, watch)
    assert (taken.moved, [e.code for e in taken.report.failed]) == ("", ["E-331"])
    assert "坏.jpg" in words(taken.report)
    assert look(station, watch) == []
    assert (folder / "坏.jpg").exists()
    (folder / "坏.jpg").write_bytes(b"\xff\xd8 changed, still nothing")
    assert len(look(station, watch)) == 1


def test_pages_that_find_no_paper_are_moved_with_their_file_kept(station: Station, folder: Path) -> None:
    card = photos.white()
    card.paste(Image.new("L", (400, 250), 90), (200, 300))
    (folder / "证.png").write_bytes(photos.png(card))
    (taken,) = look(station, Watch(folder))
    assert (outcomes(taken.report), Path(taken.moved).exists()) == ([TRAY], True)
    assert len(scans.waiting(station)) == 1


def test_a_move_that_fails_files_nothing_twice(
    station: Station, case: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    (folder / "a.jpg").write_bytes(shot)
    watch = Watch(folder)

    def refuse(self: Path, _target: Path) -> Path:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "replace", refuse)
    (taken,) = look(station, watch)
    assert (outcomes(taken.report), taken.moved) == ([FILED], "")
    monkeypatch.undo()
    (taken,) = look(station, watch)
    assert (outcomes(taken.report), bool(taken.moved)) == ([], True)
    assert len(scans.list_scans(station, case=case)) == 1
    assert [p.name for p in (folder / DONE).rglob("*.jpg")] == ["a.jpg"], "no empty file is left of the first try"


def test_a_folder_that_is_gone_is_said(station: Station, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        Watch(tmp_path / "none").look(station)
    assert refused.value.code == "E-335"
