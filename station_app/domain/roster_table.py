"""From the bytes of a roster (XLSX, CSV, pasted text) to plain cells, with what is needed to name a wrong one."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from station_app.domain.text import one_line
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_LINES: Final = 5000
MAX_BYTES: Final = 20_000_000
MAX_UNPACKED: Final = 200_000_000

_OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0"  # XLS, ET, and XLSX under a password
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS: Final = "\t,;|，；、"
_QUOTED_FORMULA: Final = re.compile(r'="([^"]*)"')

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `formula`: no saved result; `merged`: one cell over several lines, its value repeated on each."""

    value: Value = None
    formula: bool = False
    merged: bool = False

    @property
    def text(self) -> str:
        """The value as one line of text; whole numbers without a decimal point."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else one_line(str(self.value))

    @property
    def blank(self) -> bool:
        """Nothing stands here."""
        return not self.formula and not self.text


EMPTY: Final = Cell()


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or text: `lines[i]` is line i + 1 of the file as a person counts it."""

    lines: list[list[Cell]]
    sheet: str = ""
    others: list[str] = field(default_factory=list)


def read_tables(data: bytes | str) -> list[Table]:
    """Return the filled tables of a file: one of a text, every visible sheet of a workbook.

    Raises E-218 (unreadable; why: old, encoding, empty) and E-241 (too large).
    """
    if len(data) > MAX_BYTES:
        raise KnownError("E-241", limit=MAX_LINES)
    tables = _workbook(data) if isinstance(data, bytes) and data.startswith(b"PK") else [_text_table(_decode(data))]
    filled = [t for t in tables if any(not cell.blank for line in t.lines for cell in line)]
    if not filled:
        raise KnownError("E-218", why="empty")
    if any(len(t.lines) > MAX_LINES for t in filled):
        raise KnownError("E-241", limit=MAX_LINES)
    return filled


def _decode(data: bytes | str) -> str:
    """Text of a CSV file: UTF-8 with or without a mark, UTF-16 with one, else GB 18030 (which holds GBK)."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if data.startswith(_OLD_FORMAT):
        raise KnownError("E-218", why="old")
    encodings = [name for mark, name in _BOMS if data.startswith(mark)] or ["utf-8", "gb18030"]
    if b"\x00" in data and "utf-16" not in encodings:
        raise KnownError("E-218")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip()[:1] == "<" or text.startswith("%PDF"):  # a page saved as .xls, or no table at all
            raise KnownError("E-218")
        return text
    raise KnownError("E-218", why="encoding")


def _text_table(text: str) -> Table:
    lines = text.splitlines()
    head = next((line for line in lines if "姓名" in re.sub(r"\s", "", line)), next(iter(lines), ""))
    delimiter = max(_DELIMITERS, key=head.count)
    if not head.count(delimiter):
        return Table([[_text_cell(part) for part in line.split()] for line in lines])
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return Table([[_text_cell(part) for part in row] for row in rows])
    except csv.Error as error:
        raise KnownError("E-218") from error


def _text_cell(part: str) -> Cell:
    """A cell of a text file: `="4501"` and `'4501` are how spreadsheets are kept from changing a number."""
    text = part.strip()
    if match := _QUOTED_FORMULA.fullmatch(text):
        return Cell(match[1])
    if text.startswith("="):
        return Cell(text, formula=True)
    return Cell(text.removeprefix("'") or None)


def _workbook(data: bytes) -> list[Table]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MAX_UNPACKED:
                raise KnownError("E-241", limit=MAX_LINES)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drawings and rules it leaves out
            results = load_workbook(io.BytesIO(data), data_only=True)
            formulas = load_workbook(io.BytesIO(data))
        shown = [s for s in results.worksheets if s.sheet_state == "visible"]
        if any(sheet.max_row > 10 * MAX_LINES or sheet.max_column > 500 for sheet in shown):
            raise KnownError("E-241", limit=MAX_LINES)
        return [_sheet(sheet, formulas[sheet.title]) for sheet in shown]
    except KnownError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles on in a damaged or foreign package
        raise KnownError("E-218") from error


def _sheet(results: Worksheet, formulas: Worksheet) -> Table:
    lines: list[list[Cell]] = []
    for row, origin in zip(results.iter_rows(), formulas.iter_rows(), strict=True):
        cells = []
        for cell, source in zip(row, origin, strict=True):
            formula = source.data_type == "f" and cell.value is None
            cells.append(Cell(_plain(cell.value), formula=formula))
        lines.append(cells)
    for merged in results.merged_cells.ranges:
        first = lines[merged.min_row - 1][merged.min_col - 1]
        shared = Cell(first.value, formula=first.formula, merged=True)
        for line in range(merged.min_row - 1, merged.max_row):
            if merged.min_row != merged.max_row:
                lines[line][merged.min_col - 1] = shared
            lines[line][merged.min_col : merged.max_col] = [EMPTY] * (merged.max_col - merged.min_col)
    while lines and all(cell.blank for cell in lines[-1]):
        lines.pop()
    return Table(lines, results.title)


def _plain(value: object) -> Value:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
        return None if value is None else str(value)
    return value
