"""The report of a period and the ministry's table as papers to be signed; their numbers are those of the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from station_app.domain.dates import date_cn
from station_app.domain.figures import ministry as columns
from station_app.domain.figures import period as periods
from station_app.domain.figures.period import Period
from station_app.services.cases import moment
from station_app.services.figures import compared, counting, report
from station_app.services.figures.report import Cell, Sheet
from station_app.services.paperwork import station_papers
from station_app.services.paperwork.station_papers import Made
from station_app.services.station import Station

Values = dict[str, object]
REPORT, MINISTRY = "period_report", "ministry_table"
_PARTS: Final = ("service", "type", "channel", "colour", "days")
_WIDTHS: Final = (330, 160, 160, 160, 160, 160, 160, 160)
_COMPARED: Final = (280, 210, 210, 240, 210, 260)
_SIGNS: Final = (3, 4)
"""Signs that a head of each band of the wide table has room for on a line."""
_LEFT_OUT: Final = "没有诉求的项目未列出。"


def report_paper(station: Station, *, period: Period, remarks: str = "", no: str = "") -> Made:
    """月报 (季报, 年报 …) with its comparison, tables, notes and places to sign; `remarks` as typed (情况说明)."""
    tables = [compared.sheet(station, period)]
    tables += [
        report.figures_sheet(station, period, by=by) for by in (*_PARTS[:2], _place(station, period), *_PARTS[2:])
    ]
    values = _head(station, period)
    values |= {
        "title": f"群众诉求服务工作{periods.kind_of(period)}",
        "paragraphs": compared.sentences(station, period),
        "tables": [_table(sheet, n) for n, sheet in enumerate(tables, 1)],
        "notes": [report.BASIS, compared.NOTE, _LEFT_OUT],
        **({"remarks": remarks.strip()} if remarks.strip() else {}),
    }
    return station_papers.made(station, REPORT, values, no=no)


def ministry_paper(station: Station, *, period: Period, no: str = "") -> Made:
    """人民调解委员会调解情况统计表 on one A4 across; check sums that do not agree are marked below it."""
    sheet = report.ministry_sheet(station, period)
    values = _head(station, period) | {"title": "人民调解委员会调解情况统计表"}
    values |= {"tables": _bands(sheet), "notes": list(sheet.notes)}
    if sheet.warnings:
        whole = [w.partition("：")[2] for w in sheet.warnings if w.startswith(str(sheet.rows[-1][0]))]
        values["warnings"] = [f"▲核对不一致：{'；'.join(w.rstrip('。') for w in whole or sheet.warnings)}。"]
    return station_papers.made(station, MINISTRY, values, no=no)


def _head(station: Station, period: Period) -> Values:
    return {
        "kind": periods.kind_of(period),
        "period": period.counted,
        "made": station.clock.today().isoformat(),
        "as_of": as_of(station),
        **({"unit": name} if (name := station.store.setting("station.name")) else {}),
    }


def as_of(station: Station) -> str:
    """The moment up to which the figures hold."""
    day, _, time = moment(station).partition("T")
    return f"{date_cn(day)}{time}"


def _place(station: Station, period: Period) -> str:
    """Streets where there are several, else communities, else stations."""
    for by in ("street", "community"):
        if sum(line.accepted > 0 for line in counting.breakdown(station, by=by, period=period)) > 1:
            return by
    return "station"


def _table(sheet: Sheet, number: int) -> Values:
    widths = _WIDTHS if sheet.sums else _COMPARED
    heads = [
        {"head": head, "width": width, "words": n == 0}
        for n, (head, width) in enumerate(zip(sheet.heads, widths, strict=True))
    ]
    rows = [row for row in sheet.rows if not sheet.sums or row is sheet.rows[-1] or any(_some(c) for c in row[1:])]
    said = f"表{number}　{sheet.name.removeprefix('按')}{'' if not sheet.sums else '情况'}"
    shown = [_row(row, last=sheet.sums and row is rows[-1]) for row in rows]
    own = [note for note in sheet.notes if note not in (report.BASIS, compared.NOTE)]
    return {"caption": said, "columns": heads, "rows": shown, "notes": own}


def _some(cell: Cell) -> bool:
    return cell not in (0, "", "—", "0.00%")


def _row(cells: Sequence[Cell], *, last: bool) -> Values:
    return {"cells": [_shown(c) for c in cells], "sum": last}


def _shown(cell: Cell) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _bands(sheet: Sheet) -> list[Values]:
    """The wide table in two bands one above the other, each with the units at its left."""
    names = list(columns.columns())
    groups = columns.groups()
    bands = [[g for g in groups if g[0] != "纠纷类型"], [g for g in groups if g[0] == "纠纷类型"]]
    made: list[Values] = []
    for band, most in zip(bands, _SIGNS, strict=True):
        picked = [(words, name) for words, members in band for name in members]
        heads: list[Values] = [{"head": "单位", "group": "项目", "width": 220, "words": True}]
        heads += [
            {"head": columns.even(columns.short(name), most), "group": words, "width": 116} for words, name in picked
        ]
        places = [names.index(name) + 1 for _, name in picked]
        rows = [_row([row[0], *(row[p] for p in places)], last=row is sheet.rows[-1]) for row in sheet.rows]
        made.append({"caption": "", "columns": heads, "rows": rows, "notes": []})
    return made
