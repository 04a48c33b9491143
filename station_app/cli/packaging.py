"""station paper package: the papers of one or many cases as a court takes them, with what is missing on top."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.services.paperwork import package as packages
from station_app.services.paperwork.package import MISSING_NAME, Package
from station_app.services.reading import lists
from sync.contract.errors import KnownError


def package(
    cases: Annotated[list[str], typer.Argument(metavar="案件…", help="一个或者多个案件：记录号、编号，或者其中一段")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写入的文件夹，每个案件一个子文件夹")],
    facts: Annotated[
        bool, typer.Option("--facts", help="另附协议要素 JSON 文件（含当事人身份信息，法院需要时才附）")
    ] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """制作司法确认材料包：单个 PDF、带书签的合订本、ZIP；缺什么列在最前面，有缺的退出码为 1。"""
    made: list[tuple[Package, Path]] = []
    with opened(data_dir, user, password_file) as station:
        for rec in dict.fromkeys(lists.resolve(station, word) for word in cases):
            found = packages.make(station, case=rec, facts=facts)
            made.append((found, packages.save(found, out)))
    show([_data(p, folder) for p, folder in made], as_json=as_json, text="\n".join(_line(p, f) for p, f in made))
    missing = sum(len(p.missing) for p, _ in made)
    if missing:
        raise KnownError("E-350", count=missing, file=MISSING_NAME)


def _data(package: Package, folder: Path) -> dict[str, object]:
    files = [{"name": f.name, "pages": f.pages, "bytes": len(f.data), "sha256": f.sha256} for f in package.files]
    return {
        "case": package.case,
        "number": package.number,
        "folder": str(folder),
        "files": files,
        "missing": list(package.missing),
        "unsigned": list(package.unsigned),
        "open": list(package.open),
    }


def _line(package: Package, folder: Path) -> str:
    pages = sum(f.pages for f in package.files)
    lines = [f"{package.number or package.title}：{len(package.files)} 个文件，共 {pages} 页，已写入 {folder}"]
    lines += [f"  还缺：{words}" for words in package.missing]
    if package.unsigned:
        lines.append(f"  尚无签名、盖章后的扫描件：{'、'.join(package.unsigned)}")
    lines += [f"  尚未答复：{words}" for words in package.open]
    return "\n".join(lines)
