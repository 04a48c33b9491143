"""station config: settings of this PC; unknown keys are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, read_password, show
from station_app.services.local import settings
from station_app.services.travel import lines

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


@app.command("proxy-login")
def proxy_login(
    name: Annotated[str, typer.Argument(metavar="用户名", help="代理的用户名；空字符串为清除")],
    proxy_password_file: Annotated[
        Path | None, typer.Option("--proxy-password-file", metavar="FILE", help="存放代理密码的文件；不写则提示输入")
    ] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """保存单位代理的用户名和密码；密码加密存放在本机，不再显示。"""
    with opened(data_dir, user, password_file) as station:
        given = read_password(proxy_password_file, "代理密码") if name else ""
        lines.set_proxy_login(station, user=name, password=given)
    print("已保存代理登录。" if name else "已清除代理登录。")


@app.command("admx")
def write_admx(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="写入的文件夹")], as_json: AsJson = False
) -> None:
    """运维用：写出组策略模板（ADMX、ADML），内容与统一设定文件 policy.toml 相同。"""
    from station_app.services.local import admx

    written = [str(path) for path in admx.write(folder)]
    show({"files": written}, as_json=as_json, text="\n".join(written))
