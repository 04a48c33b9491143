"""日程: what stands in the diary of all cases: held, booked, heard, planned; what is due; where two things clash.

Read from one projection; a day of the desk is one query. Of cases whose contents this PC may not read, only what the
register says is here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.case import text
from station_app.services.station import Station

DUE_KINDS: Final = ("contact", "visit", "relief", "psych")
"""Kinds that wait for somebody to do them, from their day on until they are done."""
_ENTRY: Final = (
    "SELECT c.rec, c.title, p.rec, p.kind, p.at, p.until, p.place, p.who, p.what, p.done FROM plan_row p"
    " JOIN case_row c ON c.id = p.case_id WHERE c.discarded = 0 AND "
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the diary. `at`: YYYY-MM-DDTHH:MM, or a day without a time; `who` in words; `clash`: why, or ""."""

    case: str
    title: str
    rec: str
    kind: str
    at: str
    until: str
    place: str
    who: str
    what: str
    done: bool
    person: str = ""
    clash: str = ""

    @property
    def day(self) -> str:
        """Its day."""
        return self.at[:10]

    @property
    def time(self) -> str:
        """HH:MM, "" for the whole day."""
        return self.at[11:16]


def entries(station: Station, first: str, last: str) -> list[Entry]:
    """The diary from one day to another (both YYYY-MM-DD, inclusive), by time; what clashes says so."""
    rows = station.store.reader.execute(f"{_ENTRY} p.at >= ? AND p.at < ?", (first, f"{last}~")).fetchall()
    return marked(_read(station, rows))


def due(station: Station, *, limit: int = 200) -> list[Entry]:
    """Contacts, visits, services whose day has come and that were not done, the oldest first."""
    kinds = ",".join(f"'{k}'" for k in DUE_KINDS)
    today = station.clock.today().isoformat()
    sql = f"{_ENTRY} p.done = 0 AND p.kind IN ({kinds}) AND substr(p.at, 1, 10) <= ? ORDER BY p.at LIMIT ?"
    return _read(station, station.store.reader.execute(sql, (today, limit)).fetchall())


def clashes(
    station: Station, *, at: str, until: str = "", place: str = "", person: str = "", but: str = ""
) -> list[Entry]:
    """What is booked already at that time in that room or with that person; `but`: the booking that is being moved."""
    wanted = Entry("", "", but, "booking", at, until, place, "", "", False, person)
    same_day = [e for e in entries(station, at[:10], at[:10]) if e.rec != but]
    return [e for e in same_day if _why(wanted, e)]


def marked(found: Iterable[Entry]) -> list[Entry]:
    """The same entries, those that clash with another one with the reason: 同一地点, 同一人员."""
    ordered = sorted(found, key=lambda e: (e.day, e.time or "99", e.title, e.rec))
    timed = [e for e in ordered if e.time]
    why: dict[tuple[str, str], str] = {}
    for index, one in enumerate(timed):
        for other in timed[index + 1 :]:
            if other.day != one.day:
                break
            reason = _why(one, other)
            if reason:
                why[one.rec, one.kind] = why[other.rec, other.kind] = reason
    return [_with_clash(e, why.get((e.rec, e.kind), "")) for e in ordered]


def _why(one: Entry, other: Entry) -> str:
    """Why two entries cannot both be: same room or same person at overlapping times; "" where they can."""
    if one.day != other.day or not one.time or not other.time or one.done or other.done:
        return ""
    if _end(one) <= other.time or _end(other) <= one.time:
        return ""
    if one.place and one.place.strip() == other.place.strip():
        return "place"
    return "person" if one.person and one.person == other.person else ""


def _end(entry: Entry) -> str:
    """When an entry ends: as typed, else an hour after it begins; the end of the day at most."""
    if entry.until and entry.until[:10] == entry.day:
        return entry.until[11:16]
    if entry.until > entry.at:
        return "24:00"
    hour, minute = int(entry.time[:2]) + 1, entry.time[3:]
    return f"{hour:02}:{minute}" if hour < 24 else "24:00"


def _with_clash(entry: Entry, clash: str) -> Entry:
    if not clash:
        return entry
    return Entry(
        entry.case, entry.title, entry.rec, entry.kind, entry.at, entry.until, entry.place, entry.who, entry.what,
        entry.done, entry.person, clash,
    )  # fmt: skip


def _read(station: Station, rows: list[tuple[object, ...]]) -> list[Entry]:
    people = station.store.reference(station.store.reader).records
    found = []
    for row in rows:
        case, title, rec, kind, at, until, place, who, what = (str(v) for v in row[:9])
        record = people.get(who)
        said, person = (text(record, "name"), who) if record is not None else (who, "")
        if kind == "contact":
            said = what or title
        shown = codes.label("booking_purposes", what) if kind == "booking" and what else ""
        found.append(Entry(case, title, rec, kind, at, until, place, said, shown, bool(row[9]), person))
    return found
