"""station meeting: the agenda of 书记会商, its decisions on cases, and what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.cli.loop.doing import on_case
from station_app.services.cases import Values
from station_app.services.figures import spreadsheet
from station_app.services.meeting import agenda as agendas
from station_app.services.meeting import decisions, paper
from station_app.services.reading import lists

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
_COLOURS: Final = {"red": "▲红", "amber": "◆黄", "": "—"}


@app.command("agenda")
def agenda(
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="议题单，A4 横排一页")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """会商议题：红色、黄色预警和超过时限的在办案件，以及尚未落实的会商决定。"""
    with opened(data_dir, user, password_file) as station:
        found, name = agendas.agenda(station), agendas.name_of(station)
        if pdf is not None:
            spreadsheet.save(pdf, paper.sheet(station).pdf)
    topics = [
        {"case": t.case, "title": t.title, "number": t.number, "colour": t.colour, "days": t.days, "why": list(t.why),
         "overdue": t.overdue, "decisions": [d.words for d in t.standing]}
        for t in found.topics
    ]  # fmt: skip
    lines = [(_COLOURS[t.colour], t.days, t.title, "；".join(t.why)) for t in found.topics]
    text = columns(lines, ("预警", "天数", "案件", "列入理由")) if lines else "没有需要会商的案件。"
    data = {"meeting": name, "topics": topics, "left_out": found.left_out}
    show(data, as_json=as_json, text=f"{name}\n{text}" + (f"\n已生成：{pdf}" if pdf else ""))


@app.command("decide")
def decide(
    case: CaseName,
    matter: Annotated[str, typer.Option("--matter", help="决定事项")],
    unit: Annotated[str, typer.Option("--unit", help="责任单位")],
    until: Annotated[str, typer.Option("--until", metavar="日期", help="完成时限")],
    person: Annotated[str, typer.Option("--person", help="责任人")] = "",
    on: Annotated[str, typer.Option("--on", metavar="日期", help="会商日期；不写的为今天")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把会商决定记入案件：做什么、谁负责、何时完成。"""
    values: Values = {"matter": matter, "unit": unit, "until": until, "person": person, "on": on}
    with opened(data_dir, user, password_file) as station:
        changes = decisions.decide(station, case=lists.resolve(station, case), values=values)
    show({"record": changes.ids[0]}, as_json=as_json, text="会商决定已记入案件。")


@app.command("done")
def done(
    case: CaseName,
    record: Annotated[str, typer.Argument(help="决定的记录号，见 station meeting list")],
    result: Annotated[str, typer.Option("--result", help="落实情况")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="完成日期；不写的为今天")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """记录会商决定的落实情况。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: decisions.done(s, case=c, rec=record, result=result, on=on), "落实情况已记录。")


@app.command("list")
def list_(
    everything: Annotated[bool, typer.Option("--all", help="包括已经落实的")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """会商决定的落实清单，逾期的在前。"""
    with opened(data_dir, user, password_file) as station:
        found, today = decisions.followed(station, everything=everything), station.clock.today()
    data = [
        {"case": d.case, "record": d.rec, "title": d.title, "meeting": d.meeting, "on": d.on, "matter": d.words,
         "who": d.who, "until": d.until, "done_on": d.done_on, "result": d.result, "late": d.late(today)}
        for d in found
    ]  # fmt: skip
    lines = [(d.until, "逾期" if d.late(today) else d.done_on, d.words, d.who, d.title, d.rec) for d in found]
    heads = ("完成时限", "落实", "决定事项", "责任单位、责任人", "案件", "记录号")
    show(data, as_json=as_json, text=columns(lines, heads) if lines else "没有待落实的会商决定。")
