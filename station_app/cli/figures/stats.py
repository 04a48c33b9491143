"""station stats: what was accepted, resolved and confirmed in a period, whole or split by one field; its reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.figures import period as periods
from station_app.domain.figures import places
from station_app.domain.figures.period import Period
from station_app.domain.rules import load_rules
from station_app.services.figures import counting, report, spreadsheet
from station_app.services.figures.counting import Line
from station_app.services.figures.report import Sheet
from station_app.services.station import Station
from sync.contract.errors import KnownError

_HEADS = ("受理", "化解", "化解率", "未化解", "司法确认", "在办")


app: Final = typer.Typer(invoke_without_command=True)

Year = Annotated[int, typer.Option("--year", help="年份；不写的，为全部")]
Half = Annotated[int, typer.Option("--half", help="上半年 1，下半年 2")]
Quarter = Annotated[int, typer.Option("--quarter", help="季度 1 至 4")]
Month = Annotated[int, typer.Option("--month", help="月份 1 至 12")]
Place = Annotated[str, typer.Option("--place", metavar="街道或社区", help="只统计一个街道或者社区")]


@app.callback()
def stats(
    context: typer.Context,
    year: Year = 0,
    half: Half = 0,
    quarter: Quarter = 0,
    month: Month = 0,
    place: Place = "",
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
    if context.invoked_subcommand is not None:
        return
    asked = chosen(year, half, quarter, month, place=place)
    with opened(data_dir, user, password_file) as station:
        if xlsx is not None:
            spreadsheet.save(xlsx, spreadsheet.workbook(report.sheets(station, asked)))
        if csv is not None:
            spreadsheet.save(csv, spreadsheet.csv_bytes(_sheet(station, asked, by, table=table)))
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


@app.command("report")
def report_(
    year: Year,
    half: Half = 0,
    quarter: Quarter = 0,
    month: Month = 0,
    place: Place = "",
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="报表（供签字、盖章）")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Excel 工作簿")] = None,
    ministry: Annotated[Path | None, typer.Option("--ministry", metavar="FILE", help="调解情况统计表，A4 横排")] = None,
    remarks: Annotated[str, typer.Option("--remarks", help="情况说明；不写的，留空手写")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """月报、季报、半年报、年报：与上期比较、各分项表、签字盖章处；Excel 与之数字相同。"""
    from station_app.services.figures import compared, paper

    asked = chosen(year, half, quarter, month, place=place)
    made: dict[str, str] = {}
    with opened(data_dir, user, password_file) as station:
        if pdf is not None:
            spreadsheet.save(pdf, paper.report_paper(station, period=asked, remarks=remarks).pdf)
            made["pdf"] = str(pdf)
        if ministry is not None:
            spreadsheet.save(ministry, paper.ministry_paper(station, period=asked).pdf)
            made["ministry"] = str(ministry)
        if xlsx is not None:
            spreadsheet.save(xlsx, spreadsheet.workbook(report.sheets(station, asked)))
            made["xlsx"] = str(xlsx)
        sheet, said = compared.sheet(station, asked), compared.sentences(station, asked)
    data = {"period": asked.title, "days": asked.counted, "heads": sheet.heads, "rows": sheet.rows, "files": made}
    files = [f"已生成：{name}" for name in made.values()]
    text = "\n".join((sheet.title, columns(sheet.rows, sheet.heads), *said, *files))
    show(data, as_json=as_json, text=text)


def _sheet(station: Station, asked: Period, by: str, *, table: bool) -> Sheet:
    return report.ministry_sheet(station, asked) if table else report.figures_sheet(station, asked, by=by or "service")


def _show_ministry(sheet: Sheet, *, as_json: bool) -> None:
    """The table turned by a quarter: one line a column, one column a street, so that it fits a terminal."""
    turned = [(head, *(row[n] for row in sheet.rows)) for n, head in enumerate(sheet.heads)]
    data = {"title": sheet.title, "heads": sheet.heads, "rows": sheet.rows, "notes": sheet.notes}
    data["differences"] = sheet.warnings
    wrong = [f"▲核对不一致：{words}" for words in sheet.warnings]
    text = columns(turned[1:], tuple(map(str, turned[0])))
    show(data, as_json=as_json, text="\n".join((sheet.title, text, *sheet.notes, *wrong)))


def chosen(year: int, half: int = 0, quarter: int = 0, month: int = 0, *, place: str = "") -> Period:
    """The period of the options; E-360 where a part is named without its year, or more than one part, E-217 for no such
    street or community.
    """
    parts = [p for p in (half, quarter, month) if p]
    if len(parts) > 1 or (parts and not year):
        raise KnownError("E-360", what="、".join(map(str, [year, *parts])))
    if half:
        found = periods.half(year, half)
    elif quarter:
        found = periods.quarter(year, quarter)
    elif month:
        found = periods.month(year, month)
    else:
        found = periods.year_of(year) if year else periods.ALWAYS
    found = periods.closing_on(found, load_rules().count("report.closing_day"))
    return periods.at(found, *places.find(place)) if place else found


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
