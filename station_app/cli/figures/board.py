"""station stats board, contractor, wages: who owes what, one contractor over stations, lists before Spring Festival."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.money import yuan
from station_app.services.figures import board as boards
from station_app.services.figures import spreadsheet
from station_app.services.figures import wages as special


def board(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """看板：各单位未办结的发令和会商决定，逾期的在前；被多次反映的单位。"""
    with opened(data_dir, user, password_file) as station:
        debts, units, said = boards.debts(station), boards.contractors(station), boards.as_of(station)
    data = {"as_of": said, "debts": [asdict(d) for d in debts], "contractors": [list(u) for u in units]}
    lines = [(d.unit, d.count, d.late, d.soonest) for d in debts]
    owed = columns(lines, ("单位", "未办结", "逾期", "最近时限")) if lines else "没有未办结的发令和会商决定。"
    named = columns(units, ("单位", "一年内件数")) if units else "没有被多次反映的单位。"
    show(data, as_json=as_json, text=f"{said}\n{owed}\n\n{named}")


def contractor(
    name: Annotated[str, typer.Argument(metavar="单位", help="被申请人名称")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """一个单位在各站点、各月被反映的情况。"""
    with opened(data_dir, user, password_file) as station:
        found = boards.trend(station, name=name)
    counted = f"最近十二个月 {found.total} 件（此前 {found.earlier} 件），在办 {found.still_open} 件"
    head = f"{found.name}：{counted}，{found.people} 人，{yuan(found.amount)} 元"
    months = columns(list(found.months), ("月份", "件数"))
    stations = columns([(name, count) for _code, name, count in found.stations], ("站点", "件数"))
    data = {k: v for k, v in asdict(found).items() if k != "counted_by"}
    show(data, as_json=as_json, text=f"{head}\n{months}\n\n{stations}")


def wages(
    everything: Annotated[bool, typer.Option("--all", help="包括已经办结的")] = False,
    due: Annotated[int, typer.Option("--due", metavar="天数", help="改列多少日内到期和已逾期未履行的")] = 0,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Excel 工作簿，两张表都有")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """欠薪台账；到期未履行清单。工人只计人数，不列姓名。"""
    with opened(data_dir, user, password_file) as station:
        ledger = special.ledger(station, everything=everything)
        falling = special.falling_due(station, days=due or 30)
    if xlsx is not None:
        spreadsheet.save(xlsx, spreadsheet.workbook([ledger, falling]))
    sheet = falling if due else ledger
    data = {"title": sheet.title, "heads": sheet.heads, "rows": sheet.rows}
    show(data, as_json=as_json, text="\n".join((sheet.title, columns(list(sheet.rows), sheet.heads), *sheet.notes)))
