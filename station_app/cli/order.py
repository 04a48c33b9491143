"""station order, station hand-off: orders of the community and hand-overs of a case, as the desk does them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.labels import label
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.loop import board, exits, hand_offs, orders, outside, reach
from station_app.services.loop.board import LoopLine
from station_app.services.reading import lists
from station_app.services.station import Station
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
hand_off: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Which = Annotated[str, typer.Argument(help="发令编号、移交记录号，见 list")]
At = Annotated[str, typer.Option("--at", help="时间 2026-11-20T09:21，默认现在")]
By = Annotated[str, typer.Option("--by", help="签收人、到场人或者接收人，默认登录人")]
Late = Annotated[str, typer.Option("--late-reason", help="超时原因，超过时限时填写")]
Reason = Annotated[str, typer.Option("--reason", help="原因")]
Everything = Annotated[bool, typer.Option("--all", help="包括已经办结的")]
Act = Callable[[Station, str, str], Changes]


@app.command("issue")
def issue(
    case: CaseName,
    matter: Annotated[str, typer.Argument(help="发令事项")],
    lead: Annotated[str, typer.Option("--lead", help="牵头部门")],
    joint: Annotated[str, typer.Option("--joint", help="协办部门，用顿号隔开")] = "",
    level: Annotated[str, typer.Option("--level", help="ordinary、serious、urgent")] = "",
    rank: Annotated[str, typer.Option("--rank", help="到场人员级别")] = "",
    report_by: Annotated[str, typer.Option("--report-by", help="报到时限 2026-11-20T09:30")] = "",
    resolve_by: Annotated[str, typer.Option("--resolve-by", help="办结时限")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """发令。没有设定的时限会说明。"""
    values: Values = {
        "matter": matter,
        "lead": lead,
        "joint": [unit.strip() for unit in joint.replace("，", "、").replace(",", "、").split("、") if unit.strip()],
        "level": level or None,
        "attend_rank": rank or None,
        "report_by": report_by or None,
        "resolve_by": resolve_by or None,
    }
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        rec = orders.issue(station, case=found, values=values).ids[0]
        order = orders.find(station, found, rec)
        no, sent = str(order.get("no")), bool(order.get("sent_to"))
        open_limits = [label(f"order.{name}") for name in orders.unset_limits(order)]
    said = [f"{no}已制作，待发送。"]
    if not sent:
        said.append("受令单位未接入本系统，请打印发令单送达，或者电话通知并登记签收。")
    if open_limits:
        said.append(f"{'、'.join(open_limits)}没有规定，也没有填写。")
    show({"order": rec, "no": no, "sent": sent, "open": open_limits}, as_json=as_json, text="".join(said))


@app.command("receive")
def receive(
    order: Which, by: By = "", at: At = "", data_dir: DataDir = None, user: UserName = "",
    password_file: PasswordFile = None,
) -> None:  # fmt: skip
    """签收。"""
    _do(data_dir, user, password_file, order, lambda s, c, r: orders.receive(s, case=c, rec=r, by=by, at=at))


@app.command("arrive")
def arrive(
    order: Which,
    rank: Annotated[str, typer.Option("--rank", help="到场人职务")],
    by: By = "",
    at: At = "",
    late_reason: Late = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """到场。"""

    def act(station: Station, case: str, rec: str) -> Changes:
        return orders.arrive(
            station, case=case, rec=rec, by=by or station.user.name, rank=rank, at=at, late_reason=late_reason
        )

    _do(data_dir, user, password_file, order, act)


@app.command("resolve")
def resolve(
    order: Which,
    result: Annotated[str, typer.Argument(help="处置结果")],
    at: At = "",
    late_reason: Late = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """办结反馈。"""

    def act(station: Station, case: str, rec: str) -> Changes:
        return orders.resolve(station, case=case, rec=rec, result=result, at=at, late_reason=late_reason)

    _do(data_dir, user, password_file, order, act)


@app.command("rate")
def rate(
    order: Which,
    rating: Annotated[str, typer.Argument(help="5 非常满意至 1 非常不满意")],
    note: Annotated[str, typer.Option("--note", help="评价说明，不满意的必须填写")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """社区评价。"""
    _do(data_dir, user, password_file, order, lambda s, c, r: orders.rate(s, case=c, rec=r, rating=rating, note=note))


@app.command("chase")
def chase(
    order: Which,
    step: Annotated[str, typer.Argument(help="remind 督办、raise 提级、notice 通报")],
    reason: Reason = "",
    to: Annotated[str, typer.Option("--to", help="提级或者通报到哪里")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """督办、提级、通报超过时限的发令。"""
    acts: dict[str, Act] = {
        "remind": lambda s, c, r: orders.remind(s, case=c, rec=r, reason=reason),
        "raise": lambda s, c, r: orders.raise_(s, case=c, rec=r, to=to, reason=reason),
        "notice": lambda s, c, r: orders.notice(s, case=c, rec=r, to=to, reason=reason),
    }
    if step not in acts:
        raise KnownError("E-217", field="step", value=step)
    _do(data_dir, user, password_file, order, acts[step])


@app.command("withdraw")
def withdraw(
    order: Which, reason: Reason = "", data_dir: DataDir = None, user: UserName = "",
    password_file: PasswordFile = None,
) -> None:  # fmt: skip
    """撤回尚未签收的发令。"""
    _do(data_dir, user, password_file, order, lambda s, c, r: orders.withdraw(s, case=c, rec=r, reason=reason))


@app.command("unit")
def unit(
    code: Annotated[str, typer.Argument(help="区级平台给该单位的站点代码")],
    name: Annotated[str, typer.Argument(help="单位名称，空白为移除")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """记下其他社区、街道、部门的站点代码，发令和移交时按名称送达。"""
    with opened(data_dir, user, password_file) as station:
        reach.note_unit(station, code=code, name=name)
        known: list[tuple[str, ...]] = [*reach.receivers(station)]
    show(
        {}, as_json=False, text=columns([(c, n) for c, n in known], ("代码", "单位")) if known else "没有可送达的单位。"
    )


@app.command("outside")
def outside_(
    order: Which,
    unit: Annotated[str, typer.Argument(help="外单位名称；不使用本系统的单位")],
    contact: Annotated[str, typer.Option("--contact", help="联系人")] = "",
    phone: Annotated[str, typer.Option("--phone", help="联系电话")] = "",
    answer: Annotated[str, typer.Option("--answer", help="书面答复内容")] = "",
    on: Annotated[str, typer.Option("--on", help="答复日期，默认今天")] = "",
    by: By = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """登记不使用本系统的协办单位：联系人，以及书面答复；不作为签收。"""
    values: Values = {"unit": unit, "contact": contact, "phone": phone, "answer": answer}
    values |= {"answered_on": on, "answered_by": by if answer else ""}
    _do(data_dir, user, password_file, order, lambda s, c, r: outside.note(s, case=c, order=r, values=values))


@app.command("list")
def list_orders(
    everything: Everything = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """发令，新的和超时的在前。"""
    _list(data_dir, user, password_file, board.ORDER, everything=everything, as_json=as_json)


@hand_off.command("offer")
def offer(
    case: CaseName,
    to: Annotated[str, typer.Argument(help="接收单位，或者其站点代码")],
    reason: Reason = "",
    kind: Annotated[str, typer.Option("--kind", help="community、street、district、court、police、petition 等")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """移交。"""
    with opened(data_dir, user, password_file) as station:
        hand_offs.offer(station, case=lists.resolve(station, case), to=to, reason=reason, to_kind=kind)
    show({}, as_json=False, text="移交已登记，等待对方答复；答复以前仍由本站承办，期限照常计算。")


@hand_off.command("accept")
def accept(
    record: Which, by: By = "", data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None
) -> None:
    """接收。"""
    _do(data_dir, user, password_file, record, lambda s, c, r: hand_offs.accept(s, case=c, rec=r, by=by))


@hand_off.command("decline")
def decline(
    record: Which, reason: Reason = "", by: By = "", data_dir: DataDir = None, user: UserName = "",
    password_file: PasswordFile = None,
) -> None:  # fmt: skip
    """不予接收，写明理由。"""
    _do(data_dir, user, password_file, record, lambda s, c, r: hand_offs.decline(s, case=c, rec=r, note=reason, by=by))


@hand_off.command("list")
def list_hand_offs(
    everything: Everything = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """移交，等待答复的在前。"""
    _list(data_dir, user, password_file, board.HAND_OFF, everything=everything, as_json=as_json)


def _do(data_dir: Path | None, user: str, password_file: Path | None, which: str, act: Act) -> None:
    with opened(data_dir, user, password_file) as station:
        line = next((x for x in board.lines(station, everything=True) if which in (x.rec, x.no)), None)
        if line is None:
            raise KnownError("E-223", what=which)
        changes = act(station, line.case, line.rec)
    show({}, as_json=False, text=f"{changes.label}已登记。")


def _list(
    data_dir: Path | None, user: str, password_file: Path | None, kind: str, *, everything: bool, as_json: bool
) -> None:
    with opened(data_dir, user, password_file) as station:
        found = [x for x in board.lines(station, everything=everything) if x.kind == kind]
    data = [
        {"record": x.rec, "case": x.case, "no": x.no, "unit": x.unit, "words": x.words, "state": x.state,
         "late": x.late, "new": x.new, "at": x.at, "steps": list(x.steps)}
        for x in found
    ]  # fmt: skip
    shown = [(_state(x), x.no or x.rec, x.unit, x.words, x.at.replace("T", " "), x.title) for x in found]
    heads = ("进度", "编号", "单位", "事项", "时间", "案件")
    show(data, as_json=as_json, text=columns(shown, heads) if shown else "没有需要办理的事项。")


def _state(line: LoopLine) -> str:
    marks = [line.state_words()]
    if line.new:
        marks.insert(0, "新")
    if line.late:
        marks.append("超时")
    return "·".join(marks)


@hand_off.command("exit")
def exit_(
    case: CaseName,
    kind: Annotated[str, typer.Argument(help="纪检监察机关、公安机关、人民法院、信访系统、主管部门")],
    to: Annotated[str, typer.Argument(help="单位名称")],
    reason: Reason = "",
    at: At = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """转出到本系统以外的单位，案件转办。"""
    from station_app.domain import codes

    where = codes.load("hand_off_kinds").check(kind)
    with opened(data_dir, user, password_file) as station:
        exits.leave(station, case=lists.resolve(station, case), kind=where, to=to, reason=reason, at=at)
    show({}, as_json=False, text=f"已转{to}，转办单见文书。")
