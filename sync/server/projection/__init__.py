"""Projections of clear ops, synchronous with the push: cases, papers, numbers, grants, people, verdicts.

A case born in the batch is folded from the batch alone; any other case is folded anew from its stored clear ops. A
record counts only in the case whose op created it: nobody rewrites another case's marks, numbers or grants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sync.contract.canonical import Json
from sync.contract.fold import FoldOp, fold, id_order
from sync.contract.op import creator_of, inst_of
from sync.server.projection import asking
from sync.server.projection.reading import as_int, as_text, grant_values, mark_values, number_values, read_op
from sync.server.projection.reference import project_reference
from sync.server.storage.port import Tx

if TYPE_CHECKING:
    from sync.server.ingest import Placed

SETTLED: Final = ("void", "double")
"""States of a number by which a person settled that it was given twice."""
NOBODY: Final = -1
_TEXTS: Final = tuple(
    "title service channel type place state colour number found_at registered_at accepted_at resolved_at confirmed_at"
    " fedback_at".split()
)
_INTS: Final = ("people", "amount", "labour")
_FLAGS: Final = ("discarded", "demo")
CASE_COLUMNS: Final = (
    *("stream", "rec", "station", *_TEXTS, *_INTS),
    *("applicants", "respondents", "conflicts", *_FLAGS),
)
MARK_COLUMNS: Final = tuple(
    "rec stream case_rec paper template number version pages facts_hash state reason device".split()
)
NUMBER_COLUMNS: Final = tuple("rec stream case_rec committee kind year series n text state reason clash".split())
GRANT_COLUMNS: Final = tuple("rec stream case_rec station until revoked".split())
_TABLES: Final = {
    "case_row": CASE_COLUMNS,
    "paper_mark": MARK_COLUMNS,
    "number_row": NUMBER_COLUMNS,
    "case_grant": GRANT_COLUMNS,
}


Rows = dict[str, list[tuple[object, ...]]]
_ASKS: Final = "erase_ask"
"""Requests to erase: entered one by one, since what was decided about them stays."""


@dataclass(frozen=True, slots=True)
class Births:
    """Station code, and device, of incarnations; `begun`: (stream, case) of those that begin in this batch although
    ops of them are here: others sent theirs first after the server was restored.
    """

    stations: dict[str, str]
    devices: dict[str, str]
    begun: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class Prepared:
    """Rows of the cases born in a batch, and (stream, case) of the others it touches."""

    rows: Rows
    known: set[tuple[str, str]]


def births(tx: Tx, items: Sequence[Placed]) -> Births:
    """Where the incarnations that these ops name were born; read before the ops are written."""
    insts = {inst_of(i.op.header.case) for i in items if i.op.header.case}
    insts |= {i.op.header.inst for i in items}  # records that these ops create
    born = _births(tx, insts)
    new = {(i.stream, i.op.header.case) for i in items if i.op.header.case and creator_of(i.op.header.case) == i.op.id}
    for stream in {stream for stream, _ in new}:
        test, value = tx.among("case_rec", sorted(case for of, case in new if of == stream))
        rows = tx.rows(
            f"SELECT DISTINCT case_rec FROM op WHERE stream = ? AND {test} AND case_rec <> ''", (stream, value)
        )
        born.begun.update((stream, str(row[0])) for row in rows)
    return born


def prepare(items: Sequence[Placed], born: Births) -> Prepared:
    """Make the rows of cases that are new in this batch, without the database: it is busy with the ops meanwhile."""
    cases: dict[str, list[Placed]] = {}
    for item in items:
        header = item.op.header
        if header.case and header.compartment == "register" and item.origin != NOBODY:
            cases.setdefault(header.case, []).append(item)
    prepared = Prepared(_no_rows(), set())
    for case, ours in cases.items():
        first, begun = creator_of(case) == ours[0].op.id, (ours[0].stream, case) in born.begun
        if first and not begun and not any(item.denied for item in ours):
            _add_rows(prepared.rows, (ours[0].stream, case), [_fold_op(i) for i in ours], born)
        else:
            prepared.known.update((item.stream, case) for item in ours)
    return prepared


def project(tx: Tx, items: Sequence[Placed], prepared: Prepared) -> None:
    """Bring every projection up to date with ops that were just stored."""
    _insert(tx, prepared.rows)
    reference = [i for i in items if i.origin != NOBODY and i.op.header.compartment == "reference" and i.changes]
    targets = project_reference(tx, reference)
    refold(tx, prepared.known | _judged_cases(tx, targets))


def _judged_cases(tx: Tx, targets: Iterable[str]) -> set[tuple[str, str]]:
    """(stream, case) of the ops that verdicts are about."""
    found: set[tuple[str, str]] = set()
    for target in targets:
        inst, _, seq = target.partition(".")
        row = tx.row("SELECT stream, case_rec FROM op WHERE inst = ? AND seq = ?", (inst, int(seq)))
        if row and row[1]:
            found.add((str(row[0]), str(row[1])))
    return found


def refold(tx: Tx, cases: Iterable[tuple[str, str]]) -> None:
    """Fold (stream, case) anew from the stored ops, and put the rows in place of those that were there."""
    wanted = sorted(cases)
    if not wanted:
        return
    tx.many("DELETE FROM case_row WHERE stream = ? AND rec = ?", wanted)
    for table in ("paper_mark", "number_row", "case_grant"):
        tx.many(f"DELETE FROM {table} WHERE stream = ? AND case_rec = ?", wanted)
    stored = stored_ops(tx, wanted)
    insts = {inst_of(case) for _, case in wanted}
    insts |= {inst_of(c.rec) for ops in stored.values() for op in ops for c in op.changes or ()}
    born = _births(tx, insts)
    rows = _no_rows()
    for key in wanted:
        _add_rows(rows, key, stored.get(key, []), born)
    _insert(tx, rows)


def _fold_op(item: Placed) -> FoldOp:
    header = item.op.header
    return FoldOp(
        header.id, header.case, header.compartment, header.verb, header.actor, header.wall, item.changes, item.rev
    )


def stored_ops(tx: Tx, cases: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[FoldOp]]:
    """The clear ops of cases as the fold takes them, without those a standing verdict takes out."""
    found: dict[tuple[str, str], list[FoldOp]] = {}
    for stream in sorted({stream for stream, _ in cases}):
        test, value = tx.among("case_rec", [case for of, case in cases if of == stream])
        rows = tx.rows(
            "SELECT header, body, rev, case_rec FROM op"
            f" WHERE stream = ? AND {test} AND case_rec <> '' AND compartment = 'register' AND origin <> ?"
            " AND NOT EXISTS (SELECT 1 FROM verdict_row v WHERE v.answer = 'no'"
            " AND v.target = op.inst || '.' || op.seq) ORDER BY rev",
            (stream, value, NOBODY),
        )
        for row in rows:
            found.setdefault((stream, str(row[3])), []).append(read_op(row))
    return found


def _add_rows(rows: Rows, key: tuple[str, str], ops: Sequence[FoldOp], born: Births) -> None:
    stream, case = key
    facts = _facts(ops)
    row = _case_row(stream, case, born.stations.get(inst_of(case), ""), facts)
    if row is not None:
        rows["case_row"].append(row)
    for rec, fact in facts.items():
        if fact.kind == "paper_mark":
            device = born.devices.get(inst_of(rec), "")
            rows["paper_mark"].append((rec, stream, case, *mark_values(fact.values), device))
        elif fact.kind == "number":
            rows["number_row"].append((rec, stream, case, *number_values(fact.values), 0))
        elif fact.kind == "grant":
            rows["case_grant"].append((rec, stream, case, *grant_values(fact.values)))
        elif fact.kind == "erasure_request":
            rows[_ASKS].append((rec, stream, case, fact.values, next(o.wall for o in ops if o.id == creator_of(rec))))


def _no_rows() -> Rows:
    return {table: [] for table in (*_TABLES, _ASKS)}


def _insert(tx: Tx, rows: Rows) -> None:
    for table, columns in _TABLES.items():
        if rows[table]:
            tx.bulk(table, columns, rows[table])
    for asked in rows[_ASKS]:
        asking.note(tx, asked)  # type: ignore[arg-type]  # as `_add_rows` laid them out
    flag_clashes(tx, rows["number_row"])


def _births(tx: Tx, insts: Iterable[str]) -> Births:
    wanted = sorted(insts)
    born = Births({}, {})
    if not wanted:
        return born
    test, value = tx.among("i.inst", wanted)
    for inst, device, code in tx.rows(
        "SELECT i.inst, i.device, s.code FROM inst i LEFT JOIN device d ON d.id = i.device"
        f" LEFT JOIN station s ON s.no = d.station_no WHERE {test}",
        (value,),
    ):
        born.stations[str(inst)], born.devices[str(inst)] = str(code or ""), str(device)
    return born


@dataclass(frozen=True, slots=True)
class Fact:
    """A record as shown, and how many of its units are in conflict."""

    kind: str
    values: Mapping[str, Json]
    conflicts: int = 0


def _facts(ops: Sequence[FoldOp]) -> dict[str, Fact]:
    """The records that these ops create, folded; what one op alone creates needs no folding."""
    if len(ops) == 1:
        only = ops[0]
        if only.changes is not None and not any(change.base for change in only.changes):
            return {c.rec: Fact(c.kind, c.set) for c in only.changes if creator_of(c.rec) == only.id}
    own = {op.id for op in ops}
    return {
        r.id: Fact(r.kind, r.values, len(r.conflicts)) for r in fold(ops).records.values() if creator_of(r.id) in own
    }


def _case_row(stream: str, case: str, station: str, facts: Mapping[str, Fact]) -> tuple[object, ...] | None:
    fact = facts.get(case)
    if fact is None or fact.kind != "case":
        return None
    get = fact.values.get
    parties = [(as_int(f.values.get("order")) or 0, rec, f.values) for rec, f in facts.items() if f.kind == "party"]
    if len({order for order, _, _ in parties}) == len(parties):
        parties.sort()  # no two of one place: ids are not looked at
    else:
        parties.sort(key=lambda party: (party[0], id_order(party[1])))
    shown = [values for _, _, values in parties if not values.get("removed")]
    return (
        stream,
        case,
        station,
        *[
            (value if "\0" not in value else as_text(value)) or None if isinstance(value, str) else None
            for value in map(get, _TEXTS)
        ],
        *[as_int(get(name)) for name in _INTS],
        _joined([as_text(v.get("name")) for v in shown if v.get("role") == "applicant"]),
        _joined([as_text(v.get("name")) for v in shown if v.get("role") == "respondent"]),
        sum(f.conflicts for f in facts.values()),
        int(bool(get("discarded") or get("merged_into"))),  # a merged case counts with the one it was merged into
        int(bool(get("demo"))),
    )


def _joined(names: list[str]) -> str:
    """田某等17人, as lists of a register show many names."""
    return "、".join(names) if len(names) < 4 else f"{names[0]}等{len(names)}人"


def flag_clashes(tx: Tx, rows: Sequence[tuple[object, ...]]) -> None:
    """Flag numbers that two records claim (重号): both stay, a person settles it; software never renumbers paper."""
    for key in sorted({tuple(row[3:8]) for row in rows}):
        where = "committee = ? AND kind = ? AND year = ? AND series = ? AND n = ?"
        every = tx.rows(f"SELECT rec, stream, case_rec, text, state FROM number_row WHERE {where} ORDER BY rec", key)
        same = [row for row in every if row[4] not in SETTLED]
        clash = len(same) > 1
        tx.run(f"UPDATE number_row SET clash = ? WHERE {where}", (int(clash), *key))
        if not clash and len(every) > 1:  # a person gave one a new number, or noted that both stand
            tx.many(
                "DELETE FROM problem WHERE op = ? AND code = 'E-113' AND detail LIKE '重号%'",
                [(creator_of(str(row[0])),) for row in every],
            )
        if clash:
            detail = f"重号 {same[0][3]}：" + "、".join(str(row[2]) for row in same)
            tx.many(
                "INSERT INTO problem VALUES(?, 'E-113', ?, ?, ?, '', 0, 0) ON CONFLICT(op, code) DO NOTHING",
                [(creator_of(str(row[0])), detail, row[1], row[2]) for row in same],
            )
