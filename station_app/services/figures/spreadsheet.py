"""Sheets as an XLSX workbook or as CSV. No text ever becomes a formula, whatever a person typed into a field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from station_app.services.figures.report import SIGNED, Cell, Sheet
from sync.contract.errors import KnownError

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula; full-width signs too, in a Chinese Excel."""
_NAME: Final = "宋体"


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it: an apostrophe before what would be read as a formula."""
    return f"'{text}" if text.lstrip(" \u3000\ufeff").startswith(_DANGEROUS) else text


def csv_bytes(sheet: Sheet) -> bytes:
    """One sheet as CSV: UTF-8 with mark and CRLF, as Excel opens it; title, heads, rows, notes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([sheet.title])
    writer.writerow(sheet.heads)
    writer.writerows([[harmless(c) if isinstance(c, str) else c for c in row] for row in sheet.rows])
    writer.writerows([[harmless(note)] for note in sheet.notes])
    writer.writerows([[f"▲核对不一致：{words}"] for words in sheet.warnings])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; E-516 where it cannot be written."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise KnownError("E-516", file=path.name) from error


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """All sheets as one workbook, in memory only: nothing of it lies in a temporary file."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"author": "", "comments": ""})
        styles = _styles(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, styles)
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": _NAME, "font_size": 11, "valign": "vcenter"}
    grid = {**base, "border": 1}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format({**grid, "bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format(grid),
        "number": book.add_format({**grid, "num_format": "#,##0.00"}),
        "count": book.add_format({**grid, "num_format": "#,##0"}),
        "sum": book.add_format({**grid, "bold": True, "num_format": "#,##0"}),
        "note": book.add_format({**base, "font_size": 10}),
        "warning": book.add_format({**base, "font_size": 10, "bold": True, "font_color": "#B3261E"}),
    }


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    last = len(sheet.heads) - 1
    if last:
        page.merge_range(0, 0, 0, last, "", styles["title"])
    page.write_string(0, 0, sheet.title, styles["title"])
    for column, head in enumerate(sheet.heads):
        page.write_string(1, column, head, styles["head"])
    end = len(sheet.rows) - 1
    for number, row in enumerate(sheet.rows):
        style = "sum" if sheet.sums and number == end else ""
        for column, cell in enumerate(row):
            _cell(page, number + 2, column, cell, styles, style)
    below = len(sheet.rows) + 2
    for offset, note in enumerate(sheet.notes):
        page.write_string(below + offset, 0, note, styles["note"])
    below += len(sheet.notes)
    for offset, words in enumerate(sheet.warnings):
        page.write_string(below + offset, 0, f"▲核对不一致：{words}", styles["warning"])
    if sheet.sums:
        page.write_string(below + len(sheet.warnings) + 1, 0, "　　　　　　　　".join(SIGNED), styles["note"])
    page.freeze_panes(2, 1)
    page.set_column(0, 0, 24)
    page.set_column(1, max(1, last), 13 if last < 20 else 10)
    page.set_row(0, 30)
    _print(page, wide=last > 7)


def _cell(page: Any, row: int, column: int, cell: Cell, styles: dict[str, Any], style: str) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, styles[style or "text"])
    else:
        page.write_number(row, column, cell, styles[style or ("count" if isinstance(cell, int) else "number")])


def _print(page: Any, *, wide: bool) -> None:
    """A4, across where there are many columns, all columns on one page, heads on each."""
    page.set_paper(9)
    if wide:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.set_footer("&C第 &P 页　共 &N 页")
