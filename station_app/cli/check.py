"""station check, station answer: the court's view of a case, and the answers only a person can give."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.domain.court.finding import Finding, Severity
from station_app.domain.money import parse_yuan
from station_app.services import court
from station_app.services.cases import Values
from station_app.services.reading import lists
from sync.contract.errors import KnownError

WORDS: Final = {
    Severity.SEAL: "不得加盖印章",
    Severity.STOP: "阻止",
    Severity.WARN: "提醒",
    Severity.HINT: "提示",
}
_FAILS: Final = {"stop": (Severity.SEAL, Severity.STOP), "warn": (Severity.SEAL, Severity.STOP, Severity.WARN)}
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]


def check(
    case: CaseName,
    fail_on: Annotated[str, typer.Option("--fail-on", help="有 stop（阻止）或者 warn（提醒）时退出码为 1")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """司法确认预审：法院会问什么、依据哪一条、怎样补正。"""
    if fail_on and fail_on not in _FAILS:
        raise KnownError("E-217", field="--fail-on", value=fail_on)
    with opened(data_dir, user, password_file) as station:
        view = court.look(station, case=lists.resolve(station, case))
    show([_data(f) for f in view.findings], as_json=as_json, text=_text(view))
    if fail_on and any(f.severity in _FAILS[fail_on] for f in view.findings):
        raise typer.Exit(1)


def answer(
    case: CaseName,
    question: Annotated[str, typer.Argument(help="问题代码，见 station check 的 question")],
    value: Annotated[str, typer.Argument(help="答复：选项代码，如 yes、no")] = "",
    on: Annotated[str, typer.Option("--date", help="日期 2026-11-24")] = "",
    amount: Annotated[str, typer.Option("--amount", help="金额（元）")] = "",
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """答复只能由人核实的事项，一次答复，长期保留。"""
    values: Values = {"value": value or None, "date": on or None, "text": note or None}
    if amount:
        values["amount"] = parse_yuan(amount)
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        court.answer(station, case=found, question=question, values=values)
        view = court.look(station, case=found)
    show([_data(f) for f in view.findings], as_json=as_json, text=_text(view))


def _data(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": finding.place,
        "record": finding.rec,
        "sentence": finding.sentence,
        "basis": [{"article": a.printed, "text": a.text} for a in finding.basis],
        "mend": finding.mend,
        "question": finding.question,
    }


def _text(view: court.View) -> str:
    counts = "　".join(f"{word} {view.count(severity)}" for severity, word in WORDS.items())
    lines = [f"司法确认预审　{counts}"]
    for f in view.findings:
        asked = f"　答复：station answer CASE {f.question}" if f.question else ""
        lines.append(f"{WORDS[f.severity]}　{f.code}　{f.sentence}〔{f.printed_basis}〕［{f.mend}］{asked}")
    if not view.findings:
        lines.append("没有发现需要补正的内容。")
    lines.append("不能替您判断：纠纷是否真实、当事人是否自愿，请调解员当面核实。")
    return "\n".join(lines)
