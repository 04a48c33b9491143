"""Showing a time to the people of a case: what of a booking the mediator lets the district's page say, in clear."""

from __future__ import annotations

from station_app.domain.case import text
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

VERB = "note"


def shown(station: Station, *, case: str) -> list[Record]:
    """The times of a case that are shown."""
    return [r for r in station.case(case).kind("appointment") if not r.get("removed")]


def show(station: Station, *, case: str, booking: str) -> Changes:
    """在居民查询页显示: day, hour, place and the mediator's name of a booking; again after the booking was moved.
    Whoever has the code or a receipt reads it, and the district. E-223 for no such booking.
    """
    view = station.case(case)
    booked = view.state.records.get(booking)
    if booked is None or booked.kind != "booking" or booked.get("removed"):
        raise KnownError("E-223", what=booking)
    people = station.store.reference().records
    who = text(people.get(text(booked, "person")), "name") or text(people.get(text(view.record, "mediator")), "name")
    told: Values = {"at": text(booked, "at"), "place": text(booked, "place"), "who": who or station.user.name}
    if text(booked, "until"):
        told["until"] = text(booked, "until")
    every = (r for r in view.state.records.values() if r.kind == "appointment")
    standing = next((r for r in every if text(r, "booking") == booking), None)
    with station.write(VERB) as tx:
        op = tx.op(VERB, "register", case=case)
        if standing is None:
            op.new("appointment", {"booking": booking, **told})
        else:
            op.put(overwrite(standing, {**told, "removed": None}))
    return changes_of(tx, label="在居民查询页显示约定时间")


def is_shown(station: Station, *, case: str, booking: str) -> bool:
    """Whether a booking's time is shown."""
    return any(text(r, "booking") == booking for r in shown(station, case=case))


def hide(station: Station, *, case: str, booking: str) -> Changes:
    """不再显示. E-223 where it was not shown."""
    found = next((r for r in shown(station, case=case) if text(r, "booking") == booking), None)
    if found is None:
        raise KnownError("E-223", what=booking)
    with station.write(VERB) as tx:
        tx.op(VERB, "register", case=case).put(overwrite(found, {"removed": True}))
    return changes_of(tx, label="不再显示约定时间")
