"""The report of a period as sheets of cells: figures by each field, the ministry's table, and the list of cases.

Sheets are plain values, so that a workbook, a CSV file and the desk show the same. The list of cases names nobody:
a report leaves the station, and figures need no names (个人信息保护法 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.figures import ministry as columns
from station_app.domain.figures import places
from station_app.domain.figures.period import Period
from station_app.services.figures import counting, ministry
from station_app.services.figures.counting import Line
from station_app.services.reading import conditions
from station_app.services.reading.conditions import Condition
from station_app.services.station import Station

Cell = str | int | float
HEADS: Final = ("受理（件）", "化解（件）", "化解率", "未化解（件）", "司法确认（件）", "在办（件）", "涉及人数（人）")
BASIS: Final = "统计口径：按受理日期统计期间内受理的诉求；化解率＝其中已化解件数÷受理件数，保留两位小数。"
SIGNED: Final = ("填表人：", "负责人：", "填报日期：", "（盖章）")

Progress = Callable[[int, int], bool]
"""Told (steps done, all steps); False ends the work, nothing is kept."""


class Cancelled(Exception):
    """The person ended it; no file was left."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `title` above, `heads`, rows, notes below; `sums`: the last row is a sum. `name` at most 31 signs.
    `warnings`: check sums that do not agree, shown in red.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    notes: tuple[str, ...] = ()
    sums: bool = True
    warnings: tuple[str, ...] = ()


def sheets(station: Station, period: Period, *, progress: Progress | None = None) -> Iterator[Sheet]:
    """All sheets in order, each made when it is asked for. `Cancelled` where progress says so."""
    from station_app.services.figures import compared  # its sheet is one of these

    split = counting.fields()
    steps = len(split) + 3
    demo = "（演示数据）" if station.demo else ""
    _tell(progress, 0, steps)
    yield compared.sheet(station, period, demo=demo)
    for done, by in enumerate(split, 1):
        _tell(progress, done, steps)
        yield figures_sheet(station, period, by=by, demo=demo)
    _tell(progress, steps - 2, steps)
    yield ministry_sheet(station, period, demo=demo)
    _tell(progress, steps - 1, steps)
    yield _cases(station, period, demo)
    _tell(progress, steps, steps)


def _tell(progress: Progress | None, done: int, steps: int) -> None:
    if progress is not None and not progress(done, steps):
        raise Cancelled


_MEDIATION: Final = (Condition("service", "is", ("mediation",)),)
_NOTES: Final = {
    "days": "本表各项只列已化解的诉求，合计为全部受理。",
    "source": "本表按来源渠道归类：巡查、外展为主动发现，转办、热线、社区发令为其他部门移送。",
    "type": "本表只列矛盾纠纷调处，其他服务不分纠纷类型。",
}


def figures_sheet(station: Station, period: Period, *, by: str, demo: str = "") -> Sheet:
    """The period split by one of `counting.FIELDS`, with its sum."""
    within = _MEDIATION if by == "type" else ()
    whole = counting.overview(station, period, within)
    lines = counting.breakdown(station, by=by, period=period, within=within)
    rows = [_row(line.label, line) for line in lines]
    rows.append(_row("合计", whole))
    title = f"{period.title}群众诉求办理情况（按{counting.FIELDS[by]}）{demo}"
    notes = (BASIS, _NOTES[by]) if by in _NOTES else (BASIS,)
    return Sheet(f"按{counting.FIELDS[by]}", title, (counting.FIELDS[by], *HEADS), rows, notes)


def _row(label: str, line: Line) -> tuple[Cell, ...]:
    return label, line.accepted, line.resolved, line.rate, line.unresolved, line.confirmed, line.open, line.people


def ministry_sheet(station: Station, period: Period, *, demo: str = "") -> Sheet:
    """人民调解委员会调解情况统计表 of the period; check sums that do not agree stand below it in words."""
    table = ministry.table(station, period)
    heads = columns.columns()
    rows = [(row.label, *(shown(column, row.values[column]) for column in heads)) for row in table]
    basis = ministry.counted_by()[1]
    notes = [f"统计口径：{basis}；只含矛盾纠纷调处；疑难复杂案件由人员在案件中认定；“其他部门”含转办、热线、社区发令。"]
    wrong = [
        f"{row.label}：{d.words}不一致，合计 {d.found}，应为 {d.expected}。" for row in table for d in row.differences
    ]
    title = f"人民调解委员会调解情况统计表（{period.title}）{demo}"
    return Sheet("调解情况统计表", title, ("单位", *heads.values()), rows, tuple(notes), warnings=tuple(wrong))


def shown(column: str, value: int | None) -> Cell:
    """A value of the ministry's table as it stands in a cell: 万元 with two decimals, "" where it is not recorded."""
    if value is None:
        return ""
    return round(value / 1_000_000, 2) if column == "amount" else value


_LIST: Final = {
    "案件编号": "number",
    "服务类别": "service",
    "纠纷类型": "type",
    "来源渠道": "channel",
    "社区": "stream",
    "站点": "station",
    "预警等级": "colour",
    "登记时间": "registered_at",
    "受理时间": "accepted_at",
    "化解时间": "resolved_at",
    "司法确认时间": "confirmed_at",
    "办理状态": "state",
    "涉及人数（人）": "people",
    "涉及金额（元）": "amount",
}
_WORDS: Final = {
    "service": "services",
    "type": "dispute_types",
    "channel": "channels",
    "colour": "colours",
    "state": "case_states",
}


def _cases(station: Station, period: Period, demo: str) -> Sheet:
    words: dict[str, dict[str, str]] = {
        column: {code.code: code.label for code in codes.load(name).every()} for column, name in _WORDS.items()
    }
    words["stream"], words["station"] = places.communities(), counting.station_names(station)
    where, args = conditions.sql(counting.base_of(station, period))
    columns_ = ", ".join(_LIST.values())
    sql = f"SELECT {columns_} FROM case_row WHERE discarded = 0 AND {where} ORDER BY accepted_at, id"
    names = tuple(_LIST.values())
    rows = [
        tuple(_cell(name, value, words) for name, value in zip(names, row, strict=True))
        for row in station.store.reader.execute(sql, args)
    ]
    return Sheet(
        "诉求清单", f"{period.title}受理诉求清单{demo}", tuple(_LIST), rows, ("本清单不含当事人信息。",), False
    )


def _cell(name: str, value: object, words: dict[str, dict[str, str]]) -> Cell:
    if name == "amount":
        return int(value) / 100 if isinstance(value, int) and value else ""
    if isinstance(value, int):
        return value
    text = str(value or "")
    if name.endswith("_at"):
        return text.replace("T", " ")
    return words[name].get(text, text) if name in words else text
