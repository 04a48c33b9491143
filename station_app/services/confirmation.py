"""Verbs of judicial confirmation: the joint application, the court's ruling as typed in (民诉法 205, 206)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from station_app.domain.case import Case, effective_date, text
from station_app.domain.checks import check_values
from station_app.domain.dates import confirmation_deadline
from station_app.domain.rules import load_rules
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

_STEP_OF: Final = {"valid": "confirm", "rejected": "confirmation_failed", "not_accepted": "confirmation_failed",
                   "withdrawn": "confirmation_failed"}  # fmt: skip
"""Result -> step; a request for further material ends nothing."""


def apply(station: Station, *, case: str, mode: str = "", court: str = "", on: str = "") -> Changes:
    """共同申请司法确认: recorded with its last day. E-405 before the agreement is in effect."""
    view = station.case(case)
    effective = effective_date(view)
    day = on or station.clock.today().isoformat()
    values: Values = {"court": court or text(view.agreement, "court") or text(view.record, "court") or None}
    values |= {"applied_on": day, "mode": mode or None}
    if effective:
        values["last_day"] = confirmation_deadline(
            date.fromisoformat(effective), rest_days=load_rules().rest_days
        ).shifted.isoformat()
    clean = _clean(station, values)
    with station.write("apply_confirmation") as tx:
        cases.put_step(station, tx, view, "apply_confirmation", at=cases.moment_of(station, day))
        tx.drafts[-1].new("confirmation", clean)
    return changes_of(tx, label="申请司法确认")


def track(station: Station, *, case: str, stage: str, on: str = "", note: str = "") -> Changes:
    """申请进度: submitted, accepted, asked for more, heard, withdrawn; `stage`: code of confirmation_stages.

    E-223 where nothing was applied for, E-408 for a request for more material that does not say what is missing.
    """
    record = _standing(station, case)
    if stage == "supplement" and not note.strip():
        raise KnownError("E-408", step="apply_confirmation")
    day = on or station.clock.today().isoformat()
    values: Values = {"stage": stage, "stage_on": day, "stage_note": note.strip() or None}
    if stage == "submitted":
        values["submitted_on"] = day
    return _put(station, case, record, values, "申请进度")


def book_hearing(station: Station, *, case: str, at: str, room: str) -> Changes:
    """预约询问: when and in which (video) room the court hears the parties together (民诉解释 356)."""
    record = _standing(station, case)
    if not room.strip():
        raise KnownError("E-216", field="confirmation.hearing_room")
    return _put(station, case, record, {"hearing_at": at, "hearing_room": room.strip()}, "预约询问")


def receive(station: Station, *, case: str, on: str = "", parties: Sequence[str] = ()) -> Changes:
    """收到裁定: from this day the fifteen days to object run (民诉解释 372).

    `parties`: record ids of those who received it on this day; none: all who have no day of their own. E-405 before
    there is a ruling, E-223 for somebody who is no party, E-380 for a day before the ruling.
    """
    view, record, day = _ruled(station, case, on)
    if not parties:
        return _put(station, case, record, {"received_on": day}, "收到裁定")
    known = {p.id for p in view.parties}
    for rec in parties:
        if rec not in known:
            raise KnownError("E-223", what=rec)
    own = {text(r, "party"): r for r in view.kind("ruling_receipt") if text(r, "confirmation") == record.id}
    if all(rec in own and text(own[rec], "on") == day for rec in parties):
        return Changes(frozenset(), (), (), case)
    with station.write("apply_confirmation") as tx:
        op = tx.op("apply_confirmation", "register", case=case)
        for rec in dict.fromkeys(parties):
            if rec in own:
                op.put(overwrite(own[rec], {"on": day}))
            else:
                op.new("ruling_receipt", {"confirmation": record.id, "party": rec, "on": day})
    return changes_of(tx, label="收到裁定")


def known(station: Station, *, case: str, name: str, on: str = "") -> Changes:
    """利害关系人知道裁定: from this day six months run for this person, never extended (民诉解释 372, 127).

    E-216 without a name, E-405 before there is a ruling, E-380 for a day before the ruling.
    """
    view, record, day = _ruled(station, case, on)
    who = name.strip()
    if not who:
        raise KnownError("E-216", field="ruling_receipt.name")
    clean, errors = check_values("ruling_receipt", {"name": who, "on": day}, today=station.clock.today())
    if errors:
        raise errors[0].error
    same = [r for r in view.kind("ruling_receipt") if text(r, "confirmation") == record.id and text(r, "name") == who]
    with station.write("apply_confirmation") as tx:
        op = tx.op("apply_confirmation", "register", case=case)
        if same:
            op.put(overwrite(same[0], {"on": clean["on"]}))
        else:
            op.new("ruling_receipt", {"confirmation": record.id, **clean})
    return changes_of(tx, label="利害关系人知道裁定")


def _ruled(station: Station, case: str, on: str) -> tuple[Case, Record, str]:
    """The case, its application with a ruling, and the day as YYYY-MM-DD."""
    view, record = station.case(case), _standing(station, case)
    if not text(record, "result"):
        raise KnownError("E-405", step="confirm", state=view.case_state)
    clean = _clean(station, {"received_on": on or station.clock.today().isoformat()})
    day = str(clean["received_on"])
    if day < text(record, "ruled_on"):
        raise KnownError("E-380", day=day, ruled=text(record, "ruled_on"))
    return view, record, day


def hearings(view: Case) -> tuple[str, str]:
    """(moment, room) of the hearing, ("", "") where none is booked."""
    record = latest(view)
    return text(record, "hearing_at"), text(record, "hearing_room")


def _standing(station: Station, case: str) -> Record:
    record = latest(station.case(case))
    if record is None:
        raise KnownError("E-223", what="司法确认申请")
    return record


def _put(station: Station, case: str, record: Record, values: Values, said: str) -> Changes:
    clean = _clean(station, values)
    cleared = {name: None for name, value in values.items() if value is None}
    changed = {n: v for n, v in {**cleared, **clean}.items() if record.get(n) != v}
    if not changed:
        return Changes(frozenset(), (), (), case)
    with station.write("apply_confirmation") as tx:
        tx.op("apply_confirmation", "register", case=case).put(overwrite(record, changed))
    return changes_of(tx, label=said)


def rule(station: Station, *, case: str, result: str, ruling_no: str = "", on: str = "", reason: str = "") -> Changes:
    """The court's answer. `result`: code of confirmation_results; a refusal needs its reason (E-408).

    E-223 where nothing was applied for, E-405 where the case does not wait for the court.
    """
    view = station.case(case)
    record = latest(view)
    if record is None:
        raise KnownError("E-223", what="司法确认申请")
    day = on or station.clock.today().isoformat()
    clean = _clean(
        station, {"result": result, "ruling_no": ruling_no or None, "ruled_on": day, "reason": reason or None}
    )
    step = _STEP_OF.get(str(clean["result"]), "")
    verb = step or "apply_confirmation"
    with station.write(verb) as tx:
        if step:
            why = reason if step == "confirmation_failed" else ""
            cases.put_step(station, tx, view, step, at=cases.moment_of(station, day), reason=why)
            op = tx.drafts[-1]
        else:
            op = tx.op(verb, "register", case=case)
        op.put(overwrite(record, clean))
    return changes_of(tx, label="登记裁定结果")


def latest(view: Case) -> Record | None:
    """The last application of a case."""
    return view.confirmation


def _clean(station: Station, values: Values) -> Values:
    clean, errors = check_values("confirmation", values, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean
