"""station door: the sheet for the station's door as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services.rounds import door as doors
from sync.contract.errors import KnownError


def door(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="另存为 PDF 的文件")],
    spot: Annotated[str, typer.Option("--spot", help="贴在别处时写明位置，如“东区食堂”，最多 15 个字")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """站点门牌：居民扫码回答三个问题，不用注册就能把事情告诉本站。须已接入区级平台。"""
    with opened(data_dir, user, password_file) as station:
        url, made = doors.address(station, spot), doors.paper(station, spot)
    try:
        out.write_bytes(made.pdf)
    except OSError as exc:
        raise KnownError("E-516", file=str(out)) from exc
    show({"file": str(out), "url": url}, as_json=as_json, text=f"已存为 {out}，二维码指向 {url}")
