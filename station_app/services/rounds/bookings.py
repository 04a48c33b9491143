"""Verbs on bookings (预约): a room, a lawyer's half-day, a video room; a clash is said, and booked only on purpose."""

from __future__ import annotations

from station_app.services import records
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.rounds import diary
from station_app.services.rounds.diary import Entry
from station_app.services.selfentry import appointments
from station_app.services.station import Station
from sync.contract.errors import KnownError


def book(station: Station, *, case: str, values: Values, anyway: bool = False) -> Changes:
    """预约 for a case. E-277 where the room or the person is taken at that time (an hour where no end is given), unless
    `anyway`; E-237 where it ends before it begins; else as `records.add`.
    """
    _check(station, values, "", anyway=anyway)
    given: Values = {name: value for name, value in values.items() if value not in (None, "")}
    return records.add(station, case=case, kind="booking", values=given)


def move(station: Station, *, case: str, rec: str, values: Values, anyway: bool = False) -> Changes:
    """Change a booking; errors as `book`. A time that is shown to the people of the case is taken down before, and
    shown again as it is now: nobody reads a time that is no longer true.
    """
    record = station.case(case).state.records.get(rec)
    if record is None or record.kind != "booking":
        raise KnownError("E-223", what=rec)
    _check(station, {**record.values, **values}, rec, anyway=anyway)
    told = appointments.is_shown(station, case=case, booking=rec)
    if told:
        appointments.hide(station, case=case, booking=rec)
    changes = records.edit(station, case=case, rec=rec, values=values)
    if told:
        appointments.show(station, case=case, booking=rec)
    return changes


def cancel(station: Station, *, case: str, rec: str) -> Changes:
    """Take a booking out; its time is no longer shown either."""
    if appointments.is_shown(station, case=case, booking=rec):
        appointments.hide(station, case=case, booking=rec)
    return records.remove(station, case=case, rec=rec)


def _check(station: Station, values: Values, rec: str, *, anyway: bool) -> None:
    at, until, place, person = (str(values.get(n) or "").strip() for n in ("at", "until", "place", "person"))
    if until and until < at:
        raise KnownError("E-237")
    if not at or anyway:
        return
    taken = diary.clashes(station, at=at, until=until, place=place, person=person, but=rec)
    if taken:
        raise KnownError("E-277", what="；".join(said(e) for e in taken[:3]))


def said(entry: Entry) -> str:
    """ "09:30—10:30 三楼调解室 田志强与某公司纠纷": what is booked already."""
    end = f"—{entry.until[11:16]}" if entry.until[:10] == entry.day else ""
    return " ".join(part for part in (f"{entry.time}{end}", entry.place, entry.who, entry.title) if part)
