"""station paper dossier: the whole file of a case as one PDF, numbered and with bookmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services import papers
from station_app.services.paperwork.dossier import bind
from station_app.services.reading import lists
from sync.contract.errors import KnownError


def dossier(
    case: Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="写入的 PDF 文件")],
    double: Annotated[bool | None, typer.Option("--double/--single", help="双面或者单面用纸；缺省按规则包")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """装订卷宗：封面、卷内目录、全部文书和扫描页、封底合为一个 PDF，编页号，带书签。"""
    with opened(data_dir, user, password_file) as station:
        data = bind(station, lists.resolve(station, case), double=double)
    try:
        out.write_bytes(data)
    except OSError as exc:
        raise KnownError("E-516", file=str(out)) from exc
    facts = {"file": str(out), "pages": papers.page_count(data), "bytes": len(data)}
    show(facts, as_json=as_json, text=f"卷宗已写入：{out}（{facts['pages']} 页）")
