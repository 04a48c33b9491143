"""station clock: the days that matter in a case, in words, as data, or as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.domain.clocks.clock import Clock, State
from station_app.services import clocks
from station_app.services.reading import lists
from sync.contract.errors import KnownError

_SHAPES = {State.OUT: "▲", State.SOON: "◆", State.ASK: "◆", State.RUNNING: "○", State.DONE: "●"}


def clock(
    cases: Annotated[list[str], typer.Argument(help="案件编号或者记录号，可以有多个")],
    ics: Annotated[Path | None, typer.Option("--ics", help="另存为日历文件 .ics")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """期限：从哪天起算、依据哪一条、最后一天是哪天、过期以后怎么办。"""
    with opened(data_dir, user, password_file) as station:
        found = [lists.resolve(station, word) for word in cases]
        many = {case: clocks.of_case(station, case=case) for case in found}
        if ics is not None:
            try:
                ics.write_text(clocks.calendar(station, cases=found), "utf-8", newline="")
            except OSError as error:
                raise KnownError("E-516", file=ics.name) from error
        today = station.clock.today()
    data = [{"case": case, **_data(c), "left": c.left(today)} for case, them in many.items() for c in them]
    lines = [f"{_SHAPES[c.state]} {c.title}　{c.sentence}〔{c.printed_basis}〕" for them in many.values() for c in them]
    if ics is not None:
        lines.append(f"日历文件：{ics}")
    show(data, as_json=as_json, text="\n".join(lines) or "目前没有需要注意的期限。")


def _data(c: Clock) -> dict[str, Any]:
    return {
        "code": c.code,
        "title": c.title,
        "state": c.state.value,
        "start": c.start.isoformat() if c.start else None,
        "start_why": c.start_why,
        "raw": c.shift.raw.isoformat() if c.shift else None,
        "last": c.last.isoformat() if c.last else None,
        "known": c.shift.known if c.shift else None,
        "sentence": c.sentence,
        "basis": [a.printed for a in c.basis],
        "question": c.question,
    }
