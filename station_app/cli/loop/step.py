"""station case step: one step of the loop on a case, now or with its own true time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.domain import codes
from station_app.domain.case import text
from station_app.services import cases, sessions
from station_app.services.changes import Changes
from station_app.services.loop import difficult, reopening
from station_app.services.reading import lists
from station_app.services.station import Station


class Step(StrEnum):
    """Steps that need no more than a reason; agreeing, signing, the court and leaving have commands of their own."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    MEDIATE = "mediate"
    END = "end"
    VISIT_DONE = "visit_done"
    FEED_BACK = "feed_back"
    ARCHIVE = "archive"
    REOPEN = "reopen"


def step(
    case: Annotated[str, typer.Argument(help="案件编号或者记录号")],
    verb: Annotated[Step, typer.Argument(help="受理、不予受理、开始调解、终止调解、完成回访、反馈、归档、恢复办理")],
    reason: Annotated[str, typer.Option("--reason", help="原因；不予受理、终止、恢复办理必须写明")] = "",
    ground: Annotated[str, typer.Option("--ground", help="终止调解的事由，如 failed、refused、unreachable")] = "",
    asked_by: Annotated[str, typer.Option("--asked-by", help="恢复办理由谁提出")] = "",
    at: Annotated[str, typer.Option("--at", help="实际办理时间 2026-11-20T09:00；不写的为现在")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """办理一个环节：受理、不予受理、开始调解、终止调解、回访、反馈、归档、恢复办理。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        _do(station, rec, verb, reason=reason, ground=ground, asked_by=asked_by, at=at)
        state = text(station.case(rec).record, "state")
    said = f"已{codes.label('verbs', verb)}，案件现为“{codes.label('case_states', state)}”。"
    show({"case": rec, "state": state}, as_json=as_json, text=said)


def _do(station: Station, case: str, verb: Step, *, reason: str, ground: str, asked_by: str, at: str) -> Changes:
    if verb is Step.END:
        return sessions.end(station, case=case, reason=ground, note=reason, at=at)
    if verb is Step.REOPEN:
        return reopening.reopen(station, case=case, reason=reason, asked_by=asked_by, at=at)
    return cases.step(station, case=case, verb=verb.value, at=at, reason=reason)


def mark_difficult(
    case: Annotated[str, typer.Argument(help="案件编号或者记录号")],
    reason: Annotated[str, typer.Option("--reason", help="认定理由，必须写明")] = "",
    off: Annotated[bool, typer.Option("--off", help="取消认定")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """认定或者取消认定为疑难复杂案件（计入调解情况统计表）；没有写理由的，列出本地规则的提示。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        hints = difficult.hints(station, case=rec)
        if reason or off:
            difficult.mark(station, case=rec, difficult=not off, reason=reason)
        now = bool(station.case(rec).get("difficult"))
    told = f"提示：{'；'.join(hints)}。" if hints else "本地规则没有提示。"
    state = "已认定为疑难复杂案件。" if now else "未认定为疑难复杂案件。"
    show({"case": rec, "difficult": now, "hints": hints}, as_json=as_json, text=f"{state}{told}")
