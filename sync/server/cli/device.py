"""`district-server device`: enrolment codes and devices."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from sync.server import codes
from sync.server.admin import devices
from sync.server.cli.common import AsJson, DataDir, columns, opened, show
from sync.server.clock import readable

app = typer.Typer(no_args_is_help=True, help="接入码和设备")


@app.command("code")
def code(
    station: Annotated[str, typer.Option("--station", metavar="CODE", help="站点编号")],
    data_dir: DataDir,
    days: Annotated[int, typer.Option("--days", help="有效天数（1 至 90）")] = codes.LIFE_DAYS,
    as_json: AsJson = False,
) -> None:
    """为一台新电脑生成一次性接入码。"""
    with opened(data_dir) as server:
        made = codes.issue(server, station=station, days=days)
    show({"code": made, "station": station, "days": days}, as_json=as_json, text=made)


@app.command("list")
def list_(data_dir: DataDir, as_json: AsJson = False) -> None:
    """列出全部设备。"""
    with opened(data_dir) as server:
        found = devices.all_devices(server)
    rows = [
        (d.device, d.station, d.name, readable(d.enrolled), readable(d.seen), "已停用" if d.revoked else "正常")
        for d in found
    ]
    text = columns(("设备", "站点编号", "名称", "接入时间", "最近联系", "状态"), rows)
    show([asdict(d) for d in found], as_json=as_json, text=text)


@app.command("revoke")
def revoke(
    device: Annotated[str, typer.Argument(metavar="ID", help="设备编号")],
    reason: Annotated[str, typer.Option("--reason", help="停用原因")],
    data_dir: DataDir,
    as_json: AsJson = False,
) -> None:
    """停用一台设备：不能再读取；它以后交来的记录只保存、不采用。"""
    with opened(data_dir) as server:
        devices.revoke(server, device=device, reason=reason)
    show({"device": device, "revoked": True}, as_json=as_json, text=f"设备 {device} 已停用。")
