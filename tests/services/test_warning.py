"""The colour of a case: given with its reasons at intake, raised as facts grow, never lowered, never with the story."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain.case import names, text
from station_app.services import cases, roster, undo
from station_app.services.cases import Intake, Values
from station_app.services.exchange import casefile
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import ROSTERS, wage_case


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def new(station: Station, case: Values, summary: str = "押金未退") -> str:
    return cases.register(station, intake=Intake(case, {"summary": summary}, [])).case


def shown(station: Station, case: str) -> tuple[str, list[str]]:
    record = station.case(case).record
    return text(record, "colour"), names(record, "colour_reasons")


def test_an_ordinary_case_has_none(station: Station) -> None:
    assert shown(station, new(station, {"type": "contract", "amount": 820_000})) == ("", [])


def test_a_roster_raises_it_and_undo_takes_that_back(station: Station) -> None:
    case = new(station, {"type": "wage_arrears", "labour": True}, "欠薪")
    assert shown(station, case)[0] == "amber"
    rows = roster.preview(station, data=(ROSTERS / "wages-17.csv").read_bytes()).rows
    changes = roster.import_rows(station, case=case, rows=rows)
    level, reasons = shown(station, case)
    assert (level, reasons[0]) == ("red", "涉及17人，达到10人")
    assert reasons[-1] == "依据：光明区本地规则（2026-11）"
    undo.undo(station, changes)
    assert shown(station, case)[0] == "amber"
    assert consistency.check(station.store) == []


def test_facts_typed_later_raise_it_in_clear_but_are_not_repeated_there(station: Station) -> None:
    case = new(station, {"type": "neighbour"})
    view = station.case(case)
    assert view.facts is not None
    changes = cases.edit(station, case=case, values={view.facts.id: {"story": "扬言要带汽油上门。"}})
    level, reasons = shown(station, case)
    assert level == "red"
    assert "汽油" not in "".join(reasons)
    registers = [op for op in station.store.ops_of(case) if op.id in changes.ops and op.compartment == "register"]
    assert "汽油" not in str([change.set for op in registers for change in op.changes or ()])


def test_it_never_falls_by_itself(station: Station) -> None:
    case = new(station, {"type": "other", "people": 12})
    cases.edit(station, case=case, values={case: {"people": 2}})
    assert shown(station, case)[0] == "red"


def test_reasons_follow_the_figures(station: Station) -> None:
    case = new(station, {"type": "other", "people": 12})
    cases.edit(station, case=case, values={case: {"people": 30}})
    assert shown(station, case)[1][0] == "涉及30人，达到10人"


def test_what_a_person_set_stands_and_an_edit_never_lowers_it(station: Station) -> None:
    case = new(station, {"type": "other", "colour": "red"})
    assert shown(station, case) == ("red", [])
    cases.edit(station, case=case, values={case: {"amount": 20_000_000}})
    assert shown(station, case) == ("red", [])
    with pytest.raises(KnownError) as alone:
        cases.edit(station, case=case, values={case: {"colour": "green", "people": 40}})
    assert alone.value.code == "E-381"
    with pytest.raises(KnownError) as gone:
        cases.edit(station, case=case, values={case: {"colour": None}})
    assert gone.value.code == "E-381"
    assert shown(station, case) == ("red", [])
    calm = new(station, {"type": "other", "colour": "green"})
    cases.edit(station, case=calm, values={calm: {"colour": "amber"}})
    assert shown(station, calm)[0] == "amber"


def test_a_lower_one_set_by_a_person_is_passed_at_intake(station: Station) -> None:
    assert shown(station, new(station, {"type": "other", "colour": "green", "people": 40}))[0] == "red"


def test_the_wage_case_shows_red_in_the_list(station: Station) -> None:
    from station_app.services.reading import lists

    wage_case(station)
    assert [line.colour for line in lists.find(station, "田志强")] == ["red"]


def test_the_command_line_says_it_too(station: Station) -> None:
    view = station.case(new(station, {"type": "other", "people": 12}))
    assert "预警等级：红色预警（涉及12人，达到10人；依据：光明区本地规则（2026-11））" in casefile.describe(
        station, view
    )
    assert "预警等级" not in casefile.describe(station, station.case(new(station, {"type": "contract"})))
