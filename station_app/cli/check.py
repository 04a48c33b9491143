"""station check, station answer: the court's view of a case, and the answers only a person can give."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.case import Case
from station_app.domain.court.finding import Finding, Severity
from station_app.domain.money import parse_yuan
from station_app.domain.papers import dossier, review
from station_app.domain.papers.dossier import Item
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
_NEED: Final = {dossier.MUST: "必须", dossier.NEEDED: "按需", dossier.NOT: "不需要"}
_RESULTS: Final = {review.PASSED: "● 通过", review.LOOK: "◆ 待核对", review.FAILED: "▲ 不通过"}
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]


def check(
    case: CaseName,
    file: Annotated[bool, typer.Option("--dossier", help="卷宗：十三项文书是否齐全，以及评查自查")] = False,
    fail_on: Annotated[str, typer.Option("--fail-on", help="有 stop（阻止）或者 warn（提醒）时退出码为 1")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """司法确认预审：法院会问什么、依据哪一条、怎样补正；--dossier 核对卷宗。"""
    if fail_on and fail_on not in _FAILS:
        raise KnownError("E-217", field="--fail-on", value=fail_on)
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        view = court.look(station, case=found)
        findings = _dossier(station.case(found), as_json=as_json) if file else view.findings
    if not file:
        show([_data(f) for f in findings], as_json=as_json, text=_text(view))
    if fail_on and any(f.severity in _FAILS[fail_on] for f in findings):
        raise typer.Exit(1)


def _dossier(case: Case, *, as_json: bool) -> list[Finding]:
    """The list of the file and the review, printed; everything they found."""
    items, aspects = dossier.items(case), review.review(case)
    facts = {
        "items": [asdict(item) | {"missing": item.missing} for item in items],
        "review": [
            {"code": a.code, "title": a.title, "result": a.result, "findings": [_data(f) for f in a.findings]}
            for a in aspects
        ],
    }
    rows = [(str(i.no), i.title, _NEED[i.need], _there(i)) for i in items]
    lines = [
        columns(rows, ("项", "文书", "要求", "卷内")) if rows else "本案不是调解案件，没有卷内文书清单。",
        "",
        "评查自查",
    ]
    for aspect in aspects:
        lines.append(f"{_RESULTS[aspect.result]}　{aspect.title}")
        lines += [f"　　{f.sentence}［{f.mend}］" for f in aspect.findings]
    lines.append("纸面上的签名、印章、页码和装订，请当面核对。")
    show(facts, as_json=as_json, text="\n".join(lines))
    return [f for aspect in aspects for f in aspect.findings]


def _there(item: Item) -> str:
    if not item.there:
        return "缺少" if item.missing else "—"
    return "有（尚无签署件）" if item.unsigned else "有"


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
