"""工作日志: one page of what was recorded at this station on a day, computed; with remarks as typed, and a paper.

What was done is counted from the records themselves, by the day each act was recorded under. The remarks are a record
about no case; the page names cases by their titles and stays with the station.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from station_app.clock import SHANGHAI, shanghai_time, to_ms
from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.dates import date_cn, parse_date, weekday_cn
from station_app.services.changes import Changes
from station_app.services.paperwork import station_papers
from station_app.services.rounds import diary, duty, patrols
from station_app.services.rounds.caseless import add, clean, edit, standing
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.fold import Record
from sync.contract.op import parse_header

if TYPE_CHECKING:
    from station_app.services.paperwork.station_papers import Made

PAPER: Final = "day_log"
_COUNTED: Final = (
    ("register", "登记诉求"),
    ("accept", "受理"),
    ("session", "调解"),
    ("contact", "联系"),
    ("agree", "达成协议"),
    ("end", "终止调解"),
    ("issue_paper", "出具文书"),
    ("sign", "签署登记"),
    ("perform", "履行登记"),
    ("visit", "回访"),
    ("order", "发令"),
    ("order_answer", "执行发令"),
    ("hand_off", "移交"),
    ("feed_back", "反馈"),
    ("archive", "归档"),
)
"""Verb -> its word, in the order of the work."""
_WIDTHS: Final = (130, 600, 870)


@dataclass(frozen=True, slots=True)
class Deed:
    """One case of the day: when it was first touched (HH:MM), its title, what was done in order of the work."""

    at: str
    case: str
    title: str
    done: str


@dataclass(slots=True)
class Log:
    """One day: who was on duty, sums by kind of work, cases touched, rounds, what is in the diary, the remarks."""

    day: str
    duty: list[str] = field(default_factory=list)
    sums: list[tuple[str, int]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    rounds: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    remarks: str = ""
    handed_to: str = ""


def read(station: Station, day: str) -> Log:
    """What this PC has of a day (YYYY-MM-DD); E-209 for none, E-285 for a day that has not come."""
    on = parse_date(day)
    if on > station.clock.today():
        raise KnownError("E-285", field="day_log.day")
    log = Log(on.isoformat())
    log.duty = [
        "　".join(p for p in (d.name, d.shift, d.phone) if p) for d in duty.listed(station, log.day, log.day) if d.own
    ]
    _deeds(station, log, on)
    for round_ in patrols.rounds(station, since=log.day, own_only=True):
        if text(round_.record, "at")[:10] == log.day:
            subject = codes.label("patrol_subjects", text(round_.record, "subject"))
            found = f"发现问题{len(round_.findings)}项" if round_.findings else "未发现问题"
            log.rounds.append(f"{text(round_.record, 'place')}，{subject}，{found}")
    tomorrow = (on + timedelta(days=1)).isoformat()
    log.ahead = [_said(e) for e in diary.entries(station, tomorrow, tomorrow) if not e.done]
    remarks = _record(station, log.day)
    log.remarks, log.handed_to = text(remarks, "text"), text(remarks, "handed_to")
    return log


def remark(station: Station, *, day: str, words: str, handed_to: str = "") -> Changes:
    """值班情况和交接事项 of a day, written or corrected. E-285 for a day that has not come, E-270 as other records."""
    on = parse_date(day)
    if on > station.clock.today():
        raise KnownError("E-285", field="day_log.day")
    standing_ = _record(station, on.isoformat())
    if standing_ is not None:
        given = {"text": words.strip() or None, "handed_to": handed_to.strip() or None}
        return edit(station, kind="day_log", rec=standing_.id, values={**given}, label="工作日志")
    values = clean(station, "day_log", {"day": on.isoformat(), "text": words, "handed_to": handed_to}, needs=("text",))
    return add(station, kind="day_log", values=values, label="工作日志")


def paper(station: Station, *, day: str, no: str = "") -> Made:
    """工作日志 of a day as an A4 page to be signed."""
    log = read(station, day)
    on = parse_date(log.day)
    name = station.store.setting("station.name")
    cells = [[d.at, d.title, d.done] for d in log.deeds] or [["", "当日没有办理记录", ""]]
    heads = [
        {"head": head, "width": width, "words": place > 0}
        for place, (head, width) in enumerate(zip(("时间", "案件", "办理事项"), _WIDTHS, strict=True))
    ]
    values: dict[str, object] = {
        "kind": "工作日志",
        "title": "群众诉求服务站工作日志",
        "period": f"{date_cn(on)} {weekday_cn(on)}",
        "made": station.clock.today().isoformat(),
        "paragraphs": _paragraphs(log),
        "tables": [{"caption": "", "columns": heads, "rows": [{"cells": c, "sum": False} for c in cells], "notes": []}],
        "notes": log.ahead,
        **({"unit": name} if name else {}),
        **({"remarks": log.remarks} if log.remarks else {}),
    }
    return station_papers.made(station, PAPER, values, no=no, cases=[deed.case for deed in log.deeds if deed.case])


def _paragraphs(log: Log) -> list[str]:
    said = [f"值班人员：{'；'.join(log.duty)}。" if log.duty else "值班人员：未安排。"]
    sums = "，".join(f"{word}{count}件次" for word, count in log.sums)
    said.append(f"当日办理：{sums}。" if sums else "当日办理：无。")
    said.append(f"排查：{'；'.join(log.rounds)}。" if log.rounds else "排查：无。")
    if log.handed_to:
        said.append(f"接班人：{log.handed_to}。")
    return said


def _deeds(station: Station, log: Log, on: date) -> None:
    """From the headers of the day's own ops: they are in clear, so nothing has to be opened."""
    begin, end = _midnight(on), _midnight(on + timedelta(days=1))
    sql = (
        "SELECT o.header, c.rec, c.title FROM op o JOIN case_row c ON c.id = o.case_id JOIN inst i ON i.no = o.id >> 32"
        " WHERE i.own = 1 AND c.discarded = 0 AND c.wall >= ? ORDER BY o.id"
    )
    sums: dict[str, int] = {}
    touched: dict[str, tuple[int, str, list[str]]] = {}
    groups: set[tuple[str, int, str]] = set()
    words = dict(_COUNTED)
    for raw, case, title in station.store.reader.execute(sql, (begin,)):
        header = parse_header(bytes(raw))
        if not begin <= header.wall < end or header.verb not in words:
            continue
        act = (header.inst, header.group[0], header.verb)
        if act in groups:
            continue
        groups.add(act)
        sums[header.verb] = sums.get(header.verb, 0) + 1
        known = touched.setdefault(str(case), (header.wall, str(title), []))
        if header.verb not in known[2]:
            known[2].append(header.verb)
    log.sums = [(word, sums[verb]) for verb, word in _COUNTED if verb in sums]
    order = [verb for verb, _ in _COUNTED]
    for case, (wall, title, verbs) in touched.items():
        at = _time(wall)
        log.deeds.append(Deed(at, case, title, "、".join(words[v] for v in sorted(verbs, key=order.index))))


def _midnight(day: date) -> int:
    """The beginning of a day in Shanghai, in ms."""
    return to_ms(datetime.combine(day, time(), SHANGHAI))


def _time(ms: int) -> str:
    return shanghai_time(ms).strftime("%H:%M")


def _said(entry: diary.Entry) -> str:
    return "　".join(
        p for p in (entry.time, entry.what or _KINDS[entry.kind], entry.title, entry.place, entry.who) if p
    )


_KINDS: Final = {
    "session": "调解",
    "booking": "预约",
    "hearing": "法院询问",
    "contact": "联系",
    "visit": "回访",
    "relief": "帮扶后续",
    "psych": "心理服务",
}


def _record(station: Station, day: str) -> Record | None:
    code = station.store.setting("station.code")
    found = [r for r in standing(station, "day_log") if text(r, "day") == day and text(r, "station") == code]
    return found[-1] if found else None
