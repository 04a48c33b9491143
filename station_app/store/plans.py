"""What a case has in the diary: sessions held, bookings, hearings, and the next contact, visit or service planned.

A pure function of the fold; `project.py` writes the rows. A moment is YYYY-MM-DDTHH:MM, a mere day YYYY-MM-DD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sync.contract.fold import Record, State

Plan = tuple[str, str, str, str, str, str, str, int]
"""record, kind, at, until, place, who (a person's record or words), what (a code or words), done."""

COLUMNS: Final = 8


def plans(state: State, case: Record) -> Iterator[Plan]:
    """The rows of a case. `done`: it lies behind by what was recorded, never by the clock alone."""
    visit_on = _text(case, "visit_on")
    if visit_on:
        yield case.id, "visit", visit_on, "", "", _text(case, "mediator"), "", 0
    alive = [r for r in state.records.values() if not r.values.get("removed")]
    for record in alive:
        made = _MAKERS.get(record.kind)
        if made is not None:
            yield from made(record)
    yield from _contacts([r for r in alive if r.kind == "contact"])


def _session(record: Record) -> Iterator[Plan]:
    begin = _text(record, "from")
    if begin:
        mediators = record.values.get("mediators")
        who = str(mediators[0]) if isinstance(mediators, list) and mediators else ""
        yield record.id, "session", begin, _text(record, "to"), _text(record, "place"), who, "", 1


def _booking(record: Record) -> Iterator[Plan]:
    at = _text(record, "at")
    if at:
        who = _text(record, "person") or _text(record, "with")
        yield (
            record.id, "booking", at, _text(record, "until"), _text(record, "place"), who, _text(record, "purpose"), 0,
        )  # fmt: skip


def _hearing(record: Record) -> Iterator[Plan]:
    at = _text(record, "hearing_at")
    if at:
        done = int(bool(record.values.get("result")))
        yield record.id, "hearing", at, "", _text(record, "hearing_room"), "", "", done


def _relief(record: Record) -> Iterator[Plan]:
    day = _text(record, "follow_up")
    if day:
        yield record.id, "relief", day, "", "", "", "", int(bool(record.values.get("result")))


def _psych(record: Record) -> Iterator[Plan]:
    day = _text(record, "next_on")
    if day:
        yield record.id, "psych", day, "", "", "", "", 0


def _contacts(records: Iterable[Record]) -> Iterator[Plan]:
    """Of each party the plan of the last contact counts: one made since has taken its place."""
    last: dict[str, Record] = {}
    for record in sorted(records, key=lambda r: (_text(r, "at"), r.id)):
        last[_text(record, "party")] = record
    for party, record in last.items():
        day = _text(record, "next_on")
        if day:
            yield record.id, "contact", day, "", "", party, _text(record, "who"), 0


_MAKERS: Final = {
    "session": _session,
    "booking": _booking,
    "confirmation": _hearing,
    "relief": _relief,
    "psych_note": _psych,
}


def _text(record: Record, name: str) -> str:
    value = record.values.get(name)
    return value if isinstance(value, str) else ""
