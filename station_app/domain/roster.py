"""A roster of workers becomes rows that can be imported and errors that name their place; nothing is guessed.

`parse_roster` reads a file or pasted text, checks each row (identity number, 日工资×工日=应发, 应发－已发=欠发, one
person twice) and the total row. A wrong row is named and left out; the others can be imported. Amounts in 分, days in
hundredths (25.5 -> 2550).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from station_app.domain.idcard import IdFacts
from station_app.domain.roster_cells import CellReader, RosterRow, RowError
from station_app.domain.roster_heads import Head, find_head
from station_app.domain.roster_table import EMPTY, Cell, Table, read_tables
from sync.contract.errors import KnownError

__all__ = ["Correction", "Note", "Roster", "RosterRow", "RowError", "Sheet", "Totals", "parse_roster", "read_sheet"]

_TOTAL: Final = ("合计", "总计", "共计", "总额")
_SUBTOTAL: Final = ("小计",)
_SUMS: Final = ("days", "due", "paid", "owed")


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know, refusing nothing: key and values of sentences.note."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the rows that can be imported."""

    people: int = 0
    days: int = 0
    due: int = 0
    paid: int = 0
    owed: int = 0


@dataclass(frozen=True, slots=True)
class Roster:
    """What was read. `mapping`: field -> head in the file; an error not `blocking` leaves its row importable."""

    rows: list[RosterRow]
    errors: list[RowError]
    totals: Totals
    mapping: dict[str, str]
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person changed of a file before it is read: `columns` column -> field ("" for none), `cells` (line,
    column) -> text; lines and columns counted from 0.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it looks and what was made of it. `lines`: every line as text, `first_line` the first below the heads;
    `columns`: field -> column; `roster` is None where `error` (E-218, E-219, E-221, E-239) says why nothing is read.
    """

    lines: list[list[str]]
    first_line: int
    columns: dict[str, int]
    roster: Roster | None
    error: KnownError | None


def parse_roster(data: bytes | str, *, filename: str = "", today: date) -> Roster:
    """Return the roster of a file (XLSX; CSV in UTF-8, UTF-16 or GB 18030) or of pasted text.

    Raises for what makes the whole file useless: E-218 unreadable, E-219 column missing, E-221 no heads, E-239 two
    columns mean the same, E-241 too large. Everything else is in `errors`, row by row.
    """
    sheet = read_sheet(data, filename=filename, today=today)
    if sheet.roster is None:
        raise sheet.error or KnownError("E-221")
    return sheet.roster


def read_sheet(data: bytes | str, *, filename: str = "", today: date, correction: Correction | None = None) -> Sheet:
    """Return the file with its corrections and its roster. E-218 and E-241 as `parse_roster`."""
    if filename.casefold().endswith((".pdf", ".doc", ".docx", ".jpg", ".jpeg", ".png", ".wps")):
        raise KnownError("E-218")
    change = correction or Correction()
    tables = read_tables(data)
    table, head = next(((t, found) for t in tables if (found := find_head(t, change.columns))), (tables[0], None))
    table = _mended(table, change.cells)
    lines = [[cell.text for cell in line] for line in table.lines]
    if head is None:
        return Sheet(lines, 0, {}, None, KnownError("E-221"))
    if head.wrong is not None:
        return Sheet(lines, head.first_line, head.columns, None, head.wrong)
    reading = _Reading(table, head, today)
    reading.read()
    notes = _head_notes(head)
    if len(tables) > 1:
        notes.append(Note("roster.sheet", {"sheet": table.sheet}))
    try:
        return Sheet(lines, head.first_line, head.columns, reading.roster(notes), None)
    except KnownError as error:  # nobody in it
        return Sheet(lines, head.first_line, head.columns, None, error)


def _mended(table: Table, cells: Mapping[tuple[int, int], str]) -> Table:
    """The table with some cells typed over."""
    if not cells:
        return table
    lines = [list(line) for line in table.lines]
    for (line, column), words in cells.items():
        lines[line] += [EMPTY] * (column + 1 - len(lines[line]))
        lines[line][column] = Cell(words)
    return replace(table, lines=lines)


def _head_notes(head: Head) -> list[Note]:
    notes = []
    if head.two_rows:
        notes.append(Note("roster.two_rows"))
    if head.ignored:
        notes.append(Note("roster.columns_ignored", {"columns": head.ignored}))
    if "id_number" not in head.columns:
        notes.append(Note("roster.no_id"))
    return notes


class _Reading:
    """One pass over the lines below the heads."""

    def __init__(self, table: Table, head: Head, today: date) -> None:
        self._table, self._head, self._today = table, head, today
        self._rows: list[RosterRow] = []
        self._errors: list[RowError] = []
        self._notes: list[Note] = []
        self._people = 0
        self._seen: dict[str, int] = {}
        self._sums = dict.fromkeys(_SUMS, 0)
        self._unread: set[str] = set()

    def read(self) -> None:
        """Take each line for a person, a total, or neither."""
        for line in range(self._head.first_line, len(self._table.lines)):
            cells = self._table.lines[line]
            words = [cell.text.replace(" ", "") for cell in cells if not cell.blank]
            if not words:
                continue
            reader = CellReader(cells, self._head, line=line + 1, row=self._people + 1, today=self._today)
            if any(word.startswith(_TOTAL) for word in words[:3]) and reader.blank("id_number"):
                self._total(reader)
            elif any(word.startswith(_SUBTOTAL) for word in words[:3]) and reader.blank("id_number"):
                self._notes.append(Note("roster.subtotal", {"line": line + 1}))
            elif all(reader.blank(name) for name in ("id_number", *_SUMS)) and (
                reader.blank("name") or reader.blank("no")
            ):
                self._notes.append(Note("roster.row_ignored", {"line": line + 1}))
            else:
                self._person(reader)

    def _person(self, reader: CellReader) -> None:
        self._people += 1
        row, facts = reader.person()
        errors = list(reader.errors)
        for name in _SUMS:
            value = getattr(row, name)
            self._sums[name] += value or 0
            if value is None and not reader.blank(name):
                self._unread.add(name)
        if facts is not None:
            errors += self._twice(reader, facts)
        self._errors += errors
        if not any(error.blocking for error in errors):
            self._rows.append(row)

    def _twice(self, reader: CellReader, facts: IdFacts) -> list[RowError]:
        first = self._seen.setdefault(facts.number, reader.row)
        if first == reader.row:
            return []
        return [reader.error("id_number", KnownError("E-222", row=reader.row, first=first))]

    def _total(self, reader: CellReader) -> None:
        """Compare a total row with the sum of all rows above it, importable or not."""
        for name in _SUMS:
            given = reader.number(name)
            if given is None:
                continue
            if name in self._unread or any(
                error.column == self._head.title(name) for error in self._errors_of_reading()
            ):
                self._notes.append(Note("roster.total_unchecked"))
                continue
            computed = self._sums[name]
            if given != computed:
                values = {"column": self._head.title(name), "given": given, "computed": computed}
                if name == "days":
                    values |= {"given": _days(given), "computed": _days(computed), "why": "days"}
                error = reader.error(name, KnownError("E-227", **values), blocking=False)
                self._errors.append(replace(error, row_no=0))

    def _errors_of_reading(self) -> list[RowError]:
        return [error for error in self._errors if error.code in ("E-206", "E-207", "E-208", "E-220", "E-233", "E-236")]

    def roster(self, notes: list[Note]) -> Roster:
        """Put the parts together; errors of arithmetic learn how many rows are left."""
        if not self._people:
            raise KnownError("E-218", why="empty")
        rest = len(self._rows)
        errors = [
            replace(e, values={**e.values, "rest": rest}) if e.code in ("E-212", "E-222") else e for e in self._errors
        ]
        sums = {name: sum(getattr(row, name) or 0 for row in self._rows) for name in _SUMS}
        unique = list({(n.key, str(n.values)): n for n in [*notes, *self._notes]}.values())
        return Roster(self._rows, errors, Totals(people=rest, **sums), dict(self._head.titles), unique)


def _days(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
