"""station diary, station duty, station day-log: the calendar over all cases, the duty list, the log of a day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.dates import parse_date
from station_app.services.cases import Values
from station_app.services.figures import spreadsheet
from station_app.services.reading import lists
from station_app.services.rounds import bookings, daylog, diary, duty
from station_app.services.rounds import lists as papers
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
duties: Final = typer.Typer(no_args_is_help=True)
Day = Annotated[str, typer.Argument(help="日期 2026-11-20")]
From = Annotated[str, typer.Option("--from", help="从哪天起，默认今天")]
Days = Annotated[int, typer.Option("--days", min=1, max=92, help="几天")]
KINDS: Final = {
    "session": "调解",
    "booking": "预约",
    "hearing": "法院询问",
    "contact": "联系",
    "visit": "回访",
    "relief": "帮扶后续",
    "psych": "心理服务",
}
_CLASH: Final = {"place": "地点冲突", "person": "人员冲突"}


@app.command("list")
def list_(
    first: From = "",
    days: Days = 7,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出几天的日程：调解、预约、询问、联系、回访；有冲突的注明。"""
    with opened(data_dir, user, password_file) as station:
        start = parse_date(first) if first else station.clock.today()
        last = start + timedelta(days=days - 1)
        found = diary.entries(station, start.isoformat(), last.isoformat())
    data = [{"case": e.case, "record": e.rec, "kind": e.kind, "at": e.at, "until": e.until, "place": e.place,
             "who": e.who, "title": e.title, "clash": e.clash, "done": e.done} for e in found]  # fmt: skip
    rows = [(e.day, e.time, KINDS[e.kind], e.what, e.title, e.place, e.who, _CLASH.get(e.clash, "")) for e in found]
    heads = ("日期", "时间", "事项", "", "案件", "地点", "人员", "")
    show(data, as_json=as_json, text=columns(list(rows), heads) if rows else "没有日程。")


@app.command("book")
def book(
    case: Annotated[str, typer.Argument(help="案件编号或者记录号")],
    at: Annotated[str, typer.Argument(help="时间 2026-11-20T09:30")],
    purpose: Annotated[str, typer.Option("--purpose", help="调解、法律咨询、心理服务、法院视频询问、用印")] = "调解",
    until: Annotated[str, typer.Option("--until", help="结束时间")] = "",
    place: Annotated[str, typer.Option("--place", help="地点")] = "",
    with_: Annotated[str, typer.Option("--with", help="对方")] = "",
    note: Annotated[str, typer.Option("--note", help="备注")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="时间冲突也预约")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """为案件预约时间、地点、人员。"""
    values: Values = {"purpose": codes.load("booking_purposes").check(purpose), "at": at, "until": until}
    values |= {"place": place, "with": with_, "note": note}
    with opened(data_dir, user, password_file) as station:
        values["person"] = station.user.person
        bookings.book(station, case=lists.resolve(station, case), values=values, anyway=anyway)
    show({}, as_json=False, text="已预约。")


@duties.command("set")
def set_(
    day: Day,
    who: Annotated[str, typer.Argument(help="值班人员姓名")],
    until: Annotated[str, typer.Option("--until", help="到哪天为止")] = "",
    shift: Annotated[str, typer.Option("--shift", help="全天、上午、下午、夜间")] = "全天",
    phone: Annotated[str, typer.Option("--phone", help="值班电话")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """安排值班。不在本站人员名单中的，按姓名登记。"""
    with opened(data_dir, user, password_file) as station:
        values: Values = {"shift": shift, "phone": phone}
        try:
            duty.put(station, day=day, person=who, values=values, until=until)
        except KnownError as error:
            if error.code != "E-223":
                raise
            duty.put(station, day=day, values={**values, "name": who}, until=until)
    show({}, as_json=False, text="值班已安排。")


@duties.command("list")
def list_duty(
    first: From = "",
    days: Days = 7,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出值班表。"""
    with opened(data_dir, user, password_file) as station:
        start = parse_date(first) if first else station.clock.today()
        found = duty.listed(station, start.isoformat(), (start + timedelta(days=days - 1)).isoformat())
    data = [{"record": d.rec, "day": d.day, "shift": d.shift, "name": d.name, "phone": d.phone, "station": d.station}
            for d in found]  # fmt: skip
    rows = [(d.day, d.shift, d.name, d.phone, d.station, d.rec) for d in found]
    heads = ("日期", "班次", "姓名", "电话", "站点", "记录号")
    show(data, as_json=as_json, text=columns(list(rows), heads) if rows else "没有值班安排。")


@duties.command("sheet")
def duty_sheet(
    out: Annotated[Path, typer.Argument(help="另存为 PDF 的文件")],
    first: From = "",
    days: Days = 7,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """本站的值班表；编号出具用 station report issue duty。"""
    with opened(data_dir, user, password_file) as station:
        start = parse_date(first) if first else station.clock.today()
        last = (start + timedelta(days=days - 1)).isoformat()
        spreadsheet.save(out, papers.duty_paper(station, first=start.isoformat(), last=last).pdf)
    show({}, as_json=False, text=f"已生成：{out}")


@duties.command("remove")
def remove(
    record: Annotated[str, typer.Argument(help="记录号或者其末尾")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """取消一条值班安排。"""
    with opened(data_dir, user, password_file) as station:
        duty.remove(station, rec=record)
    show({}, as_json=False, text="已取消。")


def day_log(
    day: Annotated[str, typer.Argument(help="日期，默认今天")] = "",
    remark: Annotated[str, typer.Option("--remark", help="值班情况和交接事项")] = "",
    handed_to: Annotated[str, typer.Option("--handed-to", help="接班人")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="另存为 PDF 的文件")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """工作日志：一天的办理情况、值班、交接，可以存为一页 PDF。"""
    with opened(data_dir, user, password_file) as station:
        on = day or station.clock.today().isoformat()
        if remark or handed_to:
            daylog.remark(station, day=on, words=remark or daylog.read(station, on).remarks, handed_to=handed_to)
        log = daylog.read(station, on)
        if out is not None:
            spreadsheet.save(out, daylog.paper(station, day=on).pdf)
    data = {"day": log.day, "duty": log.duty, "sums": dict(log.sums), "rounds": log.rounds, "ahead": log.ahead,
            "cases": [{"at": d.at, "case": d.case, "title": d.title, "done": d.done} for d in log.deeds],
            "remarks": log.remarks, "handed_to": log.handed_to}  # fmt: skip
    lines = [f"{log.day}　值班：{'；'.join(log.duty) or '未安排'}", *(f"{w} {n} 件次" for w, n in log.sums)]
    lines += [f"{d.at}　{d.title}　{d.done}" for d in log.deeds] + log.rounds + log.ahead + [log.remarks]
    show(data, as_json=as_json, text="\n".join(line for line in lines if line))
