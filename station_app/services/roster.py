"""A roster comes into a case: all workers as parties with identity and wage row, one op per compartment.

A worker who is in the case already is known by his document number; his row is brought up to date, not doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, cast

from station_app.domain.case import APPLICANT, RESPONDENT, Case, Party, default_title, number, text
from station_app.domain.checks import check_values
from station_app.domain.roster import (
    Correction,
    Note,
    Roster,
    RosterRow,
    RowError,
    Sheet,
    Totals,
    parse_roster,
    read_sheet,
)
from station_app.domain.roster_heads import fields
from station_app.services import cases, warning
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

__all__ = ["Correction", "Note", "Roster", "RosterRow", "RowError", "Sheet", "Totals", "fields", "import_rows",
           "preview", "sheet", "short_of_demand"]  # fmt: skip

PER_OP: Final = 1000
"""People in one op: about 140 bytes each in clear, far below the 256 KiB of an op."""

Row = tuple[RosterRow, Values, Values]


def preview(station: Station, *, data: bytes | str, filename: str = "") -> Roster:
    """Read a roster file or pasted text: importable rows, errors with their place, totals, notes; nothing is written.

    Raises what makes the whole file useless (E-218, E-219, E-221, E-239, E-241).
    """
    return parse_roster(data, filename=filename, today=station.clock.today())


def sheet(station: Station, *, data: bytes | str, filename: str = "", correction: Correction | None = None) -> Sheet:
    """The file as a grid with what was made of it, after columns and cells were corrected by hand; nothing is written.

    E-218 and E-241 only: what is wrong with heads or rows stands in the result.
    """
    return read_sheet(data, filename=filename, today=station.clock.today(), correction=correction)


def short_of_demand(station: Station, *, case: str, found: Roster) -> int | None:
    """分 by which what the rows are owed is short of what the case demands, negative where it is more; None where no
    demand was registered, or what was is the sum of a roster already taken in.
    """
    view = station.case(case)
    demanded = number(view.record, "amount")
    if not demanded or not found.totals.owed or _owed(view):
        return None
    return demanded - found.totals.owed


def import_rows(
    station: Station, *, case: str, rows: Sequence[RosterRow], role: str = APPLICANT, by_name: bool = False
) -> Changes:
    """Write the rows into the case in one group; number of people, sum and default title follow.

    `by_name`: a row without an identity number is the party of that name, where the case has just one.

    E-218 without any row, E-401 after a signature, E-404 by role; errors of a value as `check_values` says.
    """
    if not rows:
        raise KnownError("E-218", why="empty")
    view = station.case(case)
    cases.guard_sealed(view, {"party", "identity", "wage"})
    clean = [(row, _identity(station, row), _wage(station, row)) for row in rows]
    known = {text(p.identity, "id_number"): p for p in view.parties if text(p.identity, "id_number")}
    named = _by_name(view, rows, role) if by_name else {}
    found = [(known.get(item[0].id_number) or named.get(item[0].name), item) for item in clean]
    fresh = [item for party, item in found if party is None]
    old = [(party, item) for party, item in found if party is not None]
    with station.write("import_roster") as tx:
        _put_fresh(tx, view, fresh, role)
        _put_old(tx, view, old)
        _put_case(station, tx, view)
    return changes_of(tx, label="导入名册") if tx.drafts else Changes(frozenset(), (), (), case)


def _by_name(view: Case, rows: Sequence[RosterRow], role: str) -> dict[str, Party]:
    """Name -> party, where it stands once in the case and once, without a number, in the rows."""
    ours = Counter(p.name for p in view.side(role))
    theirs = Counter(row.name for row in rows)
    bare = {row.name for row in rows if not row.id_number and theirs[row.name] == 1}
    return {p.name: p for p in view.side(role) if p.name in bare and ours[p.name] == 1}


def _identity(station: Station, row: RosterRow) -> Values:
    return _checked(station, "identity", cast("Values", row.identity_values()))


def _wage(station: Station, row: RosterRow) -> Values:
    return _checked(station, "wage", cast("Values", row.wage_values()))


def _checked(station: Station, kind: str, values: Values) -> Values:
    clean, errors = check_values(kind, values, today=station.clock.today())
    if errors:
        raise errors[0].error
    return {name: value for name, value in clean.items() if value is not None}


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), PER_OP):
        yield rows[start : start + PER_OP]


def _put_fresh(tx: Tx, view: Case, rows: Sequence[Row], role: str) -> None:
    """People the case does not know: party in register, identity and wage in content."""
    last = max((number(p.record, "order") for p in view.parties), default=0)
    last_no = max((number(p.wage, "no") for p in view.parties), default=0)
    for chunk in _chunks(rows):
        register = tx.op("import_roster", "register", case=view.id)
        recs = []
        for row, _, _ in chunk:
            last += 1
            recs.append(register.new("party", {"role": role, "kind": "person", "name": row.name, "order": last}))
        content = tx.op("import_roster", "content", case=view.id)
        for rec, (_, identity, wage) in zip(recs, chunk, strict=True):
            last_no += 1
            if identity:
                content.new("identity", {"party": rec, **identity})
            content.new("wage", {"party": rec, **wage, "no": last_no})


def _put_old(tx: Tx, view: Case, rows: Sequence[tuple[Party, Row]]) -> None:
    """People the case knows: only what the roster says differently."""
    made: list[tuple[Record, Values]] = []
    missing: list[tuple[str, Values]] = []
    for party, (_, identity, wage) in rows:
        if party.identity is not None:
            made += _differing(party.identity, identity)
        values = {name: value for name, value in wage.items() if name != "no"}
        if party.wage is None:
            missing.append((party.id, wage))
        else:
            made += _differing(party.wage, values)
    if not made and not missing:
        return
    op = tx.op("import_roster", "content", case=view.id)
    for record, values in made:
        op.put(overwrite(record, values))
    for rec, values in missing:
        op.new("wage", {"party": rec, **values})


def _differing(record: Record, values: Values) -> list[tuple[Record, Values]]:
    changed = {name: value for name, value in values.items() if record.get(name) != value}
    return [(record, changed)] if changed else []


def _put_case(station: Station, tx: Tx, view: Case) -> None:
    """People, sum and title of the case, where they were still what the program had put there."""
    if not tx.drafts:
        return
    after = station.case(view.id, tx)
    values: Values = {"people": max(number(view.record, "people"), sum(p.is_person for p in after.parties))}
    before_sum, sum_ = _owed(view), _owed(after)
    if sum_ and number(view.record, "amount") in (0, before_sum):
        values["amount"] = sum_
    if text(view.record, "title") == _title(view):
        values["title"] = _title(after)
    changed = {name: value for name, value in values.items() if view.get(name) != value}
    changed |= warning.raised(after.record, after.facts, changed)
    if changed:
        tx.op("import_roster", "register", case=view.id).put(overwrite(view.record, changed))


def _owed(view: Case) -> int:
    return sum(number(p.wage, "owed") for p in view.parties)


def _title(view: Case) -> str:
    applicants, respondents = ([p.name for p in view.side(role)] for role in (APPLICANT, RESPONDENT))
    return default_title(applicants, respondents, cases.matter(view.record.values))
