"""station patrol: rounds over a place, what was found, and the appeals that came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.case import number, text
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.figures import spreadsheet
from station_app.services.rounds import lists as papers
from station_app.services.rounds import patrols
from station_app.services.rounds.caseless import station_name
from station_app.services.rounds.patrols import Round
from station_app.services.station import Station
from sync.contract.fold import Record

app: Final = typer.Typer(no_args_is_help=True)
Which = Annotated[str, typer.Argument(help="记录号或者其末尾，见 station patrol list")]


@app.command("add")
def add(
    place: Annotated[str, typer.Argument(help="排查地点")],
    found: Annotated[list[str] | None, typer.Option("--found", help="发现的问题，可写多次；没有发现的不写")] = None,
    subject: Annotated[str, typer.Option("--subject", help="排查事项：矛盾纠纷、工资、安全、专项")] = "disputes",
    kind: Annotated[str, typer.Option("--kind", help="场所类别：工地、宿舍、小区 …")] = "",
    at: Annotated[str, typer.Option("--at", help="时间 2026-11-20T09:00，默认现在")] = "",
    until: Annotated[str, typer.Option("--until", help="结束时间")] = "",
    members: Annotated[str, typer.Option("--members", help="参加人员")] = "",
    note: Annotated[str, typer.Option("--note", help="排查情况")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记一次排查和发现的问题。内容全社区和区级平台可以查看，不写当事人姓名和号码。"""
    values: Values = {"place": place, "subject": codes.load("patrol_subjects").check(subject), "text": note or None}
    values |= {"place_kind": codes.load("patrol_places").check(kind) if kind else None}
    values |= {n: v for n, v in (("at", at), ("until", until), ("members", members)) if v}
    with opened(data_dir, user, password_file) as station:
        changes = patrols.record(station, values=values, findings=[{"text": words} for words in found or []])
    said = f"排查已登记，发现问题 {len(changes.ids) - 1} 项。"
    show({"patrol": changes.ids[0], "findings": list(changes.ids[1:])}, as_json=as_json, text=said)


@app.command("list")
def list_(
    since: Annotated[str, typer.Option("--since", help="从哪天起 2026-11-01")] = "",
    own: Annotated[bool, typer.Option("--own", help="只看本站的")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出排查记录和发现的问题。"""
    with opened(data_dir, user, password_file) as station:
        rounds = patrols.rounds(station, since=since, own_only=own)
        data = [_json(station, r) for r in rounds]
        rows = [row for r in rounds for row in _rows(station, r)]
    heads = ("时间", "地点", "事项、发现的问题", "办理", "记录号")
    show(data, as_json=as_json, text=columns(rows, heads) if rows else "没有排查记录。")


@app.command("settle")
def settle(
    finding: Which,
    result: Annotated[str, typer.Argument(help="处理结果")],
    by: Annotated[str, typer.Option("--by", help="处理人，默认登录人")] = "",
    on: Annotated[str, typer.Option("--on", help="处理日期，默认今天")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """登记一项发现的处理结果。"""
    with opened(data_dir, user, password_file) as station:
        patrols.settle(station, finding=finding, result=result, by=by, on=on)
    show({}, as_json=False, text="处理结果已登记。")


@app.command("appeal")
def appeal(
    finding: Which,
    summary: Annotated[str, typer.Argument(help="诉求概要")],
    applicant: Annotated[str, typer.Option("--applicant", help="申请人姓名")] = "",
    respondent: Annotated[str, typer.Option("--respondent", help="被申请人名称")] = "",
    service: Annotated[str, typer.Option("--service", help="服务类别")] = "mediation",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把一项发现转为诉求；发现时间、地点和发现人随排查记录。"""
    sides = (("applicant", "person", applicant), ("respondent", "organisation", respondent))
    parties = [PartyInput({"role": role, "kind": kind, "name": name}) for role, kind, name in sides if name]
    case: Values = {"service": codes.load("services").check(service)}
    with opened(data_dir, user, password_file) as station:
        changes = patrols.appeal(station, finding=finding, intake=Intake(case, {"summary": summary}, parties))
    show({"case": changes.case}, as_json=as_json, text=f"已转为诉求，记录号 {changes.case}。")


@app.command("sheet")
def sheet(
    out: Annotated[Path, typer.Argument(help="另存为 PDF 的文件")],
    first: Annotated[str, typer.Option("--from", help="从哪天起；不写的为本月一日")] = "",
    last: Annotated[str, typer.Option("--until", help="到哪天为止；不写的为今天")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """本站的矛盾纠纷排查登记表，A4 横排；编号出具用 station report issue patrols。"""
    with opened(data_dir, user, password_file) as station:
        today = station.clock.today()
        begin, end = first or today.replace(day=1).isoformat(), last or today.isoformat()
        spreadsheet.save(out, papers.patrol_paper(station, first=begin, last=end).pdf)
    show({}, as_json=False, text=f"已生成：{out}")


def _json(station: Station, round_: Round) -> dict[str, object]:
    return {
        "patrol": round_.record.id,
        **{name: value for name, value in round_.record.values.items() if value is not None},
        "station_name": station_name(station, text(round_.record, "station")),
        "findings": [{"finding": f.id, **f.values} for f in round_.findings],
    }


def _rows(station: Station, round_: Round) -> list[tuple[str, ...]]:
    record = round_.record
    subject = codes.label("patrol_subjects", text(record, "subject"))
    head = (text(record, "at").replace("T", " "), text(record, "place"), subject,
            station_name(station, text(record, "station")), record.id)  # fmt: skip
    return [head, *(("", f"　发现 {number(f, 'no')}", text(f, "text"), _done(f), f.id) for f in round_.findings)]


def _done(finding: Record) -> str:
    if finding.get("case"):
        return f"已转为诉求 {text(finding, 'case')}"
    return f"{text(finding, 'done_on')} {text(finding, 'result')}" if finding.get("done_on") else "待处理"
