"""`district-server backup|restore|export`, and `user add`: the district's data and the people who look after it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.server.admin import accounts, backup, status
from sync.server.cli.common import AsJson, DataDir, PasswordFile, opened, read_password, show
from sync.server.clock import SystemClock

user = typer.Typer(no_args_is_help=True, help="平台人员")


@user.callback()
def _user() -> None:
    """平台人员。"""


@user.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="姓名")],
    data_dir: DataDir,
    role: Annotated[str, typer.Option("--role", help="岗位：secretary、operator、head、data_officer")] = "operator",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """增加一名平台人员，或者更换其密码。"""
    password = read_password(password_file, twice=True)
    with opened(data_dir) as server:
        accounts.add(server, name=name, role=role, password=password)
    show({"name": name, "role": role}, as_json=as_json, text=f"{name}已增加。")


def backup_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件")],
    data_dir: DataDir,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """备份整个平台（含密钥），以密码加密。"""
    password = read_password(password_file, twice=True)
    with opened(data_dir) as server:
        rows = backup.backup(server, file=file, password=password)
    show({"file": str(file), "rows": rows}, as_json=as_json, text=f"已备份到 {file}，共 {rows} 行。")


def restore_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件")],
    data_dir: DataDir,
    database: Annotated[str, typer.Option("--database", help="恢复到另一个数据库")] = "",
    erased: Annotated[
        Path | None, typer.Option("--erased", metavar="FILE", help="依法删除清单；备份旁的总会采用")
    ] = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """从备份建立平台；备份以后的记录由各站点自动补传。"""
    password = read_password(password_file)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = backup.restore(data_dir, file=file, password=password, clock=SystemClock(), database=database, erased=erased)
    text = f"已恢复，共 {rows} 行。备份以后的记录，由各站点下次联网时自动补传。"
    show({"rows": rows}, as_json=as_json, text=text)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="导出文件（.csv 或者 .json）")],
    data_dir: DataDir,
    as_json: AsJson = False,
) -> None:
    """导出案件的登记事实。"""
    with opened(data_dir) as server:
        found = status.cases(server)
    try:
        if file.suffix.lower() == ".csv":
            out = io.StringIO()
            writer = csv.DictWriter(out, status.CASE_KEYS, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows([{k: _cell(v) for k, v in row.items()} for row in found])
            file.write_text(out.getvalue(), "utf-8-sig", newline="")
        else:
            file.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    except OSError as exc:
        raise KnownError("E-516", file=str(file)) from exc
    show({"file": str(file), "cases": len(found)}, as_json=as_json, text=f"已导出 {len(found)} 件到 {file}。")


def _cell(value: object) -> object:
    """A spreadsheet must not take a text for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value
