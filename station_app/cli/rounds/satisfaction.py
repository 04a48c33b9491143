"""station satisfaction: the slip of a case, what came of it, the list of the community."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.services.reading import lists
from station_app.services.rounds import satisfaction
from sync.contract.errors import KnownError
from sync.contract.slip import slip_of

app: Final = typer.Typer(no_args_is_help=True)


@app.command("add")
def add(
    slip: Annotated[str, typer.Argument(help="评价单上的九位编号")],
    level: Annotated[str, typer.Argument(help="非常满意、满意、基本满意、不满意、非常不满意")],
    manner: Annotated[str, typer.Option("--manner", help="评价单、电话、当面")] = "slip",
    words: Annotated[str, typer.Option("--note", help="意见，不写姓名和号码")] = "",
    at: Annotated[str, typer.Option("--at", help="评价时间，默认现在")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """登记满意度。办理本案的调解员不能登记。"""
    how, said = codes.load("evaluation_manners").check(manner), codes.load("satisfactions").check(level)
    with opened(data_dir, user, password_file) as station:
        satisfaction.record(station, slip=slip, satisfaction=said, manner=how, words=words, at=at)
    show({}, as_json=False, text="满意度已登记。")


@app.command("slip")
def slip(
    case: Annotated[str, typer.Argument(help="案件编号或者记录号")],
    out: Annotated[Path | None, typer.Option("--out", help="另存为 PDF 的文件")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本案评价单的编号，可以存为 PDF。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        if out is not None:
            try:
                out.write_bytes(satisfaction.paper(station, case=found).pdf)
            except OSError as exc:
                raise KnownError("E-516", file=str(out)) from exc
    show({"slip": slip_of(found)}, as_json=as_json, text=slip_of(found))


@app.command("list")
def list_(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """本社区登记的满意度。"""
    with opened(data_dir, user, password_file) as station:
        found = satisfaction.evaluations(station)
    data = [{"slip": e.slip, "level": e.level, "manner": e.manner, "at": e.at, "case": e.case, "note": e.words,
             "counts": e.counts}
            for e in found]  # fmt: skip
    rows = [
        (
            e.at.replace("T", " "),
            e.slip,
            e.level,
            e.manner,
            e.title or e.station,
            e.words if e.counts else f"重复，不计　{e.words}".strip(),
        )
        for e in found
    ]
    heads = ("时间", "评价编号", "满意度", "方式", "案件或者站点", "意见")
    show(data, as_json=as_json, text=columns(list(rows), heads) if rows else "没有登记满意度。")
