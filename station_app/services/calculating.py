"""Calculators as the desk offers them: what each asks, and its result from the answers and the rules pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from station_app.domain.calculators import claims, injury, pack, wages
from station_app.domain.calculators.result import Result
from station_app.domain.rules import load_rules
from station_app.services import roster
from station_app.services.changes import Changes
from station_app.services.station import Station
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

Answers = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of a calculator: type as of the catalogue (`money`, `int`, `date`, `text`, `code`)."""

    name: str
    label: str
    type: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator: its name, what it asks, how it answers. Raises KnownError for answers that cannot be."""

    id: str
    title: str
    asks: tuple[Ask, ...]
    run: Callable[[Answers], Result]


def _int(answers: Answers, name: str) -> int:
    value = answers.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _decimal(answers: Answers, name: str) -> Decimal | None:
    words = str(answers.get(name) or "").strip()
    if not words:
        return None
    try:
        return Decimal(words)
    except InvalidOperation:
        raise KnownError("E-206", text=words) from None


def _day(answers: Answers, name: str) -> date:
    return date.fromisoformat(str(answers.get(name)))


def _injury(answers: Answers) -> Result:
    insured = {"yes": True, "no": False}.get(str(answers.get("insured") or ""))
    return injury.disability(
        int(str(answers.get("grade") or 0)),
        _int(answers, "wage"),
        insured=insured,
        paid_leave_months=_int(answers, "leave"),
        medical=_int(answers, "medical"),
        pack=pack.months(load_rules()),
    )


def _damages(answers: Answers) -> Result:
    items = {name: _int(answers, name) for name in claims.DAMAGE_ITEMS if answers.get(name)}
    share = answers.get("share")
    return claims.damages(items, share=share if isinstance(share, int) else 100, paid=_int(answers, "paid"))


def _set_off(answers: Answers) -> Result:
    parts = [(str(answers.get(f"what{n}") or "抵扣"), _int(answers, f"sum{n}")) for n in (1, 2, 3)]
    return claims.set_off(_int(answers, "deposit"), [(w, s) for w, s in parts if s])


def _fee(answers: Answers) -> Result:
    return claims.property_fee(
        _decimal(answers, "area") or Decimal(0),
        _int(answers, "rate"),
        _int(answers, "months"),
        waived=_int(answers, "waived"),
        late_fee=_int(answers, "late"),
    )


def _interest(answers: Answers) -> Result:
    typed = _decimal(answers, "rate")
    known = pack.Known(typed) if typed is not None else pack.rate(load_rules())
    yearly = None if known.value is None else Decimal(known.value)
    source = known.note if known.source else ""
    due, until = _day(answers, "start"), _day(answers, "end")
    return claims.late_interest(_int(answers, "principal"), due, until, yearly, source=source)


def _death(answers: Answers) -> Result:
    """Figures typed go before those of the pack; what neither has is said to be unknown."""
    rules = load_rules()
    found = []
    for name, key in (("income", pack.INCOME), ("wage", pack.WAGE)):
        typed = _int(answers, name)
        found.append(pack.Known(typed) if typed else pack.money(rules, key))
    income, wage = (None if known.value is None else int(known.value) for known in found)
    sources = [known.note for known in found if known.source]
    return injury.death(national_income=income, regional_wage=wage, sources=sources)


_GRADES: Final = tuple((str(n), f"{w}级") for n, w in enumerate("一二三四五六七八九十", 1))
_DEDUCTIONS: Final = tuple(
    ask
    for n in (1, 2, 3)
    for ask in (Ask(f"what{n}", f"抵扣项目{n}", "text"), Ask(f"sum{n}", f"金额{n}（元）", "money"))
)
CALCULATORS: Final[dict[str, Calculator]] = {
    c.id: c
    for c in (
        Calculator(
            "injury",
            "工伤待遇",
            (
                Ask("grade", "伤残等级", "code", required=True, choices=_GRADES),
                Ask("wage", "本人工资（元/月）", "money", required=True),
                Ask("insured", "是否参加工伤保险", "code", choices=(("yes", "已参保"), ("no", "未参保"))),
                Ask("leave", "停工留薪期（月）", "int"),
                Ask("medical", "医疗费（元）", "money"),
            ),
            _injury,
        ),
        Calculator(
            "death",
            "工亡待遇",
            (
                Ask("income", "上一年度全国城镇居民人均可支配收入（元）", "money"),
                Ask("wage", "上年度统筹地区职工月平均工资（元）", "money"),
            ),
            _death,
        ),
        Calculator(
            "damages",
            "人身损害赔偿",
            (
                *(Ask(name, f"{word}（元）", "money") for name, word in claims.DAMAGE_ITEMS.items()),
                Ask("share", "赔偿义务人承担的比例（%）", "int"),
                Ask("paid", "已支付（元）", "money"),
            ),
            _damages,
        ),
        Calculator(
            "setoff",
            "押金抵扣",
            (
                Ask("deposit", "押金（元）", "money", required=True),
                *_DEDUCTIONS,
            ),
            _set_off,
        ),
        Calculator(
            "fee",
            "物业费",
            (
                Ask("area", "面积（平方米）", "text", required=True),
                Ask("rate", "每平方米每月（元）", "money", required=True),
                Ask("months", "月数", "int", required=True),
                Ask("late", "违约金（元）", "money"),
                Ask("waived", "减免（元）", "money"),
            ),
            _fee,
        ),
        Calculator(
            "interest",
            "逾期利息",
            (
                Ask("principal", "本金（元）", "money", required=True),
                Ask("rate", "约定的年利率（%）", "text"),
                Ask("start", "履行期限届满之日", "date", required=True),
                Ask("end", "计算至", "date", required=True),
            ),
            _interest,
        ),
    )
}


def import_wages(station: Station, *, case: str, rows: Sequence[wages.Worked]) -> Changes:
    """按考勤计算的工资写入名册: each worker's wage row in the case; who is not in it yet is added.

    A worker is known by his document number, else by his name where it stands once. The errors of
    `roster.import_rows`, and the first that a row of the roster itself has.
    """
    found = roster.preview(station, data=wages.roster(rows))
    wrong = [error for error in found.errors if error.blocking]
    if wrong:
        raise wrong[0].known()
    return roster.import_rows(station, case=case, rows=found.rows, by_name=True)


def run(kind: str, answers: Answers) -> Result:
    """The result of a calculator; E-216 for a required answer that is missing, E-217 for no such calculator."""
    found = CALCULATORS.get(kind)
    if found is None:
        raise KnownError("E-217", field="calculator", value=kind)
    for ask in found.asks:
        if ask.required and answers.get(ask.name) in (None, ""):
            raise KnownError("E-216", field=ask.label)
    return found.run(answers)
