"""A roster comes into a case whole, once, and in few ops."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from station_app.domain.case import number, text
from station_app.domain.idcard import check_digit
from station_app.domain.roster import RosterRow
from station_app.services import cases, roster, undo
from station_app.services.cases import Intake
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.contract.op import MAX_OP_BYTES
from tests.support.stations import make_station, wage_intake
from tests.support.wages import ROSTERS, wage_case


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def rows(station: Station, workers: int = 17) -> list[RosterRow]:
    return roster.preview(station, data=(ROSTERS / f"wages-{workers}.csv").read_bytes(), filename="a.csv").rows


@pytest.mark.parametrize(("workers", "owed"), [(17, 13_146_000), (8, 18_260_000)])
def test_all_workers_stand_with_identity_and_wage(station: Station, workers: int, owed: int) -> None:
    view = station.case(wage_case(station, workers=workers))
    people = view.side("applicant")
    assert len(people) == workers == number(view.record, "people")
    assert sum(number(p.wage, "owed") for p in people) == owed == number(view.record, "amount")
    assert [number(p.wage, "no") for p in people] == list(range(1, workers + 1))
    assert all(text(p.identity, "id_number") and p.is_person for p in people)
    assert text(view.record, "title").startswith(f"{people[0].name}等{workers}人与演示宏川劳务有限公司")
    assert consistency.check(station.store) == []


def test_the_rare_name_is_kept_and_found(station: Station) -> None:
    case = wage_case(station)
    assert [p.name for p in station.case(case).side("applicant")][9] == "张𬱖"
    assert [line.rec for line in lists.find(station, "张𬱖")] == [case]


def test_one_op_a_compartment_and_one_group(station: Station) -> None:
    case = cases.register(station, intake=Intake({"type": "wage_arrears"}, {"summary": "欠薪"}, [])).case
    changes = roster.import_rows(station, case=case, rows=rows(station))
    ops = [op for op in station.store.ops_of(case) if op.id in changes.ops]
    assert [op.compartment for op in ops] == ["register", "content", "register"]
    assert {op.verb for op in ops} == {"import_roster"}


def test_the_same_roster_again_changes_nothing(station: Station) -> None:
    case = wage_case(station)
    assert roster.import_rows(station, case=case, rows=rows(station)).ops == ()
    assert len(station.case(case).side("applicant")) == 17


def test_a_worker_known_by_his_number_is_brought_up_to_date(station: Station) -> None:
    case = cases.register(station, intake=wage_intake(phone="13900000001")).case
    mended = [dataclasses.replace(r, paid=250_000, owed=790_000) if r.row_no == 1 else r for r in rows(station)]
    roster.import_rows(station, case=case, rows=mended)
    first = station.case(case).side("applicant")[0]
    assert len(station.case(case).side("applicant")) == 17
    assert (first.name, number(first.wage, "owed")) == ("田志强", 790_000)
    assert text(first.identity, "phone") == "15026018159"


def test_undo_takes_the_workers_out_again(station: Station) -> None:
    case = cases.register(station, intake=Intake({"type": "wage_arrears"}, {"summary": "欠薪"}, [])).case
    undo.undo(station, roster.import_rows(station, case=case, rows=rows(station)))
    assert station.case(case).parties == []
    assert number(station.case(case).record, "amount") == 0


def test_a_wrong_row_stops_the_whole_import(station: Station) -> None:
    case = cases.register(station, intake=Intake({"type": "wage_arrears"}, {"summary": "欠薪"}, [])).case
    wrong = [*rows(station), dataclasses.replace(rows(station)[0], id_number="450126198904120111")]
    with pytest.raises(KnownError, match="E-201"):
        roster.import_rows(station, case=case, rows=wrong)
    with pytest.raises(KnownError, match="E-218"):
        roster.import_rows(station, case=case, rows=[])
    assert station.case(case).parties == []


def many(count: int) -> str:
    lines = ["序号,姓名,公民身份号码,联系电话,工种,日工资(元),工日,应发(元),已付(元),欠发(元)"]
    for n in range(count):
        head = f"45012619{70 + n % 30:02d}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
        lines.append(f"{n + 1},王{chr(0x5000 + n)},{head}{check_digit(head)},1390000{n:04d},杂工,260,10,2600,0,2600")
    return "\n".join(lines)


def test_five_hundred_workers_fit_into_one_op_each(station: Station) -> None:
    case = cases.register(station, intake=Intake({"type": "wage_arrears"}, {"summary": "欠薪"}, [])).case
    read = roster.preview(station, data=many(500))
    assert (len(read.rows), read.errors) == (500, [])
    started = time.process_time()
    roster.import_rows(station, case=case, rows=read.rows)
    assert time.process_time() - started < 2
    sizes = [
        len(header) + len(body)
        for header, body in station.store.con.execute("SELECT header, body FROM op WHERE case_id <> 0 ORDER BY id")
    ]
    assert len(sizes) == 5
    assert max(sizes) < MAX_OP_BYTES
    assert number(station.case(case).record, "amount") == 500 * 260_000
