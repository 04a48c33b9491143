"""station paper bulk: many papers of a case in one run, with progress; stopped at any time and gone on with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, complain, opened, show
from station_app.domain.case import text
from station_app.services.paperwork import bulk
from station_app.services.paperwork.bulk import Item, Run
from station_app.services.paperwork.issuing import AGREEMENT, Issued
from station_app.services.reading import lists
from station_app.services.station import Station
from sync.contract.errors import KnownError


def issue_bulk(
    case: Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")],
    per_worker: Annotated[
        bool, typer.Option("--per-worker", help="每名申请人一份协议；不写则为一份协议加附表")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="把 PDF 写入的文件夹；不写则只出具")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """批量出具调解协议书：逐份出具、逐份保存；中途停下的，再次运行即从停下处继续。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        items = bulk.each_worker(station, case=rec) if per_worker else [Item(rec, AGREEMENT)]
        folder = _folder(out)
        names = {p.id: p.name for p in station.case(rec).parties}

        def handed(item: Item, issued: Issued) -> None:
            if folder is not None:
                _write(folder / _file_name(issued, names.get(item.worker, "")), issued.pdf)

        run = _run(station, items, handed, quiet=as_json)
        failed = [(names.get(item.worker) or text(station.case(rec).record, "title"), e) for item, e in run.failed]
    show(_facts(run, names), as_json=as_json, text=_words(run, len(items)))
    for name, error in failed:
        print(f"{name}：", end="", file=sys.stderr)
        complain(error)
    if run.failed or run.cancelled:
        raise typer.Exit(1)


def _run(station: Station, items: list[Item], handed: bulk.Handed, *, quiet: bool) -> Run:
    """Ctrl+C ends the run after the paper at hand."""
    import signal

    asked: list[int] = []

    def tell(done: int, total: int, number: str) -> None:
        if not quiet and sys.stderr.isatty():
            print(
                f"\r第 {done}/{total} 份　{number}　按 Ctrl+C 停止", end="\n" if done == total else "", file=sys.stderr
            )

    before = signal.signal(signal.SIGINT, lambda *_: asked.append(1))
    try:
        return bulk.issue_many(station, items, tell, lambda: bool(asked), handed=handed)
    finally:
        signal.signal(signal.SIGINT, before)


def _folder(out: Path | None) -> Path | None:
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise KnownError("E-516", file=str(out)) from exc
    return out


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise KnownError("E-516", file=str(path)) from exc


def _file_name(issued: Issued, name: str) -> str:
    return f"{issued.number}-人民调解协议书{'-' + name if name else ''}.pdf".replace("/", "_")


def _facts(run: Run, names: dict[str, str]) -> dict[str, object]:
    fields = ("paper", "number", "version", "pages", "bytes", "fresh")
    made = [{"name": names.get(m.item.worker, ""), **{f: getattr(m, f) for f in fields}} for m in run.made]
    failed = [{"name": names.get(item.worker, ""), "code": error.code} for item, error in run.failed]
    return {"made": made, "failed": failed, "cancelled": run.cancelled}


def _words(run: Run, total: int) -> str:
    fresh = sum(m.fresh for m in run.made)
    again = len(run.made) - fresh
    parts = [f"共 {total} 份，本次出具 {fresh} 份"]
    if again:
        parts.append(f"此前已出具且内容未变 {again} 份")
    if run.failed:
        parts.append(f"未能出具 {len(run.failed)} 份")
    left = total - len(run.made) - len(run.failed)
    if left:
        parts.append(f"尚有 {left} 份未办，再次运行即可继续")
    return "，".join(parts) + "。"
