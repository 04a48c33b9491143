"""station paper send and log: papers of one or many cases to a printer as one job; who printed what, and when."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from types import FrameType
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.clock import shanghai_time
from station_app.domain.sentences import note
from station_app.services import printing
from station_app.services.printing import Duplex, Gathered, Job, Left, Order, Printed, Progress
from station_app.services.reading import lists
from station_app.services.station import Station
from sync.contract.errors import KnownError

_MINUTE: Final = 60
_BY_RULE: Final = "rule"


class Sides(StrEnum):
    """As the option names them."""

    OFF = "off"
    LONG = "long"
    MANUAL = "manual"


_DUPLEX: Final[dict[Sides, Duplex]] = {Sides.OFF: "single", Sides.LONG: "long", Sides.MANUAL: "manual"}


def send(
    cases: Annotated[list[str], typer.Argument(metavar="案件…", help="一个或者多个案件：记录号、编号，或者其中一段")],
    printer: Annotated[str, typer.Option("--printer", metavar="NAME", help="打印机名称；缺省为上次所用")] = "",
    paper: Annotated[
        list[str] | None, typer.Option("--paper", metavar="文书", help="只打印这份文书，可以多次；缺省为全部必备文书")
    ] = None,
    copies: Annotated[
        str, typer.Option("--copies", metavar="rule|N", help="rule 按规则（当事人各一份等），或者份数")
    ] = _BY_RULE,
    pages: Annotated[str, typer.Option("--pages", metavar="1-2", help="只打印这些页；缺省为全部")] = "",
    duplex: Annotated[
        Sides | None, typer.Option("--duplex", help="off 单面、long 双面、manual 手动双面；缺省同上次")
    ] = None,
    separators: Annotated[bool | None, typer.Option(help="案件之间加打印分隔页；缺省为多个案件时加")] = None,
    issue: Annotated[bool, typer.Option("--issue", help="内容齐全、尚未出具的，先出具再打印")] = False,
    start: Annotated[int, typer.Option("--from", min=1, metavar="N", help="从第几份继续（中断时提示的份数）")] = 1,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把文书送往打印机：已出具的原样打印，逐份计数；中断后从提示的份数继续。"""
    chosen = printing.parse_pages(pages)
    many = _copies(copies)
    with opened(data_dir, user, password_file) as station:
        last, sides, backs = printing.remembered(station)
        port = printing.open_queue(_named(printer or last))
        records = [lists.resolve(station, word) for word in cases]
        found = _gather(station, records, paper or (), many, issue=issue)
        for left in found.left:
            print(_left(left), file=sys.stderr)
        _guard_empty(found)
        order = Order(
            found.items,
            port.name,
            _DUPLEX[duplex] if duplex else sides,
            chosen,
            separators=len(records) > 1 if separators is None else separators,
            back_order=backs,
        )
        job = Job(station, order, port=port, start=start)
        _guard_start(job, start)
        _run(job)
        printing.remember(station, printer=port.name, duplex=order.duplex)
    facts = {"printer": port.name, "copies": job.total, "from": start, "papers": len(found.items)}
    facts |= {"issued": found.issued, "left": len(found.left)}
    show(facts, as_json=as_json, text=f"已由打印机“{port.name}”打印 {job.total - start + 1} 份。")


def log(
    case: Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本机打印记录：谁在什么时候打印了什么，第几次打印。"""
    with opened(data_dir, user, password_file) as station:
        lines = printing.printed(station, case=lists.resolve(station, case))
    rows = [_row(line) for line in lines]
    heads = ("时间", "打印人", "文书", "版次", "份数", "页码", "打印机", "说明")
    show([asdict(line) for line in lines], as_json=as_json, text=columns(rows, heads))


def _gather(
    station: Station, cases: list[str], templates: Sequence[str], copies: int | None, *, issue: bool
) -> Gathered:
    """What is printed; Ctrl+C while papers are issued ends after the paper at hand with E-363."""
    if not issue:
        return printing.gather(station, cases=cases, templates=templates, copies=copies)
    with _stopping() as asked:
        found = printing.gather(
            station,
            cases=cases,
            templates=templates,
            copies=copies,
            issue=True,
            tell=lambda progress: _tell(progress, "issue"),
            stop=lambda: bool(asked),
        )
    if found.issued and sys.stderr.isatty():
        print(file=sys.stderr)
    if found.stopped:
        left = sum(left.why == "ready" for left in found.left)
        raise KnownError("E-363", done=found.issued, left=left)
    return found


def _copies(words: str) -> int | None:
    if words == _BY_RULE:
        return None
    if not words.isdecimal() or not 1 <= int(words) <= 999:
        raise typer.BadParameter("份数写 rule，或者 1 至 999 的数字。")
    return int(words)


def _named(name: str) -> str:
    if not name:
        known = "、".join(printing.queues())
        raise typer.BadParameter("请用 --printer 写明打印机名称。" + (f"本机现有：{known}。" if known else ""))
    return name


def _guard_empty(found: Gathered) -> None:
    """One refusal alone is said in its own words; E-322 names what is missing."""
    if found.items:
        return
    if len(found.left) == 1 and found.left[0].error is not None:
        raise found.left[0].error
    raise KnownError("E-322", missing="、".join(dict.fromkeys(left.title for left in found.left)))


def _guard_start(job: Job, start: int) -> None:
    """Nobody prints from beyond the end, and nobody prints backs before somebody has turned the sheets."""
    if start > job.total:
        raise typer.BadParameter(f"共 {job.total} 份，没有第 {start} 份。")
    if any(stage.side == "back" for stage in job.stages) and not sys.stdin.isatty():
        raise typer.BadParameter("手动双面打印需要有人翻面，请在终端窗口中运行。")


def _left(left: Left) -> str:
    from station_app.domain.sentences import sentence

    if left.error is not None:
        return f"{left.number}{left.title}：{sentence(left.error)}"
    return note(f"print.{left.why}", number=left.number, title=left.title, detail=left.detail)


def _run(job: Job) -> None:
    with _stopping() as stopped:
        for stage in job.stages:
            if stage.side == "back":
                print(f"\n{note('print.turn', sheets=stage.sheets)}", file=sys.stderr)
                typer.prompt("放好后按回车键", default="", show_default=False, err=True)
            job.run(stage, tell=_tell, stop=lambda: bool(stopped))
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _tell(progress: Progress, doing: str = "print") -> None:
    """One line that is written over, where somebody looks on."""
    if not sys.stderr.isatty():
        return
    said = note(f"{doing}.at", no=progress.no, total=progress.total)
    if progress.left is not None:
        said = note(f"{doing}.left", no=progress.no, total=progress.total, left=time_words(progress.left))
    for word in progress.trouble:
        said += "　" + note(f"printer.{word}")
    print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)


def time_words(seconds: int) -> str:
    """40 秒, 3 分钟."""
    if seconds < _MINUTE:
        return note("print.seconds", n=seconds)
    return note("print.minutes", n=-(-seconds // _MINUTE))


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """While a job runs, Ctrl+C asks it to stop instead of killing it: the list is no longer empty then."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def _row(line: Printed) -> tuple[str, ...]:
    said = [f"第 {line.nth} 次打印（补打）"] if line.nth > 1 else ["第 1 次打印"] if line.nth else ["讨论稿"]
    said += ["中途停止"] if line.broken else []
    return (
        f"{shanghai_time(line.at_ms):%Y-%m-%d %H:%M}",
        line.user,
        f"{line.number}{line.title}",
        str(line.version or "—"),
        str(line.copies),
        "、".join(map(str, line.pages)) or "全部",
        line.printer or "（写入文件）",
        "，".join(said),
    )
