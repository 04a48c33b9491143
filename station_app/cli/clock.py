"""station clock: the days that matter in a case, in words, as data, or as a calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.domain.clocks.clock import Clock, State
from station_app.domain.clocks.remedies import Remedy
from station_app.services import clocks
from station_app.services.reading import lists
from sync.contract.errors import KnownError

_SHAPES = {
    State.OUT: "▲",
    State.SOON: "◆",
    State.ASK: "◆",
    State.RUNNING: "○",
    State.STOPPED: "○",
    State.OFF: "○",
    State.DONE: "●",
}


def clock(
    cases: Annotated[
        list[str] | None, typer.Argument(help="案件编号或者记录号，可以有多个；不写的，为本站全部未办结案件")
    ] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="另存为日历文件 .ics")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """期限：从哪天起算、依据哪一条、最后一天是哪天、过期以后怎么办。"""
    with opened(data_dir, user, password_file) as station:
        found = [lists.resolve(station, word) for word in cases] if cases else clocks.open_cases(station)
        many = {case: clocks.of_case(station, case=case) for case in found}
        ways = {case: clocks.remedies(station, case=case) for case, them in many.items() if _over(them)}
        if ics is not None:
            try:
                ics.write_text(clocks.calendar(station, cases=found), "utf-8", newline="")
            except OSError as error:
                raise KnownError("E-516", file=ics.name) from error
        today = station.clock.today()
        titles = {case: str(station.case(case).get("title") or case) for case in found}
    data = [{"case": case, **_data(c, today, ways.get(case, []))} for case, them in many.items() for c in them]
    lines = []
    for case, them in many.items():
        lines += [titles[case]] if len(many) > 1 and them else []
        lines += [_line(c) for c in them]
    if ics is not None:
        lines.append(f"日历文件：{ics}")
    show(data, as_json=as_json, text="\n".join(lines) or "目前没有需要注意的期限。")


def _over(them: list[Clock]) -> bool:
    return any(c.state is State.OUT for c in them)


def _line(c: Clock) -> str:
    basis = f"〔{c.printed_basis}〕" if c.basis else ""
    return f"{_SHAPES[c.state]} {c.title}　{c.sentence}{basis}"


def _data(c: Clock, today: date, ways: list[Remedy]) -> dict[str, object]:
    return {
        "code": c.code,
        "title": c.title,
        "state": c.state.value,
        "tone": c.tone,
        "start": c.start.isoformat() if c.start else None,
        "start_why": c.start_why,
        "raw": c.raw.isoformat() if c.raw else None,
        "last": c.last.isoformat() if c.last else None,
        "shifted": c.shifted,
        "known": c.known,
        "left": c.left(today),
        "sentence": c.sentence,
        "basis": [a.printed for a in c.basis],
        "question": c.question,
        "record": c.rec,
        "remedies": [
            {"code": w.code, "title": w.title, "sentence": w.sentence, "basis": [a.printed for a in w.basis]}
            for w in (ways if c.state is State.OUT and c.code in ("confirmation", "mediation") else [])
        ],
    }
