"""station share: the PCs of one station exchange their records through a shared folder, without the district."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.clock import shanghai_time
from station_app.domain.sentences import sentence
from station_app.services.local import settings
from station_app.services.travel import sharing
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)


@app.command("set")
def set_folder(
    folder: Annotated[Path, typer.Argument(help="本站各台电脑都能打开的文件夹")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """设置共享文件夹；以后每分钟自动交换一次。"""
    with opened(data_dir, user, password_file) as station:
        if not folder.is_dir():
            raise KnownError("E-184", folder=str(folder))
        settings.put(station, {"share.folder": str(folder.absolute())})
    show({"folder": str(folder.absolute())}, as_json=as_json, text=f"共享文件夹：{folder.absolute()}")


@app.command("off")
def off(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """不再使用共享文件夹；已经收到的记录不变。"""
    with opened(data_dir, user, password_file) as station:
        settings.put(station, {"share.folder": ""})
    show({"folder": ""}, as_json=as_json, text="已停用共享文件夹。已经收到的记录不变。")


@app.command("now")
def now(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """立即交换一次。"""
    with opened(data_dir, user, password_file) as station:
        done = sharing.exchange(station)
    if done is None:
        show({"folder": ""}, as_json=as_json, text="没有设置共享文件夹。")
        return
    data = {
        "colleagues": done.colleagues, "read": done.read, "written": done.written, "ops": done.ops,
        "files": done.blobs, "ignored": [{"name": i.name, "code": i.code} for i in done.ignored],
    }  # fmt: skip
    said = f"本站其他电脑 {done.colleagues} 台；新收到 {done.ops} 条、附件 {done.blobs} 个；写出 {done.written} 份。"
    show(data, as_json=as_json, text="\n".join([said, *_left(done.ignored)]))


@app.command("status")
def status(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """共享文件夹现在怎样。"""
    with opened(data_dir, user, password_file) as station:
        state = sharing.status(station)
    data = {
        "folder": state.folder, "last": state.last, "error": state.error, "colleagues": state.colleagues,
        "ignored": [{"name": i.name, "code": i.code} for i in state.ignored],
    }  # fmt: skip
    if not state.folder:
        show(data, as_json=as_json, text="没有设置共享文件夹。")
        return
    at = f"{shanghai_time(state.last):%Y-%m-%d %H:%M}" if state.last else "还没有"
    lines = [f"共享文件夹：{state.folder}", f"本站其他电脑 {state.colleagues} 台；最近一次交换：{at}"]
    if state.error:
        lines.append(sentence(KnownError(state.error)))
    show(data, as_json=as_json, text="\n".join([*lines, *_left(state.ignored)]))


def _left(ignored: list[sharing.Ignored] | tuple[sharing.Ignored, ...]) -> list[str]:
    return [f"未采用的文件 {i.name}：{sentence(KnownError(i.code))}" for i in ignored]
