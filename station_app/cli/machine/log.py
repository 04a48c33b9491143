"""station log: what the program did on this PC, newest last; needs no password, because it holds no personal data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from station_app import bootstrap
from station_app.cli.common import AsJson, DataDir, show
from station_app.services.local import journal


def log(
    lines: Annotated[int, typer.Option("--lines", metavar="N", min=0, help="最近多少行，0 为全部")] = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """显示本机运行日志：时间、事件、代码和数量，不含个人信息。"""
    entries = journal.read(bootstrap.data_dir(data_dir), most=lines)
    text = "\n".join(e.sentence for e in entries) or "还没有运行日志。"
    show([asdict(e) for e in entries], as_json=as_json, text=text)
