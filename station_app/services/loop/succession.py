"""Verbs on who works on a case: given to another colleague, one by one, or all of somebody who leaves.

A change keeps its trace: the record `assignment` says from whom, to whom, when and why; the mediator of the case is a
field of the register, so that lists and figures follow.
"""

from __future__ import annotations

from collections.abc import Iterable

from station_app.domain.case import Case, names, text
from station_app.domain.course import allowed
from station_app.services.cases import moment
from station_app.services.changes import Changes
from station_app.services.loop import hand_offs
from station_app.services.loop.reach import own_code
from station_app.services.reading import lists
from station_app.services.reading.conditions import Condition
from station_app.services.reading.lists import CaseLine, Filter
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from station_app.store.keyring import Keyring
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.permissions import HEAD, MEDIATOR
from sync.contract.states import OPEN

_MOST = 5000


def cases_of(station: Station, person: str) -> list[CaseLine]:
    """The open cases a colleague works on, newest first: those he mediates, and those he took in that have no mediator
    yet. A case another station holds by now is none of his.
    """
    wanted = Filter(states=tuple(sorted(OPEN)), picked=(Condition("mediator", "is", (person, "")),))
    own, found = own_code(station), []
    for line in lists.cases(station, flt=wanted, limit=_MOST):
        view = station.case(line.rec)
        mine = line.mediator == person or text(view.record, "recorder") == person
        if mine and hand_offs.holder_of(station, view).code == own:
            found.append(line)
    return found


def successors(station: Station, person: str = "") -> list[Record]:
    """Who may take over: mediators and heads who are here, but for `person`."""
    found = station.store.reference().of_kind("person")
    return [r for r in found if r.id != person and not r.get("left") and {MEDIATOR, HEAD} & set(names(r, "roles"))]


def reassign(station: Station, *, cases: Iterable[str], to: str, reason: str) -> Changes:
    """调整承办人 of some cases, in one group. E-408 without a reason, E-281 for a successor who may not take over,
    E-378 for a case another station holds, E-244 for one that is done with; cases he works on already stay as they are.
    """
    _checked(station, to, "", reason)
    with station.write("reassign") as tx:
        for case in cases:
            view = station.case(case)
            holder = hand_offs.holder_of(station, view)
            if holder.code != own_code(station):
                raise KnownError("E-378", who=holder.name)
            allowed.guard(view, allowed.REASSIGN)
            _give(station, tx, view, to, reason)
    return changes_of(tx, label="调整承办人")


def leave(station: Station, *, person: str, to: str, reason: str) -> Changes:
    """离岗交接: all open cases of a colleague, his bookings to come, and his log-in, in one step.

    Cases and bookings go to `to`; the person is marked as left everywhere, which ends his log-in on every device with
    the next upload, on this one at once. Without open cases no successor is needed. E-281 for a successor who may not
    take over, E-282 for oneself, E-223 for nobody here, E-408 without a reason.
    """
    leaver = station.store.reference().records.get(person)
    if leaver is None or leaver.kind != "person" or leaver.get("left"):
        raise KnownError("E-223", what=person)
    if person == station.user.person:
        raise KnownError("E-282")
    station.require("edit_person")
    mine = cases_of(station, person)
    if mine or to:
        _checked(station, to, person, reason)
    elif not reason.strip():
        raise KnownError("E-408", step="reassign")
    with station.write("reassign") as tx:
        for line in mine:
            view = station.case(line.rec)
            _give(station, tx, view, to, reason)
            _bookings(station, tx, view, person, to)
        tx.op("edit_person", "reference").put(overwrite(leaver, {"left": True}))
    Keyring(station.store.directory).remove_user(person)
    return changes_of(tx, label="离岗交接")


def history(view: Case) -> list[Record]:
    """The changes of hands of a case, oldest first."""
    return sorted(view.kind("assignment"), key=lambda r: text(r, "at"))


def _checked(station: Station, to: str, but: str, reason: str) -> None:
    if not reason.strip():
        raise KnownError("E-408", step="reassign")
    if to not in {r.id for r in successors(station, but)}:
        raise KnownError("E-281")


def _give(station: Station, tx: Tx, view: Case, to: str, reason: str) -> None:
    before = text(view.record, "mediator")
    if before == to:
        return
    op = tx.op("reassign", "register", case=view.id)
    op.put(overwrite(view.record, {"mediator": to}))
    op.new(
        "assignment",
        {"from": before or None, "to": to, "at": moment(station), "reason": reason.strip(), "by": station.user.person},
    )


def _bookings(station: Station, tx: Tx, view: Case, person: str, to: str) -> None:
    now = moment(station)
    coming = [r for r in view.kind("booking") if text(r, "person") == person and text(r, "at") >= now]
    if coming:
        op = tx.op("note", "content", case=view.id)
        for record in coming:
            op.put(overwrite(record, {"person": to}))
