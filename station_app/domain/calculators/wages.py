"""Wages from attendance: a CSV of names, day rates and days in; what each is due, and a roster to import, out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from station_app.domain.calculators.result import Line, Result, fen
from station_app.domain.court.laws import cite
from station_app.domain.money import parse_yuan, yuan
from station_app.domain.text import half_width
from sync.contract.errors import KnownError

_NAME: Final = ("姓名", "名字")
_RATE: Final = ("日工资", "日薪", "日工资(元)", "单价")
_DAYS: Final = ("工日", "出勤天数", "天数", "出勤")
_PAID: Final = ("已付", "已发", "预支", "已支付")
_FULL: Final = frozenset({"1", "√", "✓", "v", "出", "全"})
_HALF: Final = frozenset({"0.5", ".5", "半", "½", "△"})
_NONE: Final = frozenset({"", "0", "×", "x", "休", "-", "/"})
_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class Worked:
    """One person: days in hundredths, money in 分."""

    name: str
    days: int
    rate: int
    due: int
    paid: int

    @property
    def owed(self) -> int:
        """What is still to be paid; less than nothing was overpaid."""
        return self.due - self.paid


def from_attendance(text: str) -> list[Worked]:
    """Read a CSV: 姓名, 日工资, then 工日 or a column for each day (1, 0.5, √, 半, blank), 已付 by choice.

    E-218 without the columns it needs, E-206 naming the line where a figure cannot be read.
    """
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    heads = [half_width(h).strip() for h in rows[0]] if rows else []
    name, rate = _column(heads, _NAME), _column(heads, _RATE)
    days = [i for i, h in enumerate(heads) if h.isdecimal() and 1 <= int(h) <= _MONTH]
    total, paid = _column(heads, _DAYS), _column(heads, _PAID)
    if name < 0 or rate < 0 or (not days and total < 0):
        raise KnownError("E-216", field="wage.day_rate" if rate < 0 else "wage.days")
    found = []
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = row + [""] * (len(heads) - len(row))
        worked = sum(_part(cells[i], line) for i in days) if days else _hundredths(cells[total], line)
        day_rate = parse_yuan(cells[rate])
        given = parse_yuan(cells[paid]) if paid >= 0 and cells[paid].strip() else 0
        due = fen(Decimal(worked) * day_rate / 100)
        found.append(Worked(cells[name].strip(), worked, day_rate, due, given))
    return found


def _column(heads: list[str], words: tuple[str, ...]) -> int:
    return next((i for i, head in enumerate(heads) if head in words), -1)


def _part(cell: str, line: int) -> int:
    sign = half_width(cell).strip().lower()
    if sign in _FULL:
        return 100
    if sign in _HALF:
        return 50
    return 0 if sign in _NONE else _hundredths(cell, line)


def _hundredths(cell: str, line: int) -> int:
    try:
        value = Decimal(half_width(cell).strip()) * 100
    except InvalidOperation:
        raise KnownError("E-206", text=cell, field="wage.days", line=line) from None
    if value < 0 or value != int(value):
        raise KnownError("E-206", text=cell, field="wage.days", line=line)
    return int(value)


def result(rows: list[Worked]) -> Result:
    """The sums in words; wages are paid to each worker himself (保障农民工工资支付条例 11)."""
    lines = [
        Line(w.name, f"{_days(w.days)}工日×{yuan(w.rate)}元－已付{yuan(w.paid)}元", w.owed, (cite("gztl", 11),))
        for w in rows
    ]
    over = "、".join(w.name for w in rows if w.owed < 0)
    notes = ["各人应发数额四舍五入到分。"]
    if over:
        notes.append(f"{over}已付超过应发，请核对。")
    return Result("按出勤计算的工资", tuple(lines), tuple(notes))


def roster(rows: list[Worked]) -> str:
    """The annex as a CSV that the roster import takes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["序号", "姓名", "日工资", "工日", "应发", "已付", "欠发"])
    for no, w in enumerate(rows, 1):
        writer.writerow([no, w.name, yuan(w.rate).replace(",", ""), _days(w.days),
                         *(yuan(v).replace(",", "") for v in (w.due, w.paid, max(0, w.owed)))])  # fmt: skip
    return "\ufeff" + out.getvalue()


def _days(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:f}".rstrip("0").rstrip(".") if hundredths % 100 else str(hundredths // 100)
