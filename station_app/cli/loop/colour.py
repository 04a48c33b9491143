"""station colour: the warning colour of a case with every reason; raised by one, lowered by two, reviewed for all."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.cli.loop.doing import on_case
from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.labels import label
from station_app.services.loop import attention, colours
from station_app.services.loop.colours import View
from station_app.services.reading import lists

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Level = Annotated[str, typer.Argument(help="red 红、amber 黄、green 绿")]
Reason = Annotated[str, typer.Option("--reason", help="理由，必须写明")]


def data_of(view: View) -> dict[str, object]:
    """The colour as data: what stands, what the rules say today, each rule with its weight and places of words."""
    return {
        "level": view.level,
        "standing": list(view.standing),
        "today": view.today.level,
        "rules": view.today.basis,
        "asked": text(view.asked, "to"),
        "reasons": [
            {
                "code": r.rule.code,
                "level": r.rule.level,
                "weight": r.rule.weight,
                "why": r.why,
                "source": r.rule.source,
                "places": [{"place": p.place, "start": p.start, "end": p.end, "word": p.word} for p in r.places],
            }
            for r in view.reasons
        ],
    }


def _words(view: View) -> str:
    lines = [codes.label("colours", view.level) if view.level else "没有预警", *view.standing]
    for r in view.reasons:
        lines.append(f"{codes.label('colours', r.rule.level)}　权重{r.rule.weight}　{r.why}〔{r.rule.source}〕")
        lines += [f"　　{label(p.place)}第{p.start + 1}字：…{p.around}…" for p in r.places]
    if view.rising:
        lines.append(f"按现在的规则应为{codes.label('colours', view.today.level)}，可以用 take 提高。")
    if view.asked is not None:
        lines.append(
            f"等待复核：申请降为{codes.label('colours', text(view.asked, 'to'))}，{text(view.asked, 'reason')}"
        )
    return "\n".join(lines)


@app.command("show")
def show_(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """预警等级和每一条原因。"""
    with opened(data_dir, user, password_file) as station:
        view = colours.look(station, case=lists.resolve(station, case))
    show(data_of(view), as_json=as_json, text=_words(view))


@app.command("raise")
def raise_(
    case: CaseName,
    to: Level,
    reason: Reason = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """提高预警。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: colours.raise_(s, case=c, to=to, reason=reason), "已提高预警。")


@app.command("take")
def take(case: CaseName, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None) -> None:
    """按现在的规则提高预警。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: colours.take_over(s, case=c), "已按规则提高预警。")


@app.command("lower")
def lower(
    case: CaseName,
    to: Level,
    reason: Reason = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """申请降低预警，由另一人复核。"""
    access = (data_dir, user, password_file)
    on_case(access, case, lambda s, c: colours.ask_lower(s, case=c, to=to, reason=reason), "已提出，等待另一人复核。")


@app.command("answer")
def answer(
    case: CaseName,
    agreed: Annotated[bool, typer.Option("--agree/--decline", help="同意或者不同意降低")],
    note: Annotated[str, typer.Option("--note", help="说明；不同意的必须写明")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """复核降低预警的申请。"""
    access = (data_dir, user, password_file)
    on_case(
        access,
        case,
        lambda s, c: colours.answer_lower(s, case=c, agreed=agreed, note=note),
        "已复核同意，预警已降低。" if agreed else "未同意，预警不变。",
    )


@app.command("waiting")
def waiting(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """等待复核的降低预警申请。"""
    with opened(data_dir, user, password_file) as station:
        found = attention.second_opinions(station)
    data = [
        {"case": s.case.rec, "title": s.case.title, "to": s.to, "reason": s.reason, "at": s.at, "own": s.own}
        for s in found
    ]
    lines = [
        f"{s.at.replace('T', ' ')}　申请降为{codes.label('colours', s.to)}　{s.case.title}　{s.reason}"
        f"{'（本人提出，由他人复核）' if s.own else ''}"
        for s in found
    ]
    show(data, as_json=as_json, text="\n".join(lines) or "没有等待复核的申请。")


@app.command("review")
def review(
    apply: Annotated[bool, typer.Option("--apply", help="逐件按规则提高")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本站未办结案件中，按现在的规则应当提高预警的。"""
    with opened(data_dir, user, password_file) as station:
        found = colours.review(station, apply=apply)
        titles = {rec: text(station.case(rec).record, "title") for rec, _ in found}
    data = [{"case": rec, "title": titles[rec], **data_of(view)} for rec, view in found]
    lines = [
        f"{codes.label('colours', v.today.level)}　{titles[rec]}　{'；'.join(v.today.reasons)}" for rec, v in found
    ]
    show(data, as_json=as_json, text="\n".join(lines) or "没有需要提高预警的案件。")
