"""Each calculator against sums worked out by hand; what is not known stays unknown; sums never drift by a 分."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.calculators import claims, injury, wages
from station_app.domain.calculators.result import fen
from station_app.domain.roster import parse_roster
from sync.contract.errors import KnownError

MONTHS = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}


@pytest.mark.parametrize(("grade", "months"), MONTHS.items())
def test_the_statutes_months(grade: int, months: int) -> None:
    found = injury.disability(grade, 650_000)
    assert found.lines[0].amount == months * 650_000
    assert found.lines[0].basis[0].article == (35 if grade <= 4 else 36 if grade <= 6 else 37)


def test_grade_nine_of_the_case_with_and_without_provincial_values() -> None:
    found = injury.disability(9, 650_000, insured=False)
    assert found.total == 5_850_000
    assert not found.complete
    assert [line.amount for line in found.lines] == [5_850_000, None, None]
    assert "规则包尚未录入" in found.text
    assert "合计（已知部分）：58,500.00元" in found.text
    pack = {"injury.medical_months.9": 2, "injury.employment_months.9": 8}
    whole = injury.disability(9, 650_000, insured=True, pack=pack)
    assert whole.total == 19 * 650_000
    assert whole.complete
    assert "由工伤保险基金支付" in whole.notes[1]


def test_severe_grades_have_a_pension_and_no_provincial_sums() -> None:
    found = injury.disability(4, 650_000, paid_leave_months=3, medical=1_600_000)
    assert found.total == 21 * 650_000 + 3 * 650_000 + 1_600_000
    assert any("75%×6,500.00元＝4,875.00元" in line.formula for line in found.lines)


@pytest.mark.parametrize("grade", [0, 11])
def test_there_are_ten_grades(grade: int) -> None:
    with pytest.raises(KnownError) as wrong:
        injury.disability(grade, 650_000)
    assert wrong.value.code == "E-217"


def test_death_is_twenty_times_a_figure_that_must_be_known() -> None:
    unknown = injury.death(national_income=None, regional_wage=900_000)
    assert [line.amount for line in unknown.lines] == [5_400_000, None]
    known = injury.death(national_income=5_000_000, regional_wage=900_000)
    assert known.total == 5_400_000 + 100_000_000


ATTENDANCE = "姓名,日工资,1,2,3,4,5,已付\n田某,400,1,1,0.5,,休,500\n韦某,¥380.50,√,半,1,1,1,\n"


def test_wages_from_a_sheet_of_days() -> None:
    rows = wages.from_attendance(ATTENDANCE)
    assert [(w.name, w.days, w.due, w.paid, w.owed) for w in rows] == [
        ("田某", 250, 100_000, 50_000, 50_000),
        ("韦某", 450, 171_225, 0, 171_225),
    ]
    assert wages.result(rows).total == 221_225
    assert "2.5工日×400.00元－已付500.00元" in wages.result(rows).text


def test_wages_from_a_column_of_days_and_the_annex_can_be_imported() -> None:
    rows = wages.from_attendance("姓名,日薪,出勤天数,预支\n田某,400,26,2000\n覃某,400,25.5,2000\n")
    made = parse_roster(wages.roster(rows).encode(), filename="a.csv", today=date(2026, 11, 24))
    assert made.errors == []
    assert made.totals.owed == sum(w.owed for w in rows) == 1_660_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("姓名,工日\n田某,3\n", "E-216"),
        ("姓名,日工资,工日\n田某,400,三\n", "E-206"),
        ("姓名,日工资,工日\n田某,-4,3\n", "E-207"),
        ("", "E-216"),
    ],
)
def test_a_sheet_that_cannot_be_read(text: str, code: str) -> None:
    with pytest.raises(KnownError) as wrong:
        wages.from_attendance(text)
    assert wrong.value.code == code


def test_damages_with_a_share_of_fault_and_what_was_paid() -> None:
    found = claims.damages({"medical": 1_234_567, "lost_wages": 300_000, "mental": 100_000}, share=70, paid=50_000)
    whole = 1_234_567 + 300_000 + 100_000
    assert found.total == fen(Decimal(whole) * 70 / 100) - 50_000
    assert "受害人自行承担部分" in found.text
    assert [line.words for line in found.lines][:3] == ["医疗费", "误工费", "精神损害抚慰金"]
    with pytest.raises(KnownError) as wrong:
        claims.damages({"luck": 1})
    assert wrong.value.code == "E-217"


@given(st.dictionaries(st.sampled_from(sorted(claims.DAMAGE_ITEMS)), st.integers(0, 10**9)), st.integers(0, 100))
def test_the_two_sides_of_a_share_make_the_whole(items: dict[str, int], share: int) -> None:
    mine = claims.damages(items, share=share).total
    assert mine == fen(Decimal(sum(items.values())) * share / 100)


def test_deposit_of_case_four() -> None:
    found = claims.set_off(5_500_000, [("水费、清洁费", 107_000), ("租金差额让步", 500_000)])
    assert found.total == 4_893_000
    assert "应退还48,930.00元。" in found.notes
    assert "大写：人民币肆万捌仟玖佰叁拾元整" in found.text
    short = claims.set_off(100_000, [("欠租", 150_000)])
    assert "承租人还应支付500.00元" in short.notes[0]


def test_property_fee_and_its_waiver() -> None:
    found = claims.property_fee(Decimal("89.5"), 240, 24, waived=142_426)
    assert found.total == fen(Decimal("89.5") * 240 * 24) - 142_426
    assert "不得采取停止供电" in found.notes[0]


def test_late_interest_needs_a_rate() -> None:
    found = claims.late_interest(1_000_000, date(2026, 1, 1), date(2026, 12, 31), Decimal("3.1"))
    assert found.total == fen(Decimal(1_000_000) * Decimal("3.1") / 100 * 364 / 365)
    assert not claims.late_interest(1_000_000, date(2026, 1, 1), date(2026, 2, 1), None).complete
    with pytest.raises(KnownError) as wrong:
        claims.late_interest(1, date(2026, 2, 1), date(2026, 1, 1), None)
    assert wrong.value.code == "E-209"


@pytest.mark.parametrize(("value", "rounded"), [("0.5", 1), ("1.4999", 1), ("2.5", 3), ("100", 100)])
def test_halves_are_rounded_up(value: str, rounded: int) -> None:
    assert fen(Decimal(value)) == rounded
