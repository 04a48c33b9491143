"""station review: agreements that wait for the legal consultant, the mark of his review, two versions compared."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.cli.loop.doing import on_case
from station_app.services.reading import lists
from station_app.services.review import comparing, queue

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
_STRUCK: Final = {"keep": "{}", "out": "【删：{}】", "in": "【增：{}】"}


@app.command("list")
def list_(
    everything: Annotated[bool, typer.Option("--all", help="查看全部在办案件，不限最近二百件")] = False,
    text: Annotated[str, typer.Option("--find", help="只在搜索到的案件中查看：当事人、编号、拼音首字母")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """待法律审查：尚未签署、也没有审查过现在这一稿的协议；一次查看二百件在办案件，最近的在前。"""
    with opened(data_dir, user, password_file) as station:
        seen = queue.page(station, text=text)
        found = seen.found
        while everything and seen.left:
            seen = queue.page(station, before=seen.before, text=text)
            found = [*found, *seen.found]
    data = [
        {
            "case": w.case.rec,
            "title": w.case.title,
            "stops": w.stops,
            "warns": w.warns,
            "proposals": w.proposals,
            "again": w.again,
        }
        for w in found
    ]
    lines = [f"阻止 {w.stops}　提醒 {w.warns}　{w.case.title}{'（审查后有改动）' if w.again else ''}" for w in found]
    said = "\n".join(lines) or "没有待审查的协议。"
    more = f"\n另有{seen.left}件在办案件未查看，全部查看：--all" if seen.left else ""
    show(data, as_json=as_json, text=said + more)


@app.command("done")
def done(
    case: CaseName,
    note: Annotated[str, typer.Option("--note", help="审查意见")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """审查完毕：记录审查的是现在这一稿。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: queue.done(s, case=c, note=note), "已记录法律审查。")


@app.command("compare")
def compare(
    case: CaseName,
    old: Annotated[int, typer.Option("--old", help="原来的版本，默认倒数第二版")] = 0,
    new: Annotated[int, typer.Option("--new", help="后来的版本，默认最后一版")] = 0,
    template: Annotated[str, typer.Option("--paper", help="文书种类")] = "agreement",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """逐字比较两个版本。"""
    with opened(data_dir, user, password_file) as station:
        found = comparing.compare(station, case=lists.resolve(station, case), template=template, old=old, new=new)
    data = {
        "title": found.title,
        "old": found.old,
        "new": found.new,
        "differences": [{"name": d.name, "pieces": [list(p) for p in d.pieces]} for d in found.differences],
    }
    lines = [f"{found.title}：第{found.old}版与第{found.new}版，{len(found.differences)}处不同"]
    for part in found.differences:
        lines.append(f"{part.name}：{''.join(_STRUCK[tag].format(piece) for tag, piece in part.pieces)}")
    show(data, as_json=as_json, text="\n".join(lines))
