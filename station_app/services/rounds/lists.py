"""矛盾纠纷排查登记表 and 值班表: what this station recorded over some days, as papers to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from station_app.domain import codes
from station_app.domain.case import number, text
from station_app.domain.dates import date_cn, parse_date, weekday_cn
from station_app.services.figures.paper import as_of
from station_app.services.paperwork import station_papers
from station_app.services.paperwork.station_papers import Made
from station_app.services.rounds import duty, patrols
from station_app.services.rounds.patrols import Round
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.fold import Record

PATROLS: Final = "patrol_register"
DUTY: Final = "duty_list"
_PATROL_HEADS: Final = (
    ("序号", 110, False),
    ("排查时间", 280, False),
    ("排查地点", 270, True),
    ("场所类别", 200, False),
    ("排查事项", 260, False),
    ("排查人员", 250, True),
    ("发现的问题", 520, True),
    ("现场措施", 320, True),
    ("办理结果", 380, True),
)
_DUTY_HEADS: Final = (
    ("日期", 300, False),
    ("星期", 140, False),
    ("班次", 170, False),
    ("值班人员", 320, False),
    ("值班电话", 370, False),
    ("签到", 330, False),
)
_NONE: Final = "未发现问题"
_EMPTY: Final = "本期没有排查记录。"


def patrol_paper(station: Station, *, first: str, last: str, no: str = "") -> Made:
    """矛盾纠纷排查登记表 of this station's rounds from one day to another (YYYY-MM-DD), the oldest first, one row a
    finding. E-237 where the days are the wrong way round.
    """
    span = _span(first, last)
    found = [r for r in patrols.rounds(station, since=first, own_only=True) if text(r.record, "at")[:10] <= last]
    rows = [cells for n, round_ in enumerate(reversed(found), 1) for cells in _patrol_rows(station, n, round_)]
    rows = rows or [[_EMPTY if head == "发现的问题" else "" for head, _, _ in _PATROL_HEADS]]
    values = {
        **_head(station, "矛盾纠纷排查登记表", span),
        "as_of": as_of(station),
        "paragraphs": [_sums(found)],
        "tables": [_table(_PATROL_HEADS, rows)],
    }
    return station_papers.made(station, PATROLS, values, no=no)


def _patrol_rows(station: Station, place: int, round_: Round) -> list[list[str]]:
    record = round_.record
    head = [
        str(place),
        _time(record),
        text(record, "place"),
        _word("patrol_places", text(record, "place_kind")),
        _word("patrol_subjects", text(record, "subject")),
        _people(station, record),
    ]
    if not round_.findings:
        return [[*head, _NONE, "", text(record, "text")]]
    blank = ["", *[""] * (len(head) - 1)]
    return [
        [*(head if n == 0 else blank), f"{number(f, 'no')}. {text(f, 'text')}", text(f, "measure"), _result(f)]
        for n, f in enumerate(round_.findings)
    ]


def _sums(found: Sequence[Round]) -> str:
    findings = [f for r in found for f in r.findings]
    appeals = sum(bool(f.get("case")) for f in findings)
    done = sum(bool(f.get("done_on")) and not f.get("case") for f in findings)
    open_ = len(findings) - appeals - done
    said = f"本期排查{len(found)}次，发现问题{len(findings)}项"
    return f"{said}：已处理{done}项，转为诉求办理{appeals}项，待处理{open_}项。" if findings else f"{said}。"


def _result(finding: Record) -> str:
    if finding.get("case"):
        return "已转为诉求办理"
    if not finding.get("done_on"):
        return "待处理"
    said = f"{date_cn(text(finding, 'done_on'))}　{text(finding, 'result')}"
    return f"{said}（{text(finding, 'done_by')}）" if text(finding, "done_by") else said


def _time(record: Record) -> str:
    begin, end = text(record, "at"), text(record, "until")
    return f"{date_cn(begin[:10])}\n{begin[11:16]}" + (f"—{end[11:16]}" if end[:10] == begin[:10] else "")


def _people(station: Station, record: Record) -> str:
    leader = text(station.store.reference().records.get(text(record, "leader")), "name")
    return "、".join(part for part in (leader, text(record, "members")) if part)


def _word(name: str, code: str) -> str:
    return codes.label(name, code) if code else ""


def duty_paper(station: Station, *, first: str, last: str, no: str = "") -> Made:
    """值班表 of this station from one day to another; a day for which nobody is set says so. E-237 as above."""
    span = _span(first, last)
    on: dict[str, list[duty.Duty]] = {}
    for entry in duty.listed(station, first, last):
        if entry.own:
            on.setdefault(entry.day, []).append(entry)
    rows = [cells for day in _days(parse_date(first), parse_date(last)) for cells in _duty_rows(day, on)]
    values = {**_head(station, "值班表", span), "tables": [_table(_DUTY_HEADS, rows)]}
    return station_papers.made(station, DUTY, values, no=no)


def _duty_rows(day: date, on: dict[str, list[duty.Duty]]) -> list[list[str]]:
    head = [date_cn(day), weekday_cn(day)]
    entries = on.get(day.isoformat(), [])
    if not entries:
        return [[*head, "", "未安排", "", ""]]
    return [[*(head if n == 0 else ["", ""]), e.shift, e.name, e.phone, ""] for n, e in enumerate(entries)]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _span(first: str, last: str) -> str:
    begin, end = parse_date(first), parse_date(last)
    if end < begin:
        raise KnownError("E-237")
    return date_cn(begin) if begin == end else f"{date_cn(begin)}至{date_cn(end)}"


def _head(station: Station, title: str, span: str) -> dict[str, object]:
    name = station.store.setting("station.name")
    head: dict[str, object] = {"title": title, "period": span, "made": station.clock.today().isoformat()}
    return head | ({"unit": name} if name else {})


def _table(heads: Sequence[tuple[str, int, bool]], rows: Sequence[list[str]]) -> dict[str, object]:
    shown = [{"head": head, "width": width, "words": words} for head, width, words in heads]
    return {"columns": shown, "rows": [{"cells": cells, "sum": False} for cells in rows]}
