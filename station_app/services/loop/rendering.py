"""Verbs of the other services: the psychological note with consent and screening, the track of a suggestion, the way
to legal aid. What needs no more than a checked row is written by `records`.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, names, text
from station_app.domain.course.services import TRACK, URGENT, misfit, service_of
from station_app.domain.rules import higher
from station_app.services import records
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

RED: Final = "red"
RISK_REASON: Final = "服务中发现需要立即关注的风险，请按预案处置"
"""Goes in clear to the district: that somebody must look, never what was said."""


def psych(station: Station, *, case: str, values: Values, rec: str = "") -> Changes:
    """心理服务记录, new or corrected (`rec`): only with the client's own separate consent (个人信息保护法 29).

    A screening that found a high or urgent risk raises the case to red at once, in the same group of ops.

    E-280 without consent, E-285 for a consent in the future, else as `records.add`.
    """
    view = station.case(case)
    standing = _record(view, rec, "psych_note") if rec else None
    if misfit(view, "psych_note"):
        raise KnownError("E-278", why="record", what=records.title_of("psych_note"), of=service_of(view))
    merged: Values = {**(standing.values if standing else {}), **values}
    clean = records.checked(station, view, "psych_note", values, new=standing is None)
    if not merged.get("consent"):
        raise KnownError("E-280")
    if str(merged.get("consent_on") or "") > station.clock.today().isoformat():
        raise KnownError("E-285", field="psych_note.consent_on")
    risk = str(clean.get("risk") or merged.get("risk") or "")
    verb = records.verb_of("psych_note")
    with station.write(verb) as tx:
        op = tx.op(verb, KINDS["psych_note"].compartment, case=case)
        if standing is None:
            op.new("psych_note", clean)
        else:
            cleared: Values = {name: None for name, value in values.items() if value is None}
            changed = {n: v for n, v in {**cleared, **clean}.items() if standing.get(n) != v}
            if changed:
                op.put(overwrite(standing, changed))
            else:
                tx.drafts.remove(op)
        if risk in URGENT:
            _raise(tx, view, verb)
    return changes_of(tx, label=records.title_of("psych_note"))


def _raise(tx: Tx, view: Case, verb: str) -> None:
    """Red with the reason; a case that is red already only gains the reason."""
    standing = names(view.record, "colour_reasons")
    if RISK_REASON in standing:
        return
    level = RED if higher(RED, text(view.record, "colour")) else text(view.record, "colour")
    tx.op(verb, "register", case=view.id).put(
        overwrite(view.record, {"colour": level, "colour_reasons": [RISK_REASON, *standing]})
    )


def advance(
    station: Station, *, case: str, rec: str, to: str, note: str = "", by: str = "", result: str = ""
) -> Changes:
    """办理进展 of a suggestion, one step along 征集 → 评估 → 采纳 → 落实 → 反馈, today.

    `note`: why it is not adopted (needed), what the assessment says; `by`: who adopted it (needed then); `result`: what
    was carried out (needed then). E-279 for a step that does not come now, E-216 without what it needs.
    """
    record = _record(station.case(case), rec, "suggestion")
    if to not in TRACK[text(record, "track")]:
        raise KnownError("E-279", track=text(record, "track"), to=to)
    values: Values = {"track": to, "track_on": station.clock.today().isoformat(), "track_note": note.strip() or None}
    needed = {"not_adopted": ("track_note", note), "adopted": ("adopted_by", by), "golden": ("adopted_by", by),
              "carried_out": ("result", result)}.get(to)  # fmt: skip
    if needed and not needed[1].strip():
        raise KnownError("E-216", field=f"suggestion.{needed[0]}")
    values |= {"adopted_by": by.strip()} if by.strip() else {}
    values |= {"result": result.strip()} if result.strip() else {}
    return records.edit(station, case=case, rec=rec, values=values)


def refer_aid(station: Station, *, case: str, rec: str, to: str, on: str = "") -> Changes:
    """转介法律援助 from a consultation: to which office, on which day (today). E-216 without the office, E-285 for a
    day that has not come. The application form is printed from the same facts.
    """
    record = _record(station.case(case), rec, "consultation")
    day = on or station.clock.today().isoformat()
    if not to.strip():
        raise KnownError("E-216", field="consultation.aid_to")
    if day > station.clock.today().isoformat():
        raise KnownError("E-285", field="consultation.aid_on")
    return records.edit(station, case=case, rec=record.id, values={"aid": True, "aid_to": to.strip(), "aid_on": day})


def _record(view: Case, rec: str, kind: str) -> Record:
    record = view.state.records.get(rec)
    if record is None or record.kind != kind or record.get("removed"):
        raise KnownError("E-223", what=rec)
    return record
