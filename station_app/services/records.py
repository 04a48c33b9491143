"""Verbs on a case's simple children (调查记录, 延期, 回避, 咨询, 建议, 用印, 预约 …): added, corrected, taken out.

Which kinds these are and who may write them is the table below; their fields are the catalogue's. What needs more than
a checked row (parties, sessions, signatures, papers, payments, orders, hand-offs) has verbs of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.case import Case, text
from station_app.domain.checks import check_values
from station_app.domain.course.services import fits, misfit, service_of
from station_app.domain.labels import label
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.reading import notes
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from sync.contract.catalogue import KINDS
from sync.contract.errors import BugError, KnownError
from sync.contract.fold import Record, overwrite

VERBS: Final = {
    "answer": "answer",
    "extension": "note",
    "recusal": "note",
    "inquiry": "note",
    "evidence": "note",
    "seal_use": "note",
    "advice": "note",
    "booking": "note",
    "decision": "decide",
    "dossier": "note",
    "service_address": "note",
    "contact": "contact",
    "notice": "note",
    "consultation": "note",
    "suggestion": "note",
    "relief": "note",
    "complaint": "note",
    "reply": "note",
    "private_note": "private_note",
    "psych_note": "psych_note",
}
"""Kind -> the verb of its op."""
REQUIRED: Final = {
    "answer": ("question",),
    "extension": ("until", "agreed_on"),
    "recusal": ("asked_by", "reason"),
    "inquiry": ("at", "person", "record"),
    "evidence": ("name",),
    "seal_use": ("title", "seal", "on"),
    "advice": ("to", "problem", "measures"),
    "booking": ("purpose", "at"),
    "decision": ("matter", "unit", "until"),
    "service_address": ("party", "address"),
    "consultation": ("question",),
    "suggestion": ("text",),
    "relief": ("need",),
    "complaint": ("unit", "matter"),
    "reply": ("text",),
    "contact": ("at",),
    "private_note": ("text",),
    "psych_note": ("text",),
}
"""Fields without which a record says nothing."""
_TIMES: Final = ("at", "on", "asked_on", "agreed_on", "track_on", "compiled_on")
_SHOWN: Final = 40
_PARTS: Final = 3


def add(station: Station, *, case: str, kind: str, values: Values) -> Changes:
    """One more record of the kind. E-216 without a field it needs; E-217, E-209 … for values that cannot be;
    E-278 for a kind that has no place in the service of the case.
    """
    if kind == "psych_note":
        from station_app.services.loop import rendering  # it stands on this module

        return rendering.psych(station, case=case, values=values)
    verb = verb_of(kind)
    with station.write(verb) as tx:
        view = station.case(case, tx)
        if misfit(view, kind):
            raise KnownError("E-278", why="record", what=title_of(kind), of=service_of(view))
        clean = checked(station, view, kind, values, new=True)
        tx.op(verb, KINDS[kind].compartment, case=case).new(kind, clean)
    return changes_of(tx, label=_said(kind))


def checked(station: Station, view: Case, kind: str, values: Values, *, new: bool) -> Values:
    """The values of a record as they are written; a new one with what it needs and what the program knows. As `add`."""
    clean = _clean(station, kind, values)
    if not new:
        return clean
    for name in REQUIRED.get(kind, ()):
        if clean.get(name) in (None, "", []):
            raise KnownError("E-216", field=f"{kind}.{name}")
    return {**_defaults(station, view, kind, clean), **clean}


def edit(station: Station, *, case: str, rec: str, values: Values) -> Changes:
    """Correct a record; what is given as None is cleared. E-223 for a record that is not there, E-247 for a note of one
    side or a psychological one that is not this user's.
    """
    record = _record(station, station.case(case), rec)
    if record.kind == "psych_note" and set(values) != {"removed"}:
        from station_app.services.loop import rendering  # it stands on this module

        return rendering.psych(station, case=case, values=values, rec=rec)
    clean = _clean(station, record.kind, values)
    cleared = {name: None for name, value in values.items() if value is None}
    changed = {n: v for n, v in {**cleared, **clean}.items() if record.get(n) != v}
    if not changed:
        return Changes(frozenset(), (), (), case)
    return _put(station, case, record, changed)


def remove(station: Station, *, case: str, rec: str) -> Changes:
    """Take a record out; it stays in the history and comes back with `edit(removed=False)`."""
    record = _record(station, station.case(case), rec)
    if "removed" not in KINDS[record.kind].fields:
        raise KnownError("E-216", field=f"{record.kind}.removed")
    return _put(station, case, record, {"removed": True})


def answer(station: Station, *, case: str, question: str, values: Values) -> Changes:
    """Keep the answer to a question only a person can decide; a later answer to the same question takes its place."""
    view = station.case(case)
    standing = next((r for r in reversed(view.kind("answer")) if text(r, "question") == question), None)
    given: Values = {"by": station.user.person or None, **values}
    if standing is not None:
        return edit(station, case=case, rec=standing.id, values=given)
    return add(station, case=case, kind="answer", values={"question": question, **given})


def verb_of(kind: str) -> str:
    """The verb under which records of this kind are written."""
    try:
        return VERBS[kind]
    except KeyError:
        raise BugError(f"{kind} has verbs of its own") from None


def title_of(kind: str, lang: str = "zh_CN") -> str:
    """What a list calls a record of this kind."""
    return codes.label("record_kinds", kind, lang)


def kinds_for(station: Station, view: Case | None = None) -> list[str]:
    """The kinds this user may add by hand, in the order of the work, of a case those of its service; answers have a
    place of their own.
    """
    known = [c.code for c in codes.load("record_kinds") if c.code != "answer" and station.can(verb_of(c.code))]
    return known if view is None else [kind for kind in known if fits(view, kind)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a list: its kind, its id, its words in one line, and when."""

    kind: str
    rec: str
    words: str
    when: str


def entries(view: Case) -> list[Entry]:
    """All simple children of a case that can be read here, by kind, then as they were made."""
    found: list[Entry] = []
    for kind in (c.code for c in codes.load("record_kinds") if c.code != "answer"):
        found += [Entry(kind, r.id, _words(view, r), _when(r)) for r in view.kind(kind)]
    return found


def _words(view: Case, record: Record) -> str:
    """What a record says, its first few words and codes, in the order of the catalogue."""
    parties = {p.id: p.name for p in view.parties}
    parts: list[str] = []
    for name, field in KINDS[record.kind].fields.items():
        value = record.get(name)
        if field.type in ("text", "long") and isinstance(value, str) and value:
            parts.append(value.splitlines()[0][:_SHOWN])
        elif field.type == "code" and isinstance(value, str) and value:
            parts.append(codes.of_field(record.kind, name).label(value))
        elif field.type == "ref" and value in parties:
            parts.append(parties[str(value)])
    return "　".join(parts[:_PARTS])


def _when(record: Record) -> str:
    for name in _TIMES:
        value = text(record, name)
        if value:
            return value.replace("T", " ")
    return ""


def _said(kind: str) -> str:
    return title_of(kind)


def _clean(station: Station, kind: str, values: Values) -> Values:
    given: Values = {name: value for name, value in values.items() if value is not None}
    unknown = set(given) - set(KINDS[kind].fields)
    if unknown:
        raise KnownError("E-214", key=sorted(unknown)[0], where=label(kind))
    clean, errors = check_values(kind, given, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean


def _defaults(station: Station, view: Case, kind: str, clean: Values) -> Values:
    """What the program knows by itself: the day, the order, who writes."""
    fields = KINDS[kind].fields
    found: Values = {}
    if "on" in fields and "on" not in clean and kind != "relief":
        found["on"] = station.clock.today().isoformat()
    if "order" in fields:
        found["order"] = len(view.kind(kind)) + 1
    for name in ("by", "asked_by", "recorder"):
        if name in fields and fields[name].type == "ref" and station.user.person:
            found[name] = station.user.person
    return found


def _record(station: Station, view: Case, rec: str) -> Record:
    record = view.state.records.get(rec)
    if record is None:
        notes.guard(station, view, rec)
    if record is None or record.kind not in VERBS:
        raise KnownError("E-223", what=rec)
    return record


def _put(station: Station, case: str, record: Record, values: Values) -> Changes:
    verb = verb_of(record.kind)
    tx: Tx
    with station.write(verb) as tx:
        tx.op(verb, KINDS[record.kind].compartment, case=case).put(overwrite(record, values))
    return changes_of(tx, label=_said(record.kind))
