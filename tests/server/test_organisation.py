"""The organisation: imported again and again, wrong files refused whole, published to the stations."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.contract.errors import KnownError
from sync.server.admin import organisation
from sync.server.sentences import sentence
from sync.server.server import Server
from tests.server.conftest import ORG
from tests.server.support import Device


def _apply(server: Server, path: Path, text: str) -> organisation.Imported:
    path.write_text(text, "utf-8")
    return organisation.apply(server, organisation.read(path))


def test_importing_twice_changes_nothing(server: Server, tmp_path: Path) -> None:
    assert _apply(server, tmp_path / "a.toml", ORG).changed == 0


def test_a_change_reaches_the_stations(server: Server, s1: Device, tmp_path: Path) -> None:
    cursor = s1.pull().cursor
    assert _apply(server, tmp_path / "a.toml", ORG.replace("东坑工地站", "科学城工地站")).changed == 1
    ops = s1.pull(cursor).ops
    assert ["科学城工地站".encode() in (op.body or b"") for op in ops] == [True]


def test_a_station_does_not_move(server: Server, tmp_path: Path) -> None:
    moved = ORG.replace('name = "东坑社区站"\ncommunity = "dongkeng"', 'name = "东坑社区站"\ncommunity = "tangjia"')
    with pytest.raises(KnownError, match="E-217"):
        _apply(server, tmp_path / "a.toml", moved)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('code = "S1"', 'code = "S1"\ncolour = "red"', "E-214"),
        ('code = "S1"', 'code = ""', "E-216"),
        ('community = "tangjia"', 'community = "nowhere"', "E-217"),
        ('committee = "光凤塘家"', 'committee = "没有"', "E-217"),
        ("[[street]]", "[[street", "E-215"),
        ('code = "S1"', "code = 1", "E-217"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path: Path, old: str, new: str, code: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(ORG.replace(old, new), "utf-8")
    with pytest.raises(KnownError, match=code) as caught:
        organisation.read(file)
    said = sentence(caught.value)
    assert said.endswith("。")
    assert not set("{}[]") & set(said)


def test_a_table_of_a_spreadsheet(server: Server, tmp_path: Path) -> None:
    heads = "街道,社区,社区代码,调解委员会,简称,法院,站点编号,站点名称,类别\n"
    row = "公明街道,下村社区,xiacun,下村社区人民调解委员会,光公下村,深圳市光明区人民法院,S9,下村站,community\n"
    file = tmp_path / "a.csv"
    file.write_text(heads + row, "utf-8-sig")
    assert organisation.apply(server, organisation.read(file)).changed == 2
    file.write_text(heads.replace("简称", "短名") + row, "utf-8")
    with pytest.raises(KnownError, match="E-216"):
        organisation.read(file)
    file.write_bytes((heads + row).encode("gbk"))
    with pytest.raises(KnownError, match="E-215"):
        organisation.read(file)


def test_the_sample_holds_the_district(repo: Path) -> None:
    plan = organisation.read(repo / "resources" / "org" / "guangming.toml")
    streets = [street for _, street in plan.communities.values()]
    sizes = {"光明街道": 6, "公明街道": 5, "新湖街道": 3, "凤凰街道": 5, "玉塘街道": 4, "马田街道": 8}
    assert {street: streets.count(street) for street in streets} == sizes
    assert len(plan.communities) == 31
    assert plan.stations["GM-FH-DK-01"]["committee"] == "光凤东坑"
