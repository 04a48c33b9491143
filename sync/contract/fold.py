"""Fold: from a set of ops to the current value of every field; the only truth about it (CONTRACT 4).

A unit (field or field group) of a record is the set of *heads* of its base graph: the ops on it that no later base
names. One head is the value; several are a conflict that a person settles. The result is a function of the set of
ops: order, duplicates and lateness cannot matter. Pure functions, used by station, server and simulation.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from sync.contract.bases import NOTHING, base_of, bases_of
from sync.contract.canonical import Json
from sync.contract.catalogue import knows, unit_of
from sync.contract.op import Change, creator_of
from sync.contract.values import made_once

UNNUMBERED = 2**62
"""Rank of an op the server has not numbered yet: own unnumbered ops come after all numbered ones."""


@made_once
class FoldOp:
    """What the fold needs of an op; `changes` is None where the body is erased or the key is lacking.

    `rank` is the server's number in the stream, or UNNUMBERED; it only orders what is *shown* of a conflict.
    """

    id: str
    case: str
    compartment: str
    verb: str
    actor: str
    wall: int
    changes: tuple[Change, ...] | None
    rank: int = UNNUMBERED


@dataclass(slots=True)
class Head:
    """One standing value of a unit: the op that set it and the fields it set."""

    op: str
    values: dict[str, Json]


class Record:
    """A record as folded: `units` maps each unit to its heads, the one to show first. Never changed once made."""

    __slots__ = ("_maker", "_shown", "_units", "case", "id", "kind")

    def __init__(self, rec: str, kind: str, case: str, units: dict[str, list[Head]] | None = None) -> None:
        """A record from its heads by unit."""
        self.id, self.kind, self.case = rec, kind, case
        self._maker = ""
        self._units: dict[str, list[Head]] | None = units if units is not None else {}
        self._shown: dict[str, Json] | None = None

    @classmethod
    def created(cls, rec: str, kind: str, case: str, *, by: str, values: dict[str, Json]) -> Record:
        """A record only its creator `by` has said anything about: every unit has that one head."""
        record = cls.__new__(cls)
        record.id, record.kind, record.case = rec, kind, case
        record._units, record._maker, record._shown = None, by, values
        return record

    @property
    def units(self) -> dict[str, list[Head]]:
        """Heads by unit of change, the one to show first."""
        if self._units is None:
            made: dict[str, list[Head]] = {}
            for name, value in (self._shown or {}).items():
                unit = unit_of(self.kind, name)
                if unit in made:
                    made[unit][0].values[name] = value
                else:
                    made[unit] = [Head(self._maker, {name: value})]
            self._units = made
        return self._units

    @property
    def values(self) -> dict[str, Json]:
        """Field values as shown: those of the first head of each unit. Not to be changed."""
        if self._shown is None:
            self._shown = {}
            for heads in self.units.values():
                self._shown.update(heads[0].values)
        return self._shown

    @property
    def only_created(self) -> bool:
        """True when nobody but the creator said anything: no unit can have two heads."""
        return bool(self._maker)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record):
            return NotImplemented
        mine, theirs = (self.id, self.kind, self.case), (other.id, other.kind, other.case)
        return mine == theirs and self.units == other.units

    __hash__ = None  # type: ignore[assignment]  # compared by value, so no key of a dict

    def __repr__(self) -> str:
        return f"Record({self.id}, {self.kind}, {self.values})"

    @property
    def conflicts(self) -> dict[str, list[Head]]:
        """The units with more than one head. One of a later program waits for whoever can see what it is about."""
        return {unit: heads for unit, heads in self.units.items() if len(heads) > 1 and knows(self.kind, unit)}

    def get(self, name: str, default: Json = None) -> Json:
        """Value of one field, as shown."""
        return self.values.get(name, default)

    def seen_with(self, values: Mapping[str, Json]) -> Record:
        """The same record read with other values in place of some; what it stands on stays. For reading only."""
        record = Record(self.id, self.kind, self.case, self.units)
        record._shown = {**self.values, **values}
        return record

    def unit(self, name: str) -> str:
        """The unit of change a field belongs to."""
        return unit_of(self.kind, name)

    def base_for(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Return the base a new op must carry to overwrite these fields: every head it has seen, by unit."""
        base: dict[str, list[str]] = {}
        for name in names:
            unit = unit_of(self.kind, name)
            if unit in self.units:
                base[unit] = sorted(head.op for head in self.units[unit])
        return base


@dataclass(slots=True)
class State:
    """The folded whole: records by id, the ops whose bodies cannot be read, the ops a verdict took out."""

    records: dict[str, Record] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    excluded: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Record]:
        """Records of one kind in the order of their ids."""
        return sorted((r for r in self.records.values() if r.kind == kind), key=lambda r: id_order(r.id))


def id_order(any_id: str) -> tuple[str, ...]:
    """Sort key that puts ids of one incarnation in the order they were made."""
    inst, *numbers = any_id.split(".")
    return (inst, *(n.zfill(10) for n in numbers))


@dataclass(slots=True)
class _Setter:
    """One op's say on one unit, while folding."""

    op: str
    rank: int
    values: dict[str, Json]
    bases: frozenset[str]


def _collect(
    ops: Iterable[FoldOp], *, but: Container[str] = NOTHING
) -> dict[tuple[str, str], dict[str, dict[str, _Setter]]]:
    """Group by (record, kind), then unit, then op; `but`: records to leave out."""
    table: dict[tuple[str, str], dict[str, dict[str, _Setter]]] = {}
    for op in ops:
        made = op.id
        for change in op.changes or ():
            if change.rec in but:
                continue
            kind = change.kind
            units = table.setdefault((change.rec, kind), {})
            bases = bases_of(change, made) if change.base else {}
            for name, value in change.set.items():
                unit = unit_of(kind, name)
                setters = units.get(unit)
                if setters is None:
                    units[unit] = setters = {}
                setter = setters.get(made)
                if setter is None:
                    setters[made] = _Setter(made, op.rank, {name: value}, base_of(bases, kind, unit))
                else:
                    setter.values[name] = value
    return table


def _heads(setters: dict[str, _Setter]) -> list[Head]:
    """Heads of one unit. A ring of bases (only a broken or hostile device makes one) keeps all its members."""
    if len(setters) == 1:
        only = next(iter(setters.values()))
        return [Head(only.op, only.values)]
    named = set().union(*(s.bases for s in setters.values()))
    heads = [s for s in setters.values() if s.op not in named]
    reached: set[str] = set()
    todo = [s.op for s in heads]
    while todo:
        current = todo.pop()
        if current not in reached:
            reached.add(current)
            if current in setters:
                todo.extend(setters[current].bases)
    heads += [s for s in setters.values() if s.op not in reached]
    if len(heads) > 1:
        heads.sort(key=lambda s: (s.rank, id_order(s.op)))
    names = {name for s in setters.values() for name in s.values}
    return [Head(s.op, _whole(s, setters, names)) for s in heads]


def _whole(setter: _Setter, setters: dict[str, _Setter], names: set[str]) -> dict[str, Json]:
    """A head's values, completed from what it was based on where it set only a part of its group.

    `names` are all fields of the unit that anybody set: nothing is looked for once they are there.
    """
    values: dict[str, Json] = dict(setter.values)
    seen = {setter.op}
    todo = deque([setter])
    while todo and len(values) < len(names):
        current = todo.popleft()
        for name, value in current.values.items():
            values.setdefault(name, value)
        for base in sorted(current.bases - seen, key=id_order, reverse=True):
            if base in setters:
                todo.append(setters[base])
        seen |= current.bases
    return values


def _verdicts(ops: list[FoldOp]) -> dict[str, str]:
    """Return op id -> reason for every op a standing verdict of "no" takes out; a lifted verdict takes out nothing.

    What a verdict takes out may itself be (the lifting of) a verdict, so this is judged again without it until nothing
    changes. Verdicts that take out each other in a ring, which only broken devices make, take out all they name.
    """
    about = [op for op in ops if any(c.kind == "verdict" for c in op.changes or ())]
    ids = {op.id for op in about}
    seen: list[dict[str, str]] = []
    result = _named(about)
    if not ids & result.keys():
        return result
    while result not in seen:
        seen.append(result)
        result = _named([op for op in about if op.id not in result])
    for other in seen[seen.index(result) :]:
        result = {**other, **result}
    return result


def _named(about: list[FoldOp]) -> dict[str, str]:
    """Return op id -> reason of what these verdicts take out, all of them standing."""
    result: dict[str, str] = {}
    for (rec, kind), units in _collect(about).items():
        if kind != "verdict":
            continue
        record = Record(rec, kind, "", {u: _heads(s) for u, s in units.items()})
        target, answers = record.get("target"), record.units.get("verdict", [])
        if isinstance(target, str) and any(h.values.get("answer") == "no" for h in answers):
            result[target] = str(record.get("reason") or record.get("code") or "")
    return result


def _unique(ops: Iterable[FoldOp]) -> list[FoldOp]:
    """One of each op; of two copies the numbered and readable one."""
    best: dict[str, FoldOp] = {}
    for op in ops:
        other = best.get(op.id)
        if other is None or (op.changes is None, op.rank) < (other.changes is None, other.rank):
            best[op.id] = op
    return list(best.values())


def _cases(ops: list[FoldOp]) -> dict[str, str]:
    """The case of each record: that of the op that created it, else the smallest one named.

    A record claimed by two cases comes only from a broken device; it lies in its creator's everywhere alike.
    """
    born: dict[str, str] = {}
    named: dict[str, str] = {}
    for op in ops:
        for change in op.changes or ():
            rec = change.rec
            if op.id == creator_of(rec):
                born[rec] = op.case
            elif rec not in named or op.case < named[rec]:
                named[rec] = op.case
    return named | born


def _created(ops: list[FoldOp]) -> State | None:
    """The fold of ops that only create records, each once: the same result with no graph to walk; else None."""
    state = State()
    for op in ops:
        if op.changes is None:
            return None
        for change in op.changes:
            if change.base or change.kind == "verdict" or change.rec in state.records:
                return None
            state.records[change.rec] = Record.created(change.rec, change.kind, op.case, by=op.id, values=change.set)
    return state


def _put_simple(state: State, ops: list[FoldOp], once: set[str]) -> None:
    """Records about which one change only was said: that is their value, there is no graph to walk."""
    for op in ops:
        for change in op.changes or ():
            rec = change.rec
            if rec in once:
                state.records[rec] = Record.created(rec, change.kind, op.case, by=op.id, values=change.set)


def grow(state: State, ops: Iterable[FoldOp]) -> bool:
    """Add ops that are new to a state made by `fold`, where they only create records; the result is that of folding
    all of them. False, and nothing is changed, where anything else was said: then all has to be folded.
    """
    made: dict[str, Record] = {}
    for op in ops:
        if op.changes is None or op.id in state.excluded:
            return False
        for change in op.changes:
            if change.base or change.kind == "verdict" or change.rec in made or change.rec in state.records:
                return False
            made[change.rec] = Record.created(change.rec, change.kind, op.case, by=op.id, values=change.set)
    state.records.update(made)
    return True


def fold(ops: Iterable[FoldOp]) -> State:
    """Fold a set of ops (any order, duplicates allowed) into records with their heads."""
    unique = _unique(ops)
    created = _created(unique)
    if created is not None:
        return created
    state = State(excluded=_verdicts(unique))
    standing = [op for op in unique if op.id not in state.excluded]
    state.unreadable = {op.id for op in standing if op.changes is None}
    said = Counter(change.rec for op in standing for change in op.changes or ())
    once = {rec for rec, times in said.items() if times == 1}
    cases = _cases(standing)
    _put_simple(state, standing, once)
    for (rec, kind), units in _collect(standing, but=once).items():
        record = state.records.get(rec)
        if record is None or kind < record.kind:
            # two kinds under one id come only from a broken device; the smaller name wins everywhere alike
            heads = {unit: _heads(setters) for unit, setters in sorted(units.items())}
            state.records[rec] = Record(rec, kind, cases[rec], heads)
    return state


def overwrite(record: Record, values: Mapping[str, Json]) -> Change:
    """Make the change that sets `values` on a record as folded, naming every head it overwrites.

    Fields of a group that are not given keep the shown value, so that a unit is always set whole. Settling a
    conflict is the same act: the change names all heads.
    """
    complete: dict[str, Json] = dict(values)
    for name in values:
        unit = unit_of(record.kind, name)
        for other, value in (record.units[unit][0].values if unit in record.units else {}).items():
            complete.setdefault(other, value)
    return Change(record.id, record.kind, complete, record.base_for(complete))


def late_edits(ops: Iterable[FoldOp], frozen: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return, for each seal, the ops that touch its records but are not in its past; a person looks at each.

    `frozen` maps a seal's id to the ops it froze. A record belongs to the seal when a frozen op touches it.
    """
    touched: dict[str, set[str]] = {}
    for op in ops:
        for change in op.changes or ():
            touched.setdefault(change.rec, set()).add(op.id)
    result: dict[str, list[str]] = {}
    for seal, past in frozen.items():
        late: set[str] = set()
        for setters in touched.values():
            if setters & past:
                late |= setters - past
        result[seal] = sorted(late, key=id_order)
    return result
