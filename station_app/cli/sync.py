"""station enrol, station sync: join the district with a one-time code; send and receive now."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from station_app.cli.common import EXIT_KNOWN, AsJson, DataDir, PasswordFile, UserName, complain, opened, show
from station_app.clock import shanghai_time
from station_app.domain.sentences import sentence
from station_app.services.local import journal
from station_app.services.travel import enrolment, invitation, putting_back, syncing
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.travel.syncing import TravelStatus
    from sync.client.engine import Outcome, Progress

_PHASES = {"push": "正在上传", "pull": "正在接收", "history": "正在接收授权案件", "files": "正在上传文书"}


def enrol(
    url: Annotated[str, typer.Argument(metavar="地址", help="区级平台地址，如 https://…；有二维码图片的不写")] = "",
    code: Annotated[str, typer.Option("--code", metavar="接入码", help="一次性接入码；不写则提示输入")] = "",
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="接入二维码的图片，代替地址和接入码")
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="名称", help="本机在平台上的名称（缺省为计算机名）")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """凭一次性接入码接入区级平台，取得本机的编号字头。"""
    if picture is not None:
        read = invitation.from_file(picture)
        url, code = read.url, read.code
    with opened(data_dir, user, password_file) as station:
        enrolment.enrol(station, url=url, code=code or typer.prompt("接入码"), name=name)
        state = enrolment.status(station)
    data = {field: getattr(state, field) for field in state.__slots__}
    text = (
        f"已接入：{state.district}\n站点：{state.station}（{state.station_code}）\n"
        f"编号字头：{state.series}，备用：{'、'.join(state.spares)}\n"
        f"接入资格有效至：{shanghai_time(state.until):%Y-%m-%d}"
    )
    show(data, as_json=as_json, text=text)


def sync(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """立即上传和接收。未联网时数据仍在本机，退出码为 1。"""
    with opened(data_dir, user, password_file) as station:
        directory = station.store.directory
        outcome = syncing.run(station, None if as_json else _shown(sys.stderr.isatty()))
        state = syncing.status(station)
        conflicts = [c.sentence for c in syncing.conflicts(station)]
        problems = [p.sentence for p in syncing.problems(station)]
    code = outcome.error.code if outcome.error else ""
    journal.note(directory, "travel", code=code, pushed=outcome.pushed, pulled=outcome.pulled)
    data = {
        "pushed": outcome.pushed,
        "pulled": outcome.pulled,
        "files_sent": outcome.blobs_sent,
        "files_received": outcome.blobs_received,
        "waiting_ops": state.unsent_ops,
        "waiting_cases": state.unsent_cases,
        "conflicts": conflicts,
        "problems": problems,
        "segments": outcome.segments,
        "passed_over": outcome.passed_over,
        "requests": outcome.traffic.requests,
        "bytes_out": outcome.traffic.out,
        "bytes_in": outcome.traffic.into,
        "error": code,
    }
    aside = [sentence(KnownError("E-543"))] if outcome.passed_over == "E-543" else []
    show(data, as_json=as_json, text="\n".join([_line(outcome, state), *aside, *conflicts, *problems]))
    if outcome.error is not None:
        complain(outcome.error)
        raise typer.Exit(EXIT_KNOWN)


def pending(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """列出待上传的案件、上传未成功的记录和两处修改不一致。"""
    with opened(data_dir, user, password_file) as station:
        items = putting_back.waiting_items(station)
        problems = syncing.problems(station)
        conflicts = syncing.conflicts(station)
        state = syncing.status(station)
    data = {
        "ops": state.unsent_ops,
        "cases": state.unsent_cases,
        "files": state.waiting_files,
        "bytes": state.waiting_bytes,
        "last_contact": state.last_contact,
        "waiting": [asdict(item) for item in items],
        "problems": [
            {"op": p.op, "case": p.case, "code": p.code, "at": p.at, "sentence": p.sentence} for p in problems
        ],
        "conflicts": [{"case": c.case, "sentence": c.sentence} for c in conflicts],
    }
    lines = [f"待上传：{i.title or '本站资料'}，{i.ops} 条记录、{i.files} 份附件，{i.bytes} 字节" for i in items]
    lines += [f"上传未成功（{p.op}）：{p.sentence}" for p in problems] + [c.sentence for c in conflicts]
    show(data, as_json=as_json, text="\n".join(lines) or "没有待上传的内容。")


def put_back(
    op: Annotated[str, typer.Argument(metavar="记录", help="“station pending”列出的记录编号")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把上传未成功的一条记录重新列入待上传。"""
    with opened(data_dir, user, password_file) as station:
        putting_back.put_back(station, op=op)
    print("已重新列入待上传。")


def unsettle(
    case: Annotated[str, typer.Argument(metavar="案件")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """撤销三十日内对两处修改不一致的最近一次处理，恢复处理前的内容。"""
    with opened(data_dir, user, password_file) as station:
        putting_back.undo_settling(station, case=case)
    print("已撤销。")


def _line(outcome: Outcome, state: TravelStatus) -> str:
    if state.unsent_ops:
        what = f"{state.unsent_cases} 件案件" if state.unsent_cases else f"{state.unsent_ops} 条记录"
        waiting = f"待上传 {what}，均已保存在本机。"
    else:
        waiting = "已全部上传。"
    files = outcome.blobs_sent + outcome.blobs_received
    return f"{waiting}本次上传 {outcome.pushed} 条、接收 {outcome.pulled} 条" + (
        f"、文书 {files} 份。" if files else "。"
    )


def _shown(terminal: bool) -> syncing.OnProgress | None:
    """A line that is written over, where there is somebody to read it."""
    if not terminal:
        return None

    def report(progress: Progress) -> None:
        word = _PHASES.get(progress.phase)
        if word:
            of = f"/{progress.total}" if progress.total else ""
            print(f"\r{word} {progress.done}{of}", end="", file=sys.stderr, flush=True)

    return report
