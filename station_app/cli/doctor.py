"""station doctor: is this PC fit to work? Keys, database, consistency, fonts, papers, printer, line."""

from __future__ import annotations

from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services.local import health
from station_app.services.travel import lines


def doctor(
    net: Annotated[bool, typer.Option("--net", help="逐段检查到区级平台的网络，指出不通的一段")] = False,
    server: Annotated[str, typer.Option("--server", metavar="地址", help="与 --net 同用：尚未接入时要检查的地址")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """检查本机：数据库、账目一致、字库、文书模板、磁盘、时间、网络。"""
    with opened(data_dir, user, password_file) as station:
        findings = list(lines.check(station, url=server)) if net else health.examine(station)
    text = "\n".join(f"{'●' if f.ok else '▲'} {f.name}：{f.sentence}" for f in findings)
    data = [{"name": f.name, "ok": f.ok, "code": f.code, "sentence": f.sentence} for f in findings]
    show(data, as_json=as_json, text=text)
    if not all(f.ok for f in findings):
        raise typer.Exit(1)
