"""station config: settings of this PC; unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.services.local import settings

app: Final = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_settings(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """列出全部设置及当前值。"""
    with opened(data_dir, user, password_file) as station:
        rows = [(s.key, settings.get(station, s.key), s.title) for s in settings.SETTINGS]
    show({r[0]: r[1] for r in rows}, as_json=as_json, text=columns(list(rows), ("名称", "当前值", "说明")))


@app.command("set")
def set_setting(
    key: Annotated[str, typer.Argument(metavar="名称")],
    value: Annotated[str, typer.Argument(metavar="值")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """修改一项设置。"""
    with opened(data_dir, user, password_file) as station:
        settings.put(station, {key: value})
    print(f"{key} = {value}")
