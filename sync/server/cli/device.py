"""`district-server device`: enrolment codes and devices."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.server import codes
from sync.server.admin import devices
from sync.server.cli.common import AsJson, DataDir, columns, opened, show
from sync.server.clock import readable
from sync.server.line import invitation

app = typer.Typer(no_args_is_help=True, help="接入码和设备")


@app.command("code")
def code(
    station: Annotated[str, typer.Option("--station", metavar="CODE", help="站点编号")],
    data_dir: DataDir,
    days: Annotated[int, typer.Option("--days", help="有效天数（1 至 90）")] = codes.LIFE_DAYS,
    qr: Annotated[Path | None, typer.Option("--qr", metavar="FILE", help="另存为接入二维码图片（PNG）")] = None,
    url: Annotated[str, typer.Option("--url", metavar="地址", help="站点访问平台的地址，与 --qr 同用")] = "",
    as_json: AsJson = False,
) -> None:
    """为一台新电脑生成一次性接入码，可以另存为二维码图片。"""
    if qr is not None and not url.startswith(("http://", "https://")):
        raise KnownError("E-518", key="--url", value=url)
    with opened(data_dir) as server:
        made = codes.issue(server, station=station, days=days)
    if qr is not None:
        try:
            qr.write_bytes(invitation.picture(url, made))
        except OSError as exc:
            raise KnownError("E-516", file=str(qr)) from exc
    said = {"code": made, "station": station, "days": days, "picture": str(qr or "")}
    show(said, as_json=as_json, text=made)


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
