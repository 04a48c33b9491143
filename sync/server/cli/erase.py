"""`district-server erase`: requests to erase a case, the second person's decision, and what was erased."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

import typer

from sync.server.cli.common import AsJson, DataDir, PasswordFile, columns, opened, read_password, show
from sync.server.clock import readable
from sync.server.erasure import deciding, standing

app = typer.Typer(no_args_is_help=True, help="依法删除案件内容")

Officer = Annotated[str, typer.Option("--user", metavar="姓名", help="数据管理人员（data_officer）")]
_GROUNDS: Final = {
    "purpose": "处理目的已实现、无法实现或者不再必要",
    "period": "保存期限已届满",
    "consent": "个人撤回同意",
    "unlawful": "违法或者违反约定处理个人信息",
    "law": "法律、行政法规规定的其他情形",
}
_ANSWERS: Final = {"": "待决定", "yes": "已批准", "no": "未批准", "withdrawn": "已撤回"}
_GROUND_HELP: Final = "依据（个人信息保护法第47条）：" + "；".join(f"{k} {v}" for k, v in _GROUNDS.items())


@app.command("list")
def list_(
    data_dir: DataDir,
    every: Annotated[bool, typer.Option("--all", help="连同已经决定的")] = False,
    as_json: AsJson = False,
) -> None:
    """列出删除申请。"""
    with opened(data_dir) as server:
        found = deciding.asks(server, every=every)
    rows = [
        (a.no, a.case, _GROUNDS.get(a.ground, a.ground), a.asked_by, readable(a.at), _ANSWERS.get(a.answer, a.answer))
        for a in found
    ]
    heads = ("序号", "案件", "依据", "申请人", "申请时间", "决定")
    show([asdict(a) for a in found], as_json=as_json, text=columns(heads, rows) if rows else "没有待决定的删除申请。")


@app.command("ask")
def ask(
    case: Annotated[str, typer.Argument(metavar="CASE", help="案件记录号")],
    ground: Annotated[str, typer.Option("--ground", help=_GROUND_HELP)],
    reason: Annotated[str, typer.Option("--reason", help="理由；不要写当事人的个人信息")],
    user: Officer,
    data_dir: DataDir,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """提出删除申请；须由另一名数据管理人员批准。"""
    with opened(data_dir) as server:
        by = deciding.officer(server, name=user, password=read_password(password_file))
        no = deciding.ask(server, case=case, ground=ground, reason=reason, by=by)
    show({"no": no, "case": case}, as_json=as_json, text=f"已提出第 {no} 号删除申请，请另一名数据管理人员决定。")


@app.command("grant")
def grant(
    no: Annotated[int, typer.Argument(metavar="NO", help="申请序号")],
    authority: Annotated[str, typer.Option("--authority", help="批准机关和批准文号")],
    user: Officer,
    data_dir: DataDir,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """批准并执行：本平台和各站点不再保存该案的内容和文件，只留编号、日期、统计项目和删除记录。不能撤销。"""
    with opened(data_dir) as server:
        by = deciding.officer(server, name=user, password=read_password(password_file))
        order = deciding.grant(server, no=no, authority=authority, by=by)
    text = (
        f"已依法删除案件 {order.case} 的内容和文件。各站点下次联网（或者收到数据包）时同样删除。\n"
        "请把平台目录中的 erased.json 另存一份：恢复较早的备份时，按它再次删除。"
    )
    show({"no": no, "case": order.case, "at": order.at}, as_json=as_json, text=text)


@app.command("decline")
def decline(
    no: Annotated[int, typer.Argument(metavar="NO", help="申请序号")],
    reason: Annotated[str, typer.Option("--reason", help="不批准的理由")],
    user: Officer,
    data_dir: DataDir,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """不批准，并答复站点。"""
    with opened(data_dir) as server:
        by = deciding.officer(server, name=user, password=read_password(password_file))
        deciding.decline(server, no=no, why=reason, by=by)
    show({"no": no, "granted": False}, as_json=as_json, text=f"第 {no} 号删除申请未批准，已答复。")


@app.command("done")
def done(data_dir: DataDir, as_json: AsJson = False) -> None:
    """列出已经依法删除的案件。"""
    with opened(data_dir) as server, server.storage.read() as tx:
        found = standing.every(tx)
    said = [{n: o.values.get(n) for n in ("case", "at", "ground", "authority", "asked_by", "by")} for o in found]
    rows = [
        (o.case, readable(o.at), _GROUNDS.get(str(s["ground"]), ""), s["authority"], s["asked_by"], s["by"])
        for o, s in zip(found, said, strict=True)
    ]
    heads = ("案件", "删除时间", "依据", "批准机关", "申请人", "批准人")
    show(said, as_json=as_json, text=columns(heads, rows) if rows else "没有依法删除的案件。")
