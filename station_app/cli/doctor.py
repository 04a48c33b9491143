"""station doctor: is this PC fit to work? Keys, database, consistency, fonts, papers, printer, line."""

from __future__ import annotations

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services.local import health


def doctor(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """检查本机：数据库、账目一致、字库、文书模板、磁盘、时间、网络。"""
    with opened(data_dir, user, password_file) as station:
        findings = health.examine(station)
    text = "\n".join(f"{'●' if f.ok else '▲'} {f.name}：{f.sentence}" for f in findings)
    data = [{"name": f.name, "ok": f.ok, "code": f.code, "sentence": f.sentence} for f in findings]
    show(data, as_json=as_json, text=text)
    if not all(f.ok for f in findings):
        raise typer.Exit(1)
