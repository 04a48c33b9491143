"""station paper: what papers a case has, issue and write one to a file, void one, verify a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli import packaging
from station_app.cli import printing as sending
from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.cli.dossier import dossier
from station_app.cli.papers.bulk import issue_bulk
from station_app.domain import codes
from station_app.domain.sentences import note
from station_app.services import papers, printing
from station_app.services.papers import Card, Verified
from station_app.services.paperwork.verify import CODE, GENUINE, UNKNOWN
from station_app.services.reading import lists
from station_app.services.station import Station
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
app.command("send")(sending.send)
app.command("log")(sending.log)
app.command("bulk")(issue_bulk)
app.command("package")(packaging.package)
app.command("dossier")(dossier)

CaseWord = Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")]


@app.command("list")
def list_papers(
    case: Annotated[
        str, typer.Argument(metavar="[案件]", help="记录号、编号，或者其中一段；不写的，列出全部文书的依据")
    ] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出案件的全部文书：状态、版次、份数、待补充的内容；不写案件的，列出全部文书的版本、依据和来源。"""
    if not case:
        _show_catalog(as_json=as_json)
        return
    with opened(data_dir, user, password_file) as station:
        cards = papers.list_papers(station, case=lists.resolve(station, case))
    data = [{name: getattr(card, name) for name in card.__slots__} for card in cards]
    rows = [_row(card) for card in cards if card.applies or card.paper]
    show(data, as_json=as_json, text=columns(rows, ("代号", "文书", "状态", "版次", "份数", "待补充")))


def _show_catalog(*, as_json: bool) -> None:
    """Every paper with its edition, what it rests on and where its wording comes from."""
    found = papers.catalog()
    rows = [(p.template, p.title, p.edition, "；".join(p.basis), p.source) for p in found]
    text = columns(rows, ("代号", "文书", "版本", "依据", "来源"))
    data = [{name: getattr(p, name) for name in p.__slots__} for p in found]
    show(data, as_json=as_json, text=text)


def _row(card: Card) -> tuple[str, ...]:
    state = codes.label("paper_states", card.state) + ("（内容已变）" if card.stale else "")
    version = f"第{card.version}版" if card.version else "—"
    missing = "、".join(label for _, label in card.missing) or "—"
    return (card.template, card.title, state, version, str(card.copies), missing)


@app.command("print")
def print_paper(
    case: CaseWord,
    template: Annotated[str, typer.Argument(metavar="文书", help="文书代号或者名称，见 station paper list")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="写入的文件；缺省为“编号-名称.pdf”")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="只要讨论稿：带水印，不编号，不留记录")] = False,
    by_hand: Annotated[
        str, typer.Option("--by-hand", metavar="字", help="字库没有的字，在文书上留空格手写；文书记录中写明")
    ] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """出具一份文书并写成 PDF；内容未变的，得到与上次完全相同的文件。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        card = _card(station, rec, template)
        if draft:
            data, name = papers.preview(station, case=rec, template=card.template), f"讨论稿-{card.title}"
            number, version = "", 0
        else:
            issued = papers.issue(station, case=rec, template=card.template, by_hand=by_hand)
            data, number, version = issued.pdf, issued.number, issued.version
            name = f"{number}-{card.title}" if number else card.title
            _note(station, rec, card.template)
    path = out or Path(f"{name}.pdf")
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise KnownError("E-516", file=str(path)) from exc
    facts = {"file": str(path), "number": number, "version": version, "bytes": len(data)}
    show(facts, as_json=as_json, text=f"{card.title}已写入：{path}" + (f"（第{version}版）" if version else ""))


def _note(station: Station, case: str, template: str) -> None:
    """A line of the print log: the same bytes written again are a reprint."""
    card = _card(station, case, template)
    printing.note_file(station, printing.item_of(station, case=case, card=card))


def _card(station: Station, case: str, word: str) -> Card:
    """A paper by its code or its title; E-311 where neither fits."""
    cards = papers.list_papers(station, case=case)
    found = [c for c in cards if word in (c.template, c.title)] or [c for c in cards if word in c.title]
    if len(found) != 1:
        raise KnownError("E-311", template=word)
    return found[0]


@app.command("void")
def void(
    case: CaseWord,
    template: Annotated[str, typer.Argument(metavar="文书", help="文书代号或者名称")],
    reason: Annotated[str, typer.Option("--reason", help="作废原因")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """作废一份已出具的文书：编号和内容仍留存备查。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        card = _card(station, rec, template)
        papers.void(station, case=rec, paper=card.paper, reason=reason)
    print(f"{card.title}已作废。")


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF、扫描件或者照片")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """核验一份文书：读出页脚二维码，与本站登记比对。全部属实退出码为 0，否则为 1。"""
    try:
        data = file.read_bytes()
    except OSError as exc:
        raise KnownError("E-516", file=str(file)) from exc
    with opened(data_dir, user, password_file) as station:
        found = papers.verify(station, data=data)
    rows = [{name: getattr(page, name) for name in page.__slots__} for page in found]
    show(rows, as_json=as_json, text="\n".join(_answer(paper) for paper in found))
    if any(paper.answer != GENUINE for paper in found):
        raise typer.Exit(1)


def _answer(paper: Verified) -> str:
    what = f"{paper.title}{paper.number}第{paper.version}版" if paper.title else "该文书"
    reason = f"（{paper.reason}）" if paper.reason else ""
    said = f"{what}：{paper.words}{reason}"
    if paper.answer == UNKNOWN or paper.basis != CODE:
        return said
    pages = "、".join(str(page) for page in paper.found)
    return f"{said}\n{note('verify.code', pages=pages, total=paper.pages)}"
