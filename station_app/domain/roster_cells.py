"""One line of a roster: each cell read by its meaning, the sums checked, every fault kept with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from station_app.domain import codes
from station_app.domain.bank import Account, check_account
from station_app.domain.dates import parse_date
from station_app.domain.idcard import IdFacts, age_on, check_id_number
from station_app.domain.money import parse_yuan
from station_app.domain.phone import check_phone
from station_app.domain.roster_heads import Head
from station_app.domain.roster_table import EMPTY, Cell
from station_app.domain.text import check_name, clean_name, compact
from sync.contract.errors import KnownError

T = TypeVar("T")

_SHARED: Final = frozenset({"work", "from", "to", "period", "bank", "address", "ethnic", "remark", "day_rate", "no"})
"""Columns in which one merged cell may stand for several people; an amount or a number never does."""

_EPOCH: Final = date(1899, 12, 30)  # day 0 of spreadsheets that count days
_ID_KINDS: Final = {"resident": "resident", "permanent": "permanent"}
_NOTHING: Final = frozenset({"", "/", "-", "—", "——", "无"})
_MAX_DAYS: Final = 10_000_00


@dataclass(frozen=True, slots=True)
class RowError:
    """A fault of one cell. `row_no` counts people from 1 (0: the total row), `line` the lines of the file from 1.

    `column` is the head in the file, `raw` what stands there. Not `blocking`: the row is importable without the value.
    """

    row_no: int
    line: int
    column: str
    code: str
    values: Mapping[str, object]
    raw: str
    blocking: bool = True

    def known(self) -> KnownError:
        """The error as sentences.sentence takes it."""
        return KnownError(self.code, **self.values)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person. Amounts in 分, days in hundredths, None where the roster says nothing; codes as in resources/codes.

    `hints` are keys of notes (`hint.luhn` ...) that refuse nothing.
    """

    row_no: int
    line: int
    name: str
    id_number: str = ""
    id_kind: str = ""
    sex: str = ""
    birth: date | None = None
    ethnic: str = ""
    phone: str = ""
    address: str = ""
    work: str = ""
    first_day: date | None = None
    last_day: date | None = None
    day_rate: int | None = None
    days: int | None = None
    due: int | None = None
    paid: int | None = None
    owed: int | None = None
    bank: str = ""
    account: str = ""
    account_holder: str = ""
    remark: str = ""
    hints: tuple[str, ...] = ()

    def identity_values(self) -> dict[str, str]:
        """Fields of the catalogue's `identity` that the roster gives."""
        birth = self.birth.isoformat() if self.birth else ""
        names = "id_kind id_number sex ethnic phone address bank account account_holder".split()
        values = {name: str(getattr(self, name)) for name in names} | {"birth": birth}
        return {name: value for name, value in values.items() if value}

    def wage_values(self) -> dict[str, str | int]:
        """Fields of the catalogue's `wage` that the roster gives."""
        values: dict[str, str | int | None] = {
            "no": self.row_no,
            "work": self.work or None,
            "from": self.first_day.isoformat() if self.first_day else None,
            "to": self.last_day.isoformat() if self.last_day else None,
            **{name: getattr(self, name) for name in ("day_rate", "days", "due", "paid", "owed")},
        }
        return {name: value for name, value in values.items() if value is not None}


class CellReader:
    """Reads the cells of one line; faults are collected in `errors`, hints in the row."""

    def __init__(self, cells: list[Cell], head: Head, *, line: int, row: int, today: date) -> None:
        self._cells, self._head, self._today = cells, head, today
        self.line, self.row = line, row
        self.errors: list[RowError] = []
        self._hints: list[str] = []

    def blank(self, name: str) -> bool:
        """Say whether nothing stands in the column of a field, or there is no such column."""
        return self._cell(name).blank

    def error(self, name: str, error: KnownError, *, blocking: bool = True) -> RowError:
        """Return an error with the place of a field on this line."""
        raw = self._cell(name).text
        return RowError(self.row, self.line, self._head.title(name), error.code, error.values, raw, blocking=blocking)

    def number(self, name: str) -> int | None:
        """Return an amount (分) or days (hundredths) without noting a fault; None where there is none."""
        found = len(self.errors)
        value = self._read(name, _days if name == "days" else _amount)
        del self.errors[found:]
        return value

    def person(self) -> tuple[RosterRow, IdFacts | None]:
        """Return the row as read (its faults are in `errors`) and what the identity number says."""
        self._surplus()
        name = self._read("name", lambda cell: check_name(cell.text), needed="E-230") or ""
        facts = self._read("id_number", self._id_number)
        if self.blank("id_number"):
            self._hints.append("id_missing")
        days = self._read("days", _days)
        rate, due, paid = (self._read(name, _amount) for name in ("day_rate", "due", "paid"))
        first, last = self._period()
        if "paid" in self._head.columns and self.blank("paid"):
            paid = 0
        owed = self._owed(rate=rate, days=days, due=due, paid=paid)
        account = self._read("account", _account, blocking=False) or Account("")
        self._hints += account.hints
        self._compare(name, facts, first=first, last=last, days=days)
        row = RosterRow(
            self.row,
            self.line,
            name,
            id_number=facts.number if facts else "",
            id_kind=_ID_KINDS.get(facts.kind, "residence_permit") if facts else "",
            sex=facts.sex if facts else self._read("sex", _sex, blocking=False) or "",
            birth=facts.birth if facts else None,
            ethnic=self._read("ethnic", _ethnic, blocking=False) or "",
            phone=self._read("phone", lambda cell: check_phone(cell.text).number, blocking=False) or "",
            address=self._cell("address").text,
            work=self._cell("work").text,
            first_day=first,
            last_day=last,
            day_rate=rate,
            days=days,
            due=due,
            paid=paid,
            owed=owed,
            bank=self._cell("bank").text,
            account=account.number,
            account_holder=clean_name(self._cell("account_holder").text),
            remark=self._cell("remark").text,
            hints=tuple(f"hint.{hint}" for hint in self._hints),
        )
        return row, facts

    def _cell(self, name: str) -> Cell:
        place = self._head.columns.get(name, -1)
        cell = self._cells[place] if 0 <= place < len(self._cells) else EMPTY
        return EMPTY if cell.text in _NOTHING and not cell.formula else cell

    def _read(self, name: str, parse: Callable[[Cell], T], *, blocking: bool = True, needed: str = "") -> T | None:
        """Parse the cell of a field; a blank one is None, a fault is noted and None."""
        cell = self._cell(name)
        try:
            if cell.formula:
                raise KnownError("E-220", row=self.row, column=self._head.title(name))
            if cell.merged and name not in _SHARED and not cell.blank:
                raise KnownError("E-236", row=self.row, column=self._head.title(name))
            if cell.blank:
                if needed:
                    raise KnownError(needed)
                return None
            return parse(cell)
        except KnownError as error:
            self.errors.append(self.error(name, error, blocking=blocking))
            return None

    def _surplus(self) -> None:
        last = max(self._head.columns.values())
        width = max(last + 1, self._head.width)
        if any(not cell.blank for cell in self._cells[width:]):
            self.errors.append(self.error("name", KnownError("E-242", row=self.row)))

    def _id_number(self, cell: Cell) -> IdFacts:
        if not isinstance(cell.value, str):
            raise KnownError("E-240")  # a spreadsheet keeps fifteen digits of a figure
        facts = check_id_number(cell.text, today=self._today)
        self._hints += facts.hints
        return facts

    def _period(self) -> tuple[date | None, date | None]:
        first, last = self._read("from", _day), self._read("to", _day)
        both = self._read("period", _both_days)
        first, last = (first or both[0], last or both[1]) if both else (first, last)
        if first and last and first > last:
            self.errors.append(self.error("to", KnownError("E-237", row=self.row)))
        return first, last

    def _owed(self, *, rate: int | None, days: int | None, due: int | None, paid: int | None) -> int | None:
        """Check the sums and return what is owed, computed where the roster leaves it blank."""
        owed = self._read("owed", _amount)
        if rate is not None and days is not None and due is not None and abs(due * 100 - rate * days) >= 100:
            computed = (rate * days + 50) // 100
            self._wrong_sum("due", given=due, computed=computed, why="due")
        if due is None or paid is None:
            if self.blank("owed"):
                self.errors.append(self.error("owed", KnownError("E-216", field="wage.owed")))
            return owed
        if due < paid:
            self.errors.append(
                self.error("paid", KnownError("E-212", row=self.row, paid=paid, due=due, why="negative"))
            )
        elif owed is None and self.blank("owed"):
            if "owed" in self._head.columns:
                self._hints.append("owed_derived")
            owed = due - paid
        elif owed is not None and owed != due - paid:
            self._wrong_sum("owed", given=owed, computed=due - paid)
        if owed == 0:
            self._hints.append("nothing_owed")
        return owed

    def _wrong_sum(self, name: str, *, given: int, computed: int, why: str = "") -> None:
        values: dict[str, object] = {"row": self.row, "given": given, "computed": computed}
        if why:
            values["why"] = why
        self.errors.append(self.error(name, KnownError("E-212", **values)))

    def _compare(
        self, name: str, facts: IdFacts | None, *, first: date | None, last: date | None, days: int | None
    ) -> None:
        """Hints from what does not fit together."""
        said = {"男": "1", "女": "2"}.get(self._cell("sex").text)
        if facts and said and said != facts.sex:
            self._hints.append("sex_differs")
        if facts and facts.birth <= (first or self._today) and age_on(facts.birth, first or self._today) < 16:
            self._hints.append("under_16")
        if first and last and days is not None and days > ((last - first).days + 1) * 100:
            self._hints.append("days_exceed")
        if last and last > self._today:
            self._hints.append("end_in_future")
        holder = clean_name(self._cell("account_holder").text)
        if holder and holder != name:
            self._hints.append("holder_differs")


def _amount(cell: Cell) -> int:
    """分 of a cell; a figure of a spreadsheet may be off by binary rounding (8399.999999999998)."""
    if isinstance(cell.value, float):
        number = Decimal(repr(cell.value))
        near = round(number, 2) if number.is_finite() and abs(number) < 10**13 else number
        return parse_yuan(near if near.is_finite() and abs(near - number) < Decimal("0.000001") else number)
    return parse_yuan(cell.value if isinstance(cell.value, int) else cell.text)


def _days(cell: Cell) -> int:
    text = compact(cell.text).removesuffix("天").removesuffix("日").removesuffix("个").removesuffix("工")
    if isinstance(cell.value, float):
        text = f"{round(cell.value, 6):.6f}".rstrip("0").rstrip(".")
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,2})?", text):
        raise KnownError("E-238", text=cell.text)
    return int(Decimal(text) * 100)


def _day(cell: Cell) -> date:
    if isinstance(cell.value, date):
        return cell.value
    if isinstance(cell.value, (int, float)) and 20_000 < cell.value < 80_000:
        return _EPOCH + timedelta(days=int(cell.value))
    return parse_date(cell.text)


def _both_days(cell: Cell) -> tuple[date, date]:
    first, found, last = re.sub("至|到|~|～|—+|–", "至", cell.text).partition("至")
    if not found:
        raise KnownError("E-209", text=cell.text)
    return parse_date(first), parse_date(last)


def _account(cell: Cell) -> Account:
    if isinstance(cell.value, (int, float)) and abs(cell.value) >= 10**15:
        raise KnownError("E-240")
    return check_account(cell.text)


def _sex(cell: Cell) -> str:
    return codes.of_field("identity", "sex").check(cell.text)


def _ethnic(cell: Cell) -> str:
    return codes.of_field("identity", "ethnic").check(cell.text)
