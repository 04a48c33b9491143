"""Verbs on an agreement: make it, set its obligations, split them, check it; everything until the first signature.

The structured rows are the truth. Terms follow them (`services.terms`); facts, total and copies that are not typed
follow from the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from station_app.domain.agreement import grid as grids
from station_app.domain.agreement import obligations
from station_app.domain.agreement.facts import facts_text, owed
from station_app.domain.agreement.grid import Grid
from station_app.domain.case import APPLICANT, Case, text
from station_app.domain.checks import FieldError, check_values
from station_app.domain.course import allowed
from station_app.domain.money import parse_yuan
from station_app.services import cases, terms
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.sessions import guard_refused
from station_app.services.station import Station, changes_of
from station_app.store.core import OpDraft
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

SUPPLEMENT: Final = "supplement"


# -- the agreement itself -------------------------------------------------------------------------------------------


def make(
    station: Station, *, case: str, values: Values | None = None, rows: Sequence[Mapping[str, Json]] = ()
) -> Changes:
    """制作调解协议书: `values` by the catalogue's `agreement`, `rows` as in `set_obligations`.

    While nobody signed there is one agreement, and making it again edits it; after a signature a further one is made,
    a supplement where `form` says so (补充协议). E-403 after a refusal, else as `allowed.refusal`; E-406 for an oral
    one in a labour dispute (劳动争议调解仲裁法 14), and the errors of the rows.
    """
    view = station.case(case)
    guard_refused(view)
    allowed.guard(view, allowed.AGREEMENT)
    clean = _clean(station, "agreement", values or {})
    _guard_oral(view, clean)
    if view.agreement is not None and not view.sealed:
        changes = edit(station, case=case, values=values or {})
        return changes.also(set_obligations(station, case=case, rows=rows)) if rows else changes
    duties = _read_rows(station, view, rows) if rows else []
    with station.write("edit") as tx:
        op = tx.op("edit", "content", case=case)
        total = sum(number_of(r, "amount") for r in duties if r.get("kind") == obligations.PAY)
        defaults: Values = {"form": "written", "confirm": "undecided", "served_address": True, "state": "draft"}
        defaults["order"] = len(view.kind("agreement")) + 1
        if total:
            defaults["total"] = total
        agreement = op.new("agreement", {**defaults, **{k: v for k, v in clean.items() if v is not None}})
        for row in duties:
            op.new("obligation", {"agreement": agreement, **row})
        terms.put_terms(station, tx, op, case)
    return changes_of(tx, label="制作调解协议书")


def edit(station: Station, *, case: str, values: Values) -> Changes:
    """Change fields of the agreement; terms that follow from them are written anew. E-401 after a signature."""
    view = station.case(case)
    agreement = terms.agreement_of(view)
    cases.guard_sealed(view, {"agreement"})
    clean = _clean(station, "agreement", values)
    _guard_oral(view, clean)
    changed = {name: value for name, value in clean.items() if agreement.get(name) != value}
    if not changed:
        return Changes(frozenset(), (), (), case)
    with station.write("edit") as tx:
        op = tx.op("edit", "content", case=case)
        op.put(overwrite(agreement, changed))
        terms.put_terms(station, tx, op, case)
    return changes_of(tx, label="修改协议")


def facts(station: Station, *, case: str) -> str:
    """The facts the agreement shows: as typed, else from the roster, else the story of the case."""
    return facts_text(station.case(case))


def check(station: Station, *, case: str) -> list[FieldError]:
    """What keeps the agreement from being issued: rows, sums, an oral form in a labour dispute; [] when nothing."""
    view = station.case(case)
    agreement = terms.agreement_of(view)
    names = {p.id: p.name for p in view.parties}
    total = agreement.get("total")
    found = obligations.check(
        obligations.duties(view), parties=names, total=total if isinstance(total, int) and total else None
    )
    if view.labour and text(agreement, "form") == "oral":
        found.append(FieldError("agreement.form", KnownError("E-406")))
    return found


def _guard_oral(view: Case, clean: Values) -> None:
    if view.labour and clean.get("form") == "oral":
        raise KnownError("E-406")


def _clean(station: Station, kind: str, values: Mapping[str, Json]) -> Values:
    clean, errors = check_values(kind, values, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean


# -- obligations ----------------------------------------------------------------------------------------------------


def set_obligations(
    station: Station, *, case: str, rows: Sequence[Mapping[str, Json]], total: int | None = None
) -> Changes:
    """Set all rows of the agreement, in order; those left out are removed, sums and generated terms follow.

    A row holds the catalogue's `obligation` fields (`shares`: payee -> 分, 0 for what is no payment; `amount` may be
    left out, or be text in 元) and `rec` for a row that stands already; without any `rec` rows are matched by place.
    `total` (分) is checked against the rows where it is given. Raises the first error of `obligations.check`.
    """
    view = station.case(case)
    agreement = terms.agreement_of(view)
    cases.guard_sealed(view, {"obligation"})
    duties = _read_rows(station, view, rows, total)
    with station.write("edit") as tx:
        op = tx.op("edit", "content", case=case)
        _put_rows(op, view, agreement, duties, [str(r.get("rec") or "") for r in rows])
        given = sum(number_of(r, "amount") for r in duties if r.get("kind") == obligations.PAY)
        if agreement.get("total") != given:
            op.put(overwrite(agreement, {"total": given}))
        terms.put_terms(station, tx, op, case)
        if not op.changes:
            tx.drafts.remove(op)
    return changes_of(tx, label="修改履行事项") if tx.drafts else Changes(frozenset(), (), (), case)


def number_of(values: Mapping[str, Json], name: str) -> int:
    """An integer of plain values, 0 where it is not given."""
    value = values.get(name)
    return value if isinstance(value, int) else 0


def _read_rows(
    station: Station, view: Case, rows: Sequence[Mapping[str, Json]], total: int | None = None
) -> list[Values]:
    """Clean rows with amount, order and instalment; the first error is raised."""
    clean: list[Values] = []
    for index, given in enumerate(rows, 1):
        row = _clean(station, "obligation", {k: _fen(k, v) for k, v in given.items() if k not in ("rec", "agreement")})
        row = {k: v for k, v in row.items() if v is not None}
        row.setdefault("kind", obligations.PAY)
        shares = cast("dict[str, int]", row.get("shares") or {})
        if row["kind"] == obligations.PAY and not row.get("amount") and shares:
            row["amount"] = sum(shares.values())
        clean.append({**row, "order": index})
    read = [obligations.duty(Record.created(str(i), "obligation", "", by="", values=r)) for i, r in enumerate(clean)]
    errors = obligations.check(read, parties={p.id: p.name for p in view.parties}, total=total)
    if errors:
        raise errors[0].error
    for plan in obligations.plans(read):
        for no, duty in enumerate(plan.rows, 1):
            clean[int(duty.rec)].setdefault("instalment", no)
    return clean


def _fen(name: str, value: Json) -> Json:
    """Amounts may be typed as text in 元 (E-206, E-207, E-208)."""
    if name == "amount" and isinstance(value, str) and value.strip():
        return parse_yuan(value)
    if name == "shares" and isinstance(value, dict):
        return {k: parse_yuan(v) if isinstance(v, str) else v for k, v in value.items()}
    return value


def _put_rows(op: OpDraft, view: Case, agreement: Record, rows: list[Values], recs: list[str]) -> None:
    standing = view.obligations
    by_place = dict(enumerate(standing)) if not any(recs) else {}
    known = {r.id: r for r in standing}
    kept: set[str] = set()
    for index, (row, rec) in enumerate(zip(rows, recs, strict=True)):
        record = known.get(rec) if rec else by_place.get(index)
        if record is None:
            op.new("obligation", {"agreement": agreement.id, **row})
            continue
        kept.add(record.id)
        blank = {name: None for name in record.values if name not in ("agreement", "removed") and name not in row}
        changed = {k: v for k, v in {**row, **blank}.items() if record.get(k) != v}
        if changed:
            op.put(overwrite(record, changed))
    for record in standing:
        if record.id not in kept:
            op.put(overwrite(record, {"removed": True}))


# -- payee x instalment ---------------------------------------------------------------------------------------------


def split(station: Station, *, case: str, totals: Sequence[int], rule: str = "owed", fixed: int = 0) -> Grid:
    """Fill the table payee x instalment for all applicants; nothing is written.

    `rule`: `owed` in proportion to what the roster says is owed (E-210 unless `totals` add up to it), `even` in equal
    parts, `fixed` the sum `fixed` (分) for each in every instalment but the last, which takes the rest.
    """
    view = station.case(case)
    by_roster = owed(view)
    payees = [p.id for p in view.side(APPLICANT)]
    if rule == "even" or (rule == "owed" and not by_roster):
        return grids.evenly(payees, totals)
    payees = [p for p in payees if p in by_roster]
    sums = [by_roster[p] for p in payees]
    if rule == "fixed":
        return grids.fixed_first(payees, sums, fixed, instalments=len(totals) or 2)
    if rule != "owed":
        raise KnownError("E-217", value=rule, field="obligation.shares")
    return grids.by_owed(payees, sums, totals)


def rows_of(grid: Grid, *, common: Mapping[str, Json], dues: Sequence[Mapping[str, Json]]) -> list[Values]:
    """Rows for `set_obligations` from a table: `common` to all (payers, liability, what, method), one `dues` entry an
    instalment (due, due_rule, condition).
    """
    if len(dues) != grid.columns:
        raise KnownError("E-216", field="obligation.due")
    result: list[Values] = []
    for column, due in enumerate(dues):
        shares = cast("dict[str, Json]", grid.shares(column))
        row: Values = {"kind": obligations.PAY, **common, **due, "instalment": column + 1}
        result.append({**row, "shares": shares, "amount": grid.column_sums[column]})
    return result


def grid_of(station: Station, *, case: str) -> Grid:
    """The table behind the payments of the agreement in force; an empty one where there is none."""
    rows = [d for d in obligations.duties(station.case(case)) if d.money]
    return grids.of_shares([dict(r.shares) for r in rows])
