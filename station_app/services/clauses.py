"""Verbs on the clause library: fill a clause into an agreement, fill it again, keep a wording for the station.

A clause writes obligations and terms together and remembers what it wrote (record kind `clause`): filled again, its
rows and its terms follow the new answers; a term somebody edited by hand is kept, in the place of the one it replaced.
A wording kept for the station is a record of the `reference` compartment (`station_clause`), so that the station's
other PCs have it and the district reads it in clear; `offered` marks it for the district's legal bureau.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from station_app.domain.agreement import obligations
from station_app.domain.agreement.terms import LAST_TYPED, TYPED
from station_app.domain.case import Case, names, number, text
from station_app.domain.checks import check_values
from station_app.domain.clauses.clause import Clause, load
from station_app.domain.clauses.filling import Filled, fill
from station_app.services import agreements, cases, packs, terms
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import OpDraft, Tx
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

SOURCE = "clause"


@dataclass(frozen=True, slots=True)
class Used:
    """A clause as used in the agreement in force: its record, kind, and the answers given."""

    rec: str
    clause: str
    values: Values


def library(case: Case | None = None, *, station: Station | None = None) -> list[Clause]:
    """All clauses; those for the case's type of dispute first. With a station those of its template packs too."""
    kind = text(case.record, "type") if case else ""
    return sorted(_all(station).values(), key=lambda c: (kind not in c.types, c.letter))


def _all(station: Station | None) -> dict[str, Clause]:
    return load() if station is None else packs.clauses(station)


def get(kind: str, *, station: Station | None = None) -> Clause:
    """A clause by its id or letter; E-217 for none."""
    found = next((c for c in _all(station).values() if kind in (c.id, c.letter, c.letter.lower())), None)
    if found is None:
        raise KnownError("E-217", field="clause.clause", value=kind)
    return found


def used(view: Case) -> list[Used]:
    """Clauses written into the agreement in force, in the order they were used."""
    agreement = view.agreement
    return [
        Used(r.id, text(r, "clause"), json.loads(text(r, "values") or "{}"))
        for r in view.kind("clause")
        if agreement is not None and text(r, "agreement") == agreement.id
    ]


def preview(station: Station, *, case: str, kind: str, values: Mapping[str, Json]) -> Filled:
    """What a clause would write, or what is wrong with the answers; nothing is written."""
    return fill(get(kind, station=station), values, station.case(case))


def put(station: Station, *, case: str, kind: str, values: Mapping[str, Json]) -> Changes:
    """Write a clause into the agreement, or again with other answers. The first error of the answers is raised; E-401
    after a signature; the errors of `agreements.make`.
    """
    clause = get(kind, station=station)
    filled = preview(station, case=case, kind=clause.id, values=values)
    if filled.errors:
        raise filled.errors[0].error
    view = station.case(case)
    made = Changes(frozenset(), (), (), case)
    if view.agreement is None or view.sealed:
        made = agreements.make(station, case=case)
    cases.guard_sealed(station.case(case), {"term", "obligation"})
    with station.write("edit") as tx:
        view = station.case(case, tx)
        op = tx.op("edit", "content", case=case)
        _Writer(station, view, op).write(clause, filled, values)
        _sum_up(op, station, tx, case)
        terms.put_terms(station, tx, op, case)
    return made.also(changes_of(tx, label=f"写入条款：{clause.title}"))


def remove(station: Station, *, case: str, rec: str) -> Changes:
    """Take a clause out with its rows and with the terms nobody edited."""
    view = station.case(case)
    record = view.state.records.get(rec)
    if record is None or record.kind != "clause" or record.get("removed"):
        raise KnownError("E-223", what=rec)
    cases.guard_sealed(view, {"term", "obligation"})
    with station.write("edit") as tx:
        op = tx.op("edit", "content", case=case)
        for old in [*_standing(view, record, "obligations"), *_standing(view, record, "terms")]:
            if old.kind != "term" or text(old, "source") == SOURCE:
                op.put(overwrite(old, {"removed": True}))
        op.put(overwrite(record, {"removed": True}))
        _sum_up(op, station, tx, case)
        terms.put_terms(station, tx, op, case)
    return changes_of(tx, label="移除条款")


def restorable(view: Case, term: Record) -> bool:
    """True for a term that is written from rows or by a clause, and that a person typed over."""
    if text(term, "source") in ("generated", SOURCE):
        return False
    return number(term, "order") < TYPED or number(term, "order") > LAST_TYPED or _clause_of(view, term.id) is not None


def restore(station: Station, *, case: str, term: str) -> Changes:
    """恢复生成: let a term follow the rows, or the clause that wrote it, again.

    E-223 for one nobody generated, or of a clause whose edition has other terms now.
    """
    view = station.case(case)
    record = _clause_of(view, term)
    if record is None:
        return terms.restore(station, case=case, term=term)
    answers = json.loads(text(record, "values") or "{}")
    filled = fill(get(text(record, "clause"), station=station), answers, view)
    if filled.errors:
        raise filled.errors[0].error
    recs = names(record, "terms")
    if len(recs) != len(filled.terms):
        raise KnownError("E-223", what=text(view.state.records[term], "text"))
    values: Values = {"text": filled.terms[recs.index(term)], "source": SOURCE, "removed": False}
    return cases.edit(station, case=case, values={term: values}, label="恢复生成条款")


def _clause_of(view: Case, term: str) -> Record | None:
    return next((r for r in view.kind("clause") if term in names(r, "terms")), None)


def _sum_up(op: OpDraft, station: Station, tx: Tx, case: str) -> None:
    """The agreement's total follows its rows."""
    view = station.case(case, tx)
    agreement = terms.agreement_of(view)
    total = sum(number(o, "amount") for o in view.obligations if text(o, "kind") in ("", obligations.PAY))
    if number(agreement, "total") != total:
        op.put(overwrite(agreement, {"total": total}))


def _standing(view: Case, record: Record, field: str) -> list[Record]:
    found = [view.state.records.get(rec) for rec in names(record, field)]
    return [r for r in found if r is not None and not r.get("removed")]


class _Writer:
    """Puts one filled clause into the op: rows and terms in the place of those it wrote before."""

    def __init__(self, station: Station, view: Case, op: OpDraft) -> None:
        self._station, self._view, self._op = station, view, op
        self._agreement = terms.agreement_of(view)

    def write(self, clause: Clause, filled: Filled, values: Mapping[str, Json]) -> None:
        """Rows, terms, and the record of the use."""
        before = next(
            (r for r in self._view.kind("clause")
             if text(r, "clause") == clause.id and text(r, "agreement") == self._agreement.id), None
        )  # fmt: skip
        rows = self._rows(filled, _standing(self._view, before, "obligations") if before else [])
        kept = self._terms(filled, self._written(clause, before) if before else {})
        said = json.dumps({k: v for k, v in values.items() if v not in (None, "")}, ensure_ascii=False, sort_keys=True)
        record: Values = {"clause": clause.id, "edition": clause.edition, "values": said}
        record |= {"obligations": cast("Json", rows), "terms": cast("Json", kept)}
        if before is None:
            self._op.new("clause", {"agreement": self._agreement.id, **record})
        else:
            self._op.put(overwrite(before, {k: v for k, v in record.items() if before.get(k) != v}))

    def _rows(self, filled: Filled, old: list[Record]) -> list[str]:
        orders = [number(o, "order") for o in self._view.obligations if o not in old]
        next_order = max(orders, default=0) + 1
        recs: list[str] = []
        for place, row in enumerate(filled.rows):
            clean, errors = check_values("obligation", row, today=self._station.clock.today())
            if errors:
                raise errors[0].error
            if place < len(old):
                recs.append(old[place].id)
                blank = {n: None for n in old[place].values if n not in ("agreement", "removed", "order", *clean)}
                changed = {k: v for k, v in {**blank, **clean}.items() if old[place].get(k) != v}
                if changed:
                    self._op.put(overwrite(old[place], changed))
            else:
                recs.append(self._op.new("obligation", {"agreement": self._agreement.id, **clean, "order": next_order}))
                next_order += 1
        for left in old[len(filled.rows) :]:
            self._op.put(overwrite(left, {"removed": True}))
        return recs

    def _written(self, clause: Clause, before: Record) -> dict[int, Record]:
        """Place in the clause -> the term written for it last time, those a person took out too."""
        answers = json.loads(text(before, "values") or "{}")
        records = [self._view.state.records.get(rec) for rec in names(before, "terms")]
        places = fill(clause, answers, self._view).places
        if len(places) != len(records):  # another edition of the clause: nothing can be matched
            places = [-1 - n for n in range(len(records))]
        return {place: r for place, r in zip(places, records, strict=True) if r is not None}

    def _terms(self, filled: Filled, old: dict[int, Record]) -> list[str]:
        """Each term in the place it had. What a person typed over stands for its place, what he took out stays out."""
        typed = [number(t, "order") for t in self._view.terms if TYPED <= number(t, "order") <= LAST_TYPED]
        order = max(typed, default=TYPED - 1)
        recs: list[str] = []
        for place, words in zip(filled.places, filled.terms, strict=True):
            before = old.pop(place, None)
            if before is None:
                order = min(order + 1, LAST_TYPED)
                values: Values = {"agreement": self._agreement.id, "order": order, "text": words, "source": SOURCE}
                recs.append(self._op.new("term", values))
                continue
            recs.append(before.id)
            if text(before, "source") == SOURCE and text(before, "text") != words:
                self._op.put(overwrite(before, {"text": words}))
        for left in old.values():
            if text(left, "source") == SOURCE and not left.get("removed"):
                self._op.put(overwrite(left, {"removed": True}))
        return recs


# -- the station's own wordings -------------------------------------------------------------------------------------


def keep(station: Station, *, title: str, words: str, base: str = "", offered: bool = False) -> Changes:
    """存为本站条款: a wording for later agreements; `offered` sends it to the district's legal bureau to look at."""
    if not title.strip() or not words.strip():
        raise KnownError("E-216", field="station_clause.title" if not title.strip() else "station_clause.text")
    values: Values = {"title": title.strip(), "text": words.strip(), "base": base or None, "offered": offered}
    values["by"] = station.user.person or None
    with station.write("save_clause") as tx:
        tx.op("save_clause", "reference").new("station_clause", {k: v for k, v in values.items() if v is not None})
    return changes_of(tx, label="保存本站条款")


def kept(station: Station) -> list[Record]:
    """The station's own wordings, by title."""
    found = [
        r for r in station.store.reference().records.values() if r.kind == "station_clause" and not r.get("removed")
    ]
    return sorted(found, key=lambda r: text(r, "title"))


def offer(station: Station, *, rec: str) -> Changes:
    """报送区级: let the district see a wording the station already keeps. E-223 for none."""
    record = next((r for r in kept(station) if r.id == rec), None)
    if record is None:
        raise KnownError("E-223", what=rec)
    with station.write("save_clause") as tx:
        tx.op("save_clause", "reference").put(overwrite(record, {"offered": True}))
    return changes_of(tx, label="报送条款")
