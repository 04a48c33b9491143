"""Wages from attendance: a table of names, day rates and days in; what each is due, and a roster to import, out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from station_app.domain.calculators.result import Line, Result, fen
from station_app.domain.court.laws import cite
from station_app.domain.money import parse_yuan, yuan
from station_app.domain.roster_table import EMPTY, Cell, read_tables
from station_app.domain.text import half_width
from sync.contract.errors import KnownError

_NAME: Final = ("姓名", "名字", "工人姓名")
_RATE: Final = ("日工资", "日薪", "日工资(元)", "日工价", "单价", "单价(元)")
_DAYS: Final = ("工日", "出勤天数", "天数", "出勤", "合计天数", "总工日")
_PAID: Final = ("已付", "已发", "预支", "已支付", "借支", "生活费")
_KEPT: Final = (
    "公民身份号码",
    "身份证号码",
    "身份证号",
    "联系电话",
    "电话",
    "工种",
    "班组",
    "开户银行",
    "银行账号",
    "账号",
)
"""Columns carried over to the roster as they stand."""
_TOTALS: Final = frozenset({"合计", "总计", "小计"})
_FULL: Final = frozenset({"1", "√", "✓", "v", "出", "全", "出勤"})
_HALF: Final = frozenset({"0.5", ".5", "半", "½", "△", "半天"})
_NONE: Final = frozenset({"", "0", "×", "x", "休", "-", "/", "缺", "假", "病", "事"})
_DAY: Final = re.compile(r"(?:[0-9]{4}年)?(?:(?:[1-9]|1[0-2])[月/.-])?(?:0?[1-9]|[12][0-9]|3[01])[日号]?")
_MOST: Final = 200
"""Hundredths of a working day that one calendar day can hold: two shifts. More is likely hours."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One person: days in hundredths, money in 分; `more`: columns carried over (head, text)."""

    name: str
    days: int
    rate: int
    due: int
    paid: int
    more: tuple[tuple[str, str], ...] = ()

    @property
    def owed(self) -> int:
        """What is still to be paid; less than nothing was overpaid."""
        return self.due - self.paid


@dataclass(frozen=True, slots=True)
class _Heads:
    name: int
    rate: int
    total: int
    paid: int
    days: tuple[int, ...]
    kept: tuple[tuple[str, int], ...]


def from_attendance(data: bytes | str) -> list[Worked]:
    """Read a sheet (CSV in UTF-8 or GB 18030, XLSX): 姓名, 日工资, then 工日 or a column a day (1, 0.5, √, 半), 已付.

    A line of totals is passed over. E-218 no table, E-455 without the columns it needs, E-454 days and E-206… money
    that cannot be read, E-456 days that do not add up to the column of days.
    """
    lines = read_tables(data)[0].lines
    at = next((i for i, line in enumerate(lines) if any(_head(c) in _NAME for c in line)), 0)
    heads = _heads(lines[at])
    rows = []
    for number, line in enumerate(lines[at + 1 :], at + 2):
        cells = [*line, *([EMPTY] * (len(lines[at]) - len(line)))]
        name = cells[heads.name].text
        if name.replace(" ", "") not in _TOTALS and any(not cell.blank for cell in cells):
            rows.append(_row(name, cells, heads, number))
    return rows


def _head(cell: Cell) -> str:
    return re.sub(r"\s", "", half_width(cell.text))


def _heads(cells: Sequence[Cell]) -> _Heads:
    words = [_head(cell) for cell in cells]

    def place(names: tuple[str, ...]) -> int:
        return next((i for i, word in enumerate(words) if word in names), -1)

    days = tuple(i for i, c in enumerate(cells) if isinstance(c.value, date) or _DAY.fullmatch(words[i]))
    found = _Heads(place(_NAME), place(_RATE), place(_DAYS), place(_PAID), days,
                   tuple((word, i) for i, word in enumerate(words) if word in _KEPT))  # fmt: skip
    missing = [n for n, i in (("姓名", found.name), ("日工资", found.rate)) if i < 0]
    missing += ["工日"] if not days and found.total < 0 else []
    if missing:
        raise KnownError("E-455", columns="、".join(missing))
    return found


def _row(name: str, cells: Sequence[Cell], heads: _Heads, line: int) -> Worked:
    worked = sum(_part(cells[i], line) for i in heads.days)
    if heads.total >= 0 and not cells[heads.total].blank:
        said = _hundredths(cells[heads.total].text, line)
        if heads.days and said != worked:
            raise KnownError("E-456", line=line, name=name, counted=days_words(worked), said=days_words(said))
        worked = said
    rate = parse_yuan(cells[heads.rate].text)
    paid = parse_yuan(cells[heads.paid].text) if heads.paid >= 0 and not cells[heads.paid].blank else 0
    more = tuple((word, cells[i].text) for word, i in heads.kept)
    return Worked(name, worked, rate, fen(Decimal(worked) * rate / 100), paid, more)


def _part(cell: Cell, line: int) -> int:
    sign = half_width(cell.text).strip().lower()
    if sign in _FULL:
        return 100
    if sign in _HALF:
        return 50
    part = 0 if sign in _NONE else _hundredths(cell.text, line)
    if part > _MOST:
        raise KnownError("E-454", text=cell.text, line=line)
    return part


def _hundredths(words: str, line: int) -> int:
    try:
        value = Decimal(half_width(words).strip().removesuffix("天")) * 100
    except InvalidOperation:
        raise KnownError("E-454", text=words, line=line) from None
    if not value.is_finite() or value < 0 or value != int(value):
        raise KnownError("E-454", text=words, line=line)
    return int(value)


def result(rows: Sequence[Worked]) -> Result:
    """The sums in words; wages are paid to each worker himself (保障农民工工资支付条例 11)."""
    lines = [
        Line(w.name, f"{days_words(w.days)}工日×{yuan(w.rate)}元－已付{yuan(w.paid)}元", w.owed, (cite("gztl", 11),))
        for w in rows
    ]
    over = "、".join(w.name for w in rows if w.owed < 0)
    notes = ["各人应发数额四舍五入到分。"]
    if over:
        notes.append(f"{over}已付超过应发，合计已相应减少，请核对。")
    return Result("按出勤计算的工资", tuple(lines), tuple(notes))


def roster(rows: Sequence[Worked]) -> str:
    """The annex as a CSV that the roster import takes; what was overpaid is owed nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    kept = list(dict.fromkeys(word for w in rows for word, _ in w.more))
    writer.writerow(["序号", "姓名", *kept, "日工资", "工日", "应发", "已付", "欠发"])
    for no, w in enumerate(rows, 1):
        more = dict(w.more)
        money = (_plain(v) for v in (w.due, w.paid, max(0, w.owed)))
        writer.writerow([no, w.name, *(more.get(k, "") for k in kept), _plain(w.rate), days_words(w.days), *money])
    return "\ufeff" + out.getvalue()


def _plain(amount: int) -> str:
    return yuan(amount).replace(",", "")


def days_words(hundredths: int) -> str:
    """Hundredths of a day as written: 2.5."""
    return f"{Decimal(hundredths) / 100:f}".rstrip("0").rstrip(".") if hundredths % 100 else str(hundredths // 100)
