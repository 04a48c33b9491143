"""station sign: who is waited for over all cases, one case's signers, recording signatures, seals and payments."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.case import together
from station_app.domain.dates import date_cn
from station_app.domain.money import yuan
from station_app.services import performance
from station_app.services.reading import lists
from station_app.services.signdesk import board, mass, slips
from station_app.services.signdesk import desk as signdesk
from station_app.services.signdesk.desk import Desk, Row
from station_app.services.station import Station
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")]
Day = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="纸面日期；缺省为今天")]
Witness = Annotated[str, typer.Option("--witness", metavar="姓名", help="见证人")]


class Waits(StrEnum):
    """As the option names the lists."""

    UNSIGNED = "unsigned"
    OTHER = "other"
    SEAL = "seal"


@app.command("list")
def waiting(
    waits: Annotated[
        Waits | None, typer.Option("--waits", help="unsigned 待签、other 待对方签字、seal 待盖章；缺省为全部")
    ] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """待签、待对方签字、待盖章的协议，等候最久的在前。"""
    with opened(data_dir, user, password_file) as station:
        found = board.waiting(station, kind=waits.value if waits else None)
    rows = [
        (
            codes.label("sign_waits", w.waits),
            w.number,
            w.title,
            f"{w.signed}/{w.total}",
            together(list(w.who)) or "—",
        )
        for w in found
    ]
    text = columns(rows, ("状态", "编号", "案件", "已签", "等候")) if rows else "没有待签署、待盖章的协议。"
    show([asdict(w) for w in found], as_json=as_json, text=text)


@app.command("show")
def look(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """一个案件的签署和履行情况，逐人列出。"""
    with opened(data_dir, user, password_file) as station:
        desk = signdesk.desk(station, case=lists.resolve(station, case))
    heads = (
        "姓名",
        "证件后四位",
        "金额（元）",
        "签署",
        "日期",
        *(f"第 {n} 期" for n in range(1, len(desk.instalments) + 1)),
    )
    text = columns([_row(desk, row) for row in desk.rows], heads)
    text += f"\n协议 {desk.total} 份，各方已签 {desk.parties_done} 份，已加盖印章 {desk.committee} 份。"
    show(asdict(desk), as_json=as_json, text=text)


@app.command("one")
def one(
    case: CaseName,
    name: Annotated[str, typer.Argument(metavar="当事人", help="姓名，或者证件号码后四位")],
    on: Day = "",
    witness: Witness = "",
    refused: Annotated[bool, typer.Option("--refused", help="拒绝签署")] = False,
    absent: Annotated[bool, typer.Option("--absent", help="未到场")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记一名当事人已签（或者拒签、未到）。"""
    if refused and absent:
        raise typer.BadParameter("--refused 和 --absent 只能选一个。")
    manner = "refused" if refused else "absent" if absent else ""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        row = _one_of(signdesk.desk(station, case=rec), name)
        changes = mass.sign_one(station, case=rec, party=row.party, manner=manner, on=on, witness=witness)
    show({"party": row.party, "ops": list(changes.ops)}, as_json=as_json, text=f"已登记：{row.name}。")


@app.command("all")
def everybody(
    case: CaseName,
    on: Day = "",
    witness: Witness = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记全部待签的当事人已在这一天签署；已登记拒签、未到的不动。"""
    with opened(data_dir, user, password_file) as station:
        done = mass.sign_all(station, case=lists.resolve(station, case), on=on, witness=witness, progress=_tell)
    facts = {"agreements": done.agreements, "acts": done.acts}
    show(facts, as_json=as_json, text=f"已登记 {done.acts} 项签署，涉及协议 {done.agreements} 份。")


@app.command("seal")
def seal(
    case: CaseName,
    on: Day = "",
    approved_by: Annotated[str, typer.Option("--approved-by", metavar="姓名", help="批准用印的人")] = "",
    used_by: Annotated[str, typer.Option("--used-by", metavar="姓名", help="用印人；缺省为登录人")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """各方均已签署的协议：登记调解员签名、加盖人民调解委员会印章，并作用印登记。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        done = mass.seal(station, case=rec, on=on, approved_by=approved_by, used_by=used_by, progress=_tell)
    facts = {"agreements": done.agreements, "acts": done.acts}
    show(facts, as_json=as_json, text=f"已登记加盖印章 {done.agreements} 份，用印登记已保存。")


@app.command("paid")
def paid(
    case: CaseName,
    instalment: Annotated[int, typer.Option("--instalment", min=1, metavar="N", help="第几期")],
    name: Annotated[
        list[str] | None, typer.Option("--party", metavar="当事人", help="只登记这些人；缺省为该期全部未付的人")
    ] = None,
    on: Day = "",
    note: Annotated[str, typer.Option("--note", help="收条、回单号等凭证")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """履行登记：某一期已付给谁。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        desk = signdesk.desk(station, case=rec)
        if instalment > len(desk.instalments):
            raise typer.BadParameter(f"本协议共 {len(desk.instalments)} 期付款。")
        duty = desk.instalments[instalment - 1].rec
        rows = [_one_of(desk, word) for word in name] if name else list(desk.rows)
        left = {row.party: d.left for row in rows for d in row.dues if d.obligation == duty and d.left}
        _pay(station, rec, duty, left, on=on, note=note)
    facts = {"paid": len(left), "amount": sum(left.values())}
    show(facts, as_json=as_json, text=f"已登记 {len(left)} 人，共 {yuan(sum(left.values()))} 元。")


@app.command("slip")
def slip(
    case: CaseName,
    name: Annotated[str, typer.Argument(metavar="当事人", help="姓名，或者证件号码后四位")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪个 PDF 文件")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """一名收款人的个人款项明细单（本人金额、期次、收款账户）；全部人的用 station paper issue 出具。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        row = _one_of(signdesk.desk(station, case=rec), name)
        data = slips.pdf_of_party(station, case=rec, party=row.party)
    try:
        out.write_bytes(data)
    except OSError:
        raise KnownError("E-516", file=out.name) from None
    show({"party": row.party, "file": str(out)}, as_json=as_json, text=f"已保存：{out.name}")


def _pay(station: Station, case: str, duty: str, left: dict[str, int], *, on: str, note: str) -> None:
    if left:
        performance.pay(station, case=case, obligation=duty, parties=left, on=on, note=note)


def _one_of(desk: Desk, word: str) -> Row:
    """The one signer of this name or tail; E-223 unless exactly one fits."""
    fits = [r for r in desk.rows if word in (r.name, r.party)] or [r for r in desk.rows if r.tail and word == r.tail]
    if len(fits) != 1:
        raise KnownError("E-223", what=word)
    return fits[0]


def _row(desk: Desk, row: Row) -> tuple[str, ...]:
    state = codes.label("sign_states", row.state) + (f" {row.signed}/{row.agreements}" if row.agreements > 1 else "")
    paid = {d.obligation: d for d in row.dues}
    each = [("—" if (d := paid.get(i.rec)) is None else "已付" if not d.left else "退回" if d.failed else yuan(d.left))
            for i in desk.instalments]  # fmt: skip
    return (
        row.name,
        row.tail,
        yuan(row.amount) if row.amount else "—",
        state,
        date_cn(row.on) if row.on else "",
        *each,
    )


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r第 {done}/{total} 份", end="\n" if done == total else "", file=sys.stderr)
