"""station scan: file signed pages that came back, watch a folder, see what is missing, file by hand."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.clock import shanghai_time
from station_app.domain import codes
from station_app.domain.sentences import sentence, with_code
from station_app.services import scans
from station_app.services.reading import lists
from station_app.services.scanning import telling
from station_app.services.scans import Report, Scan, Scanned, Taken, Waiting, Watch
from station_app.services.station import Station
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
_EVERY_S: Final = 1.0
CaseWord = Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")]
CaseOption = Annotated[str, typer.Option("--case", metavar="案件", help="本案；属于其他案件的页另行列出")]


@app.command("file")
def file(
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="扫描件或者照片：PDF、JPG、PNG、TIFF")],
    case: CaseOption = "",
    statement: Annotated[
        str, typer.Option("--statement", metavar="说明", help="只扫描首页和签字页的说明，随扫描件留存")
    ] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """按页上的二维码归档扫描件：归入各自案件和页码，缺页和他案的页逐一列出。全部归档退出码为 0。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case) if case else ""
        report = _file_all(station, files, rec)
        if statement:
            report = _state(station, report, statement)
    _tell(report, as_json=as_json)
    if report.failed or report.count(scans.TRAY) or report.count(scans.REFUSED):
        raise typer.Exit(1)


def _file_all(station: Station, files: list[Path], case: str) -> Report:
    """One file after the other, so that only one is held in memory."""
    report = Report()
    for path in files:
        report = report.also(scans.file_sources(station, sources=[path], case=case))
    return report


def _state(station: Station, report: Report, statement: str) -> Report:
    """Keep the statement with every paper of which a part came."""
    for paper in report.papers:
        if paper.missing:
            scans.state_part(station, case=paper.case, paper=paper.paper, statement=statement)
    return scans.state_papers(station, report=report)


def _tell(report: Report, *, as_json: bool) -> None:
    words = [line for _, line in telling.lines(report)]
    show(_facts(report), as_json=as_json, text="\n".join(words) or "没有可以归档的页。")


def _facts(report: Report) -> dict[str, Any]:
    pages = [
        {
            "source": r.source,
            "outcome": r.outcome,
            "case": r.place.case if r.place else "",
            "paper": r.place.paper if r.place else "",
            "page": r.place.page if r.place else 0,
            "title": r.place.title if r.place else "",
            "number": r.place.number if r.place else "",
            "elsewhere": r.elsewhere,
            "why": with_code(r.why) if r.why else "",
        }
        for r in report.results
    ]
    return {
        "pages": pages,
        "papers": [_paper(p) for p in report.papers],
        "failed": [with_code(e) for e in report.failed],
    }


def _paper(paper: Scanned) -> dict[str, Any]:
    return {**asdict(paper), "complete": paper.complete}


@app.command("watch")
def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="收图文件夹：扫描仪、高拍仪存图的位置")],
    case: CaseOption = "",
    seconds: Annotated[
        float, typer.Option("--for", metavar="秒", min=0, help="只看这么多秒；缺省一直看，按 Ctrl+C 结束")
    ] = 0,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """看住收图文件夹：存好的文件随即归档，移入其中的“已归档”文件夹，从不删除；读不出的说明原因，留在原处。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case) if case else ""
        watched, looks = Watch(folder), 0
        while not seconds or looks * _EVERY_S <= seconds:
            for taken in watched.look(station, case=rec):
                _say(taken)
            time.sleep(_EVERY_S)
            looks += 1


def _say(taken: Taken) -> None:
    words = [line for _, line in telling.lines(taken.report)]
    if words:
        print(f"{taken.name}：{''.join(words)}", flush=True)


@app.command("list")
def list_scans(
    case: CaseWord,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出案件各份文书的扫描情况：已归档的页、尚缺的页、说明，以及每一份扫描件。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        papers, found = scans.list_papers(station, case=rec), scans.list_scans(station, case=rec)
    rows = [(p.title, f"第{p.version}版", _pages(p.have), _pages(p.missing), p.statement or "—") for p in papers]
    text = columns(rows, ("文书", "版次", "已归档的页", "尚缺的页", "说明"))
    if found:
        text += "\n\n" + columns([_scan(s) for s in found], ("文书", "页码", "种类", "来源文件", "归档时间"))
    show({"papers": [_paper(p) for p in papers], "scans": [asdict(s) for s in found]}, as_json=as_json, text=text)


def _pages(pages: tuple[int, ...]) -> str:
    return "、".join(str(n) for n in pages) or "—"


def _scan(scan: Scan) -> tuple[str, ...]:
    kind = codes.label("scan_kinds", scan.kind)
    page = str(scan.page) if scan.page else "—"
    return (scan.title or "—", page, kind, scan.source, _moment(scan.at))


def _moment(ms: int) -> str:
    return shanghai_time(ms).isoformat(" ")[:16]


@app.command("tray")
def tray(
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出待归档页：没有认出归属的页，可以用 station scan place 手工归档。"""
    with opened(data_dir, user, password_file) as station:
        found = scans.waiting(station)
    rows = [(str(w.id), w.source, _moment(w.at), _why(w)) for w in found]
    text = columns(rows, ("序号", "来源文件", "收到时间", "原因")) if found else "没有待归档页。"
    show([asdict(w) for w in found], as_json=as_json, text=text)


def _why(page: Waiting) -> str:
    return sentence(KnownError(page.why))


@app.command("place")
def place(
    page: Annotated[int, typer.Argument(metavar="序号", help="见 station scan tray")],
    case: CaseWord,
    paper: Annotated[str, typer.Option("--paper", metavar="文书", help="文书代号或者名称；不写则作为案件附件")] = "",
    number: Annotated[int, typer.Option("--page", metavar="N", min=1, help="第几页")] = 1,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把一张待归档页手工归入案件：指定文书和页码，或者作为附件。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        chosen = _find(scans.list_papers(station, case=rec), paper) if paper else ""
        report = scans.by_hand(station, page=page, case=rec, paper=chosen, number_of=number if chosen else 0)
    _tell(report, as_json=False)


def _find(papers: list[Scanned], word: str) -> str:
    """An issued paper by code or title; E-311 where neither fits, or more than one does."""
    found = [p for p in papers if word in (p.template, p.title)] or [p for p in papers if word in p.title]
    if not found or len({p.template for p in found}) > 1:
        raise KnownError("E-311", paper=word)
    return found[-1].paper
