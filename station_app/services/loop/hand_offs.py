"""Verbs on hand-offs (移交): offer, accept, decline, take back. A case has one holder; its clocks never stop for it.

The station of birth stays what it is and goes on seeing the case; who works on it now is `case.holder`. Two units that
both accept with no network set it twice: that is a difference both see, and a person settles it.
"""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain import codes
from station_app.domain.case import Case, text
from station_app.domain.checks import check_values
from station_app.domain.course import allowed
from station_app.services.cases import Values, moment
from station_app.services.changes import Changes
from station_app.services.loop.reach import code_of, name_of, own_code, share, unshare
from station_app.services.paperwork.numbers import record_values
from station_app.services.station import Station, changes_of
from station_app.store import numbers
from station_app.store.core import Tx
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

ACCEPTED, DECLINED = "accepted", "declined"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a case now; `rivals`: the names of all that took it over, where it is more than one."""

    code: str
    name: str
    rivals: tuple[str, ...] = ()


def offer(station: Station, *, case: str, to: str, reason: str, to_kind: str = "") -> Changes:
    """移交: ask another unit to take the case over; one that works with this program is granted the case with it.

    E-216 without a unit or a reason, E-244 for a case that is done with, E-375 while an offer waits for its answer,
    E-378 where another holds the case.
    """
    for name, said in (("to", to), ("reason", reason)):
        if not said.strip():
            raise KnownError("E-216", field=f"hand_off.{name}")
    view = station.case(case)
    allowed.guard(view, allowed.HAND_OFF)
    guard_offer(station, view)
    code = code_of(station, view, to)
    values: Values = {
        "to": name_of(station, code) if code else to.strip(),
        "reason": reason.strip(),
        "to_kind": to_kind or ("station" if code else None),
        "offered_at": moment(station),
        "sent_to": code or None,
    }
    with station.write("hand_off") as tx:
        put(station, tx, case, values)
        share(station, tx, view, [code] if code else [], reason=f"移交：{reason.strip()}")
    return changes_of(tx, label="移交")


def guard_offer(station: Station, view: Case) -> None:
    """E-375 while an offer waits for its answer, E-378 where another station holds the case."""
    waiting = open_offer(view)
    if waiting is not None:
        raise KnownError("E-375", to=text(waiting, "to"))
    _must_hold(station, view)


def put(station: Station, tx: Tx, case: str, values: Values) -> str:
    """Write a hand-off into a transaction, under a number (转字) of this device where it has a series."""
    clean = _clean(station, values)
    op = tx.op("hand_off", "register", case=case)
    if not station.store.setting("number.series"):
        return op.new("hand_off", clean)
    short, year = station.store.setting("committee.short"), station.clock.today().year
    drawn = numbers.draw(station.store, tx.con, short=short, kind="handoff", year=year)
    printed = drawn.text(brackets=station.store.setting("number.brackets") or "（）")
    rec = op.new("hand_off", {**clean, "no": printed})
    op.new("number", record_values(drawn, printed))
    return rec


def accept(station: Station, *, case: str, rec: str, by: str = "", note: str = "") -> Changes:
    """接收: the receiving unit holds the case from now. E-376 once answered, E-377 by a unit it was not offered to."""
    record = find(station, case, rec)
    _may_answer(station, record, "accept")
    holder = text(record, "sent_to") or text(record, "to")
    return _answer(station, case, record, answer=ACCEPTED, by=by, note=note, holder=holder)


def decline(station: Station, *, case: str, rec: str, note: str, by: str = "") -> Changes:
    """不予接收, with the reason (E-216): the holder stays, the case closes to the unit again; else as `accept`."""
    record = find(station, case, rec)
    if not note.strip():
        raise KnownError("E-216", field="hand_off.note")
    _may_answer(station, record, "decline")
    return _answer(station, case, record, answer=DECLINED, by=by, note=note, holder="")


def take_back(station: Station, *, case: str, rec: str) -> Changes:
    """撤回 an offer that was not answered yet. E-376 once it was; E-377 by the unit it was offered to."""
    record = find(station, case, rec)
    if text(record, "sent_to") == own_code(station):
        raise KnownError("E-377", step="withdraw", who=name_of(station, text(station.case(case).record, "station")))
    _unanswered(record)
    with station.write("hand_off") as tx:
        tx.op("hand_off", "register", case=case).put(overwrite(record, {"removed": True}))
        unshare(tx, station.case(case), code=text(record, "sent_to"), but=rec)
    return changes_of(tx, label="撤回移交")


def holder_of(station: Station, view: Case) -> Holder:
    """Who holds the case: the unit that accepted it last, at first the station of birth."""
    code = text(view.record, "holder") or text(view.record, "station")
    called = {text(r, "sent_to"): text(r, "to") for r in view.kind("hand_off")}
    heads = view.record.conflicts.get("holder", [])
    rivals = dict.fromkeys(str(head.values.get("holder") or "") for head in heads)

    def name(of: str) -> str:
        return called.get(of) or name_of(station, of)

    return Holder(code, name(code), tuple(name(c) for c in rivals if c))


def open_offer(view: Case) -> Record | None:
    """The offer that waits for its answer."""
    return next((r for r in view.kind("hand_off") if not r.get("answer")), None)


def find(station: Station, case: str, rec: str) -> Record:
    """A hand-off of a case; E-223 where there is none."""
    record = station.case(case).state.records.get(rec)
    if record is None or record.kind != "hand_off" or record.get("removed"):
        raise KnownError("E-223", what=rec)
    return record


def answers(record: Record, own: str) -> bool:
    """Whether the station with this code answers: the one it was offered to; for a unit that does not work with this
    program (court, police, petition office) the station that offered writes its answer down."""
    return text(record, "sent_to") in ("", own)


def _may_answer(station: Station, record: Record, step: str) -> None:
    if not answers(record, own_code(station)):
        raise KnownError("E-377", step=step, who=text(record, "to"))
    _unanswered(record)


def _unanswered(record: Record) -> None:
    answer = text(record, "answer")
    if answer:
        said = codes.label("hand_off_answers", answer)
        raise KnownError("E-376", answer=said, at=text(record, "answered_at").replace("T", " "))


def _answer(station: Station, case: str, record: Record, *, answer: str, by: str, note: str, holder: str) -> Changes:
    clean = _clean(station, {
        "answer": answer,
        "answered_at": moment(station),
        "answered_by": by.strip() or station.user.name,
        "note": note.strip() or None,
    })  # fmt: skip
    view = station.case(case)
    with station.write("hand_off_answer") as tx:
        op = tx.op("hand_off_answer", "register", case=case)
        op.put(overwrite(record, clean))
        if answer == DECLINED:
            unshare(tx, view, code=text(record, "sent_to"), but=record.id)
        if holder:
            op.put(overwrite(view.record, {"holder": holder}))
    return changes_of(tx, label=codes.label("hand_off_answers", answer))


def _must_hold(station: Station, view: Case) -> None:
    holder = holder_of(station, view)
    if holder.code != own_code(station):
        raise KnownError("E-378", who=holder.name)


def _clean(station: Station, values: Values) -> Values:
    given = {name: value for name, value in values.items() if value is not None}
    clean, errors = check_values("hand_off", given, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean
