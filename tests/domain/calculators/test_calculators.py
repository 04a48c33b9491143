"""Each calculator against sums worked out by hand; what is not known stays unknown; sums never drift by a 分."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.calculators import claims, injury, pack, wages
from station_app.domain.calculators.result import fen
from station_app.domain.court.vague import vague
from station_app.domain.roster import parse_roster
from station_app.domain.rules import Setting, load_rules
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
    months = {"injury.medical_months.9": 2, "injury.employment_months.9": 8}
    whole = injury.disability(9, 650_000, insured=True, pack=months)
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


def test_a_sheet_from_a_spreadsheet_program() -> None:
    sheet = (
        "演示项目考勤表,,,,,,\n姓名,身份证号,工种,日工资,10月1日,10月2日,出勤天数,借支\n"
        "田 某,440300198001010017,木工,400,√,半,1.5,\n合计,,,,,,1.5,\n"
    )
    for data in (sheet, sheet.encode("gb18030"), sheet.encode("utf-8-sig")):
        (row,) = wages.from_attendance(data)
        assert (row.days, row.due) == (150, 60_000)
        assert dict(row.more) == {"身份证号": "440300198001010017", "工种": "木工"}
    assert "身份证号,工种,日工资" in wages.roster([row])


@given(st.lists(st.tuples(st.integers(0, 62), st.integers(1, 200_000), st.integers(0, 10**6)), min_size=1, max_size=20))
def test_what_is_read_is_what_was_written(people: list[tuple[int, int, int]]) -> None:
    lines = [f"甲{n},{rate / 100:.2f},{days / 2},{paid / 100:.2f}" for n, (days, rate, paid) in enumerate(people)]
    rows = wages.from_attendance("姓名,日工资,工日,已付\n" + "\n".join(lines))
    assert [w.owed for w in rows] == [fen(Decimal(days) * rate / 2) - paid for days, rate, paid in people]
    assert wages.result(rows).total == sum(w.owed for w in rows)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("姓名,工日\n田某,3\n", "E-455"),
        ("姓名,日工资\n田某,400\n", "E-455"),
        ("姓名,日工资,工日\n田某,400,三\n", "E-454"),
        ("姓名,日工资,1,2\n田某,400,8,1\n", "E-454"),
        ("姓名,日工资,1,2,工日\n田某,400,1,1,3\n", "E-456"),
        ("姓名,日工资,工日\n田某,-4,3\n", "E-207"),
        ("", "E-218"),
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
    assert "不得采取停止供电" in found.notes[1]


def test_figures_of_the_pack_are_used_with_their_source_and_never_guessed() -> None:
    rules = load_rules()
    assert pack.money(rules, pack.INCOME) == pack.Known(None)
    assert pack.rate(rules).value is None
    assert pack.months(rules) == {}
    given: dict[str, int | str] = {
        "injury.national_income": "50000.00",
        "injury.medical_months.9": 2,
        "interest.yearly": "3.1",
    }
    settings = {k: Setting(k, "某值", v, "", "某公报", date(2026, 1, 20)) for k, v in given.items()}
    known = replace(rules, settings=settings)
    assert pack.money(known, pack.INCOME).value == 5_000_000
    assert pack.money(known, pack.INCOME).note == "采用数值的来源：某值，某公报（2026-01-20）。"
    assert pack.rate(known).value == Decimal("3.1")
    assert pack.months(known) == {"injury.medical_months.9": 2}
    wrong = replace(rules, settings={pack.RATE: replace(settings[pack.RATE], value="很高")})
    with pytest.raises(KnownError):
        pack.rate(wrong)


def test_every_article_named_is_at_hand() -> None:
    results = [
        injury.disability(4, 1), injury.disability(6, 1), injury.disability(9, 1, paid_leave_months=1, medical=1),
        injury.death(national_income=1, regional_wage=1),
        claims.damages(dict.fromkeys(claims.DAMAGE_ITEMS, 1), share=50),
        claims.set_off(2, [("水费", 1)]), claims.property_fee(Decimal(1), 1, 1),
        claims.late_interest(1, date(2026, 1, 1), date(2026, 1, 2), None),
        wages.result(wages.from_attendance("姓名,日工资,工日\n田某,1,1\n")),
    ]  # fmt: skip
    articles = {a for r in results for line in r.lines for a in line.basis}
    assert len(articles) >= 11
    assert [a.printed for a in articles if not a.text] == []


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


def test_a_result_makes_one_term_without_notes_or_what_is_not_known() -> None:
    found = injury.disability(9, 650_000, insured=False)
    assert found.term == (
        "九级伤残待遇按下列项目计算：一次性伤残补助金58,500.00元（9个月×6,500.00元）。"
        "以上合计58,500.00元（大写：人民币伍万捌仟伍佰元整）。"
    )
    assert "减1,070.00元（抵扣）" in claims.set_off(5_500_000, [("水费", 107_000)]).term
    assert "伤残津贴（每月，不计入合计）（每月，90%×6,500.00元＝5,850.00元）" in injury.disability(1, 650_000).term
    assert vague(found.term) == vague(claims.damages({"medical": 5, "mental": 6}, share=70, paid=1).term) == []
