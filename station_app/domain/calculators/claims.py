"""Other sums: personal damage, rent and deposit set off, property fees, late interest; 民法典 and the rules pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from station_app.domain.calculators.result import Line, Result, fen, known
from station_app.domain.court.laws import cite
from station_app.domain.dates import date_cn
from station_app.domain.money import yuan
from sync.contract.errors import KnownError

DAMAGE_ITEMS: Final[Mapping[str, str]] = {
    "medical": "医疗费",
    "nursing": "护理费",
    "travel": "交通费",
    "nutrition": "营养费",
    "meals": "住院伙食补助费",
    "lost_wages": "误工费",
    "aids": "辅助器具费",
    "disability": "残疾赔偿金",
    "funeral": "丧葬费",
    "death": "死亡赔偿金",
    "mental": "精神损害抚慰金",
}
"""Items of 民法典 1179 and 1183, in the order of the article."""
_YEAR: Final = 365


def _never_negative(*amounts: int) -> None:
    for amount in amounts:
        if amount < 0:
            raise KnownError("E-207", text=str(amount), field="obligation.amount")


def damages(items: Mapping[str, int], *, share: int = 100, paid: int = 0) -> Result:
    """Personal damage by items (分), the wrongdoer's share in per cent, what was paid before; E-217 unknown item."""
    for name, amount in items.items():
        if name not in DAMAGE_ITEMS:
            raise KnownError("E-217", field="obligation.what", value=name)
        _never_negative(amount)
    _never_negative(share, paid)
    if share > 100:
        raise KnownError("E-217", field="%", value=str(share))
    lines = [
        Line(word, "按票据或者计算" if name != "mental" else "双方协商", items.get(name, 0),
             (cite("mdq", 1183 if name == "mental" else 1179),))
        for name, word in DAMAGE_ITEMS.items()
    ]  # fmt: skip
    whole = sum(items.values())
    off = whole - fen(Fraction(whole * share, 100))
    if off:
        words = "受害人自行承担部分"
        lines.append(Line(words, f"{yuan(whole)}元×{100 - share}%", off, (cite("mdq", 1173),), minus=True))
    if paid:
        lines.append(Line("已支付", "扣除", paid, minus=True))
    notes = ["赔偿义务人承担的数额四舍五入到分。"] if off else []
    if paid > whole - off:
        notes.append("已支付的超过应当承担的数额，请核对。")
    notes.append("协商不成的，赔偿费用一次性支付；分期支付的，可以请求提供担保（民法典第一千一百八十七条）。")
    return Result("人身损害赔偿", known(lines), tuple(notes))


def set_off(deposit: int, deductions: Sequence[tuple[str, int]]) -> Result:
    """Deposit less what the tenant owes; below zero the tenant still pays (民法典 568)."""
    _never_negative(deposit, *(amount for _, amount in deductions))
    lines = [Line("押金", "租赁合同约定", deposit)]
    lines += [Line(words, "抵扣", amount, (cite("mdh", 568),), minus=True) for words, amount in deductions]
    left = deposit - sum(amount for _, amount in deductions)
    note = f"押金不足，承租人还应支付{yuan(-left)}元。" if left < 0 else f"应退还{yuan(left)}元。"
    return Result("押金抵扣", known(lines), (note, "抵扣后的差额作一笔给付，抵扣过程写入协议事实部分。"))


def property_fee(area: Decimal, rate: int, months: int, *, waived: int = 0, late_fee: int = 0) -> Result:
    """Arrears of a property fee: `area` m², `rate` 分 a m² and month; late fee and waiver in 分 (民法典 944)."""
    _never_negative(rate, months, waived, late_fee)
    if area <= 0:
        raise KnownError("E-206", text=str(area), field="obligation.amount")
    arrears = fen(area * rate * months)
    basis = (cite("mdh", 944),)
    formula = f"{area}平方米×每平方米每月{yuan(rate)}元×{months}个月"
    lines = [
        Line("物业费", formula, arrears, basis),
        Line("违约金", "合同约定", late_fee, basis),
        Line("减免", "双方协商", waived, (), minus=True),
    ]
    return Result(
        "物业费",
        known(lines),
        (
            "物业费四舍五入到分。",
            "物业服务人不得采取停止供电、供水、供热、供燃气等方式催交物业费。",
        ),
    )


def late_interest(principal: int, due: date, until: date, yearly: Decimal | None, *, source: str = "") -> Result:
    """Interest from the day after `due`, the last day for payment, to `until` included (民法典 577, 579).

    `principal` in 分; `yearly` in per cent, None where neither the parties nor the pack give a rate. E-209 for days in
    the wrong order, E-207 below zero.
    """
    _never_negative(principal)
    days = (until - due).days
    if days < 0:
        raise KnownError("E-209", text=until.isoformat())
    if yearly is not None and yearly < 0:
        raise KnownError("E-207", text=str(yearly), field="年利率")
    basis = (cite("mdh", 577), cite("mdh", 579))
    counted = f"自期限届满之次日起算至{date_cn(until)}，共{days}天。"
    if yearly is None:
        line = Line("逾期利息", f"{yuan(principal)}元×年利率（规则包尚未录入）×{days}天÷{_YEAR}", None, basis)
        return Result("逾期利息", (line,), (counted, "请填写双方约定的利率，没有约定的，由区里录入适用利率。"))
    amount = fen(Fraction(principal) * Fraction(yearly) / 100 * days / _YEAR)
    line = Line("逾期利息", f"{yuan(principal)}元×年利率{yearly}%×{days}天÷{_YEAR}", amount, basis)
    notes = (counted, f"一年按{_YEAR}天计算，四舍五入到分。", source)
    return Result("逾期利息", (line,), tuple(n for n in notes if n))
