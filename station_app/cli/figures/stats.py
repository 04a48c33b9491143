"""station stats: what was accepted, resolved and confirmed in a period, whole or split by one field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.figures import period as periods
from station_app.domain.figures.period import Period
from station_app.services.figures import counting, report, spreadsheet
from station_app.services.figures.counting import Line
from station_app.services.figures.report import Sheet
from station_app.services.station import Station
from sync.contract.errors import KnownError

_HEADS = ("受理", "化解", "化解率", "未化解", "司法确认", "在办")


def stats(
    year: Annotated[int, typer.Option("--year", help="年份；不写的，为全部")] = 0,
    half: Annotated[int, typer.Option("--half", help="上半年 1，下半年 2")] = 0,
    quarter: Annotated[int, typer.Option("--quarter", help="季度 1 至 4")] = 0,
    month: Annotated[int, typer.Option("--month", help="月份 1 至 12")] = 0,
    by: Annotated[str, typer.Option("--by", metavar="FIELD", help="分项：" + "、".join(counting.FIELDS))] = "",
    table: Annotated[bool, typer.Option("--ministry", help="人民调解委员会调解情况统计表，附核对结果")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="统计报表另存为 Excel 工作簿")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="分项表或者统计表另存为 CSV")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """统计：受理、化解、化解率、司法确认，可以按服务类别、纠纷类型、街道、社区、站点、渠道、等级、月份、用时分项。"""
    asked = chosen(year, half, quarter, month)
    with opened(data_dir, user, password_file) as station:
        if xlsx is not None:
            _save(xlsx, spreadsheet.workbook(report.sheets(station, asked)))
        if csv is not None:
            _save(csv, spreadsheet.csv_bytes(_sheet(station, asked, by, table=table)))
        if table:
            _show_ministry(report.ministry_sheet(station, asked), as_json=as_json)
            return
        whole = counting.overview(station, asked)
        parts = counting.breakdown(station, by=by, period=asked) if by else []
        note = "演示数据" if station.demo else ""
    data = {"period": asked.title, "from": asked.first, "to": asked.last, "demo": bool(note), "whole": _data(whole)}
    if by:
        data |= {"by": by, "parts": [_data(line) for line in parts]}
    rows = [(line.label, *_cells(line)) for line in (*parts, whole)]
    head = counting.FIELDS[by] if by else "统计期间"
    title = f"{asked.title}群众诉求办理情况{note and f'（{note}）'}\n"
    show(data, as_json=as_json, text=title + columns(rows, (head, *_HEADS)))


def _sheet(station: Station, asked: Period, by: str, *, table: bool) -> Sheet:
    return report.ministry_sheet(station, asked) if table else report.figures_sheet(station, asked, by=by or "service")


def _save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; E-516 where it cannot be written."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise KnownError("E-516", file=path.name) from error


def _show_ministry(sheet: Sheet, *, as_json: bool) -> None:
    """The table turned by a quarter: one line a column, one column a street, so that it fits a terminal."""
    turned = [(head, *(row[n] for row in sheet.rows)) for n, head in enumerate(sheet.heads)]
    data = {"title": sheet.title, "heads": sheet.heads, "rows": sheet.rows, "notes": sheet.notes}
    text = columns(turned[1:], tuple(map(str, turned[0])))
    show(data, as_json=as_json, text="\n".join((sheet.title, text, *sheet.notes)))


def chosen(year: int, half: int = 0, quarter: int = 0, month: int = 0) -> Period:
    """The period of the options; E-360 where a part is named without its year, or more than one part."""
    parts = [p for p in (half, quarter, month) if p]
    if len(parts) > 1 or (parts and not year):
        raise KnownError("E-360", what="、".join(map(str, [year, *parts])))
    if half:
        return periods.half(year, half)
    if quarter:
        return periods.quarter(year, quarter)
    if month:
        return periods.month(year, month)
    return periods.year_of(year) if year else periods.ALWAYS


def _cells(line: Line) -> tuple[object, ...]:
    return line.accepted, line.resolved, line.rate, line.unresolved, line.confirmed, line.open


def _data(line: Line) -> dict[str, object]:
    return {
        "code": line.code,
        "label": line.label,
        "accepted": line.accepted,
        "resolved": line.resolved,
        "rate": line.rate,
        "unresolved": line.unresolved,
        "confirmed": line.confirmed,
        "open": line.open,
        "people": line.people,
        "amount": line.amount,
    }
