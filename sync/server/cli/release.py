"""`district-server release`: versions of the station's program, offered to a share of the PCs first, then to all."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.contract.releasing.release import ring
from sync.server.admin import devices
from sync.server.cli.common import AsJson, DataDir, columns, opened, show
from sync.server.clock import readable
from sync.server.releases import shelf
from sync.server.releases.shelf import OPEN, PAUSED, Shelved

app = typer.Typer(no_args_is_help=True, help="站点程序的新版本：先给一部分电脑，再给全部")
Version = Annotated[str, typer.Argument(metavar="版本")]
Reason = Annotated[str, typer.Option("--reason", help="原因")]


@app.command("trust")
def trust(
    name: Annotated[str, typer.Argument(metavar="单位", help="发布单位名称")],
    key: Annotated[str, typer.Argument(metavar="公钥", help="64 位十六进制")],
    data_dir: DataDir,
    as_json: AsJson = False,
) -> None:
    """认可一个发布单位的签名公钥；请用电话等其他途径核对。"""
    with opened(data_dir) as server:
        shelf.trust(server, name=name, key=key.strip().lower())
    show({"name": name, "key": key}, as_json=as_json, text=f"已认可“{name}”签名的程序版本。")


@app.command("add")
def add(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="station update make 制作的文件夹")],
    data_dir: DataDir,
    as_json: AsJson = False,
) -> None:
    """核对签名和每个文件后收下一个新版本；还不提供给任何电脑。"""
    with opened(data_dir) as server:
        release = shelf.add(server, folder=folder)
    size = sum(release.files().values()) >> 20
    said = {"version": release.version, "platforms": sorted(release.platforms), "mb": size}
    show(said, as_json=as_json, text=f"已收下 {release.version}（{'、'.join(sorted(release.platforms))}，{size} MB）。")


@app.command("ring")
def ring_(
    version: Version,
    data_dir: DataDir,
    share: Annotated[int, typer.Option("--share", metavar="百分比", help="提供给多少电脑（1 至 100）")] = 5,
    everybody: Annotated[bool, typer.Option("--all", help="提供给全部电脑")] = False,
    as_json: AsJson = False,
) -> None:
    """把一个版本提供给一部分电脑（缺省 5%）或者全部电脑；也用来恢复暂停的版本。"""
    with opened(data_dir) as server:
        done = shelf.offer(server, version=version, share=100 if everybody else share)
        reached = [d for d in devices.all_devices(server) if not d.revoked and ring(d.device) < done.share]
    said = {**asdict(done), "devices": [d.device for d in reached]}
    show(said, as_json=as_json, text=f"{version} 提供给 {done.share}% 的电脑，现有 {len(reached)} 台。")


@app.command("pause")
def pause(version: Version, reason: Reason, data_dir: DataDir, as_json: AsJson = False) -> None:
    """暂停提供一个版本；已经更新的电脑不受影响。"""
    with opened(data_dir) as server:
        done = shelf.pause(server, version=version, reason=reason)
    show(asdict(done), as_json=as_json, text=f"{version} 已暂停提供。")


@app.command("recall")
def recall(version: Version, reason: Reason, data_dir: DataDir, as_json: AsJson = False) -> None:
    """撤回一个版本：不再提供，并提示已经更新的电脑退回上一版本。"""
    with opened(data_dir) as server:
        done = shelf.recall(server, version=version, reason=reason)
    show(asdict(done), as_json=as_json, text=f"{version} 已撤回。")


@app.command("list")
def list_(data_dir: DataDir, as_json: AsJson = False) -> None:
    """列出各版本：提供给多少电脑、有多少台在用。"""
    with opened(data_dir) as server:
        with server.storage.read() as tx:
            found = shelf.shelved(tx)
        there = shelf.files_there(server, [each.version for each in found])
        running = [d.version for d in devices.all_devices(server) if not d.revoked]
    said = [{**asdict(r), "files": r.version in there, "running": running.count(r.version)} for r in found]
    rows = [
        (r.version, _words(r, r.version in there), running.count(r.version), readable(r.at), r.reason) for r in found
    ]
    text = columns(("版本", "状态", "在用", "时间", "原因"), rows) if rows else "没有收下任何版本。"
    show(said, as_json=as_json, text=text)
    if there != {r.version for r in found if r.state in (OPEN, PAUSED)} | there:
        raise KnownError("E-573", version="、".join(r.version for r in found if r.version not in there))


def _words(release: Shelved, there: bool) -> str:
    if release.state == OPEN:
        said = f"提供给 {release.share}%" if release.share else "尚未提供"
    else:
        said = "已暂停" if release.state == PAUSED else "已撤回"
    return said if there else f"{said}，文件不在，请重新收下"
