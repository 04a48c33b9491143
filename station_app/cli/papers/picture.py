"""station picture: the pictures of a case, added as evidence, listed, taken out as they were handed in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.services import scans
from station_app.services.paperwork import evidence
from station_app.services.reading import lists, thumbnails
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(metavar="案件", help="记录号、编号、当事人或者标题中的一段")]


@app.command("list")
def list_(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出案件的图片材料：证据图片和扫描件。"""
    with opened(data_dir, user, password_file) as station:
        found = thumbnails.of_case(station.case(lists.resolve(station, case)))
    rows = [(s.rec, s.name, s.size, "有" if s.raw else "") for s in found]
    show([asdict(s) for s in found], as_json=as_json, text=columns(rows, ("记录号", "名称", "字节", "另存原始文件")))


@app.command("add")
def add(
    case: CaseName,
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="照片、截图、PDF")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把图片存为证据材料；较大的图片另存一份压缩件，原始文件保留。"""
    try:
        sources = [scans.source(path.name, path.read_bytes()) for path in files]
    except OSError as error:
        raise KnownError("E-516", file=str(error.filename)) from error
    with opened(data_dir, user, password_file) as station:
        done = evidence.add_pictures(station, case=lists.resolve(station, case), sources=sources)
    show({"records": list(done.ids)}, as_json=as_json, text=f"已存为证据材料 {len(done.ids)} 页。")


@app.command("save")
def save(
    case: CaseName,
    rec: Annotated[str, typer.Argument(metavar="记录号", help="图片的记录号")],
    to: Annotated[Path, typer.Argument(metavar="文件", help="写入的文件")],
    raw: Annotated[bool, typer.Option("--raw", help="取出提交时的原始文件")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """取出一张图片；取出的文件不再加密，记入查阅记录。"""
    with opened(data_dir, user, password_file) as station:
        found = thumbnails.data(station, case=lists.resolve(station, case), rec=rec, raw=raw)
    try:
        to.write_bytes(found)
    except OSError as error:
        raise KnownError("E-516", file=to.name) from error
    print(f"已写入 {to}，{len(found)} 字节。")
