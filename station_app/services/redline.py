"""红笔: a consultant's other wording of a term, with the reason; taken over or left aside, and kept in the history."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

from station_app.domain.agreement.terms import TYPED
from station_app.domain.case import Case, number, text
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

OPEN: Final = "proposed"
_PIECES: Final = re.compile(r"[0-9][0-9,.]*|.", re.DOTALL)
"""A number is one piece: no figure is shown half struck."""
_ALIKE: Final = 0.4
"""From this part of common pieces on a change is shown piece by piece."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as shown: its record, the term it is about, old and new words, why, by whom, and what became of it.

    `stale`: the term was changed since, so that taking it over would undo that change.
    """

    rec: str
    term: str
    old: str
    new: str
    reason: str
    by: str
    on: str
    state: str
    stale: bool


def propose(station: Station, *, case: str, term: str, words: str, reason: str) -> Changes:
    """Propose other words for a term of an unsigned agreement. E-216 for no words, E-408 without a reason, E-401 once
    somebody signed, E-223 for no such term; the same words again change nothing.
    """
    view = station.case(case)
    record = _term(view, term)
    cases.guard_sealed(view, {"term"})
    if not words.strip():
        raise KnownError("E-216", field="term.text")
    if not reason.strip():
        raise KnownError("E-408", step="redline")
    old = text(record, "text")
    if words.strip() == old or any(p.new == words.strip() for p in proposals(view, term=term)):
        return Changes(frozenset(), (), (), case)
    values: Values = {"target": term, "field": "text", "old": old, "new": words.strip(), "reason": reason.strip()}
    values |= {"by": station.user.person or None, "on": station.clock.today().isoformat(), "state": OPEN}
    with station.write("redline") as tx:
        tx.op("redline", "content", case=case).new("redline", {k: v for k, v in values.items() if v is not None})
    return changes_of(tx, label="提出修改意见")


def accept(station: Station, *, case: str, proposal: str) -> Changes:
    """Take the words over: the term is typed anew and the proposal closed in one act. E-401 once somebody signed."""
    view = station.case(case)
    record = _open(view, proposal)
    cases.guard_sealed(view, {"term"})
    term = _term(view, text(record, "target"))
    station.require("redline")
    with station.write("edit") as tx:
        op = tx.op("edit", "content", case=case)
        values: Values = {"text": text(record, "new"), "source": "typed"}
        op.put(overwrite(term, {k: v for k, v in values.items() if term.get(k) != v}))
        op.put(overwrite(record, {"state": "accepted"}))
    return changes_of(tx, label="采用修改意见")


def reject(station: Station, *, case: str, proposal: str) -> Changes:
    """Leave the term as it is; the proposal stays in the history."""
    record = _open(station.case(case), proposal)
    with station.write("redline") as tx:
        tx.op("redline", "content", case=case).put(overwrite(record, {"state": "rejected"}))
    return changes_of(tx, label="不采用修改意见")


def proposals(view: Case, *, term: str = "", closed: bool = False) -> list[Proposal]:
    """Proposals on the terms of the agreement in force, in the order of the terms; `closed`: decided ones too."""
    terms = {t.id: t for t in view.terms}
    found = [
        Proposal(
            r.id,
            text(r, "target"),
            text(r, "old"),
            text(r, "new"),
            text(r, "reason"),
            text(r, "by"),
            text(r, "on"),
            text(r, "state"),
            stale=text(terms[text(r, "target")], "text") != text(r, "old"),
        )
        for r in view.kind("redline")
        if text(r, "target") in terms and (closed or text(r, "state") == OPEN)
    ]
    place = {rec: number(t, "order") or TYPED for rec, t in terms.items()}
    return sorted((p for p in found if not term or p.term == term), key=lambda p: place[p.term])


def marked(old: str, new: str) -> list[tuple[str, str]]:
    """The change piece by piece: ("keep" | "out" | "in", words), for showing struck and underlined.

    Words that share little are shown whole, the old before the new: single characters kept by chance say nothing.
    """
    found: list[tuple[str, str]] = []
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if old and new and matcher.ratio() < _ALIKE:
        return [("out", old), ("in", new)]
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found.append(("keep", "".join(before[i:j])))
            continue
        if i < j:
            found.append(("out", "".join(before[i:j])))
        if k < m:
            found.append(("in", "".join(after[k:m])))
    return found


def _term(view: Case, term: str) -> Record:
    record = view.state.records.get(term)
    if record is None or record.kind != "term" or record.get("removed"):
        raise KnownError("E-223", what=term)
    return record


def _open(view: Case, proposal: str) -> Record:
    record = view.state.records.get(proposal)
    if record is None or record.kind != "redline" or text(record, "state") != OPEN:
        raise KnownError("E-223", what=proposal)
    return record
