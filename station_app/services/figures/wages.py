"""Special lists a secretary needs before Spring Festival: the ledger of unpaid wages, and what falls due and is unpaid.

Workers are counted, not named: the ledger goes round among offices (个人信息保护法 6); the employer is named.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from station_app.domain import codes
from station_app.domain.money import yuan
from station_app.services.figures import counting
from station_app.services.figures.report import Cell, Sheet
from station_app.services.reading import conditions
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import Filter
from station_app.services.station import Station

TYPES: Final = ("wage_arrears",)
_HEADS: Final = (
    "序号",
    "案件编号",
    "登记日期",
    "站点",
    "项目、地点",
    "用人单位（被申请人）",
    "涉及人数（人）",
    "欠薪金额（元）",
    "协议金额（元）",
    "未履行（元）",
    "最近到期日",
    "办理状态",
    "预警",
)
_LEDGER: Final = """
SELECT number, registered_at, station, place, respondents, people, amount,
       (SELECT sum(amount) FROM due_row d WHERE d.case_id = c.id),
       (SELECT sum(amount) FROM due_row d WHERE d.case_id = c.id AND d.done = 0),
       (SELECT min(due) FROM due_row d WHERE d.case_id = c.id AND d.done = 0 AND coalesce(d.due, '') <> ''),
       state, colour
FROM case_row c WHERE discarded = 0 AND %s ORDER BY (colour = 'red') DESC, registered_at, id
"""


def unpaid(station: Station, *, everything: bool = False) -> Filter:
    """The cases of the ledger: wages, registered and not done with; with `everything` also those done with."""
    parts = [Condition("type", "is", TYPES), Condition("state", "not", ("refused",))]
    if not everything:
        parts.append(Condition("open", "is", (1,)))
    if not station.demo:
        parts.append(Condition("demo", "is", (0,)))
    return Filter(picked=tuple(parts))


def ledger(station: Station, *, everything: bool = False) -> Sheet:
    """欠薪台账 as cells, red ones first, then the oldest."""
    where, args = conditions.sql(unpaid(station, everything=everything).picked)
    known, demo = counting.station_names(station), "（演示数据）" if station.demo else ""
    found = [tuple(r) for r in station.store.reader.execute(_LEDGER % where, args)]
    rows = [_row(n, r, known) for n, r in enumerate(found, 1)]
    people, owed, agreed, left = (sum(int(r[i] or 0) for r in found) for i in (5, 6, 7, 8))
    sums = (yuan(owed), yuan(agreed), yuan(left))
    rows.append(("合计", f"{len(found)}件", "", "", "", "", people, *sums, "", "", ""))
    day = station.clock.today().isoformat()
    what = "拖欠农民工工资案件台账" if everything else "未办结拖欠农民工工资案件台账"
    notes = (f"截至{day}；欠薪金额为登记的涉及金额，未履行为协议约定而未支付的数额。",)
    return Sheet("欠薪台账", f"{what}{demo}", _HEADS, rows, notes)


def _row(number: int, r: tuple[object, ...], known: dict[str, str]) -> tuple[Cell, ...]:
    people, owed, agreed, left = (int(str(r[i] or 0)) for i in (5, 6, 7, 8))
    return (
        number,
        str(r[0] or ""),
        str(r[1] or "")[:10],
        known.get(str(r[2]), str(r[2] or "")),
        str(r[3] or ""),
        str(r[4] or ""),
        people,
        yuan(owed) if owed else "",
        yuan(agreed) if agreed else "",
        yuan(left) if left else "",
        str(r[9] or ""),
        codes.label("case_states", str(r[10] or "")),
        codes.label("colours", str(r[11])) if r[11] else "",
    )


_DUE: Final = """
SELECT d.due, d.what, d.amount, c.number, c.title, c.service, c.respondents, c.station
FROM due_row d JOIN case_row c ON c.id = d.case_id
WHERE d.done = 0 AND coalesce(d.due, '') <> '' AND d.due <= ? AND c.discarded = 0 AND (? OR c.demo = 0)
ORDER BY d.due, c.id
"""


def falling_due(station: Station, *, days: int = 30) -> Sheet:
    """What agreements promise and nobody has paid, due within so many days or past."""
    today = station.clock.today()
    last, known = (today + timedelta(days=days)).isoformat(), counting.station_names(station)
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for due, what, amount, number, title, _service, respondents, code in station.store.reader.execute(
        _DUE, (last, int(station.demo))
    ):
        fen = int(amount or 0)
        total += fen
        state = "已逾期" if str(due) < today.isoformat() else "未到期"
        rows.append(
            (len(rows) + 1, str(due), state, str(what or ""), yuan(fen) if fen else "", str(number or ""), str(title),
             str(respondents or ""), known.get(str(code), str(code)))
        )  # fmt: skip
    rows.append(("合计", f"{len(rows)}项", "", "", yuan(total), "", "", "", ""))
    heads = ("序号", "履行期限", "状态", "履行内容", "金额（元）", "案件编号", "案件名称", "被申请人", "站点")
    demo = "（演示数据）" if station.demo else ""
    return Sheet("到期未履行", f"{days}日内到期和已逾期未履行清单{demo}", heads, rows, (f"截至{today.isoformat()}。",))
