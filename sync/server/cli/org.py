"""`district-server org`: the organisation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.server.admin import organisation
from sync.server.cli.common import AsJson, DataDir, columns, opened, show

app = typer.Typer(no_args_is_help=True, help="组织机构")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="组织文件（.toml 或者 .csv）")],
    data_dir: DataDir,
    as_json: AsJson = False,
) -> None:
    """导入街道、社区、调解委员会和站点；可以重复导入，只增加和修改，不删除。"""
    plan = organisation.read(file)
    with opened(data_dir) as server:
        done = organisation.apply(server, plan)
    data = {"communities": done.communities, "committees": done.committees, "stations": done.stations}
    counts = f"社区 {done.communities} 个，调解委员会 {done.committees} 个，站点 {done.stations} 个"
    text = f"{counts}；新增或者修改 {done.changed} 项。"
    show({**data, "changed": done.changed}, as_json=as_json, text=text)


@app.command("list")
def list_(data_dir: DataDir, as_json: AsJson = False) -> None:
    """列出站点。"""
    with opened(data_dir) as server, server.storage.read() as tx:
        rows = tx.rows(
            "SELECT s.code, s.name, t.street, t.name, c.name FROM station s JOIN stream t ON t.code = s.stream"
            " JOIN committee c ON c.short = s.committee ORDER BY s.code"
        )
    keys = ("code", "name", "street", "community", "committee")
    text = columns(("站点编号", "站点名称", "街道", "社区", "调解委员会"), rows)
    show([dict(zip(keys, row, strict=True)) for row in rows], as_json=as_json, text=text)
