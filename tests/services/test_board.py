"""The board: who owes what and since when it is late, one contractor over stations, lists before Spring Festival."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from station_app.cli.main import run
from station_app.clock import FixedClock
from station_app.services import cases
from station_app.services.cases import Intake, PartyInput
from station_app.services.figures import board, spreadsheet, wages
from station_app.services.loop import orders
from station_app.services.meeting import decisions
from station_app.services.reading import lists
from station_app.services.station import Station
from tests.services.test_meeting import DECISION
from tests.support.stations import PASSWORD, make_station, wage_intake

FIRM = "演示宏川劳务有限公司"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def against(here: Station, *, at: str, firm: str = FIRM, kind: str = "organisation", **values: object) -> str:
    given = {"registered_at": f"{at}T09:00", "service": "mediation", "type": "wage_arrears", "people": 3, **values}
    parties = [
        PartyInput({"role": "applicant", "kind": "person", "name": "韦国强"}),
        PartyInput({"role": "respondent", "kind": kind, "name": firm}),
    ]
    return cases.register(here, intake=Intake(given, {"summary": "反映欠薪"}, parties)).case  # type: ignore[arg-type]  # Json


def test_who_owes_what_with_the_late_ones_first(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    orders.issue(
        station, case=case, values={"matter": "派员到场", "lead": "区住房建设局", "resolve_by": "2026-11-21T18:00"}
    )
    decisions.decide(station, case=case, values=DECISION)
    decisions.decide(station, case=case, values={**DECISION, "unit": "区人力资源局", "until": "2026-12-30"})
    assert {d.unit: (d.count, d.late) for d in board.debts(station)} == {
        "区住房建设局": (1, 0),
        "东坑社区工作站": (1, 0),
        "区人力资源局": (1, 0),
    }
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(days=7)
    found = board.debts(station)
    assert found[0].unit == "东坑社区工作站"
    assert (found[0].late, found[0].soonest) == (1, "2026-11-25")
    assert found[0].items[0][:2] == (case, "会商：约谈物业公司负责人")
    assert [c.rec for c in lists.cases(station, flt=found[0].cases)] == [case]
    (rec,) = [d.rec for d in decisions.followed(station) if d.who.startswith("东坑")]
    decisions.done(station, case=case, rec=rec, result="已约谈")
    assert "东坑社区工作站" not in {d.unit for d in board.debts(station)}


def test_one_contractor_over_months_and_stations_and_no_person(station: Station) -> None:
    made = [
        against(station, at="2026-09-10"),
        against(station, at="2026-11-02"),
        against(station, at="2026-11-03", station="YS-2"),
    ]
    cases.step(station, case=made[0], verb="refuse", reason="已起诉")
    for _ in range(3):
        against(station, at="2026-11-04", firm="黄某某", kind="person")
    against(station, at="2026-11-04", firm="演示另一公司")
    assert board.contractors(station) == [(FIRM, 3)]
    found = board.trend(station, name=FIRM)
    assert (found.total, found.still_open, found.people) == (3, 2, 9)
    months = dict(found.months)
    assert (len(months), months["2026-09"], months["2026-10"], months["2026-11"]) == (12, 1, 0, 2)
    assert [n for _, _, n in found.stations] == [2, 1]
    assert lists.count(station, flt=found.cases) == found.total
    for number, (month, count) in enumerate(found.months):
        assert lists.count(station, flt=found.cases_of_month(number)) == count, month
    for number, (_, name, count) in enumerate(found.stations):
        assert lists.count(station, flt=found.cases_of_station(number)) == count, name
    assert board.trend(station, name="没有这家公司").total == 0
    cases.discard(station, case=made[1])
    assert board.trend(station, name=FIRM).total == 2


def test_what_is_older_than_a_year_is_said_and_not_mixed_in(station: Station) -> None:
    against(station, at="2025-11-30")
    against(station, at="2025-12-01")
    against(station, at="2026-11-19", demo=True)
    found = board.trend(station, name=FIRM)
    assert (found.total, found.earlier) == (1, 1), "invented cases are counted nowhere"
    assert sum(n for _, n in found.months) == sum(n for _, _, n in found.stations) == found.total
    assert lists.count(station, flt=found.cases) == 1


def test_colours_open_the_cases_they_count(station: Station) -> None:
    against(station, at="2026-11-02", people=40)
    against(station, at="2026-11-02")
    for count, flt in board.colours(station).values():
        assert lists.count(station, flt=flt) == count
    assert [n for n, _ in board.colours(station).values()] == [1, 1, 2]


def test_red_cases_stand_first_on_the_first_page_however_young(station: Station) -> None:
    plain = [against(station, at=f"2026-10-{day:02d}", type="neighbour") for day in (1, 2, 3)]
    amber = against(station, at="2026-11-10")
    red = against(station, at="2026-11-19", people=40)
    assert [c.rec for c in lists.today(station).open_cases] == [red, amber, *plain]
    assert [c.rec for c in lists.today(station, limit=1).open_cases] == [red], "also where the list is cut"


def test_it_says_up_to_when_its_data_holds(station: Station) -> None:
    assert board.as_of(station) == "本站尚未接入区级平台，以下只含本机数据。"
    station.store.set_settings({"link.key": "x", "contact.at": str(station.clock.now_ms()), "travel.failures": "2"})
    assert board.as_of(station) == "数据截至 11-20 08:52，当前未联网。"


def test_the_ledger_of_unpaid_wages_counts_workers_and_names_none(station: Station) -> None:
    made = [
        against(station, at="2026-11-02", amount=500_000),
        against(station, at="2026-10-02", people=40, amount=13_146_000),
    ]
    against(station, at="2026-11-02", type="neighbour")
    done = against(station, at="2026-11-02")
    for verb in ("accept", "agree", "take_effect", "visit_done", "feed_back"):
        cases.step(station, case=done, verb=verb)
    sheet = wages.ledger(station)
    assert len(sheet.rows) == 3
    assert sheet.rows[0][6:8] == (40, "131,460.00")
    assert sheet.rows[-1][1:8] == ("2件", "", "", "", "", 43, "136,460.00")
    assert lists.count(station, flt=wages.unpaid(station)) == 2
    assert len(wages.ledger(station, everything=True).rows) == 4
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook([sheet, wages.falling_due(station)])))
    shown = "".join(str(c) for page in book for row in page.iter_rows(values_only=True) for c in row)
    assert FIRM in shown
    assert "韦国强" not in shown
    assert made


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "s").station
    for _ in range(2):
        against(station, at="2026-11-02", amount=500_000)
    station.store.close()
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    assert run(["stats", "board", *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"].startswith("本站尚未接入")
    assert run(["stats", "contractor", FIRM, *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2
    assert run(["stats", "wages", "--xlsx", str(tmp_path / "w.xlsx"), *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][-1][1] == "2件"
    assert openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames == ["欠薪台账", "到期未履行"]
