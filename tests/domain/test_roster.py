"""Rosters as stations get them: encodings, separators, workbooks, faults at their place, sums that must come out."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.idcard import check_digit
from station_app.domain.roster import Correction, Roster, parse_roster, read_sheet
from station_app.domain.sentences import sentence
from sync.contract.errors import KnownError

TODAY = date(2026, 11, 20)
ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
HEAD = "序号,姓名,性别,公民身份号码,联系电话,工种,起始日期,截止日期,日工资(元),工日,应发(元),已付(元),欠发(元)"
ROWS = (
    "1,田志强,男,45012619890412011X,15026018159,砌筑工,2026-10-08,2026-11-15,400,26,10400.00,2000.00,8400.00",
    "2,覃国华,男,450126197803060133,13783016613,砌筑工,2026-10-08,2026-11-15,400,25.5,10200.00,2000.00,8200.00",
)
PLAIN = "\n".join([HEAD, *ROWS]) + "\n"


def parse(data: bytes | str, name: str = "") -> Roster:
    return parse_roster(data, filename=name, today=TODAY)


def codes(found: Roster) -> list[tuple[int, str]]:
    return [(e.row_no, e.code) for e in found.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    found = parse(PLAIN.encode(encoding))
    assert [r.name for r in found.rows] == ["田志强", "覃国华"]
    assert codes(found) == []


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators(mark: str) -> None:
    assert len(parse(PLAIN.replace(",", mark).encode()).rows) == 2


def test_pasted_cells() -> None:
    found = parse(PLAIN.replace(",", "\t"))
    assert found.totals.owed == 1_660_000
    assert found.totals.days == 5150


@pytest.mark.parametrize(("name", "people", "owed"), [("wages-17", 17, 13_146_000), ("wages-8", 8, 18_260_000)])
def test_the_rosters_of_the_cases(name: str, people: int, owed: int) -> None:
    found = parse((ROSTERS / f"{name}.csv").read_bytes(), f"{name}.csv")
    assert (len(found.rows), found.totals.owed, codes(found)) == (people, owed, [])


def test_a_name_outside_the_first_plane_and_in_gb18030() -> None:
    found = parse(PLAIN.replace("田志强", "张𬱖").encode("gb18030"))
    assert found.rows[0].name == "张𬱖"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("45012619890412011X", "450126198904120111", "E-201"),
        ("45012619890412011X", "45012619890231011X", "E-202"),
        ("45012619890412011X", "4.50126E+17", "E-240"),
        ("8400.00", "8400.01", "E-212"),
        ("10400.00", "10401.00", "E-212"),
        ("2000.00,8400.00", "-2000.00,8400.00", "E-207"),
        ("10400.00", "10400.005", "E-208"),
        ("2026-11-15,400,26,", "2026-02-30,400,26,", "E-209"),
        ("15026018159", "1502601", "E-205"),
    ],
)
def test_a_fault_names_its_row_and_the_others_stay(old: str, new: str, code: str) -> None:
    found = parse(PLAIN.replace(old, new, 1))
    assert (1, code) in codes(found)
    assert "覃国华" in [r.name for r in found.rows]
    assert all(sentence(e.known()) for e in found.errors)


def test_the_same_person_twice() -> None:
    found = parse(PLAIN + ROWS[0].replace("1,", "3,", 1) + "\n")
    assert (3, "E-222") in codes(found)
    assert len(found.rows) == 2


@pytest.mark.parametrize(("owed", "wanted"), [("16600.00", []), ("16600.01", [(0, "E-227")])])
def test_a_total_row_is_compared(owed: str, wanted: list[tuple[int, str]]) -> None:
    found = parse(PLAIN + f"合计,,,,,,,,,,20600.00,4000.00,{owed}\n")
    assert len(found.rows) == 2
    assert codes(found) == wanted


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "E-218"),
        ("姓名,性别\n田志强,男\n", "E-219"),
        (PLAIN.replace("已付(元)", "欠发(元)", 1), "E-239"),
        (b"%PDF-1.7", "E-218"),
        ("今天天气很好\n没有名册\n", "E-221"),
    ],
)
def test_a_file_that_is_no_roster(data: bytes | str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse(data)
    assert caught.value.code == code


def workbook(rows: list[list[object]], *, merge: tuple[str, ...] = ()) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells() -> list[list[object]]:
    return [list[object](line.split(",")) for line in (HEAD, *ROWS)]


def test_a_workbook_with_a_merged_title() -> None:
    rows: list[list[object]] = [["某工地农民工工资名册", *[""] * 12], *cells()]
    found = parse(workbook(rows, merge=("A1:M1",)), "a.xlsx")
    assert [r.name for r in found.rows] == ["田志强", "覃国华"]


def test_a_formula_without_its_value_is_named() -> None:
    rows = cells()
    rows[1][12] = "=K2-L2"
    found = parse(workbook(rows), "a.xlsx")
    assert (1, "E-220") in codes(found)


def test_a_cell_merged_over_people_is_named() -> None:
    found = parse(workbook(cells(), merge=("M2:M3",)), "a.xlsx")
    assert "E-236" in [code for _, code in codes(found)]


def test_five_hundred_people_within_a_second() -> None:
    lines = []
    for n in range(500):
        body = f"4501261980{n % 12 + 1:02d}{n % 28 + 1:02d}{n:03d}"
        number = body + check_digit(body)
        lines.append(f"{n + 1},田{chr(0x4E00 + n)}强,,{number},1502601{n:04d},木工,,,400,26,10400.00,2000.00,8400.00")
    start = time.perf_counter()
    found = parse("\n".join([HEAD, *lines]))
    assert time.perf_counter() - start < 1
    assert len(found.rows) == 500
    assert found.totals.owed == 500 * 840_000


def test_a_column_is_given_its_meaning_by_hand() -> None:
    table = "人员\t证件\t应发\t已付\n田志强\t45012619890412011X\t100\t40\n"
    with pytest.raises(KnownError, match="E-219"):
        parse_roster(table, today=TODAY)
    sheet = read_sheet(table, today=TODAY, correction=Correction({0: "name", 1: "id_number"}))
    assert sheet.error is None
    assert sheet.roster is not None
    (row,) = sheet.roster.rows
    assert (row.name, row.id_number, row.owed) == ("田志强", "45012619890412011X", 6000)
    assert sheet.roster.mapping["name"] == "人员"


def test_a_table_without_heads_is_read_by_columns_alone() -> None:
    table = "田志强\t100.50\n覃国华\t99\n"
    assert read_sheet(table, today=TODAY).error is not None
    sheet = read_sheet(table, today=TODAY, correction=Correction({0: "name", 1: "owed"}))
    assert sheet.roster is not None
    assert [(r.name, r.owed) for r in sheet.roster.rows] == [("田志强", 10_050), ("覃国华", 9_900)]


def test_two_columns_of_one_meaning_are_settled_by_hand() -> None:
    table = "姓名\t欠款\t未付工资\n田志强\t100\t90\n"
    assert (wrong := read_sheet(table, today=TODAY).error) is not None
    assert wrong.code == "E-239"
    sheet = read_sheet(table, today=TODAY, correction=Correction({1: ""}))
    assert sheet.roster is not None
    assert sheet.roster.rows[0].owed == 9_000


def test_a_cell_typed_over_is_judged_like_any_other() -> None:
    table = "姓名\t应发\t已付\t欠发\n田志强\t100\t40\t50\n合计\t100\t40\t60\n"
    before = read_sheet(table, today=TODAY)
    assert before.roster is not None
    assert [e.code for e in before.roster.errors] == ["E-212", "E-227"]
    after = read_sheet(table, today=TODAY, correction=Correction(cells={(1, 3): "60"}))
    assert after.roster is not None
    assert after.roster.errors == []
    assert after.lines[1][3] == "60"
    assert before.lines[1][3] == "50", "the file itself is as it was"
