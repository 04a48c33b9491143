"""station doctor: is this PC fit to work? Keys, database, consistency, fonts, papers, printer, line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services.local import health, kit
from station_app.services.travel import lines


def doctor(
    net: Annotated[bool, typer.Option("--net", help="逐段检查到区级平台的网络，指出不通的一段")] = False,
    to: Annotated[
        Path | None, typer.Option("--zip", metavar="FILE", help="另存体检包（ZIP，不含个人信息），交运维人员")
    ] = None,
    server: Annotated[str, typer.Option("--server", metavar="地址", help="与 --net 同用：尚未接入时要检查的地址")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """检查本机：数据库、账目一致、字库、文书模板、磁盘、时间、网络。"""
    with opened(data_dir, user, password_file) as station:
        findings = list(lines.check(station, url=server)) if net else health.examine(station)
        pack = kit.write(station, findings=findings, to=to) if to is not None else None
    text = "\n".join(f"{'●' if f.ok else '▲'} {f.name}：{f.sentence}" for f in findings)
    if pack is not None:
        text += f"\n体检包：{pack}"
    data = [{"name": f.name, "ok": f.ok, "code": f.code, "sentence": f.sentence} for f in findings]
    show(data, as_json=as_json, text=text)
    if not all(f.ok for f in findings):
        raise typer.Exit(1)
