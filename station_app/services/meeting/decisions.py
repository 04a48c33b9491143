"""Decisions of the meeting: recorded on the case with who, what and until when; followed up until they are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.checks import check_values
from station_app.services import records
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

KIND: Final = "decision"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Days are ISO, "" where not set; `who`: unit and person."""

    case: str
    rec: str
    title: str
    meeting: str
    on: str
    words: str
    who: str
    until: str
    done_on: str
    result: str

    def late(self, today: date) -> bool:
        """Not done, and its day has passed."""
        return not self.done_on and bool(self.until) and self.until < today.isoformat()


def decide(station: Station, *, case: str, values: Values) -> Changes:
    """Record a decision on a case: `matter`, `unit`, `person`, `until`, `meeting`, `on` (today where left out).

    E-216 without matter, unit or until; E-391 where its day lies before the meeting; E-404 by role.
    """
    on = str(values.get("on") or station.clock.today().isoformat())
    until = str(values.get("until") or "")
    if until and until < on:
        raise KnownError("E-391", until=until, on=on)
    from station_app.services.meeting.agenda import name_of  # it reads decisions

    given: Values = {"meeting": name_of(station, date.fromisoformat(on)), **values, "on": on}
    return records.add(station, case=case, kind=KIND, values={k: v for k, v in given.items() if v not in (None, "")})


def done(station: Station, *, case: str, rec: str, result: str, on: str = "") -> Changes:
    """Record what became of a decision: by whom it was given to, or by the meeting itself.

    E-223 for no such decision, E-390 where it is done already, E-216 without a result.
    """
    record = station.case(case).state.records.get(rec)
    if record is None or record.kind != KIND or record.get("removed"):
        raise KnownError("E-223", what=rec)
    if record.get("done_on"):
        raise KnownError("E-390", on=text(record, "done_on"))
    if not result.strip():
        raise KnownError("E-216", field="decision.result")
    values: Values = {"result": result.strip(), "done_on": on or station.clock.today().isoformat()}
    clean, errors = check_values(KIND, values, today=station.clock.today())
    if errors:
        raise errors[0].error
    with station.write("note") as tx:
        tx.op("note", "register", case=case).put(overwrite(record, clean))
    return changes_of(tx, label="会商决定落实")


def standing(view: Case) -> list[Decision]:
    """Decisions on a case that are not done, the nearest day first."""
    found = [_decision(view, r) for r in view.kind(KIND) if not r.get("done_on")]
    return sorted(found, key=lambda d: d.until or "9999")


def followed(station: Station, *, everything: bool = False) -> list[Decision]:
    """Decisions of all cases that are not done, late ones first; with `everything` also what is done, newest first."""
    sql = (
        "SELECT DISTINCT l.case_id FROM loop_row l JOIN case_row c ON c.id = l.case_id"
        f" WHERE l.kind = '{KIND}' AND c.discarded = 0" + ("" if everything else " AND l.done = 0")
    )
    found: list[Decision] = []
    for (pk,) in station.store.reader.execute(sql).fetchall():
        view = station.case(station.store.ids.case_rec(int(pk)))
        found += [_decision(view, r) for r in view.kind(KIND) if everything or not r.get("done_on")]
    return sorted(found, key=lambda d: (bool(d.done_on), d.until or "9999", d.on))


def _decision(view: Case, record: Record) -> Decision:
    from station_app.services.meeting.agenda import title_of  # it reads decisions

    who = "　".join(t for t in (text(record, "unit"), text(record, "person")) if t)
    return Decision(
        view.id,
        record.id,
        title_of(view),
        text(record, "meeting"),
        text(record, "on"),
        text(record, "matter"),
        who,
        text(record, "until"),
        text(record, "done_on"),
        text(record, "result"),
    )
