"""station confirm: the joint application for judicial confirmation, its progress, the hearing, the ruling."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.cli.loop.doing import on_case
from station_app.domain import codes
from station_app.domain.case import Case
from station_app.services import clocks, confirmation, court
from station_app.services.reading import lists
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
On = Annotated[str, typer.Option("--on", help="日期 2026-11-25，默认今天")]


@app.command("apply")
def apply(
    case: CaseName,
    on: On = "",
    mode: Annotated[str, typer.Option("--mode", help="video 在线视频、onsite 到庭、paper 书面提交")] = "",
    name: Annotated[str, typer.Option("--court", help="人民法院，默认按规则选择")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """共同申请司法确认。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        venues = court.look(station, case=found).venues
        chosen = name or next((v.court for v in venues if v.first), "")
        confirmation.apply(station, case=found, mode=mode, court=chosen, on=on)
    show({}, as_json=False, text=f"已记录共同申请，法院：{chosen}。")


@app.command("track")
def track(
    case: CaseName,
    stage: Annotated[str, typer.Argument(help="submitted、accepted、supplement、heard、withdrawn")],
    on: On = "",
    note: Annotated[str, typer.Option("--note", help="说明；通知补交材料时写明补什么")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """记录申请进度。"""
    access = (data_dir, user, password_file)
    on_case(
        access,
        case,
        lambda s, c: confirmation.track(s, case=c, stage=stage, on=on, note=note),
        f"申请进度：{codes.label('confirmation_stages', stage)}。",
    )


@app.command("book")
def book(
    case: CaseName,
    at: Annotated[str, typer.Argument(help="时间 2026-11-25T10:30")],
    room: Annotated[str, typer.Argument(help="视频间或者法庭")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """预约法院询问的时间和视频间。"""
    access = (data_dir, user, password_file)
    on_case(
        access,
        case,
        lambda s, c: confirmation.book_hearing(s, case=c, at=at, room=room),
        f"已预约：{at.replace('T', ' ')}　{room}。",
    )


@app.command("rule")
def rule(
    case: CaseName,
    result: Annotated[str, typer.Argument(help="valid、rejected、not_accepted、supplement、withdrawn")],
    number: Annotated[str, typer.Option("--number", help="裁定书案号")] = "",
    on: On = "",
    reason: Annotated[str, typer.Option("--reason", help="没有确认的理由")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记裁定结果，并说明接下来怎么办。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        confirmation.rule(station, case=found, result=result, ruling_no=number, on=on, reason=reason)
        after = [f.sentence for f in court.check(station, case=found) if f.place.startswith("confirmation.")]
        state = station.case(found).case_state
    words = [f"裁定结果：{codes.label('confirmation_results', result)}。", *after]
    show({"state": state, "next": after}, as_json=as_json, text="\n".join(words))


@app.command("receive")
def receive(
    case: CaseName,
    on: On = "",
    party: Annotated[list[str] | None, typer.Option("--party", help="收到裁定的当事人姓名，可以多次；默认全部")] = None,
    interested: Annotated[str, typer.Option("--interested", help="知道裁定的利害关系人姓名")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记各方收到裁定（利害关系人知道裁定）的日期，异议期限逐人计算。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        if interested:
            confirmation.known(station, case=found, name=interested, on=on)
        else:
            recs = [_party(station.case(found), name) for name in party or []]
            confirmation.receive(station, case=found, on=on, parties=recs)
        shown = [c for c in clocks.of_case(station, case=found) if c.code in ("objection", "interested")]
    data = [{"code": c.code, "last": c.last.isoformat() if c.last else "", "sentence": c.sentence} for c in shown]
    show(data, as_json=as_json, text="\n".join(c.sentence for c in shown))


def _party(view: Case, name: str) -> str:
    """Record id of a party by its name; E-223 where there is none or more than one."""
    found = [p.id for p in view.parties if p.name == name.strip()]
    if len(found) != 1:
        raise KnownError("E-223", what=name)
    return found[0]
