"""Live figures: how many appeals were accepted, resolved, confirmed, by service, type, place, channel, month, days.

A period takes the appeals accepted in it; a rate is resolved / accepted of these, as it is published. Each figure
is counted by conditions and gives the same conditions to the list, so a number and what it opens cannot differ.
A demonstration station counts its own invented cases; any other leaves invented cases out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from station_app.domain import codes
from station_app.domain.figures import ministry, places
from station_app.domain.figures.period import ALWAYS, Period
from station_app.domain.figures.rate import percent
from station_app.services.reading import conditions
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from sync.contract.errors import KnownError

NOT_SET: Final = "未登记"
NO_COLOUR: Final = "无预警"
_LISTS: Final = {
    "service": "services",
    "type": "dispute_types",
    "channel": "channels",
    "key_area": "key_areas",
    "colour": "colours",
}
SOURCES: Final = {
    "active": "主动发现",
    "applied": "群众申请",
    **{sender: f"{words}移送" for sender, words in ministry.SENDERS.items()},
}
"""案件来源: the channels as the ministry's table groups them, in words that fit all six services."""
DAYS: Final = ((0, 0), (1, 3), (4, 7), (8, 15), (16, 30), (31, 0))
"""Steps of days from 受理 to 化解: from, to (both included); the last has no end."""

FIELDS: Final = {
    "service": "服务类别",
    "type": "纠纷类型",
    "street": "街道",
    "community": "社区",
    "station": "站点",
    "source": "案件来源",
    "channel": "来源渠道",
    "key_area": "重点领域",
    "colour": "预警等级",
    "month": "受理月份",
    "days": "化解用时",
}
"""What figures can be split by. People are not among them: nobody is ranked by counts."""


def fields() -> dict[str, str]:
    """FIELDS as far as there is something to split by: 重点领域 only where the district brought its list."""
    return {code: words for code, words in FIELDS.items() if code != "key_area" or codes.load("key_areas").entries}


MEASURES: Final = {
    "accepted": "受理",
    "resolved": "化解",
    "unresolved": "未化解",
    "confirmed": "司法确认",
    "open": "在办",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of figures: counts of appeals, `people` (人), `amount` (分), and what it was counted by."""

    code: str
    label: str
    accepted: int
    resolved: int
    confirmed: int
    open: int
    people: int
    amount: int
    counted_by: tuple[Condition, ...]

    @classmethod
    def of(cls, code: str, label: str, sums: Sequence[int], counted_by: tuple[Condition, ...]) -> Line:
        """From the six sums in the order of the fields; none reads as zeros."""
        accepted, resolved, confirmed, still_open, people, amount = sums or (0,) * 6
        return cls(code, label, accepted, resolved, confirmed, still_open, people, amount, counted_by)

    @property
    def sums(self) -> tuple[int, ...]:
        """The six sums, as `of` takes them."""
        return self.accepted, self.resolved, self.confirmed, self.open, self.people, self.amount

    @property
    def unresolved(self) -> int:
        """Accepted and not resolved, whatever became of it."""
        return self.accepted - self.resolved

    @property
    def rate(self) -> str:
        """化解率 with two decimals."""
        return percent(self.resolved, self.accepted)

    def cases(self, measure: str = "accepted") -> Filter:
        """The list behind one of MEASURES of this line; `lists.count` of it is the number shown."""
        return Filter(picked=(*self.counted_by, *_measured(measure)))


def _measured(measure: str) -> tuple[Condition, ...]:
    if measure == "accepted":
        return ()
    if measure == "unresolved":
        return (Condition("resolved", "is", (0,)),)
    return (Condition(measure, "is", (1,)),)


By = Literal["accepted_at", "closed_at"]
"""The moment a period is told by: 受理, or 结案."""


def base_of(station: Station, period: Period, *, by: By = "accepted_at") -> tuple[Condition, ...]:
    """The appeals a period takes: accepted (or closed) in it, not merged; invented ones only in a demonstration."""
    parts = [Condition(what, "is", (1,)) for what in ("standing", "accepted")]
    parts.append(Condition("accepted_at", "not", ("",)))
    if by != "accepted_at":
        parts.append(Condition(by, "not", ("",)))
    if not station.demo:
        parts.append(Condition("demo", "is", (0,)))
    if period.streams:
        parts.append(Condition("stream", "is", period.streams))
    if period.first:
        parts.append(Condition(by, "from", (period.begins,)))
    if period.last:
        parts.append(Condition(by, "before", (period.after,)))
    return tuple(parts)


_SUMS: Final = (
    "count(*), "
    + ", ".join(f"total({conditions.EXPRESSIONS[m]})" for m in ("resolved", "confirmed", "open"))
    + ", total(people), total(amount)"
)


def overview(station: Station, period: Period, within: tuple[Condition, ...] = ()) -> Line:
    """The whole period in one line; `within` narrows it (conditions of another line)."""
    return _lines(station, "''", (*base_of(station, period), *within), {"": period.title})[0]


def breakdown(station: Station, *, by: str, period: Period, within: tuple[Condition, ...] = ()) -> list[Line]:
    """The period split by one of FIELDS, in the order of its code list; empty lines stay. E-361 for another field.

    Streets, communities, services, types, channels and months are listed in full; stations as far as they have cases.
    """
    if by not in FIELDS:
        raise KnownError("E-361", what=by, choices="、".join(FIELDS))
    base = (*base_of(station, period), *within)
    if by == "days":
        return _by_days(station, base)
    if by == "month":
        labels = {m.first[:7]: m.title for m in period.months()}
        return _lines(station, "month", base, labels)
    if by in ("street", "community"):
        named = places.communities()
        meant = {code: name for code, name in named.items() if not period.streams or code in period.streams}
        found = _lines(station, "stream", base, meant)
        return found if by == "community" else _by_street(found, base)
    if by == "station":
        return _lines(station, "station", base, station_names(station))
    labels = SOURCES if by == "source" else {code.code: code.label for code in codes.load(_LISTS[by]).every()}
    return _lines(station, by, base, labels)


def _lines(station: Station, what: str, base: tuple[Condition, ...], labels: dict[str, str]) -> list[Line]:
    """Group by an expression of `conditions`; labels give order and words, codes without a label follow."""
    where, args = conditions.sql(base)
    group = conditions.EXPRESSIONS.get(what, what)
    rows = {
        str(row[0]): tuple(int(v) for v in row[1:])
        for row in station.store.reader.execute(
            f"SELECT {group} AS part, {_SUMS} FROM case_row WHERE discarded = 0 AND {where} GROUP BY part", args
        )
    }
    order = list(labels) if what != "station" else [code for code in labels if code in rows]
    order += sorted(code for code in rows if code not in labels)
    return [
        Line.of(
            code,
            labels.get(code) or code or (NO_COLOUR if what == "colour" else NOT_SET),
            rows.get(code, ()),
            base if what == "''" else (*base, Condition(what, "is", (code,))),
        )
        for code in order
    ]


def _by_street(found: list[Line], base: tuple[Condition, ...]) -> list[Line]:
    result = []
    known = places.communities()
    for street, name in places.streets().items():
        streams = places.streams_of(street)
        lines = [line for line in found if line.code in streams]
        if streams and not lines:
            continue  # a report of one place
        result.append(_joined(street, name, lines, (*base, Condition("stream", "is", streams))))
    others = [line for line in found if line.code not in known]
    if others:
        elsewhere = Condition("stream", "is", tuple(line.code for line in others))
        result.append(_joined("", "其他", others, (*base, elsewhere)))
    return result


def _joined(code: str, label: str, lines: list[Line], counted_by: tuple[Condition, ...]) -> Line:
    sums = [sum(column) for column in zip(*(line.sums for line in lines), strict=True)]
    return Line.of(code, label, sums, counted_by)


def _by_days(station: Station, base: tuple[Condition, ...]) -> list[Line]:
    resolved = (*base, Condition("resolved", "is", (1,)))
    single = {int(line.code): line for line in _lines(station, "days", resolved, {})}
    result = []
    for first, last in DAYS if -1 not in single else (*DAYS, (-1, -1)):
        lines = [line for days, line in single.items() if _within(days, first, last)]
        span = [Condition("days", "from", (first,))] + ([Condition("days", "before", (last + 1,))] if last else [])
        if first == last:
            span = [Condition("days", "is", (first,))]
        result.append(_joined(str(first), _days_label(first, last), lines, (*resolved, *span)))
    return result


def _within(days: int, first: int, last: int) -> bool:
    return days == first if first == last else first <= days and (not last or days <= last)


def _days_label(first: int, last: int) -> str:
    if first < 0:
        return NOT_SET
    if first == last:
        return "当日"
    return f"{first}至{last}日" if last else f"{first}日以上"


def station_names(station: Station) -> dict[str, str]:
    """Names of the stations this PC knows, by code."""
    return {
        str(r.values["code"]): str(r.values.get("name") or r.values["code"])
        for r in station.store.reference(station.store.reader).records.values()
        if r.kind == "station" and r.values.get("code")
    }


def years(station: Station) -> list[int]:
    """Years in which anything was accepted, latest first."""
    where, args = conditions.sql(base_of(station, ALWAYS))
    sql = f"SELECT DISTINCT substr(accepted_at, 1, 4) FROM case_row WHERE discarded = 0 AND {where}"
    return sorted((int(r[0]) for r in station.store.reader.execute(sql, args) if str(r[0]).isdigit()), reverse=True)
