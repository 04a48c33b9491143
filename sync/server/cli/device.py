"""`district-server device`: enrolment codes and devices."""

from __future__ import annotations

import csv
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
from sync.server.releases import shelf

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


@app.command("codes")
def codes_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="存放接入二维码图片和清单的文件夹")],
    url: Annotated[str, typer.Option("--url", metavar="地址", help="站点访问平台的地址")],
    data_dir: DataDir,
    days: Annotated[int, typer.Option("--days", help="有效天数（1 至 90）")] = codes.LIFE_DAYS,
    as_json: AsJson = False,
) -> None:
    """为还没有电脑接入的每个站点各生成一个接入码：每站一张二维码图片，另有一份清单（CSV）。"""
    if not url.startswith(("http://", "https://")):
        raise KnownError("E-518", key="--url", value=url)
    with opened(data_dir) as server:
        made = [(code, name, codes.issue(server, station=code, days=days)) for code, name in devices.bare(server)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for station, _, word in made:
            (folder / f"{station}.png").write_bytes(invitation.picture(url, word))
        with (folder / "接入码清单.csv").open("w", encoding="utf-8-sig", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(("站点编号", "站点名称", "平台地址", "接入码"))
            lines.writerows((station, name, url, word) for station, name, word in made)
    except OSError as exc:
        raise KnownError("E-516", file=str(folder)) from exc
    said = [{"station": station, "name": name, "code": word} for station, name, word in made]
    show(said, as_json=as_json, text=f"已生成 {len(made)} 个接入码：{folder}")


@app.command("list")
def list_(
    data_dir: DataDir,
    station: Annotated[str, typer.Option("--station", metavar="CODE", help="只列一个站点的设备")] = "",
    silent: Annotated[int, typer.Option("--silent", metavar="天数", min=0, help="只列这么多天没有联系的设备")] = 0,
    as_json: AsJson = False,
) -> None:
    """列出设备：版本、提供给它的新版本、最近联系、待上传、磁盘剩余、时间偏差。"""
    with opened(data_dir) as server:
        found = devices.all_devices(server, station=station, silent_days=silent)
        with server.storage.read() as tx:
            releases = shelf.shelved(tx)
    offered = {d.device: shelf.next_for(releases, d.device, d.version) for d in found}
    text = columns(_HEADS, [_row(d, offered[d.device]) for d in found])
    said = [{**asdict(d), "troubles": list(d.troubles), "offered": offered[d.device]} for d in found]
    show(said, as_json=as_json, text=text)


_HEADS = ("设备", "站点编号", "名称", "版本", "更新", "最近联系", "待上传", "磁盘剩余", "时间偏差", "状态")
_TROUBLES = {"clock": "时间不对", "disk": "磁盘将满", "update": "新版本未能启动"}


def _row(d: devices.DeviceRow, offered: str) -> tuple[str, ...]:
    free = f"{d.free_gb} GB 以上" if d.free_gb >= 0 else ""
    ahead = round(d.clock_ms / 60_000)
    off = f"快 {ahead} 分" if ahead > 0 else f"慢 {-ahead} 分" if ahead < 0 else ""
    state = "已停用" if d.revoked else "、".join(_TROUBLES[t] for t in d.troubles) or "正常"
    waiting = str(d.waiting) if d.waiting >= 0 else ""
    update = f"退回自 {d.fell}" if d.fell else f"可更新到 {offered}" if offered else ""
    return (d.device, d.station, d.name, d.version, update, readable(d.seen) or "从未", waiting, free, off, state)


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
