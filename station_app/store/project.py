"""Projections: list rows, party and paper rows, due rows, problems and pending search text of a case, from its fold.

A case is folded whole and its rows rewritten: projection = fold by construction. They carry a version and are
dropped and folded anew when it changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from station_app.domain.case import Case
from station_app.domain.clocks.firsts import waiting
from station_app.domain.papers.states import states
from station_app.store import plans, search
from station_app.store.database import Connection
from sync.contract.canonical import Json
from sync.contract.fold import FoldOp, Record, State, fold, id_order, late_edits
from sync.contract.op import CLOSED_COMPARTMENTS, creator_of

if TYPE_CHECKING:
    from station_app.store.core import Store

Row = tuple[object, ...]

_CASE_FIELDS: Final = (
    "title", "service", "channel", "type", "labour", "state", "number", "people", "amount", "place", "colour",
    "found_at", "registered_at", "accepted_at", "resolved_at", "confirmed_at", "fedback_at", "mediator",
    "ended_at", "difficult", "key_area",
)  # fmt: skip
_AFTER_TITLE: Final = _CASE_FIELDS[1:]
_SCALAR: Final = (str, int)
"""What a column holds. A tuple: `str | int` would be made anew for each of the hundred thousand values of a pull."""
_CASE_COLUMNS: Final = (
    "id", "rec", "stream", "station", *_CASE_FIELDS, "step", "step_since", "form", "grade_month", "applicants",
    "respondents", "own", "shared", "demo", "discarded", "merged", "conflicts", "late", "unreadable", "closed",
    "changed", "wall",
)  # fmt: skip
_PUT_CASE: Final = (
    f"INSERT OR REPLACE INTO case_row({', '.join(_CASE_COLUMNS)}) VALUES({', '.join('?' * len(_CASE_COLUMNS))})"
)
_PUT_PROBLEM: Final = "INSERT INTO problem(case_id, kind, rec, unit, op, detail) VALUES(?, ?, ?, ?, ?, ?)"
_PUT_PLAN: Final = f"INSERT INTO plan_row VALUES(?{', ?' * plans.COLUMNS})"
SEALED_KINDS: Final = frozenset({"agreement", "term", "obligation", "party", "identity", "wage"})
"""Kinds whose records a first signature freezes."""
_LOOP: Final = {
    "order": ("rating", "withdrawn_at"),
    "hand_off": ("answer",),
    "decision": ("done_on",),
    "colour_change": ("answer",),
}
"""Kinds that wait for others -> the fields of which one says that nothing is waited for any more."""
_FILES: Final = {
    "paper": (("pdf", "bytes", "paper"),),
    "scan": (("blob", "bytes", "scan"),),
    "evidence": (("blob", "bytes", "evidence"), ("raw", "raw_bytes", "raw")),
}
"""Kinds that name a file -> the fields of its hash and size, and what it is for the order of travelling."""


def alive(records: Iterable[Record]) -> list[Record]:
    """Records that were not taken out, in their own order."""
    standing = [(r.values, r) for r in records if not r.values.get("removed")]
    standing.sort(key=lambda pair: (cast("int", pair[0].get("order") or pair[0].get("no") or 0), pair[1].id))
    return [record for _, record in standing]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def names_of(parties: list[Record], role: str) -> str:
    """ "田志强等17人" for a list column."""
    names = [_text(values.get("name")) for values in [p.values for p in parties] if values.get("role") == role]
    if len(names) <= 2:
        return "、".join(names)
    return f"{names[0]}等{len(names)}人"


_SOUGHT_OF_CASE: Final = ("title", "number", "place", "external_number")
_SOUGHT: Final = {
    "facts": ("summary", "story", "request"),
    "identity": ("id_number", "phone", "address", "legal_rep"),
    "agent": ("id_number", "phone"),
    "external": ("number",),
}
"""What a person types to find a case again, by kind of record."""
_PLACES: Final = {kind: place for place, kind in enumerate(_SOUGHT)}


def search_text(state: State, case: Record, parties: list[Record]) -> str:
    """What search finds a case by: names first, then everything a person would type."""
    names = [_text(p.values.get("name")) for p in parties]
    rest = [_text(case.values.get(f)) for f in _SOUGHT_OF_CASE]
    # a fold that grew and one made anew hold their records in another order; the text is one
    found = [(_PLACES[r.kind], id_order(r.id), r) for r in state.records.values() if r.kind in _SOUGHT]
    for _, _, record in sorted(found, key=lambda one: one[:2]):
        values = record.values
        if values.get("removed"):
            continue
        if record.kind == "agent":
            names.append(_text(values.get("name")))
        rest += [_text(values.get(f)) for f in _SOUGHT[record.kind]]
    return "\n".join(dict.fromkeys(n for n in names if n)) + search.NAMES_END + "\n".join(r for r in rest if r)


def _problems(case_id: int, ops: list[FoldOp], state: State) -> list[Row]:
    rows: list[Row] = []
    frozen: dict[str, set[str]] = {}
    for record in state.records.values():
        if record.kind == "signature" and record.values.get("froze") and not record.values.get("void"):
            frozen[record.id] = set(cast("list[str]", record.values["froze"]))
        if record.only_created:
            continue
        for unit, heads in record.conflicts.items():
            rows.append((case_id, "conflict", record.id, unit, heads[0].op, record.kind))
    if frozen:
        relevant = [op for op in ops if any(c.kind in SEALED_KINDS for c in op.changes or ())]
        for seal, late in late_edits(relevant, frozen).items():
            rows += [(case_id, "late", seal, "", op, "") for op in late]
    if state.excluded:
        rows += [(case_id, "refused", "", "", op, reason) for op, reason in sorted(state.excluded.items())]
    return rows


def put_case(
    store: Store,
    con: Connection,
    case_id: int,
    ops: list[FoldOp],
    changed: int,
    *,
    fresh: bool | None = None,
    state: State | None = None,
) -> int:
    """Rewrite every projection row of a case from its ops; case 0 (no case) has none.

    Returns by how much the number of cases changed. `fresh` says that no row of it can be there yet;
    `state` is the fold of the ops where it was made already.
    """
    if not case_id:
        return 0
    if fresh is None:
        fresh = con.execute("SELECT 1 FROM case_row WHERE id = ?", (case_id,)).fetchone() is None
    state = state or fold(ops)
    case = state.records.get(store.ids.case_rec(case_id))
    if not fresh:
        _drop_children(con, case_id)
    if case is None or case.kind != "case" or not any(op.id == creator_of(case.id) for op in ops):
        # of a case granted just now, later ops can be here before the one that creates it: not listed until then
        if not fresh:
            con.execute("DELETE FROM case_row WHERE id = ?", (case_id,))
        return 0 if fresh else -1
    parties = alive(r for r in state.records.values() if r.kind == "party")
    problems = _problems(case_id, ops, state)
    con.execute(_PUT_CASE, _case_row(store, case_id, case, parties, problems, state, ops, changed))
    _put_children(store, con, case_id, state)
    if problems:
        con.executemany(_PUT_PROBLEM, problems)
    search.put_pending(con, case_id, search_text(state, case, parties))
    return int(fresh)


def changed_at(store: Store, con: Connection, case: str) -> int:
    """The store's counter of changes as a case was last written, 0 where it is not here; equal: untouched since."""
    row = con.execute("SELECT changed FROM case_row WHERE id = ?", (store.ids.pk(case),)).fetchone()
    return int(row[0]) if row else 0


def put_born(
    store: Store, con: Connection, born: Iterable[tuple[int, list[FoldOp]]], changed: int, *, later: set[str]
) -> tuple[int, list[tuple[int, bool]]]:
    """Write the rows of many cases of which nothing was here before: how many cases there are, and those with ops
    that are opened `later`, left out of the fold until then: (case, whether papers were issued).
    """
    unread: list[tuple[int, bool]] = []
    written = _Written()
    for case_id, ops in born:
        clear = [op for op in ops if op.id not in later] if later else ops
        if len(clear) < len(ops):
            unread.append((case_id, any(op.verb == "issue_paper" for op in ops)))
        _add_case(store, con, written, (case_id, clear, ops), changed)
    written.put(con)
    search.put_all_pending(con, written.texts)
    return len(written.rows), unread


def put_anew(store: Store, con: Connection, cases: Iterable[tuple[int, list[FoldOp]]], changed: int) -> int:
    """Write the rows of many cases of which no row is there, and index them at once; how many are listed. Of a case
    granted just now, later ops can be here before the one that creates it: not listed until then.
    """
    written = _Written()
    for case_id, ops in cases:
        creator = store.ids.op_id(case_id)
        if any(op.id == creator for op in ops):
            _add_case(store, con, written, (case_id, ops, ops), changed)
    written.put(con)
    search.index_all(con, written.texts)
    return len(written.rows)


@dataclass(slots=True)
class _Written:
    """Rows of many cases on their way into one statement each."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Row] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)

    def put(self, con: Connection) -> None:
        con.executemany(_PUT_CASE, self.rows)
        con.executemany(_PUT_PROBLEM, self.problems)


def _add_case(
    store: Store, con: Connection, written: _Written, of: tuple[int, list[FoldOp], list[FoldOp]], changed: int
) -> None:
    """Fold a case of which nothing was written: `of` is (case, the ops that are folded now, all of them)."""
    case_id, clear, ops = of
    state = fold(clear)
    case = state.records.get(store.ids.case_rec(case_id))
    if case is None or case.kind != "case":
        return
    parties = alive(r for r in state.records.values() if r.kind == "party")
    found = _problems(case_id, clear, state)
    written.problems += found
    written.rows.append(_case_row(store, case_id, case, parties, found, state, ops, changed))
    if len(clear) == len(ops):
        written.texts.append((case_id, search_text(state, case, parties)))
    _put_children(store, con, case_id, state)


def _case_row(
    store: Store,
    case_id: int,
    case: Record,
    parties: list[Record],
    problems: list[Row],
    state: State,
    ops: list[FoldOp],
    changed: int,
) -> Row:
    values = case.values
    station = _text(values.get("station"))
    own = station == store.setting("station.code")
    kinds = [p[1] for p in problems]
    holds = {r.kind for r in state.records.values()}
    return (
        case_id,
        case.id,
        _text(values.get("community")),
        station,
        _text(values.get("title")),
        *[v if isinstance(v, _SCALAR) else None for v in map(values.get, _AFTER_TITLE)],
        *_waiting(state, case),
        _form(state if "agreement" in holds else None, case),
        _grade_month(state) if "grading" in holds else None,
        names_of(parties, "applicant"),
        names_of(parties, "respondent"),
        int(own),
        int(not own or "grant" in holds),
        int(bool(values.get("demo"))),
        int(bool(values.get("discarded"))),
        _text(values.get("merged_into")) or None,
        kinds.count("conflict"),
        kinds.count("late"),
        sum(op.id in state.unreadable for op in ops if op.compartment not in CLOSED_COMPARTMENTS)
        if state.unreadable
        else 0,
        sum(op.compartment in CLOSED_COMPARTMENTS for op in ops),
        changed,
        max(op.wall for op in ops),
    )


def _waiting(state: State, case: Record) -> tuple[str | None, str | None]:
    """The step of the five firsts whose limit runs, and from when it counts."""
    return waiting(Case(state, case.id)) or (None, None)


def _form(state: State | None, case: Record) -> str:
    """The form of the last agreement, where its content can be read; else (None: no agreement) what the register says
    of it.
    """
    made = [r for r in state.records.values() if r.kind == "agreement" and r.get("form")] if state else []
    last = max(made, key=lambda r: (cast("int", r.get("order") or 0), r.id)) if made else None
    return _text(last.get("form")) if last else _text(case.get("agreement_form"))


def _grade_month(state: State) -> str | None:
    """The month for which a person gave the case its class of 以案定补."""
    found = [r for r in state.records.values() if r.kind == "grading" and not r.get("removed")]
    return _text(found[-1].get("month")) or None if found else None


def _column(value: Json) -> str | int | None:
    return value if isinstance(value, _SCALAR) else None


def _drop_children(con: Connection, case_id: int) -> None:
    for table in ("paper_row", "due_row", "loop_row", "plan_row", "number_row", "file_row", "problem"):
        con.execute(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))


_PLAIN: Final = frozenset({"case", "party", "identity", "facts", "agent"})
"""Kinds every new case has: they have no rows of their own (a visit is planned in the case itself)."""


def _put_children(store: Store, con: Connection, case_id: int, state: State) -> None:
    case = state.records[store.ids.case_rec(case_id)]
    if not case.get("visit_on") and _PLAIN.issuperset([r.kind for r in state.records.values()]):
        return
    papers = [r for r in state.records.values() if r.kind == "paper"]
    if papers:
        stands = states(state.records.values())
        names = ("template", "title", "version", "number", "pages", "pdf")
        con.executemany(
            "INSERT INTO paper_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (case_id, p.id, *(_column(p.get(n)) for n in names), stands[p.id], _column(p.get("issued_ms")))
                for p in papers
            ],
        )
    _put_loop(con, case_id, state)
    _put_numbers(con, case_id, state)
    _put_files(con, case_id, state)
    found = list(plans.plans(state, case))
    if found:
        con.executemany(_PUT_PLAN, [(case_id, *plan) for plan in found])
    obligations = [r for r in state.records.values() if r.kind == "obligation" and not r.get("removed")]
    if obligations:
        paid = _performed(state)
        con.executemany(
            "INSERT INTO due_row VALUES(?, ?, ?, ?, ?, ?)",
            [
                (case_id, o.id, _column(o.get("due")), _column(o.get("what")), _column(o.get("amount")),
                 int(paid.get(o.id, 0) >= cast("int", o.get("amount") or 1)))
                for o in obligations
            ],
        )  # fmt: skip


def _put_loop(con: Connection, case_id: int, state: State) -> None:
    """An order is done with when it was rated or withdrawn, a hand-off when it was answered."""
    found = [r for r in state.records.values() if r.kind in _LOOP and not r.get("removed")]
    if found:
        con.executemany(
            "INSERT INTO loop_row VALUES(?, ?, ?, ?)",
            [(case_id, r.id, r.kind, int(any(r.get(name) for name in _LOOP[r.kind]))) for r in found],
        )


def _put_numbers(con: Connection, case_id: int, state: State) -> None:
    found = [r for r in state.records.values() if r.kind == "number"]
    if found:
        texts, counts = ("committee", "kind"), ("year", "n")
        con.executemany(
            "INSERT INTO number_row(case_id, rec, committee, kind, year, n, series, text, state, reason)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(case_id, r.id),
                    *(_text(r.get(name)) for name in texts),
                    *(v if isinstance(v := r.get(name), int) else 0 for name in counts),
                    *(_text(r.get(name)) for name in ("series", "text", "state", "reason")),
                )
                for r in found
            ],
        )


def _put_files(con: Connection, case_id: int, state: State) -> None:
    """Files that came back with a case to another PC are asked for by these rows."""
    rows = []
    for record in state.records.values():
        for name, size, what in _FILES.get(record.kind, ()):
            sha = None if record.get("removed") else record.get(name)
            if isinstance(sha, str) and sha:
                count = record.get(size)
                rows.append((case_id, record.id, sha, what, count if isinstance(count, int) else 0))
    if rows:
        con.executemany("INSERT OR IGNORE INTO file_row VALUES(?, ?, ?, ?, ?)", rows)


def _performed(state: State) -> dict[str, int]:
    """分 performed per obligation; failed transfers do not count."""
    total: dict[str, int] = {}
    for record in state.records.values():
        if record.kind == "performance" and not record.get("removed") and record.get("outcome") != "failed":
            name = _text(record.get("obligation"))
            total[name] = total.get(name, 0) + cast("int", record.get("amount") or 0)
    return total
