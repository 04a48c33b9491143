"""The sheet of the meeting: agenda and decisions on one A4 across, to be read, written on and signed at the table."""

from __future__ import annotations

from typing import Final

from station_app.domain.dates import date_cn
from station_app.services.figures.paper import as_of
from station_app.services.meeting.agenda import Agenda, Topic, agenda, name_of
from station_app.services.paperwork import station_papers
from station_app.services.paperwork.station_papers import Made
from station_app.services.station import Station

PAPER: Final = "meeting_sheet"
_MOST: Final = 14
_HEADS: Final = (
    ("序号", 90, False),
    ("案件", 520, True),
    ("预警", 110, False),
    ("列入理由", 560, True),
    ("已办天数", 120, False),
    ("上次决定及落实", 420, True),
    ("会商意见", 430, True),
    ("责任单位、责任人", 240, True),
    ("完成时限", 160, False),
)
_COLOURS: Final = {"red": "▲红", "amber": "◆黄", "": "—"}


def sheet(station: Station, *, no: str = "") -> Made:
    """One A4: as many topics as it holds, the most urgent first; how many were left out is said below."""
    found = agenda(station)
    for count in range(min(_MOST, len(found.topics)), 0, -1):
        named = [topic.case for topic in found.topics[:count]]
        made = station_papers.made(station, PAPER, _values(station, found, count), no=no, cases=named)
        if made.pages == 1:
            return made
    return station_papers.made(station, PAPER, _values(station, found, 0), no=no)


def _values(station: Station, found: Agenda, count: int) -> dict[str, object]:
    red, amber, overdue = found.counts()
    heads = [{"head": head, "width": width, "words": words} for head, width, words in _HEADS]
    several = len({topic.station for topic in found.topics}) > 1
    rows = [{"cells": _cells(n, topic, several=several)} for n, topic in enumerate(found.topics[:count], 1)]
    rows = rows or [{"cells": ["", "没有需要会商的案件。", *[""] * (len(_HEADS) - 2)]}]
    left = len(found.topics) - count + found.left_out
    said = f"需会商{len(found.topics) + found.left_out}件：红色预警{red}件，黄色预警{amber}件，超过时限{overdue}件。"
    name = station.store.setting("station.name")
    return {
        "title": f"{name_of(station)}议题单",
        "period": date_cn(station.clock.today()),
        "as_of": as_of(station),
        **({"unit": name} if name else {}),
        "paragraphs": [said + (f"本表未列入的{left}件见“书记会商”清单。" if left else "")],
        "tables": [{"columns": heads, "rows": rows}],
    }


def _cells(number: int, topic: Topic, *, several: bool) -> list[str]:
    standing = [f"{d.words}（{d.who}，{d.until or '未定时限'}）未完成" for d in topic.standing]
    title = f"{topic.title}\n{topic.station}" if several and topic.station else topic.title
    return [
        str(number),
        title,
        _COLOURS[topic.colour],
        "；".join(topic.why) or "上次会商决定待落实",
        str(topic.days),
        "\n".join(standing),
        "",
        "",
        "",
    ]
