"""station access: who looked at, printed, copied or exported what on this PC, and who was refused."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.services.local import access as local_access
from station_app.services.reading import lists


def access(
    case: Annotated[str, typer.Option("--case", help="只看一件案件：编号或者记录号")] = "",
    most: Annotated[int, typer.Option("--lines", metavar="N", min=1, help="最近多少条")] = local_access.MOST,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本机的访问记录：谁在何时查看、打印、导出了什么，谁被拒绝查看；由负责人和运维人员查阅。"""
    with opened(data_dir, user, password_file) as station:
        found = local_access.entries(station, case=lists.resolve(station, case) if case else "", most=most)
    lines = [(e.at, e.who, e.words(), e.title, e.detail) for e in found]
    heads = ("时间", "人员", "事项", "案件", "说明")
    show([asdict(e) for e in found], as_json=as_json, text=columns(lines, heads) if lines else "还没有访问记录。")
