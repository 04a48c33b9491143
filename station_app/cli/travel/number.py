"""station number: numbers given twice, and numbers nobody knows what became of; settled, noted, taken back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.clock import shanghai_time
from station_app.domain import codes
from station_app.services.numbering import clashes, unknown
from station_app.services.reading import lists
from sync.contract.numbering import parse

app: Final = typer.Typer(no_args_is_help=True)
Reason = Annotated[str, typer.Option("--reason", metavar="原因", help="原因或者说明（必填）")]


@app.command("list")
def list_(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """列出需要核对的编号：重号、去向不明的编号、从备份恢复后待核对的字头，以及已登记的去向。"""
    with opened(data_dir, user, password_file) as station:
        double, gaps = clashes.clashes(station), unknown.gaps(station)
        after, notes = unknown.restored(station), unknown.notes(station)
    data = {
        "clashes": [asdict(c) for c in double],
        "gaps": [asdict(g) for g in gaps],
        "restored": asdict(after) if after else None,
        "notes": [asdict(n) for n in notes],
    }
    lines = [
        f"重号 {c.number}：" + "；".join(f"{h.title}（{h.station}{'，已签署' if h.signed else ''}）" for h in c.holders)
        for c in double
    ]
    lines += [f"去向不明 {g.number}" for g in gaps]
    if after is not None:
        known = "；".join(f"{year} 年{codes.load('number_kinds').label(k)}第 {n:04d} 号" for k, year, n in after.last)
        lines.append(
            f"本机由 {shanghai_time(after.of):%Y-%m-%d %H:%M} 的备份恢复，原字头 {after.series} 已知用到：{known}。"
        )
    answers = codes.load("number_answers")
    lines += [f"已登记 {n.number}：{answers.label(n.answer)}（{n.reason}）" for n in notes]
    show(data, as_json=as_json, text="\n".join(lines) or "没有需要核对的编号。")


@app.command("renumber")
def renumber(
    case: Annotated[str, typer.Argument(help="改编新号的案件：记录号、当事人或者标题中的一段")],
    reason: Reason = "",
    number: Annotated[str, typer.Option("--number", help="案件有多个重号时，是哪一个")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """重号的案件改编新号；已出具的文书不变，逐份登记更正。三十日内可以撤销。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        done = clashes.renumber(station, case=rec, reason=reason, number=number)
        made = [r for r in station.case(rec).state.records.values() if r.id in done.ids]
        fresh = next(str(r.get("text")) for r in made if r.kind == "number" and r.get("state") == "used")
        corrected = [r for r in made if r.kind == "correction"]
    said = f"已改编为 {fresh}。" + (f"请在 {len(corrected)} 份已出具的文书上注明更正。" if corrected else "")
    show({"number": fresh, "corrected": len(corrected)}, as_json=as_json, text=said)


@app.command("keep-both")
def keep_both(
    number: Annotated[str, typer.Argument(help="重号")],
    reason: Reason = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """重号的文书都保留，在台账上注明。三十日内可以撤销。"""
    with opened(data_dir, user, password_file) as station:
        done = clashes.keep_both(station, number=number, reason=reason)
    show({"cases": list(done.cases)}, as_json=as_json, text=f"已注明 {number} 重号，文书不变。")


@app.command("note")
def note(
    number: Annotated[str, typer.Argument(help="纸质文书上的编号")],
    reason: Reason = "",
    void: Annotated[bool, typer.Option("--void", help="没有用过，作废（缺省为纸质文书在，已用）")] = False,
    case: Annotated[str, typer.Option("--case", help="所属案件（有的话）")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记一个程序不知道的编号的去向；此后不再使用这个编号。三十日内可以撤销。"""
    answer = unknown.VOID if void else unknown.USED
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case) if case else ""
        unknown.note(station, number=number, answer=answer, reason=reason, case=rec)
    show({"number": number, "answer": answer}, as_json=as_json, text=f"已登记 {number} 的去向。")


@app.command("checked")
def checked(data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None) -> None:
    """从备份恢复后，已对照纸质文书核对完原字头的编号。"""
    with opened(data_dir, user, password_file) as station:
        unknown.checked(station)
    print("已记下：编号核对完毕。")


@app.command("undo")
def undo(
    what: Annotated[str, typer.Argument(help="登记了去向的编号，或者处理过重号的案件")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """撤销三十日内的编号处理；为改编取用的新号作废，不再使用。"""
    with opened(data_dir, user, password_file) as station:
        noted = {n.number for n in unknown.notes(station)}
        if parse(what) is not None and what in noted:
            unknown.undo_note(station, number=what)
        else:
            clashes.undo_settling(station, case=lists.resolve(station, what))
    show({"undone": what}, as_json=as_json, text=f"已撤销：{what}。")
