"""station contact, station visit: calls with their result, what is planned, return visits."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.case import text
from station_app.services import performance
from station_app.services.cases import Values
from station_app.services.loop import contacts
from station_app.services.reading import lists
from station_app.services.rounds import diary

app: Final = typer.Typer(no_args_is_help=True)
visit: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
At = Annotated[str, typer.Option("--at", help="时间 2026-11-20T09:21，默认现在")]
Note = Annotated[str, typer.Option("--note", help="内容")]
NextOn = Annotated[str, typer.Option("--next", help="下次的日期 2026-11-23")]


@app.command("add")
def add(
    case: CaseName,
    outcome: Annotated[str, typer.Argument(help="已联系上、无人接听、号码有误、拒绝沟通")],
    party: Annotated[str, typer.Option("--party", help="当事人姓名")] = "",
    manner: Annotated[str, typer.Option("--manner", help="电话、当面、短信、微信 …")] = "phone",
    note: Note = "",
    at: At = "",
    next_on: NextOn = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """记录一次联系和结果。"""
    values: Values = {"manner": codes.load("contact_manners").check(manner), "text": note, "at": at, "next_on": next_on}
    with opened(data_dir, user, password_file) as station:
        result = codes.load("contact_outcomes").check(outcome)
        contacts.record(station, case=lists.resolve(station, case), outcome=result, party=party, values=values)
    show({}, as_json=False, text="联系记录已保存。")


@app.command("list")
def list_(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本案的联系记录，和多次未能联系上的当事人。"""
    with opened(data_dir, user, password_file) as station:
        view = station.case(lists.resolve(station, case))
        names = {p.id: p.name for p in view.parties}
        rows = [
            (
                text(r, "at").replace("T", " "),
                names.get(text(r, "party"), text(r, "who")),
                codes.label("contact_outcomes", text(r, "outcome")) if r.get("outcome") else "",
                text(r, "text"),
                text(r, "next_on"),
            )
            for r in view.kind("contact")
        ]
        unreached = contacts.unreached(station, view)
    heads = ("时间", "当事人", "结果", "内容", "下次")
    lines = columns(list(rows), heads) if rows else "没有联系记录。"
    said = [f"{r.party.name}有 {len(r.days)} 天未能联系上：{'、'.join(r.days)}" for r in unreached]
    data = {
        "contacts": [dict(zip(heads, row, strict=True)) for row in rows],
        "unreached": [{"party": r.party.name, "days": list(r.days), "enough": r.enough} for r in unreached],
    }
    show(data, as_json=as_json, text="\n".join([lines, *said]))


@visit.command("plan")
def plan(
    case: CaseName,
    on: Annotated[str, typer.Argument(help="日期 2026-12-20；空白为取消计划")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """计划下一次回访。"""
    with opened(data_dir, user, password_file) as station:
        performance.plan_visit(station, case=lists.resolve(station, case), on=on)
    show({}, as_json=False, text="已计划。" if on else "已取消。")


@visit.command("add")
def add_visit(
    case: CaseName,
    performed: Annotated[str, typer.Argument(help="已全部履行、部分履行、未履行、无法取得联系")],
    manner: Annotated[str, typer.Option("--manner", help="电话、当面 …")] = "phone",
    note: Note = "",
    at: At = "",
    next_on: NextOn = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """记录一次回访；没有下次的，回访完成。"""
    kept = codes.load("performances").check(performed)
    given: Values = {"manner": codes.load("contact_manners").check(manner), "performed": kept}
    given |= {"outcome": "unreachable" if kept == "unreachable" else "reached"}
    given |= {name: words for name, words in (("text", note), ("at", at)) if words}
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        last = not next_on and kept != "unreachable"
        performance.visit(station, case=found, values=given, last=last, next_on=next_on)
    show({}, as_json=False, text="回访已记录。")


@visit.command("due")
def due(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """今天要做的联系、回访和后续服务。"""
    with opened(data_dir, user, password_file) as station:
        found = diary.due(station)
    data = [{"case": e.case, "kind": e.kind, "on": e.day, "who": e.who, "title": e.title} for e in found]
    kinds = {"contact": "联系", "visit": "回访", "relief": "帮扶", "psych": "心理服务"}
    rows = [(e.day, kinds[e.kind], e.who, e.title) for e in found]
    show(data, as_json=as_json, text=columns(list(rows), ("日期", "事项", "对象", "案件")) if rows else "没有待办。")
