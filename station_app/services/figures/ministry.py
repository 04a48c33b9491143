"""The ministry's table of a period from the rows of cases: 矛盾纠纷调处 only; advice and complaints are no mediation.

Counted by the day of 结案, or of 受理 where the rules pack says so. The form of an agreement is a fact of its case; a
success whose form nobody wrote down shows in the check sums and opens its cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from station_app.domain.figures import ministry, places
from station_app.domain.figures.ministry import Difference
from station_app.domain.figures.period import Period
from station_app.domain.rules import Rules, load_rules
from station_app.services.figures.counting import By, base_of
from station_app.services.reading import conditions
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from sync.contract.errors import KnownError

_SQL: Final = f"""
WITH agreed AS (SELECT case_id, sum(amount) AS amount FROM due_row GROUP BY case_id),
taken AS (SELECT id, stream, station, coalesce(channel, '') AS channel, coalesce(type, '') AS type,
          coalesce(people, 0) AS people, coalesce(form, '') AS form,
          coalesce(difficult, 0) AS difficult, {conditions.EXPRESSIONS["resolved"]} AS resolved
          FROM case_row WHERE discarded = 0 AND %s)
SELECT stream, station, channel, type, count(*), sum(people), sum(resolved),
       sum(iif(resolved, coalesce(agreed.amount, 0), 0)), sum(resolved AND form = 'oral'),
       sum(resolved AND form IN ('written', 'supplement')), sum(difficult)
FROM taken LEFT JOIN agreed ON agreed.case_id = taken.id
GROUP BY stream, station, channel, type
"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One unit (a street) or the sum: values by the columns of `domain.figures.ministry`, and its check sums."""

    label: str
    values: ministry.Row
    counted_by: tuple[Condition, ...]
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each of `ministry.BODIES` where its cases were born (`spot` of the conditions)."""

    @property
    def differences(self) -> list[Difference]:
        """Check sums that do not agree."""
        return ministry.check(self.values)

    def cases(self, column: str = "total") -> Filter:
        """The list behind a column; people opens all cases of the row, the amount those it was agreed in. UNFORMED:
        successes whose form of agreement is not known.
        """
        more: tuple[Condition, ...] = ()
        if column in ("successful", "amount"):
            more = (_SUCCESS,)
        elif column in ministry.BODIES:
            more = (Condition("spot", "is", self.bodies.get(column) or ("",)),)
        elif column == "difficult":
            more = (Condition("difficult", "is", (1,)),)
        elif column in _FORMS:
            more = (_SUCCESS, Condition("form", "is", _FORMS[column]))
        elif column.startswith("type."):
            more = (Condition("type", "is", (column.removeprefix("type."),)),)
        elif column in (*ministry.SOURCES, *ministry.SENDERS):
            more = (_channels(column),)
        return Filter(picked=(*self.counted_by, *more))


UNFORMED: Final = "unformed"
_WHOLE: Final = "*"
_SUCCESS: Final = Condition("resolved", "is", (1,))
_FORMS: Final = {"oral": ("oral",), "written": ("written", "supplement"), UNFORMED: ("",)}
BY: Final[dict[str, tuple[By, str]]] = {
    "closed": ("closed_at", "按结案日期统计（未达成协议的为终止调解或者转出之日）"),
    "accepted": ("accepted_at", "按受理日期统计"),
}
"""What the rules pack may say the table is counted by: the moment, and its words."""


def counted_by(rules: Rules | None = None) -> tuple[By, str]:
    """By which moment the table counts, as the rules pack says. E-520 for a word it does not know."""
    chosen = str((rules or load_rules()).setting("report.ministry_by").value or "closed")
    if chosen not in BY:
        raise KnownError("E-520", file="report.ministry_by", place=chosen)
    return BY[chosen]


def _channels(column: str) -> Condition:
    known = ministry.SOURCE_OF_CHANNEL
    if column == "applied":
        return Condition("channel", "not", tuple(known))
    if column == "transferred":
        return Condition("channel", "is", tuple(c for c, source in known.items() if source in ministry.SENDERS))
    return Condition("channel", "is", tuple(c for c, source in known.items() if source == column))


def table(station: Station, period: Period) -> list[TableRow]:
    """One row for each street, those elsewhere if any, and the sum last (合计)."""
    base = (*base_of(station, period, by=counted_by()[0]), Condition("service", "is", ("mediation",)))
    where, args = conditions.sql(base)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spots: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    street_of = {stream: street for street in places.streets() for stream in places.streams_of(street)}
    committees = _committees(station)
    for row in station.store.reader.execute(_SQL % where, args):
        stream, code, channel, kind = (str(v) for v in row[:4])
        body = ministry.body_of(committees.get(code, ""), in_community=stream in street_of)
        _add(sums[street_of.get(stream, "")], body, channel, kind, [int(v or 0) for v in row[4:]])
        for unit in (street_of.get(stream, ""), _WHOLE):
            spots[unit][body].add(f"{stream} {code}")

    def line(unit: str, label: str, values: Mapping[str, int], *more: Condition) -> TableRow:
        born = {body: tuple(sorted(found)) for body, found in spots[unit].items()}
        return TableRow(label, _full(values), (*base, *more), born)

    result = [
        line(street, name, sums[street], Condition("stream", "is", places.streams_of(street)))
        for street, name in places.streets().items()
        if not period.streams or set(places.streams_of(street)) & set(period.streams)
    ]
    if "" in sums:
        result.append(line("", "其他", sums[""], Condition("stream", "not", tuple(street_of))))
    whole = {column: sum(unit.get(column, 0) for unit in sums.values()) for column in ministry.columns()}
    return [*result, line(_WHOLE, "合计", whole)]


def _add(into: dict[str, int], body: str, channel: str, kind: str, counts: list[int]) -> None:
    total, people, successful, amount, oral, written, difficult = counts
    source = ministry.SOURCE_OF_CHANNEL.get(channel, "applied")
    into["total"] += total
    into["people"] += people
    into["successful"] += successful
    into["amount"] += amount
    into["oral"] += oral
    into["written"] += written
    into["difficult"] += difficult
    into[body] += total
    into[source] += total
    if source in ministry.SENDERS:
        into["transferred"] += total
    if kind:
        into[f"type.{kind}"] += total


def _full(sums: Mapping[str, int]) -> ministry.Row:
    return {column: sums.get(column, 0) for column in ministry.columns()}


def _committees(station: Station) -> dict[str, str]:
    """Names of the committees by the codes of their stations."""
    records = station.store.reference(station.store.reader).records
    result = {}
    for record in records.values():
        if record.kind == "station" and record.values.get("committee"):
            committee = records.get(str(record.values["committee"]))
            if committee is not None:
                result[str(record.values.get("code"))] = str(committee.values.get("name") or "")
    return result
