"""station case erase, erased: ask the district to erase a case, take that back, list what was erased."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.clock import shanghai_time
from station_app.domain import codes
from station_app.services.reading import lists
from station_app.services.travel import erasing

_GROUNDS: Final = "purpose、period、consent、unlawful、law（个人信息保护法第47条第1款第1至5项）"
WHAT_GOES: Final = (
    "区级平台批准后，各站点和平台上本案的内容、当事人资料、文书和附件全部删除，不能恢复。\n"
    "保留：案件编号、登记和办理日期、统计项目、文书核验记录，以及删除的依据、批准机关、申请人和批准人。"
)


def erase(
    case: Annotated[str, typer.Argument(metavar="案件", help="编号或者记录号")],
    ground: Annotated[str, typer.Option("--ground", help=f"依据：{_GROUNDS}")] = "",
    reason: Annotated[str, typer.Option("--reason", help="理由；不要写当事人的个人信息")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回尚未答复的申请")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """申请依法删除一案的内容和文件，由区级平台另一人批准后执行；批准前不删除任何内容。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        if withdraw:
            erasing.withdraw(station, case=rec)
            said = "已撤回删除申请，下次上传后平台即知。"
        else:
            erasing.ask(station, case=rec, ground=ground, reason=reason)
            said = f"已申请依法删除，下次上传后由区级平台决定。\n{WHAT_GOES}"
    show({"case": rec, "ground": ground, "withdrawn": withdraw}, as_json=as_json, text=said)


def erased(
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出删除申请和已经依法删除的案件。"""
    with opened(data_dir, user, password_file) as station:
        asked, done = erasing.asked(station), erasing.erased(station)
    answers = codes.load("erasure_answers")
    rows = [
        (a.case, a.title, _ground(a.ground), answers.label(a.answer) if a.answer else "待区级平台决定", a.note)
        for a in asked
    ]
    rows += [
        (e.case, e.number or "—", _ground(e.ground), f"已删除 {shanghai_time(e.at):%Y-%m-%d %H:%M}", e.authority)
        for e in done
    ]
    text = (
        columns(rows, ("案件", "编号或者名称", "依据", "办理情况", "说明"))
        if rows
        else "没有删除申请，也没有依法删除的案件。"
    )
    data = {"asked": [asdict(a) for a in asked], "erased": [asdict(e) for e in done]}
    show(data, as_json=as_json, text=text)


def _ground(code: str) -> str:
    return codes.label("erasure_grounds", code)
