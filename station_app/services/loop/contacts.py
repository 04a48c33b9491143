"""Verbs on contacts (联系记录): who was called, what came of it, when to try again; who could not be reached.

`record` is `records.add` with what the program knows; the result is one of four keys.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.course.reaching import ENOUGH, Reach, reach_of
from station_app.domain.rules import load_rules
from station_app.services import records
from station_app.services.cases import Values, moment
from station_app.services.changes import Changes
from station_app.services.station import Station
from sync.contract.errors import KnownError

KEYS: Final = ("reached", "no_answer", "wrong_number", "refused")
"""The four results on the desk, in the order of their keys."""


def record(station: Station, *, case: str, outcome: str, party: str = "", values: Values | None = None) -> Changes:
    """联系记录: what came of a call, a message, a knock at the door. Now, by telephone, unless `values` says else.

    `party`: whom it was meant for; name and number are taken from him where they are not given. E-216 without a result,
    E-223 for a party that is none, E-285 for a time that has not come or a next contact before this one.
    """
    view = station.case(case)
    if not outcome:
        raise KnownError("E-216", field="contact.outcome")
    given: Values = {"at": moment(station), "manner": "phone", **_of_party(view, party)}
    given |= {name: value for name, value in (values or {}).items() if value not in (None, "")}
    given["outcome"] = outcome
    at, next_on = str(given["at"]), str(given.get("next_on") or "")
    if at > moment(station) or (next_on and next_on < at[:10]):
        raise KnownError("E-285", field="contact.at" if at > moment(station) else "contact.next_on")
    return records.add(station, case=case, kind="contact", values=given)


def unreached(station: Station, view: Case) -> list[Reach]:
    """The parties that were looked for in vain, and whether often enough to end mediation."""
    return reach_of(view, _needed())


def _needed() -> int:
    return load_rules().count("contact.failed_days") or ENOUGH


def guard_unreachable(station: Station, view: Case) -> str:
    """E-276 unless a party could not be reached on enough days; returns who and when, for the reason on record."""
    found = unreached(station, view)
    enough = [r for r in found if r.enough]
    if not enough:
        most = max((len(r.days) for r in found), default=0)
        raise KnownError("E-276", days=most, needed=_needed())
    return "；".join(f"{r.party.name}（{'、'.join(r.days)}）" for r in enough)


def _of_party(view: Case, party: str) -> Values:
    if not party:
        return {}
    found = next((p for p in view.parties if party in (p.id, p.name)), None)
    if found is None:
        raise KnownError("E-223", what=party)
    values: Values = {"party": found.id, "who": found.name}
    if text(found.identity, "phone"):
        values["phone"] = text(found.identity, "phone")
    return values
