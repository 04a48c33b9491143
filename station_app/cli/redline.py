"""station redline: other wordings of terms, proposed with a reason, taken over or left aside."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.domain.case import text
from station_app.services import redline
from station_app.services.reading import lists

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Which = Annotated[str, typer.Argument(help="修改意见的记录号，见 station redline list")]
_STRUCK: Final = {"keep": "{}", "out": "［删：{}］", "in": "［增：{}］"}


@app.command("list")
def list_(
    case: CaseName,
    closed: Annotated[bool, typer.Option("--all", help="连同已处理的")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """条款和对条款的修改意见。"""
    with opened(data_dir, user, password_file) as station:
        view = station.case(lists.resolve(station, case))
        found = redline.proposals(view, closed=closed)
    lines = [f"{n}. {text(t, 'text')}　{t.id}" for n, t in enumerate(view.terms, 1)]
    for p in found:
        shown = "".join(_STRUCK[tag].format(piece) for tag, piece in redline.marked(p.old, p.new))
        lines.append(f"◆ {shown}　理由：{p.reason}　{p.rec}")
    data = {
        "terms": [{"term": t.id, "text": text(t, "text")} for t in view.terms],
        "proposals": [
            {"proposal": p.rec, "term": p.term, "old": p.old, "new": p.new, "reason": p.reason, "state": p.state}
            for p in found
        ],
    }
    show(data, as_json=as_json, text="\n".join(lines) or "没有条款。")


@app.command("propose")
def propose(
    case: CaseName,
    term: Annotated[str, typer.Argument(help="条款的记录号")],
    words: Annotated[str, typer.Option("--words", help="建议的写法")],
    reason: Annotated[str, typer.Option("--reason", help="理由")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """提出修改意见，条款暂不改动。"""
    with opened(data_dir, user, password_file) as station:
        redline.propose(station, case=lists.resolve(station, case), term=term, words=words, reason=reason)
    show({}, as_json=False, text="修改意见已提出，等待采用。")


@app.command("accept")
def accept(
    case: CaseName, proposal: Which, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None
) -> None:
    """采用。"""
    with opened(data_dir, user, password_file) as station:
        redline.accept(station, case=lists.resolve(station, case), proposal=proposal)
    show({}, as_json=False, text="已采用修改意见。")


@app.command("reject")
def reject(
    case: CaseName, proposal: Which, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None
) -> None:
    """不采用；修改意见留在办理过程中。"""
    with opened(data_dir, user, password_file) as station:
        redline.reject(station, case=lists.resolve(station, case), proposal=proposal)
    show({}, as_json=False, text="未采用修改意见。")
