"""`district-server segments`: what is packed ready for PCs that begin or come back after long."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.server.cli.common import AsJson, DataDir, columns, opened, show
from sync.server.clock import readable
from sync.server.segments import checking

app = typer.Typer(no_args_is_help=True, help="数据段：供新接入或者长期未联网的电脑整段下载")


@app.command("list")
def list_(data_dir: DataDir, as_json: AsJson = False) -> None:
    """列出已经制作的数据段。"""
    with opened(data_dir) as server:
        found = checking.kept(server)
    rows = [(s.stream, s.station, f"{s.low + 1}—{s.high}", s.ops, s.size, readable(s.made), s.id[:12]) for s in found]
    text = columns(("社区", "站点编号", "序号", "记录", "字节", "制作时间", "名称"), rows)
    show([asdict(s) for s in found], as_json=as_json, text=text if found else "还没有数据段。")


@app.command("build")
def build(
    data_dir: DataDir,
    again: Annotated[bool, typer.Option("--again", help="全部重新制作")] = False,
    as_json: AsJson = False,
) -> None:
    """制作应当制作的数据段；平台空闲时也会自动制作。"""
    with opened(data_dir) as server:
        made = checking.build(server, again=again)
    show({"made": made}, as_json=as_json, text=f"制作了 {made} 段。" if made else "没有需要制作的数据段。")


@app.command("check")
def check(data_dir: DataDir, as_json: AsJson = False) -> None:
    """核对数据段与平台保存的记录是否一致。"""
    with opened(data_dir) as server:
        count, wrong = len(checking.kept(server)), checking.check(server)
    said = {"segments": count, "wrong": [{**asdict(segment), "what": what} for segment, what in wrong]}
    rows = [(s.stream, s.station, f"{s.low + 1}—{s.high}", what) for s, what in wrong]
    show(
        said,
        as_json=as_json,
        text=columns(("社区", "站点编号", "序号", "不符之处"), rows) if wrong else f"{count} 段全部相符。",
    )
    if wrong:
        raise KnownError("E-543")
