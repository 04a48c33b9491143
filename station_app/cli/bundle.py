"""station bundle: what waits, carried by stick; the district's answer taken in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.clock import shanghai_time
from station_app.services.travel import bundles, looking
from station_app.services.travel.looking import Preview
from sync.contract.errors import KnownError

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


@app.command("look")
def look(
    file: Annotated[Path, typer.Argument(help="数据包（.gmb）")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """导入前先看：谁写的、何时写的、给谁的、会带来什么；只看，不导入。不能导入的，退出码为 1。"""
    with opened(data_dir, user, password_file) as station:
        seen = looking.look(station, path=file)
    show(asdict(seen), as_json=as_json, text="\n".join(_lines(seen)))
    if not seen.can_import:
        raise KnownError(seen.code, **seen.values)


_ROLES: Final = {
    looking.PLATFORM: "区级平台",
    looking.COLLEAGUE: "本站另一台电脑",
    looking.SELF: "本机",
    looking.OTHER: "其他设备",
}


def _lines(seen: Preview) -> list[str]:
    lines = [f"{seen.file}（{seen.size} 字节）"]
    if seen.at:
        at = f"{shanghai_time(seen.at):%Y-%m-%d %H:%M}"
        claimed = "" if seen.can_import or seen.kind == looking.OWN else "（文件自述，未经核实）"
        lines.append(f"第 {seen.number} 号，{at} 由{_ROLES[seen.writer]}写出，给{_ROLES[seen.receiver]}。{claimed}")
    if not seen.can_import:
        return lines
    if seen.nothing_new:
        return [*lines, "没有新内容：已经导入过，或者已经联网收到。导入没有影响。"]
    if seen.restored:
        lines.append("区级平台曾从备份恢复，导入后本机将把平台缺少的内容重新列入待上传。")
    if seen.confirms or seen.files:
        lines.append(f"确认已收到本机 {seen.confirms} 条记录、{seen.files} 个附件。")
    lines.append(f"带来 {seen.fresh} 条新记录，另有 {seen.known} 条本机已有。")
    if seen.problems:
        lines.append(f"有 {seen.problems} 条本机记录未被采用。")
    for case in seen.cases:
        name = "  ".join(part for part in (case.number, case.title) if part) or "（内容本机不能读取）"
        lines.append(f"  {'新案件' if case.new else '已有案件'}  {name}  {case.fresh} 条")
    return [*lines, f"  另有 {seen.more} 件"] if seen.more else lines


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="平台写出的数据包")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """导入平台的回执和下行内容，或者本站另一台电脑写出的数据包；重复导入没有影响。"""
    with opened(data_dir, user, password_file) as station:
        got = bundles.take(station, path=file)
    data = {"confirmed": got.ops, "received": got.pulled, "files": got.blobs, "problems": got.problems}
    said = f"平台已收到 {got.ops} 条；新收到 {got.pulled} 条；附件 {got.blobs} 个。"
    show(data, as_json=as_json, text=said + (f"有 {got.problems} 条未被采用，见数据上传页。" if got.problems else ""))
