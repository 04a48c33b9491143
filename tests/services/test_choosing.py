"""Units offered while a name is typed: from lists by name, initials and code, with stations, streets, communities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain.sentences import sentence
from station_app.services import cases, undo
from station_app.services.intake import recall
from station_app.services.loop import orders, reach
from station_app.services.places import choosing, units
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.services.test_units import HEAD, listed
from tests.support.stations import PASSWORD, make_station, wage_intake

LIST = (
    HEAD
    + "部门,区住房建设局,GM-ZJ,,区人民政府,,0755-88210000,区里提供\n"
    + "部门,区人力资源局,GM-RLZY,,区人民政府,,,区里提供\n"
    + "法院,某人民法庭,,dongkeng,,,,\n"
    + "用工单位,演示宏川劳务有限公司,91440311MADEM0002W,东坑社区,,科学城路8号,0755-88210001,工地报备\n"
    + "服务站,塘家小区群众诉求服务站,GM-TJ-01,塘家社区,,,,\n"
)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = make_station(tmp_path / "s").station
    units.put(made, listed(made, tmp_path, LIST))
    return made


def names(station: Station, typed: str, **more: object) -> list[str]:
    return [c.name for c in choosing.choices(station, typed, **more)]  # type: ignore[arg-type]  # kinds, most


@pytest.mark.parametrize(
    ("typed", "first"),
    [("住房", "区住房建设局"), ("qzf", "区住房建设局"), ("gm-rl", "区人力资源局"), ("某人民", "某人民法庭")],
)
def test_by_name_initials_and_code(station: Station, typed: str, first: str) -> None:
    assert names(station, typed)[0] == first


def test_streets_communities_and_stations_are_among_them(station: Station) -> None:
    assert "塘家社区" in names(station, "塘家")
    assert "塘家小区群众诉求服务站" in names(station, "塘家")
    assert "凤凰街道" in names(station, "fhjd")
    assert names(station, "塘家", kinds=("community",)) == ["塘家社区"]
    assert names(station, "") == names(station, "  ") == []
    assert names(station, "没有的单位") == []


def test_an_employer_is_no_office_but_a_party(station: Station) -> None:
    assert names(station, "宏川") == []
    assert names(station, "宏川", kinds=choosing.RESPONDENTS) == ["演示宏川劳务有限公司"]
    (known,) = recall.find(station, "yshc")
    assert known.case == ""
    values = recall.take(station, known)
    assert values["identity.id_number"] == "91440311MADEM0002W"
    assert (values["party.kind"], values["identity.id_kind"]) == ("organisation", "uscc")
    assert values["identity.address"] == "科学城路8号"


def test_the_code_of_an_employer_is_checked(station: Station, tmp_path: Path) -> None:
    wrong = listed(station, tmp_path, HEAD + "用工单位,某公司,91440311MADEM0002X,,,,,\n")
    assert [w.name for w in wrong.wrong] == ["某公司"]
    with pytest.raises(KnownError, match="E-290"):
        units.put(station, wrong)


def test_who_works_with_this_program_comes_first_and_is_marked(station: Station) -> None:
    reach.note_unit(station, code="GM-SQ", name="区住房保障中心")
    found = choosing.choices(station, "区住房")
    assert [(c.name, c.direct) for c in found] == [("区住房保障中心", True), ("区住房建设局", False)]
    assert found[1].note() == "部门　区人民政府　0755-88210000"


def test_a_unit_of_a_list_becomes_a_receiver_by_one_choice(station: Station, tmp_path: Path) -> None:
    rows = "部门,区水务局,GM-SWJ,,区人民政府,,,自拟\n部门,区城管局,,,区人民政府,,,自拟\n"
    units.put(station, listed(station, tmp_path, HEAD + rows))
    (found,) = choosing.choices(station, "区水务")
    assert (found.direct, bool(found.unit)) == (False, True)
    assert [c.unit for c in choosing.choices(station, "区城管")] == [""], "no code, so it cannot be reached"
    case = cases.register(station, intake=wage_intake()).case
    order = {"matter": "派员到场", "lead": "区水务局"}
    orders.issue(station, case=case, values={**order})
    changed = units.set_direct(station, rec=found.unit)
    assert units.set_direct(station, rec=found.unit).ops == ()
    assert reach.receivers(station) == [("GM-SWJ", "区水务局")]
    (after,) = choosing.choices(station, "区水务")
    assert (after.direct, after.unit) == (True, "")
    orders.issue(station, case=case, values={**order})
    assert [r.get("sent_to") for r in station.case(case).kind("order")] == [None, ["GM-SWJ"]]
    for name, said in (("区城管局", "没有平台代码"), ("某人民法庭", "不是部门")):
        with pytest.raises(KnownError, match="E-245") as caught:
            units.set_direct(station, rec=units.resolve(station, name))
        assert said in sentence(caught.value)
    with pytest.raises(KnownError, match="E-223"):
        units.resolve(station, "没有的单位")
    undo.undo(station, changed)
    assert reach.receivers(station) == []
    assert consistency.check(station.store) == []


def test_on_the_command_line(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    access = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["org", "direct", "区住房建设局", *access]) == 0
    capsys.readouterr()
    assert run(["org", "list", "--kind", "department", "--json", *access]) == 0
    found = {u["name"]: u["direct"] for u in json.loads(capsys.readouterr().out)}
    assert found == {"区住房建设局": True, "区人力资源局": False}
    assert run(["org", "direct", "GM-ZJ", "--off", *access]) == 0
    assert run(["org", "direct", "某人民法庭", *access]) == 1
    assert "E-245" in capsys.readouterr().err
