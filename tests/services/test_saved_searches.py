"""常用筛选: kept per user with every condition, replaced by name, listed by command; a broken one hides nobody's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain.figures import period as periods
from station_app.services import cases
from station_app.services.figures import counting
from station_app.services.reading import lists, saved
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.services.test_figures import appeal
from tests.support.stations import PASSWORD, make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def test_every_condition_comes_back(station: Station) -> None:
    appeal(station, at="2021-03-01", steps="accept agree")
    (line,) = [x for x in counting.breakdown(station, by="type", period=periods.year_of(2021)) if x.accepted]
    flt = Filter(
        text="韦", states=("agreed",), service="mediation", colour="amber", picked=line.cases("resolved").picked
    )
    saved.save(station, name=" 三月工资 ", flt=flt)
    (kept,) = saved.all_of(station)
    assert kept.name == "三月工资"
    assert saved.get(station, "三月工资") == flt
    assert lists.count(station, flt=saved.get(station, "三月工资")) == lists.count(station, flt=flt) == 1


def test_one_of_the_same_name_is_replaced_and_one_is_forgotten(station: Station) -> None:
    for name, text in (("甲", "a"), ("乙", "b"), ("甲", "c")):
        saved.save(station, name=name, flt=Filter(text=text))
    assert [(s.name, s.flt.text) for s in saved.all_of(station)] == [("甲", "c"), ("乙", "b")]
    assert [s.name for s in saved.forget(station, name="甲")] == ["乙"]
    with pytest.raises(KnownError) as told:
        saved.forget(station, name="甲")
    assert told.value.code == "E-392"


@pytest.mark.parametrize(
    ("name", "flt", "code"),
    [("", Filter(text="x"), "E-393"), ("甲", Filter(), "E-393"), ("长" * 31, Filter(text="x"), "E-224")],
)
def test_without_name_or_condition_it_is_refused(station: Station, name: str, flt: Filter, code: str) -> None:
    with pytest.raises(KnownError) as told:
        saved.save(station, name=name, flt=flt)
    assert told.value.code == code
    assert saved.all_of(station) == []


def test_each_user_has_his_own(station: Station) -> None:
    saved.save(station, name="甲", flt=Filter(text="a"))
    station.user = type(station.user)(person="other.1.0", name="陈晓", roles=("recorder",))
    assert saved.all_of(station) == []


def test_one_of_a_newer_program_hides_no_other(station: Station) -> None:
    saved.save(station, name="甲", flt=Filter(text="a"))
    key = f"saved.searches.{station.user.person}"
    entries = json.loads(station.store.setting(key))
    strange = [
        {"name": "新", "filter": {"by_smell": 1}},
        {"name": "新2", "filter": {"picked": [{"what": "smell", "test": "is", "values": [1]}]}},
    ]
    station.store.set_settings({key: json.dumps([*strange, *entries])})
    assert [s.name for s in saved.all_of(station)] == ["甲"]


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "s").station
    made = [cases.register(station, intake=wage_intake()).case for _ in range(2)]
    cases.step(station, case=made[0], verb="accept")
    station.store.close()
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    assert run(["case", "list", "--state", "accepted", "--save", "已受理", *place]) == 0
    capsys.readouterr()
    assert run(["case", "list", "--saved", "已受理", *place, "--json"]) == 0
    assert [c["rec"] for c in json.loads(capsys.readouterr().out)] == [made[0]]
    assert run(["case", "saved", *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "已受理", "cases": 1}]
    assert run(["case", "list", "--saved", "没有", *place]) == 1
    assert "E-392" in capsys.readouterr().err
    assert run(["case", "saved", "--forget", "已受理", *place]) == 0
