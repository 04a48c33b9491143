"""The ministry's table of a period from the rows of cases: 矛盾纠纷调处 only; advice and complaints are no mediation.

Counted by the day of 受理, like every figure here. The form of an agreement is known by the paper that was issued,
written or oral; a success without either paper shows in the check sums and opens its cases.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from station_app.domain.figures import ministry, places
from station_app.domain.figures.ministry import Difference
from station_app.domain.figures.period import Period
from station_app.services.figures.counting import base_of
from station_app.services.reading import conditions
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import Filter
from station_app.services.station import Station

_SQL: Final = f"""
WITH agreed AS (SELECT case_id, sum(amount) AS amount FROM due_row GROUP BY case_id),
form AS (SELECT case_id, max(template = 'agreement') AS written FROM paper_row
         WHERE template IN ('agreement', 'oral_agreement') AND coalesce(state, '') NOT IN ('void', 'replaced')
         GROUP BY case_id),
taken AS (SELECT id, stream, station, coalesce(channel, '') AS channel, coalesce(type, '') AS type,
          coalesce(people, 0) AS people, {conditions.EXPRESSIONS["resolved"]} AS resolved
          FROM case_row WHERE discarded = 0 AND %s)
SELECT stream, station, channel, type, count(*), sum(people), sum(resolved),
       sum(iif(resolved, coalesce(agreed.amount, 0), 0)), sum(resolved AND form.written = 0),
       sum(resolved AND form.written = 1)
FROM taken LEFT JOIN agreed ON agreed.case_id = taken.id LEFT JOIN form ON form.case_id = taken.id
GROUP BY stream, station, channel, type
"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One unit (a street) or the sum: values by the columns of `domain.figures.ministry`, and its check sums."""

    label: str
    values: ministry.Row
    counted_by: tuple[Condition, ...]

    @property
    def differences(self) -> list[Difference]:
        """Check sums that do not agree."""
        return ministry.check(self.values)

    def cases(self, column: str = "total") -> Filter:
        """The list behind a column of cases; columns of sums and of papers open all cases of the row."""
        more: tuple[Condition, ...] = ()
        if column == "successful":
            more = (Condition("resolved", "is", (1,)),)
        elif column.startswith("type."):
            more = (Condition("type", "is", (column.removeprefix("type."),)),)
        elif column in (*ministry.SOURCES, *ministry.SENDERS):
            more = (_channels(column),)
        return Filter(picked=(*self.counted_by, *more))


def _channels(column: str) -> Condition:
    known = ministry.SOURCE_OF_CHANNEL
    if column == "applied":
        return Condition("channel", "not", tuple(known))
    if column == "transferred":
        return Condition("channel", "is", tuple(c for c, source in known.items() if source in ministry.SENDERS))
    return Condition("channel", "is", tuple(c for c, source in known.items() if source == column))


def table(station: Station, period: Period) -> list[TableRow]:
    """One row for each street, those elsewhere if any, and the sum last (合计)."""
    base = (*base_of(station, period), Condition("service", "is", ("mediation",)))
    where, args = conditions.sql(base)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    street_of = {stream: street for street in places.streets() for stream in places.streams_of(street)}
    committees = _committees(station)
    for row in station.store.reader.execute(_SQL % where, args):
        stream, code, channel, kind = (str(v) for v in row[:4])
        body = ministry.body_of(committees.get(code, ""), in_community=stream in street_of)
        _add(sums[street_of.get(stream, "")], body, channel, kind, [int(v or 0) for v in row[4:]])
    result = [
        TableRow(name, _full(sums[street]), (*base, Condition("stream", "is", places.streams_of(street))))
        for street, name in places.streets().items()
    ]
    if "" in sums:
        result.append(TableRow("其他", _full(sums[""]), (*base, Condition("stream", "not", tuple(street_of)))))
    whole = {column: sum(unit.get(column, 0) for unit in sums.values()) for column in ministry.columns()}
    return [*result, TableRow("合计", _full(whole), base)]


def _add(into: dict[str, int], body: str, channel: str, kind: str, counts: list[int]) -> None:
    total, people, successful, amount, oral, written = counts
    source = ministry.SOURCE_OF_CHANNEL.get(channel, "applied")
    into["total"] += total
    into["people"] += people
    into["successful"] += successful
    into["amount"] += amount
    into["oral"] += oral
    into["written"] += written
    into[body] += total
    into[source] += total
    if source in ministry.SENDERS:
        into["transferred"] += total
    if kind:
        into[f"type.{kind}"] += total


def _full(sums: dict[str, int]) -> ministry.Row:
    return {column: None if column == "difficult" else sums.get(column, 0) for column in ministry.columns()}


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
