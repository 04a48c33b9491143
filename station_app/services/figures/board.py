"""The board of a community or street: who owes what, one contractor over months and stations, up to when data holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from station_app.clock import shanghai_time
from station_app.domain.case import text
from station_app.services.figures import counting
from station_app.services.loop import board as loop
from station_app.services.meeting import decisions
from station_app.services.reading import conditions, lists, respondents
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from station_app.services.travel import syncing

MONTHS: Final = 12
_ORGANISED: Final = (
    "公司",
    "厂",
    "店",
    "中心",
    "集团",
    "工作室",
    "学校",
    "医院",
    "经营部",
    "商行",
    "合作社",
    "项目部",
    "队",
)
"""Ends of the names of units: people are not followed by counts."""


@dataclass(frozen=True, slots=True)
class Debt:
    """What one unit still owes. `late`: of these past a limit; `soonest`: nearest limit, "" without one.

    `items`: (case, words, limit, late) each, late ones first.
    """

    unit: str
    count: int
    late: int
    soonest: str
    items: tuple[tuple[str, str, str, bool], ...]

    @property
    def cases(self) -> Filter:
        """The list of the cases these are about."""
        return Filter(picked=(Condition("rec", "is", tuple(sorted({item[0] for item in self.items}))),))


@dataclass(frozen=True, slots=True)
class Trend:
    """Appeals against one contractor registered in the last MONTHS: by month, by station; all and open ones.

    `months`: ("2026-11", count); `stations`: (code, name, count), the most first; `earlier`: those before.
    """

    name: str
    total: int
    still_open: int
    people: int
    amount: int
    months: tuple[tuple[str, int], ...]
    stations: tuple[tuple[str, str, int], ...]
    earlier: int
    counted_by: tuple[Condition, ...]

    @property
    def cases(self) -> Filter:
        """The list of them all."""
        return Filter(respondent=self.name, picked=self.counted_by)

    def cases_of_month(self, number: int) -> Filter:
        """The list behind one of `months`."""
        month = self.months[number][0]
        span = (Condition("registered_at", "from", (month,)), Condition("registered_at", "before", (f"{month}-99",)))
        return Filter(respondent=self.name, picked=(*self.counted_by, *span))

    def cases_of_station(self, number: int) -> Filter:
        """The list behind one of `stations`."""
        at = Condition("station", "is", (self.stations[number][0],))
        return Filter(respondent=self.name, picked=(*self.counted_by, at))


def debts(station: Station) -> list[Debt]:
    """Open orders and decisions of the meeting by the unit that has to act; late units first, then by name."""
    items: dict[str, list[tuple[str, str, str, bool]]] = {}
    for line in loop.lines(station):
        if line.kind == loop.ORDER and line.open:
            limit = text(line.record, "report_by") if line.late == "report" else text(line.record, "resolve_by")
            items.setdefault(line.unit, []).append((line.case, f"发令：{line.words}", limit, bool(line.late)))
    today = station.clock.today()
    for decided in decisions.followed(station):
        unit = decided.who.partition("　")[0]
        items.setdefault(unit, []).append((decided.case, f"会商：{decided.words}", decided.until, decided.late(today)))
    found = []
    for unit, owed in items.items():
        owed.sort(key=lambda item: (not item[3], item[2] or "9999"))
        limits = sorted(item[2] for item in owed if item[2])
        late = sum(item[3] for item in owed)
        found.append(Debt(unit, len(owed), late, limits[0] if limits else "", tuple(owed)))
    return sorted(found, key=lambda d: (not d.late, d.unit))


def contractors(station: Station, *, least: int = 2, most: int = 30) -> list[tuple[str, int]]:
    """Units complained of at least `least` times in the last MONTHS, the most frequent first."""
    ends = " OR ".join("respondents LIKE ?" for _ in _ORGANISED)
    rows = station.store.reader.execute(
        "SELECT respondents, count(*) AS n FROM case_row WHERE discarded = 0 AND (? OR demo = 0)"
        f" AND registered_at >= ? AND instr(respondents, '、') = 0 AND ({ends})"
        " GROUP BY respondents HAVING n >= ? ORDER BY n DESC, respondents LIMIT ?",
        (int(station.demo), _months(station)[0], *(f"%{end}" for end in _ORGANISED), least, most),
    )
    return [(str(name), int(count)) for name, count in rows]


def trend(station: Station, *, name: str) -> Trend:
    """One contractor over the stations whose cases are here. A name nobody complained of gives zeros."""
    found = respondents.ids(station, name)
    marks = ",".join(map(str, found)) or "0"
    months = _months(station)
    every = (Condition("standing", "is", (1,)), *(() if station.demo else (Condition("demo", "is", (0,)),)))
    counted_by = (*every, Condition("registered_at", "from", (months[0],)))
    where, args = conditions.sql(counted_by)
    rows = station.store.reader.execute(
        "SELECT substr(registered_at, 1, 7), station,"
        f" {conditions.EXPRESSIONS['open']}, coalesce(people, 0), coalesce(amount, 0)"
        f" FROM case_row WHERE id IN ({marks}) AND discarded = 0 AND {where}",
        args,
    ).fetchall()
    where, args = conditions.sql(every)
    sql = f"SELECT count(*) FROM case_row WHERE id IN ({marks}) AND discarded = 0 AND {where}"
    (all_of_them,) = station.store.reader.execute(sql, args).fetchone()
    by_month, by_station = Counter(str(r[0]) for r in rows), Counter(str(r[1]) for r in rows)
    known = counting.station_names(station)
    stations = sorted(by_station.items(), key=lambda pair: (-pair[1], pair[0]))
    return Trend(
        name.strip(),
        len(rows),
        sum(int(r[2]) for r in rows),
        sum(int(r[3]) for r in rows),
        sum(int(r[4]) for r in rows),
        tuple((month, by_month.get(month, 0)) for month in months),
        tuple((code, known.get(code, code or counting.NOT_SET), count) for code, count in stations),
        int(all_of_them) - len(rows),
        counted_by,
    )


def _months(station: Station) -> list[str]:
    """The last MONTHS months, oldest first, this one included: "2026-11"."""
    day = station.clock.today()
    last = day.year * 12 + day.month - 1
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(last - MONTHS + 1, last + 1)]


def colours(station: Station) -> dict[str, tuple[int, Filter]]:
    """Open cases by colour, each count with its list."""
    counted: dict[str, tuple[int, Filter]] = {}
    base = (Condition("open", "is", (1,)), *(() if station.demo else (Condition("demo", "is", (0,)),)))
    for code in ("red", "amber", ""):
        flt = Filter(picked=(*base, *((Condition("colour", "is", (code,)),) if code else ())))
        counted[code] = (lists.count(station, flt=flt), flt)
    return counted


def as_of(station: Station) -> str:
    """Up to when cases of other stations are known here: "数据截至 11-23 08:10", or that only this PC's are."""
    state = syncing.status(station)
    if not state.enrolled:
        return "本站尚未接入区级平台，以下只含本机数据。"
    if not state.last_contact:
        return "还没有与区级平台联系过，以下只含本机数据。"
    at = shanghai_time(state.last_contact)
    offline = "，当前未联网" if state.failures else ""
    return f"数据截至 {at:%m-%d %H:%M}{offline}。"
