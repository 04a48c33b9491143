"""station bundle: what waits, carried by stick; the district's answer taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services.travel import bundles

app: Final = typer.Typer(no_args_is_help=True)


@app.command("export")
def export(
    to: Annotated[Path, typer.Argument(help="文件或者 U 盘上的文件夹")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把待上传的内容写成数据包（加密，只有区级平台能打开）。"""
    with opened(data_dir, user, password_file) as station:
        made = bundles.export(station, to=to)
    data = {"file": str(made.path), "ops": made.ops, "files": made.blobs, "number": made.number, "bytes": made.size}
    said = f"第 {made.number} 号数据包：{made.ops} 条记录，{made.blobs} 个附件，{made.size} 字节。\n{made.path}"
    show(data, as_json=as_json, text=said + "\n收到平台回执并导入以前，这些内容仍算待上传。")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="平台写出的数据包")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """导入平台的回执和下行内容；重复导入没有影响。"""
    with opened(data_dir, user, password_file) as station:
        got = bundles.take(station, path=file)
    data = {"confirmed": got.ops, "received": got.pulled, "files": got.blobs, "problems": got.problems}
    said = f"平台已收到 {got.ops} 条；新收到 {got.pulled} 条；附件 {got.blobs} 个。"
    show(data, as_json=as_json, text=said + (f"有 {got.problems} 条未被采用，见数据上传页。" if got.problems else ""))
