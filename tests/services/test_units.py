"""Units and places come from a list: every wrong row is named, nothing is half taken, nothing is built in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain import codes
from station_app.domain.figures import places
from station_app.services.places import units
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station

HEAD = "类别,名称,代码,社区,上级单位,地址,电话,来源\n"
GOOD = (
    HEAD
    + "部门,区住房建设局,GM-ZJ,,区人民政府,,0755-88210000,区里提供\n"
    + "场所,三楼调解室,,东坑社区,,科学城路1号,,\n"
    + "法院,某人民法庭,,dongkeng,,,,\n"
)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def listed(station: Station, tmp_path: Path, text: str, encoding: str = "utf-8") -> units.Read:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return units.read(path, station=station)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_taken_and_again_changes_nothing(station: Station, tmp_path: Path, encoding: str) -> None:
    assert units.units(station) == []
    found = listed(station, tmp_path, GOOD, encoding)
    assert found.wrong == []
    assert len(units.put(station, found).ids) == 3
    shown = {u.name: (u.kind, u.community, u.phone) for u in units.units(station)}
    assert shown["三楼调解室"] == ("room", "东坑社区", "")
    assert shown["区住房建设局"][0] == "department"
    assert units.put(station, listed(station, tmp_path, GOOD, encoding)).ops == ()
    changed = listed(station, tmp_path, GOOD.replace("区住房建设局,GM-ZJ", "区住房和建设局,GM-ZJ"))
    assert len(units.put(station, changed).ids) == 1
    assert len(units.units(station)) == 3
    assert [u.name for u in units.units(station, kind="department")] == ["区住房和建设局"]


def test_every_wrong_row_is_named_and_nothing_is_taken(station: Station, tmp_path: Path) -> None:
    wrong = "学校,某学校,,,,,,\n,无类别,,,,,,\n部门,,X,,,,,\n场所,五楼,,没有社区,,,,\n部门,又一个,GM-ZJ,,,,,\n"
    found = listed(station, tmp_path, GOOD + wrong)
    assert [(w.row, w.error.code) for w in found.wrong] == [
        (5, "E-217"),
        (6, "E-216"),
        (7, "E-216"),
        (8, "E-217"),
        (9, "E-291"),
    ]
    with pytest.raises(KnownError) as told:
        units.put(station, found)
    assert told.value.code == "E-290"
    assert units.units(station) == []
    units.put(station, found, partly=True)
    assert len(units.units(station)) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [("名称,代码\n甲,1\n", "E-219"), ("类别,名称,颜色\n部门,甲,红\n", "E-214"), ("", "E-219")],
)
def test_a_file_that_is_no_list_is_refused(station: Station, tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(KnownError) as told:
        listed(station, tmp_path, text)
    assert told.value.code == code
    with pytest.raises(KnownError, match="E-516"):
        units.read(tmp_path / "none.csv", station=station)


def test_only_who_sets_up_the_station_may(station: Station, tmp_path: Path) -> None:
    station.user = type(station.user)(person="x.1.0", name="陈晓", roles=("recorder",))
    with pytest.raises(KnownError, match="E-404"):
        units.put(station, listed(station, tmp_path, GOOD))


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_station(tmp_path / "s").station.store.close()
    (tmp_path / "a.csv").write_text(GOOD + "学校,某学校,,,,,,\n", "utf-8")
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    assert run(["org", "import", str(tmp_path / "a.csv"), *place]) == 1
    told = capsys.readouterr()
    assert "某学校" in told.out
    assert "E-290" in told.err
    assert run(["org", "import", str(tmp_path / "a.csv"), "--partly", *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == 3
    assert run(["org", "list", "--kind", "court", *place, "--json"]) == 0
    assert [u["name"] for u in json.loads(capsys.readouterr().out)] == ["某人民法庭"]


def test_reference_lists_are_whole_and_say_where_they_are_from() -> None:
    """Six streets and 31 communities by name, 18 types, 56 peoples; codes nobody found are not invented."""
    assert len(places.streets()) == 6
    assert len(places.communities()) == 31
    assert [len(places.streams_of(s)) for s in places.streets()] == [6, 5, 3, 5, 4, 8]
    assert "李松蓢社区" in places.communities().values()
    for name, count in (("dispute_types", 18), ("services", 6)):
        assert len(list(codes.load(name))) == count, name
    # GB/T 3304, and two words of registers beside it (其他, 外国血统中国籍)
    assert [c.code for c in codes.load("peoples")][:56] == [f"{n:02d}" for n in range(1, 57)]
    assert len(list(codes.load("peoples"))) == 58
    for name in ("communities", "dispute_types", "peoples", "station_kinds", "roles", "services", "unit_kinds"):
        found = codes.load(name)
        assert len(found.source) > 5, name
        assert found.date.year >= 2000, name
    # 12-digit codes of communities were not found: none stands anywhere
    assert not any(len(code.code) == 12 and code.code.isdigit() for code in codes.load("communities"))
