"""station first: the five firsts of a case, and moving a limit with its reason."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.cli.loop.doing import on_case
from station_app.domain import codes
from station_app.domain.clocks.firsts import First
from station_app.services.loop import attention, firsts
from station_app.services.reading import lists

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Code = Annotated[str, typer.Argument(help="register 发现、accept 受理、resolve 化解、confirm 确认、feedback 反馈")]
Reason = Annotated[str, typer.Option("--reason", help="理由，必须写明")]
At = Annotated[str, typer.Option("--at", help="时间 2026-11-25T10:30，默认现在")]


def data_of(first: First) -> dict[str, object]:
    """One step as data: `left` in minutes, `limit_hours` null where the district set none."""
    return {
        "code": first.code,
        "mark": first.mark.value,
        "at": first.at,
        "limit_hours": first.hours,
        "due": first.due,
        "left": first.left,
        "before": first.before,
    }


@app.command("show")
def show_(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """五个第一时间：到了没有，还剩多久，暂停和延长的理由。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        steps = firsts.of_case(station, case=found)
        changes = station.case(found).kind("first_change")
    text = "\n".join(firsts.words(step, changes) for step in steps)
    show([data_of(step) for step in steps], as_json=as_json, text=text)


@app.command("overdue")
def overdue(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """超过五个第一时间时限的案件，超时最久的在前。"""
    with opened(data_dir, user, password_file) as station:
        found = attention.firsts_over(station, most=0).lines
    data = [{"case": o.case.rec, "title": o.case.title, "first": o.code, "minutes": o.minutes} for o in found]
    lines = [f"{codes.label('firsts', o.code)} 已超{firsts.span(o.minutes)}　{o.case.title}" for o in found]
    show(data, as_json=as_json, text="\n".join(lines) or "没有超时的案件（区里没有设定时限的，不作计算）。")


@app.command("suspend")
def suspend(
    case: CaseName,
    first: Code,
    reason: Reason = "",
    at: At = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """暂停计时。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: firsts.suspend(s, case=c, first=first, reason=reason, at=at), "已暂停计时。")


@app.command("resume")
def resume(
    case: CaseName,
    first: Code,
    at: At = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """恢复计时。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: firsts.resume(s, case=c, first=first, at=at), "已恢复计时。")


@app.command("extend")
def extend(
    case: CaseName,
    first: Code,
    hours: Annotated[int, typer.Argument(help="延长多少小时")],
    reason: Reason = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """延长时限。"""
    access = (data_dir, user, password_file)
    on_case(
        access, case, lambda s, c: firsts.extend(s, case=c, first=first, hours=hours, reason=reason), "已延长时限。"
    )
