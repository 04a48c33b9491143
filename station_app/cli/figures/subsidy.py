"""station subsidy: the class of a mediated case for 以案定补, its review, and the sheet of the month."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.cli.loop.doing import on_case
from station_app.services.figures import spreadsheet
from station_app.services.subsidy import grading, sheets

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Month = Annotated[str, typer.Option("--month", metavar="2026-11", help="申报月份")]


@app.command("grades")
def grades(as_json: AsJson = False) -> None:
    """本地规则中的案件类别和补贴标准；没有标准的写明未设定。"""
    found = grading.grades()
    lines = [(g.code, g.title, g.amount or sheets.UNKNOWN, g.source) for g in found]
    show([asdict(g) for g in found], as_json=as_json, text=columns(lines, ("类别", "名称", "补贴（元）", "来源")))


@app.command("grade")
def grade(
    case: CaseName,
    code: Annotated[str, typer.Argument(help="类别，见 station subsidy grades")],
    reason: Annotated[str, typer.Option("--reason", help="定类理由")],
    month: Month = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """由人员确定案件类别并写明理由；再次确定的，代替原来的并重新审核。"""
    access = (data_dir, user, password_file)
    on_case(
        access,
        case,
        lambda s, c: grading.grade(s, case=c, code=code, reason=reason, month=month),
        "案件类别已确定，待审核。",
    )


@app.command("review")
def review(
    case: CaseName,
    answer: Annotated[str, typer.Argument(help="accepted 同意，returned 退回")],
    note: Annotated[str, typer.Option("--note", help="审核意见；退回须写明")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """由另一人审核案件类别。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: grading.review(s, case=c, answer=answer, note=note), "审核结果已记录。")


@app.command("sheet")
def sheet(
    month: Month,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="申报表，A4 横排")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Excel 工作簿")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """一个月的以案定补申报表和分人汇总。"""
    with opened(data_dir, user, password_file) as station:
        made = sheets.sheets(station, month=month)
        claims = [asdict(c) for c in grading.claims(station, month=month)]
        if pdf is not None:
            spreadsheet.save(pdf, sheets.paper(station, month=month).pdf)
        if xlsx is not None:
            spreadsheet.save(xlsx, spreadsheet.workbook(made))
    text = "\n\n".join("\n".join((s.title, columns(list(s.rows), s.heads), *s.notes)) for s in made)
    show({"month": grading.month_of(month), "claims": claims}, as_json=as_json, text=text)
