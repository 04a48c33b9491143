"""Verbs on the duty list (值班表): who is there on which day, and under which number; the community reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from station_app.domain.case import text
from station_app.domain.dates import parse_date
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.rounds.caseless import clean, find, own, put_new, standing, station_name
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

MOST_DAYS: Final = 92
"""Days one entry may be set for at once."""
SHIFTS: Final = ("全天", "上午", "下午", "夜间")
"""What is offered as a shift; any other words are as good."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One person on one day; `phone` as typed, else the person's own."""

    rec: str
    day: str
    shift: str
    name: str
    phone: str
    station: str
    own: bool


def put(station: Station, *, day: str, person: str = "", values: Values | None = None, until: str = "") -> Changes:
    """值班: a colleague (`person`: record or name) or somebody named in `values` is on duty on a day, or on every day
    up to `until`, in one op. The same person on the same day and shift is written once. E-216 without anybody, E-237
    for an end before the beginning, E-286 for more than `MOST_DAYS` days.
    """
    first = parse_date(day)
    last = parse_date(until) if until else first
    if last < first:
        raise KnownError("E-237")
    if (last - first).days >= MOST_DAYS:
        raise KnownError("E-286", most=MOST_DAYS)
    given = {**(values or {}), **_person(station, person)}
    if not given.get("person") and not given.get("name"):
        raise KnownError("E-216", field="duty.person")
    wanted = [clean(station, "duty", {"shift": SHIFTS[0], **given, "day": d.isoformat()}) for d in _days(first, last)]
    there = {(text(r, "day"), text(r, "shift"), text(r, "person"), text(r, "name")) for r in _mine(station)}
    missing = [w for w in wanted if tuple(str(w.get(n) or "") for n in ("day", "shift", "person", "name")) not in there]
    if not missing:
        return Changes(frozenset(), (), ())
    with station.write("duty") as tx:
        op = tx.op("duty", "reference")
        for entry in missing:
            put_new(station, op, "duty", entry)
    return changes_of(tx, label="值班安排")


def remove(station: Station, *, rec: str) -> Changes:
    """Take one entry out; E-271 for another station's."""
    record = own(station, find(station, rec, "duty"))
    with station.write("duty") as tx:
        tx.op("duty", "reference").put(overwrite(record, {"removed": True}))
    return changes_of(tx, label="取消值班安排")


def listed(station: Station, first: str, last: str) -> list[Duty]:
    """Who is on duty from one day to another, this station's first on each day."""
    people = station.store.reference().records
    code = station.store.setting("station.code")
    found = []
    for record in standing(station, "duty"):
        if first <= text(record, "day") <= last:
            person = people.get(text(record, "person"))
            place = text(record, "station")
            found.append(
                Duty(
                    record.id,
                    text(record, "day"),
                    text(record, "shift"),
                    text(person, "name") or text(record, "name"),
                    text(record, "phone") or text(person, "phone"),
                    station_name(station, place),
                    place == code,
                )
            )
    return sorted(found, key=lambda d: (d.day, not d.own, d.station, _place(d.shift), d.name))


def _place(shift: str) -> int:
    return SHIFTS.index(shift) if shift in SHIFTS else len(SHIFTS)


def _mine(station: Station) -> list[Record]:
    code = station.store.setting("station.code")
    return [r for r in standing(station, "duty") if text(r, "station") == code]


def _person(station: Station, person: str) -> Values:
    if not person:
        return {}
    people = [r for r in station.store.reference().of_kind("person") if not r.get("left")]
    found = next((r for r in people if person in (r.id, text(r, "name"))), None)
    if found is None:
        raise KnownError("E-223", what=person)
    return {"person": found.id, "name": text(found, "name")}


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
