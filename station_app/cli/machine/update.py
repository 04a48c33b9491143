"""station update: look for a later version of the program, fetch it, put it in force, go back; make a release."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app import bootstrap
from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.clock import SystemClock, shanghai_time
from station_app.domain.sentences import sentence
from station_app.services.updating import applying, fetching, making, standing
from station_app.services.updating.standing import Standing
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
From = Annotated[
    Path | None,
    typer.Option("--from", metavar="DIR", help="U 盘或者共享文件夹；不写则按设置 update.folder，否则向区级平台"),
]


@app.command("check")
def check(
    source: From = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """查看有没有新版本，不下载。"""
    with opened(data_dir, user, password_file) as station:
        found = fetching.check(station, folder=source)
    data = {name: getattr(found, name) for name in type(found).__dataclass_fields__}
    if found.version:
        text = (
            f"有新版本 {found.version}，需要下载 {_mb(found.missing)}（共 {_mb(found.size)}）。\n{found.notes}".strip()
        )
    else:
        text = f"{found.running} 已是最新版本。"
    show(data, as_json=as_json, text=f"{text}\n{_recalled(found.running)}" if found.recalled else text)


@app.command("fetch")
def fetch(
    source: From = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """下载新版本并核对；中断后再次执行即从断处继续。正在使用的程序不受影响。"""
    with opened(data_dir, user, password_file) as station:
        done = fetching.fetch(station, folder=source)
    data = {name: getattr(done, name) for name in type(done).__dataclass_fields__}
    text = f"{done.version} 已下载并核对：新下载 {_mb(done.fetched)}，本机已有 {_mb(done.kept)}。"
    show(data, as_json=as_json, text=text)


@app.command("apply")
def apply(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """先备份数据，再启用已下载的版本；下次打开程序时生效。"""
    with opened(data_dir, user, password_file) as station:
        done = applying.apply(station)
    data = {"version": done.version, "before": done.before, "backup": str(done.backup)}
    text = f"下次打开程序时使用 {done.version}；数据已备份到 {done.backup}，可以退回 {done.before or '—'}。"
    show(data, as_json=as_json, text=text)


@app.command("rollback")
def rollback(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """退回上一版本，下次打开程序时生效；更新后登记的内容都保留。不需要密码。"""
    directory = bootstrap.data_dir(data_dir)
    version = applying.go_back(directory, SystemClock().now_ms())
    show({"version": version}, as_json=as_json, text=f"下次打开程序时使用 {version}，登记的内容没有改动。")


@app.command("status")
def status(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """本机的程序版本和更新情况。不需要密码。"""
    state = standing.standing(bootstrap.data_dir(data_dir))
    show(standing.as_data(state), as_json=as_json, text="\n".join(_lines(state)))


def _lines(state: Standing) -> list[str]:
    lines = [f"正在使用 {state.running}。"]
    if state.next:
        lines.append(f"下次打开程序时使用 {state.next}。")
    if state.offered:
        lines.append(f"有新版本 {state.offered}。")
    if state.before:
        lines.append(f"可以退回 {state.before}。")
    if state.recalled:
        lines.append(_recalled(state.running))
    if state.fell:
        lines.append(sentence(KnownError("E-571", version=state.fell)))
    if state.error:
        lines.append(sentence(KnownError(state.error)))
    if state.asked:
        lines.append(f"最近一次查看：{shanghai_time(state.asked):%Y-%m-%d %H:%M}。")
    if not state.updates:
        lines.append(sentence(KnownError("E-563")))
    return lines


def _recalled(version: str) -> str:
    return f"区级平台已撤回正在使用的版本 {version}，请退回上一版本（station update rollback）。"


def _mb(size: int) -> str:
    return f"{size / 2**20:.1f} MB"


@app.command("make")
def make(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="写入的文件夹")],
    key_file: Annotated[Path, typer.Option("--key", metavar="FILE", help="station pack key 生成的私钥文件")],
    version: Annotated[str, typer.Option("--version", help="版本号")],
    platform: Annotated[
        list[str], typer.Option("--platform", metavar="平台=位置", help="如 linux-x86_64=dist/station-app，可多次")
    ],
    least: Annotated[str, typer.Option("--least", help="可以直接更新的最早版本")] = "0.0",
    notes: Annotated[str, typer.Option("--notes", help="更新说明")] = "",
    issued: Annotated[str, typer.Option("--issued", metavar="YYYY-MM-DD", help="发布日期，缺省为今天")] = "",
    as_json: AsJson = False,
) -> None:
    """发布单位用：把打包好的程序制成签名的发布文件夹。"""
    places = dict(word.partition("=")[::2] for word in platform)
    try:
        private = bytes.fromhex(key_file.read_text("ascii").strip())
        day = date.fromisoformat(issued) if issued else SystemClock().today()
    except OSError as exc:
        raise KnownError("E-516", file=str(key_file)) from exc
    except ValueError as exc:
        raise KnownError("E-517", name=key_file.name) from exc
    made = making.make(
        {name: Path(place) for name, place in places.items()},
        version=version, least=least, issued=day, notes=notes, private_key=private, out=out,
    )  # fmt: skip
    files = made.files()
    data = {"version": made.version, "files": len(files), "bytes": sum(files.values()), "out": str(out)}
    show(data, as_json=as_json, text=f"已制成 {made.version}：{len(files)} 个文件，{_mb(sum(files.values()))}，{out}")
