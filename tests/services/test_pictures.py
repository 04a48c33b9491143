"""Pictures of a case: thumbnails made here and bounded, the file as handed in kept, sizes by the pack, room first."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest
from PIL import Image

from station_app.cli.main import run
from station_app.documents.scan import reading
from station_app.domain.rules import Rules, load_rules
from station_app.services import cases, scans
from station_app.services.local import disk, settings
from station_app.services.paperwork import evidence
from station_app.services.reading import thumbnails
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def with_pictures(station: Station, count: int, side: int = 300) -> str:
    case = cases.register(station, intake=wage_intake()).case
    sources = [scans.source(f"照片{n}.jpg", picture(side, n)) for n in range(count)]
    evidence.add_pictures(station, case=case, sources=sources)
    return case


def noisy(side: int) -> bytes:
    """A photograph that cannot be packed well."""
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), Random(side).randbytes(side * side * 3)).save(out, "JPEG", quality=95)
    return out.getvalue()


def picture(side: int, shade: int) -> bytes:
    out = io.BytesIO()
    drawn = Image.new("RGB", (side, side // 2), "white")
    drawn.paste((40 + shade, 80, 120), (side // 4, side // 8, side // 2, side // 4))
    drawn.save(out, "JPEG")
    return out.getvalue()


def test_thumbnails_are_small_bounded_and_never_on_the_disk(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    case = with_pictures(station, 6)
    shots = thumbnails.of_case(station.case(case))
    assert [s.name for s in shots] == [f"照片{n}" for n in range(6)]
    before = station.store.con.total_changes
    one = thumbnails.thumbnail(station, shots[0].sha, side=64)
    assert one is not None
    assert (one.width, one.height, len(one.rgb)) == (64, 32, 64 * 32 * 3)
    assert thumbnails.thumbnail(station, shots[0].sha, side=64) is one, "made once"
    assert thumbnails.thumbnail(station, "0" * 64) is None
    assert station.store.con.total_changes == before
    monkeypatch.setattr(thumbnails, "MOST_BYTES", 3 * len(one.rgb))
    for shot in shots:
        thumbnails.thumbnail(station, shot.sha, side=64)
    kept = thumbnails._KEPT[station.store]
    assert len(kept) == 3
    assert (shots[-1].sha, 64) in kept


def test_a_look_is_logged_and_the_file_as_handed_in_comes_back(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    given = noisy(1600)
    assert len(given) > reading.kept_bytes()
    evidence.add_pictures(station, case=case, sources=[scans.source("大照片.jpg", given)])
    (shot,) = thumbnails.of_case(station.case(case))
    assert shot.raw == hashlib.sha256(given).hexdigest()
    small = thumbnails.data(station, case=case, rec=shot.rec)
    assert len(small) < len(given)
    assert thumbnails.data(station, case=case, rec=shot.rec, raw=True) == given
    acts = station.store.con.execute("SELECT detail FROM access_log WHERE act = 'view'").fetchall()
    assert [a[0] for a in acts] == ["查看图片 大照片", "查看原始文件 大照片"]
    with pytest.raises(KnownError, match="E-223"):
        thumbnails.data(station, case=case, rec=case)


def test_how_pictures_are_made_smaller_is_data_of_the_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_rules()
    for key in ("picture.page_kb", "picture.dpi", "picture.quality"):
        assert pack.setting(key).source
    source = scans.source("a.jpg", noisy(1600))

    def with_values(**values: int) -> int:
        changed = {f"picture.{k}": _with(pack, f"picture.{k}", v) for k, v in values.items()}
        other = Rules(**{
            **{name: getattr(pack, name) for name in Rules.__slots__},
            "settings": MappingProxyType({**pack.settings, **changed}),
        })  # fmt: skip
        monkeypatch.setattr(reading, "load_rules", lambda: other)
        (page,) = reading.read_pages(source)
        return len(page.data)

    usual = with_values(page_kb=1024)
    assert usual < len(source.data)
    assert with_values(page_kb=1024, quality=30) < usual
    assert with_values(page_kb=100, dpi=72) < usual
    assert with_values(page_kb=100_000) == len(source.data), "what is not large is kept as it came"


def _with(pack: Rules, key: str, value: int) -> object:
    import dataclasses

    return dataclasses.replace(pack.setting(key), value=value)


def test_room_is_looked_at_before_big_files_are_written(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    case = cases.register(station, intake=wage_intake()).case
    given = picture(400, 1)
    settings.put(station, {"disk.stop_mb": "10", "disk.warn_mb": "20"})
    monkeypatch.setattr(disk, "free", lambda _s: (10 << 20) + len(given))
    assert disk.is_low(station) == (10 << 20) + len(given)
    with pytest.raises(KnownError, match="E-503"):
        evidence.add_pictures(station, case=case, sources=[scans.source("a.jpg", given)])
    monkeypatch.setattr(disk, "free", lambda _s: (10 << 20) + 2 * len(given))
    evidence.add_pictures(station, case=case, sources=[scans.source("a.jpg", given)])
    monkeypatch.setattr(disk, "free", lambda _s: 21 << 20)
    assert disk.is_low(station) == -1
    assert consistency.check(station.store) == []


def test_by_commands(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = cases.register(station, intake=wage_intake()).case
    (tmp_path / "一.jpg").write_bytes(picture(300, 1))
    (tmp_path / "pw").write_text(PASSWORD)
    who = ["--data-dir", str(station.store.directory), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["picture", "add", case, str(tmp_path / "一.jpg"), *who]) == 0
    capsys.readouterr()
    assert run(["picture", "list", case, "--json", *who]) == 0
    (shot,) = json.loads(capsys.readouterr().out)
    assert shot["name"] == "一"
    assert run(["picture", "save", case, shot["rec"], str(tmp_path / "出.jpg"), *who]) == 0
    assert (tmp_path / "出.jpg").read_bytes() == (tmp_path / "一.jpg").read_bytes()
    assert run(["picture", "add", case, str(tmp_path / "无.jpg"), *who]) == 1
    assert "E-516" in capsys.readouterr().err
