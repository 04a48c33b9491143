"""Work injuries: the statute's months by grade, sums the province sets, death; by 工伤保险条例 35–39, 62."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from station_app.domain.calculators.result import Line, Result, fen
from station_app.domain.court.labour import GRADE_MONTHS
from station_app.domain.court.laws import Article, cite
from station_app.domain.money import yuan
from sync.contract.errors import KnownError

_NUMERALS: Final = "一二三四五六七八九十"
_SEVERE, _MIDDLE = 4, 6
_PENSION: Final = {1: 90, 2: 85, 3: 80, 4: 75, 5: 70, 6: 60}
"""伤残津贴 in per cent of one's own wage a month (35, 36)."""
_DEATH_YEARS, _FUNERAL_MONTHS = 20, 6


def disability(
    grade: int,
    own_wage: int,
    *,
    insured: bool | None = None,
    paid_leave_months: int = 0,
    medical: int = 0,
    pack: Mapping[str, object] | None = None,
) -> Result:
    """Items of a grade 1–10; `own_wage`, `medical`: 分 (wage a month); E-217 for another grade, E-207 below zero.

    `pack` holds the provincial months `injury.medical_months.N`, `injury.employment_months.N`; unknown stays unknown.
    """
    if not 1 <= grade <= len(GRADE_MONTHS):
        raise KnownError("E-217", field="answer.value", value=str(grade))
    for amount in (own_wage, paid_leave_months, medical):
        if amount < 0:
            raise KnownError("E-207", text=str(amount), field="answer.amount")
    level = _NUMERALS[grade - 1] + "级"
    article = cite("gstl", 35 if grade <= _SEVERE else 36 if grade <= _MIDDLE else 37)
    months = GRADE_MONTHS[grade - 1]
    lines = [_months("一次性伤残补助金", months, own_wage, (article,))]
    if grade in _PENSION:
        share = _PENSION[grade]
        formula = f"每月，{share}%×{yuan(own_wage)}元"
        lines.append(
            Line(
                "伤残津贴（每月，不计入合计）",
                formula + f"＝{yuan(fen(Fraction(own_wage * share, 100)))}元",
                0,
                (article,),
            )
        )
    if grade > _SEVERE:
        lines += _provincial(grade, own_wage, pack or {}, article)
    if paid_leave_months:
        lines.append(_months("停工留薪期工资", paid_leave_months, own_wage, (cite("gstl", 33),)))
    if medical:
        lines.append(Line("医疗费", "按票据", medical, (cite("gstl", 30),)))
    return Result(f"{level}伤残待遇", tuple(lines), _notes(grade, insured))


def _months(words: str, months: int, wage: int, basis: tuple[Article, ...]) -> Line:
    return Line(words, f"{months}个月×{yuan(wage)}元", months * wage, basis)


def _provincial(grade: int, wage: int, pack: Mapping[str, object], article: Article) -> list[Line]:
    lines = []
    for key, words in (("medical", "一次性工伤医疗补助金"), ("employment", "一次性伤残就业补助金")):
        months = pack.get(f"injury.{key}_months.{grade}")
        if isinstance(months, int):
            lines.append(_months(words + "（劳动关系终止时）", months, wage, (article,)))
        else:
            lines.append(Line(words + "（劳动关系终止时）", "由省级人民政府规定，规则包尚未录入", None, (article,)))
    return lines


def _notes(grade: int, insured: bool | None) -> tuple[str, ...]:
    notes = []
    if grade > _SEVERE:
        notes.append("五级至十级的医疗补助金和就业补助金在解除或者终止劳动关系时支付。")
    if insured is None:
        notes.append("请核实是否参加工伤保险：已参保的，部分项目由工伤保险基金支付。")
    elif insured:
        notes.append("已参保：一次性伤残补助金、一次性工伤医疗补助金由工伤保险基金支付，用人单位不重复承诺。")
    else:
        notes.append("未参保：全部项目由用人单位支付（工伤保险条例第六十二条）。")
    return tuple(notes)


def death(*, national_income: int | None, regional_wage: int | None, sources: Sequence[str] = ()) -> Result:
    """Funeral and one-off death benefit; `national_income`: 分 a year, last year's national urban disposable income;
    `regional_wage`: 分 a month, last year's average wage of the pooling region; None stays unknown. `sources` say
    where the two were taken from.
    """
    article = cite("gstl", 39)
    funeral = regional_wage * _FUNERAL_MONTHS if regional_wage is not None else None
    benefit = national_income * _DEATH_YEARS if national_income is not None else None
    return Result(
        "工亡待遇",
        (
            Line("丧葬补助金", f"6个月×{_told(regional_wage, '统筹地区职工月平均工资')}", funeral, (article,)),
            Line(
                "一次性工亡补助金", f"20倍×{_told(national_income, '全国城镇居民人均可支配收入')}", benefit, (article,)
            ),
        ),
        ("供养亲属抚恤金按职工本人工资的比例按月发放，须逐人核定。", *sources),
    )


def _told(value: int | None, unit: str) -> str:
    return f"{yuan(value)}元" if value is not None else f"上一年度{unit}（规则包尚未录入）"
