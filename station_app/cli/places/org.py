"""station org: stations, departments, courts and rooms of the district from a CSV of the district or the street."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.sentences import sentence
from station_app.services.places import units

app: Final = typer.Typer(no_args_is_help=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="表头：" + "、".join(units.HEADS))],
    partly: Annotated[bool, typer.Option("--partly", help="有错误行时，仍导入其余各行")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """导入单位和场所；逐行核对，可以重复导入，只增加和更正，不删除。"""
    with opened(data_dir, user, password_file) as station:
        found = units.read(file, station=station)
        wrong = [{"row": w.row, "name": w.name, "code": w.error.code, "text": sentence(w.error)} for w in found.wrong]
        if wrong and not partly and not as_json:
            print(columns([(w["row"], w["name"], w["text"]) for w in wrong], ("行", "名称", "原因")))
        changes = units.put(station, found, partly=partly)
    text = f"核对 {len(found.rows) + len(wrong)} 行，新增或者更正 {len(changes.ids)} 项，错误 {len(wrong)} 行。"
    lines = [f"第 {w['row']} 行 {w['name']}：{w['text']}" for w in wrong]
    show({"changed": len(changes.ids), "wrong": wrong}, as_json=as_json, text="\n".join((text, *lines)))


@app.command("list")
def list_(
    kind: Annotated[str, typer.Option("--kind", help="station、department、court、room")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出单位和场所。"""
    with opened(data_dir, user, password_file) as station:
        found = units.units(station, kind=codes.load("unit_kinds").check(kind) if kind else "")
    rows = [
        (codes.label("unit_kinds", u.kind), u.name, u.code, "是" if u.direct else "", u.community, u.address, u.phone)
        for u in found
    ]
    heads = ("类别", "名称", "代码", "直接送达", "社区", "地址", "电话")
    show([asdict(u) for u in found], as_json=as_json, text=columns(rows, heads) if rows else "还没有导入单位和场所。")


@app.command("direct")
def direct(
    unit: Annotated[str, typer.Argument(help="名单中的单位名称或者代码")],
    off: Annotated[bool, typer.Option("--off", help="取消")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """名单中已接入本系统的单位设为直接送达，发令和移交不再需要打印送达。"""
    with opened(data_dir, user, password_file) as station:
        units.set_direct(station, rec=units.resolve(station, unit), direct=not off)
    print("已取消直接送达。" if off else "已设为直接送达，发令和移交按名称送达。")
