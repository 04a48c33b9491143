"""Verbs on the terms of an agreement: written from its rows, typed, typed over, taken out, and written again.

A generated term follows the rows until a person types over it or takes it out; then it stays as he left it.
"""

from __future__ import annotations

from typing import cast

from station_app.domain.agreement import terms as written
from station_app.domain.case import Case, number, text
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import OpDraft, Tx
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite


def generate(station: Station, *, case: str) -> Changes:
    """Write the generated terms anew from the rows; typed ones, and those a person took out, stay as they are."""
    view = station.case(case)
    agreement_of(view)
    cases.guard_sealed(view, {"term"})
    with station.write("edit") as tx:
        op = tx.op("edit", "content", case=case)
        put_terms(station, tx, op, case, always=True)
        if not op.changes:
            tx.drafts.remove(op)
    return changes_of(tx, label="生成协议条款") if tx.drafts else Changes(frozenset(), (), (), case)


def add(station: Station, *, case: str, words: str) -> Changes:
    """Add a typed term after the generated ones and before confirmation and address."""
    view = station.case(case)
    agreement = agreement_of(view)
    typed = [number(r, "order") for r in view.terms if written.TYPED <= number(r, "order") <= written.LAST_TYPED]
    order = min(max(typed, default=written.TYPED - 1) + 1, written.LAST_TYPED)
    values: Values = {"agreement": agreement.id, "order": order, "text": _words(words), "source": "typed"}
    return cases.add(station, case=case, kind="term", values=values, label="添加条款")


def edit(station: Station, *, case: str, term: str, words: str) -> Changes:
    """Type over a term; it keeps its place and no longer follows the rows."""
    _term(station, case, term)
    values = {term: cast("Values", {"text": _words(words), "source": "typed"})}
    return cases.edit(station, case=case, values=values, label="修改条款")


def remove(station: Station, *, case: str, term: str) -> Changes:
    """Take a term out for good: it is not generated again."""
    _term(station, case, term)
    values = {term: cast("Values", {"removed": True, "source": "typed"})}
    return cases.edit(station, case=case, values=values, label="移除条款")


def restore(station: Station, *, case: str, term: str) -> Changes:
    """恢复生成: let a term that was typed over or taken out follow the rows again; E-223 for one never generated."""
    record = _term(station, case, term)
    slot = number(record, "order")
    words = next((t.text for t in written.generate(station.case(case)) if t.slot == slot), "")
    if not words:
        raise KnownError("E-223", what=text(record, "text"))
    values = {term: cast("Values", {"text": words, "source": "generated", "removed": False})}
    return cases.edit(station, case=case, values=values, label="恢复生成条款")


def _words(words: str) -> str:
    if not words.strip():
        raise KnownError("E-216", field="term.text")
    return words.strip()


def _term(station: Station, case: str, term: str) -> Record:
    record = station.case(case).state.records.get(term)
    if record is None or record.kind != "term":
        raise KnownError("E-223", what=term)
    return record


def put_terms(station: Station, tx: Tx, op: OpDraft, case: str, *, always: bool = False) -> None:
    """Bring the generated terms in line with the rows as this transaction leaves them.

    An agreement whose terms were all typed (a case file, an older paper) keeps them until `always`.
    """
    view = station.case(case, tx)
    agreement = agreement_of(view)
    mine = _of_agreement(view, agreement)
    standing = [r for r in mine if not r.get("removed")]
    if standing and not always and all(text(r, "source") == "typed" for r in standing):
        return
    by_slot = {number(r, "order"): r for r in sorted(mine, key=lambda r: not r.get("removed"))}
    wanted = {t.slot: t.text for t in written.generate(view)}
    for slot, words in wanted.items():
        record = by_slot.get(slot)
        if record is None:
            op.new("term", {"agreement": agreement.id, "order": slot, "text": words, "source": "generated"})
        elif text(record, "source") == "generated" and (text(record, "text") != words or record.get("removed")):
            op.put(overwrite(record, {"text": words, "removed": False}))
    for record in standing:
        if text(record, "source") == "generated" and number(record, "order") not in wanted:
            op.put(overwrite(record, {"removed": True}))


def _of_agreement(view: Case, agreement: Record) -> list[Record]:
    """Terms of an agreement, those taken out too."""
    return [r for r in view.state.records.values() if r.kind == "term" and text(r, "agreement") == agreement.id]


def agreement_of(view: Case) -> Record:
    """The agreement in force; E-223 where there is none yet."""
    if view.agreement is None:
        raise KnownError("E-223", what="调解协议")
    return view.agreement
