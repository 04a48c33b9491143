"""station link: earlier cases that may be the same matter, links between cases, merging and taking it back."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.services.intake import duplicates, links
from station_app.services.reading import lists

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")]
OtherName = Annotated[str, typer.Argument(metavar="另一案件", help="记录号、编号，或者其中一段")]
Reason = Annotated[str, typer.Option("--reason", help="说明")]


@app.command("find")
def find(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出可能与本案是同一件的案件及其理由。"""
    with opened(data_dir, user, password_file) as station:
        found = duplicates.of_case(station, case=lists.resolve(station, case))
    data = [
        {"case": f.line.rec, "title": f.line.title, "state": f.line.state, "points": f.likeness.points,
         "reasons": list(f.likeness.reasons)}
        for f in found
    ]  # fmt: skip
    rows: list[tuple[object, ...]] = [
        (
            f.line.registered_at[:10],
            f.line.title,
            codes.label("case_states", f.line.state),
            duplicates.why(f),
            f.line.rec,
        )
        for f in found
    ]
    said = columns(rows, ("登记", "名称", "阶段", "理由", "记录号")) if rows else "没有疑似重复的案件。"
    show(data, as_json=as_json, text=said)


@app.command("list")
def list_links(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出与本案关联、并入的案件。"""
    with opened(data_dir, user, password_file) as station:
        found = links.of_case(station, station.case(lists.resolve(station, case)))
    data = [{name: getattr(one, name) for name in one.__slots__} for one in found]
    rows: list[tuple[object, ...]] = [
        (codes.label("link_kinds", one.how), one.title or one.case, one.at.replace("T", " "), one.reason, one.case)
        for one in found
    ]
    show(
        data,
        as_json=as_json,
        text=columns(rows, ("关系", "案件", "时间", "说明", "记录号")) if rows else "没有关联的案件。",
    )


@app.command("add")
def add(
    case: CaseName,
    other: OtherName,
    reason: Reason = "",
    distinct: Annotated[bool, typer.Option("--distinct", help="不是同一件，今后不再提示")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把两件案件关联起来，或者注明不是同一件。"""
    how = links.DISTINCT if distinct else links.RELATED
    with opened(data_dir, user, password_file) as station:
        one, two = lists.resolve(station, case), lists.resolve(station, other)
        links.link(station, case=one, other=two, how=how, reason=reason)
    print("已注明不是同一件。" if distinct else "已关联。")


@app.command("remove")
def remove(
    case: CaseName, other: OtherName, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None
) -> None:
    """取消两件案件的关联。"""
    with opened(data_dir, user, password_file) as station:
        one, two = lists.resolve(station, case), lists.resolve(station, other)
        links.unlink(station, case=one, other=two)
    print("已取消关联。")


@app.command("merge")
def merge(
    case: CaseName,
    into: Annotated[str, typer.Option("--into", metavar="案件", help="并入哪一件")],
    reason: Reason = "",
    parties: Annotated[bool, typer.Option("--parties/--no-parties", help="把那件没有的当事人一并加入")] = True,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """并案：本案并入另一件，内容全部保留，可以撤销。"""
    with opened(data_dir, user, password_file) as station:
        one, two = lists.resolve(station, case), lists.resolve(station, into)
        links.merge(station, case=one, into=two, reason=reason, parties=parties)
    print("已并案，两件案件的内容均已保留。")


@app.command("split")
def split(case: CaseName, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None) -> None:
    """撤销并案，本案单独办理。"""
    with opened(data_dir, user, password_file) as station:
        links.split(station, case=lists.resolve(station, case))
    print("已撤销并案。")
