"""station report: issue a report of the station under a number, list what was issued, open, void and compare it."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.cli.figures.stats import Half, Month, Place, Quarter, Year, chosen
from station_app.domain.figures.period import Period
from station_app.services.figures import issued, paper, spreadsheet
from station_app.services.figures.issued import Drawing, Report
from station_app.services.meeting import paper as meeting
from station_app.services.rounds import daylog
from station_app.services.rounds import lists as rounds
from station_app.services.station import Station
from station_app.services.subsidy import sheets
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="报表编号或者记录号的末尾")]


class Kind(StrEnum):
    """What can be issued."""

    PERIOD = "period"
    MINISTRY = "ministry"
    MEETING = "meeting"
    SUBSIDY = "subsidy"
    DAY_LOG = "day-log"
    PATROLS = "patrols"
    DUTY = "duty"


_KINDS: Final = (
    "period 月报等、ministry 统计表、meeting 议题单、subsidy 申报表、day-log 工作日志、patrols 排查登记表、duty 值班表"
)


@app.command("issue")
def issue(
    kind: Annotated[Kind, typer.Argument(help=_KINDS)],
    year: Year = 0,
    half: Half = 0,
    quarter: Quarter = 0,
    month: Month = 0,
    place: Place = "",
    day: Annotated[str, typer.Option("--day", help="工作日志的日期，排查登记表、值班表的首日；不写的为今天")] = "",
    until: Annotated[str, typer.Option("--until", help="排查登记表、值班表的末日；不写的为首日")] = "",
    remarks: Annotated[str, typer.Option("--remarks", help="月报等的情况说明")] = "",
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="另存为")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """出具报表：编号，原样保存，以后打开、重印的都是这一份。"""
    with opened(data_dir, user, password_file) as station:
        asked = chosen(year, half, quarter, month, place=place)
        on = day or station.clock.today().isoformat()
        span, named = (on, until or on), (year, month)
        make = _drawing(station, kind, asked, span=span, month=named, remarks=remarks)
        done = issued.issue(station, make=make)
    if pdf is not None:
        spreadsheet.save(pdf, done.made.pdf)
    said = f"{done.made.title} {done.made.period} 已出具，编号{done.no}，共{done.made.pages}页。"
    show({"record": done.rec, "no": done.no, "pages": done.made.pages}, as_json=as_json, text=said)


def _drawing(
    station: Station, kind: Kind, asked: Period, *, span: tuple[str, str], month: tuple[int, int], remarks: str
) -> Drawing:
    first, last = span
    if kind is Kind.SUBSIDY and not all(month):
        raise KnownError("E-360", what="、".join(str(n) for n in month if n) or "—")
    return {
        Kind.PERIOD: lambda no: paper.report_paper(station, period=asked, remarks=remarks, no=no),
        Kind.MINISTRY: lambda no: paper.ministry_paper(station, period=asked, no=no),
        Kind.MEETING: lambda no: meeting.sheet(station, no=no),
        Kind.SUBSIDY: lambda no: sheets.paper(station, month=f"{month[0]:04d}-{month[1]:02d}", no=no),
        Kind.DAY_LOG: lambda no: daylog.paper(station, day=first, no=no),
        Kind.PATROLS: lambda no: rounds.patrol_paper(station, first=first, last=last, no=no),
        Kind.DUTY: lambda no: rounds.duty_paper(station, first=first, last=last, no=no),
    }[kind]


@app.command("list")
def list_(
    everywhere: Annotated[bool, typer.Option("--all", help="包括本社区其他站点出具的")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """已出具的报表，最近的在前。"""
    with opened(data_dir, user, password_file) as station:
        found = issued.listed(station, everywhere=everywhere)
    rows = [(r.no, r.title, r.period, issued.when(r), r.by, r.station, _state(r)) for r in found]
    heads = ("编号", "报表", "期间", "出具时间", "出具人", "站点", "")
    text = columns(list(rows), heads) if rows else "还没有出具过报表。"
    show([asdict(r) for r in found], as_json=as_json, text=text)


def _state(report: Report) -> str:
    return "已作废" if report.void_on else "" if report.here else "原件未到本机"


@app.command("pdf")
def pdf(
    report: Name,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="另存为")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把出具时的原件另存为 PDF，逐字节相同。"""
    with opened(data_dir, user, password_file) as station:
        spreadsheet.save(out, issued.pages_of(station, report=report).pdf)
    show({}, as_json=False, text=f"已保存：{out}")


@app.command("void")
def void(
    report: Name,
    reason: Annotated[str, typer.Option("--reason", help="作废原因，必须写明")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """作废：原件和编号保留，注明原因。"""
    with opened(data_dir, user, password_file) as station:
        issued.void(station, report=report, reason=reason)
    show({}, as_json=False, text="已作废。")


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="收到的 PDF")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """核对收到的 PDF 是不是某份已出具报表的原件。"""
    try:
        data = file.read_bytes()
    except OSError as exc:
        raise KnownError("E-516", file=str(file)) from exc
    with opened(data_dir, user, password_file) as station:
        found = issued.same(station, data)
    if found is None:
        show({"report": None}, as_json=as_json, text="与已知的报表都不一致：内容被改动过，或者出具记录还没有收到。")
        raise typer.Exit(1)
    said = f"与{found.station}出具的{found.title}（{found.no}）一致{'，但该报表已作废' if found.void_on else ''}。"
    show({"report": asdict(found)}, as_json=as_json, text=said)
