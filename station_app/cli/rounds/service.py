"""station service: the track of a suggestion, the way to legal aid; other records by `station record add`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import DataDir, PasswordFile, UserName, opened, show
from station_app.domain import codes
from station_app.services.loop import rendering
from station_app.services.reading import lists

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Which = Annotated[str, typer.Argument(help="记录号，见 station record list")]


@app.command("track")
def track(
    case: CaseName,
    record: Which,
    to: Annotated[str, typer.Argument(help="已征集、已评估、已采纳、金点子、未采纳、已落实、已反馈")],
    note: Annotated[str, typer.Option("--note", help="评估意见，未采纳的写明原因")] = "",
    by: Annotated[str, typer.Option("--by", help="采纳单位")] = "",
    result: Annotated[str, typer.Option("--result", help="落实情况")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """登记人民建议的办理进展。"""
    where = codes.load("suggestion_tracks").check(to)
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        rendering.advance(station, case=found, rec=record, to=where, note=note, by=by, result=result)
    show({}, as_json=False, text=f"{codes.label('suggestion_tracks', where)}。")


@app.command("aid")
def aid(
    case: CaseName,
    record: Which,
    office: Annotated[str, typer.Argument(help="法律援助机构")],
    on: Annotated[str, typer.Option("--on", help="转介日期，默认今天")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把法律咨询转介法律援助。"""
    with opened(data_dir, user, password_file) as station:
        rendering.refer_aid(station, case=lists.resolve(station, case), rec=record, to=office, on=on)
    show({}, as_json=False, text="已转介法律援助，申请表见文书“法律援助申请表”。")
