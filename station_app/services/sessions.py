"""Verbs of the mediation itself: the will of both sides, a session on record, its correction, the end of mediation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.checks import check_values
from station_app.domain.course import allowed
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.contract.permissions import MEDIATOR
from sync.contract.states import ACCEPTED

_NO_RECUSAL: Final = frozenset({"withdrawn", "not_founded"})
_WILL: Final = ("consent_applicant", "consent_respondent")


def consent(station: Station, *, case: str, applicant: str = "", respondent: str = "") -> Changes:
    """征求意见: what each side said to mediation, `agreed`, `refused` or `pending`; "" leaves it as it is.

    A clear refusal is recorded like a consent; from then on `record` and `agreements.make` answer E-403. Where nobody
    mediates: as `allowed.refusal`.
    """
    given = dict(zip(_WILL, (applicant, respondent), strict=True))
    values: Values = {name: value for name, value in given.items() if value}
    clean, errors = check_values("case", values, today=station.clock.today())
    if errors:
        raise errors[0].error
    view = station.case(case)
    changed = {name: value for name, value in clean.items() if view.get(name) != value}
    if not changed:
        return Changes(frozenset(), (), (), case)
    allowed.guard(view, allowed.CONSENT)
    with station.write("edit") as tx:
        tx.op("edit", "register", case=case).put(overwrite(view.record, changed))
    return changes_of(tx, label="征求意见")


def guard_refused(case: Case) -> None:
    """E-403: one side clearly refused, so there is no mediation (人民调解法 17)."""
    if "refused" in (case.get(name) for name in _WILL):
        raise KnownError("E-403")


def record(
    station: Station,
    *,
    case: str,
    values: Values,
    applicant: str = "",
    respondent: str = "",
    start: bool = True,
    notes: Mapping[str, str] | None = None,
) -> Changes:
    """调解记录: one session by the catalogue's `session` fields, now or later than it was held (补录).

    `applicant`, `respondent`: what a side said to mediation at this session, as in `consent`. The first session of an
    accepted case starts the mediation (`start`). Number, mediator and recorder are filled in where they are not given.
    `notes`: what a side (code of note_sides) said alone; each is a record of the compartment `private`, in the group.
    E-403 after a refusal, as `allowed.guard_session` where nobody mediates (any more), E-237 where it ends before it
    begins, E-216 without its time.
    """
    said: Values = {n: v for n, v in zip(_WILL, (applicant, respondent), strict=True) if v}
    clean = _clean(station, values, said=said)
    if not clean.get("from"):
        raise KnownError("E-216", field="session.from")
    with station.write("session") as tx:
        view = station.case(case, tx)
        if "refused" in said.values():
            raise KnownError("E-403")
        if not set(said) >= {n for n in _WILL if view.get(n) == "refused"}:
            guard_refused(view)
        allowed.guard_session(view, str(clean["from"]))
        _put_consent(tx, view, said)
        if start and view.case_state == ACCEPTED and station.can("mediate"):
            cases.put_step(station, tx, station.case(case, tx), "mediate", at=str(clean["from"]))
        held: Values = {**_defaults(station, view), **clean}
        _guard_recused(station, view, held)
        made = tx.op("session", "content", case=case).new("session", held)
        _put_notes(station, tx, view, made, str(clean["from"]), notes or {})
    return changes_of(tx, label="调解记录")


def _guard_recused(station: Station, view: Case, values: Values) -> None:
    """E-283: who was asked to step aside does not mediate, unless that was withdrawn or had no ground (深圳条例 23)."""
    sitting = values.get("mediators")
    for record_ in view.kind("recusal"):
        rec = text(record_, "mediator")
        if rec and text(record_, "decision") not in _NO_RECUSAL and isinstance(sitting, list) and rec in sitting:
            raise KnownError("E-283", name=text(station.store.reference().records.get(rec), "name"))


def _put_notes(station: Station, tx: Tx, view: Case, session: str, at: str, notes: Mapping[str, str]) -> None:
    """One side's own words, never in the record both sign. E-404 for who may not write them, E-217 for no side."""
    from station_app.domain import codes

    said = {codes.load("note_sides").check(side): words.strip() for side, words in notes.items() if words.strip()}
    if not said:
        return
    station.require("private_note")
    op = tx.op("private_note", "private", case=view.id)
    for side, words in said.items():
        parties = view.side(side)
        values: Values = {"side": side, "session": session, "at": at, "text": words}
        if len(parties) == 1:
            values["party"] = parties[0].id
        op.new("private_note", values)


def edit(station: Station, *, case: str, session: str, values: Values) -> Changes:
    """Correct a session on record; errors as `record`."""
    record_ = station.case(case).state.records.get(session)
    if record_ is None or record_.kind != "session":
        raise KnownError("E-223", what=session)
    clean = _clean(station, {"from": record_.get("from"), "to": record_.get("to"), **values})
    changed = {name: value for name, value in clean.items() if record_.get(name) != value}
    if not changed:
        return Changes(frozenset(), (), (), case)
    with station.write("session") as tx:
        tx.op("session", "content", case=case).put(overwrite(record_, changed))
    return changes_of(tx, label="修改调解记录")


def end(station: Station, *, case: str, reason: str, note: str = "", at: str = "") -> Changes:
    """终止调解: `reason` is a code of end_reasons (深圳条例 28), `note` says more.

    E-408 without a reason; E-276 for “could not be reached” where the contacts on record do not bear it out.
    """
    from station_app.domain import codes

    if not reason.strip():
        raise KnownError("E-408", step="end")
    label = codes.load("end_reasons").label(codes.load("end_reasons").check(reason))
    if reason == "unreachable":
        from station_app.services.loop import contacts

        note = f"{contacts.guard_unreachable(station, station.case(case))}{note.strip()}"
    words = f"{label}：{note.strip()}" if note.strip() else label
    return cases.step(station, case=case, verb="end", at=at, reason=words)


def _clean(station: Station, values: Values, *, said: Values | None = None) -> Values:
    clean, errors = check_values("session", values, today=station.clock.today())
    errors += check_values("case", said or {}, today=station.clock.today())[1]
    if errors:
        raise errors[0].error
    first, last = clean.get("from"), clean.get("to")
    if first and last and str(last) < str(first):
        raise KnownError("E-237")
    return clean


def _put_consent(tx: Tx, view: Case, said: Values) -> None:
    changed = {name: value for name, value in said.items() if view.get(name) != value}
    if changed:
        tx.op("session", "register", case=view.id).put(overwrite(view.record, changed))


def _defaults(station: Station, view: Case) -> Values:
    """What a session has where nobody said otherwise: the next number, who sits here, the station's place."""
    mediator = text(view.record, "mediator") or (station.user.person if MEDIATOR in station.user.roles else "")
    values: Values = {
        "no": len(view.kind("session")) + 1,
        "mode": "onsite",
        "place": station.store.setting("station.name"),
    }
    if mediator:
        values["mediators"] = [mediator]
    if text(view.record, "recorder"):
        values["recorder"] = text(view.record, "recorder")
    return values
