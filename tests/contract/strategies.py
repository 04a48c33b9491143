"""Random but lawful material: values of every catalogue type, headers, ops, and histories with forks and rings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from sync.contract.canonical import MAX_INT, Json
from sync.contract.catalogue import KINDS
from sync.contract.fold import FoldOp, State, fold, overwrite
from sync.contract.op import (
    COMPARTMENTS,
    MAX_SEQ,
    Change,
    Header,
    Op,
    creator_of,
    hash_body,
    make_body,
    op_id,
    rec_id,
)
from sync.contract.wire import b64

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
insts = st.binary(min_size=8, max_size=8).map(bytes.hex)
seqs = st.integers(1, MAX_SEQ)
rec_ids = st.builds(rec_id, insts, seqs, st.integers(0, 9999))
op_ids = st.builds(op_id, insts, seqs)
names = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
amounts = st.integers(0, 10**13)
dates = st.dates().map(lambda d: d.isoformat())
moments = st.datetimes().map(lambda d: d.strftime("%H:%M"))

json_values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT - 1, MAX_INT) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)

by_type: dict[str, st.SearchStrategy[Json]] = {
    "text": texts,
    "long": texts,
    "int": st.integers(-MAX_INT - 1, MAX_INT),
    "money": amounts,
    "moneymap": st.dictionaries(rec_ids, amounts, max_size=3),
    "days": amounts,
    "date": dates,
    "moment": st.builds(lambda d, m: f"{d}T{m}", dates, moments),
    "ms": st.integers(0, 2**53),
    "bool": st.booleans(),
    "code": names,
    "codes": st.lists(names, max_size=3),
    "ref": rec_ids,
    "refs": st.lists(rec_ids, max_size=3),
    "texts": st.lists(texts, max_size=3),
    "ops": st.lists(op_ids, max_size=3),
    "hash": st.binary(min_size=32, max_size=32).map(bytes.hex),
    "bytes": st.binary(max_size=40).map(b64),
}
"""Catalogue type -> values that are of it."""


@st.composite
def headers(draw: st.DrawFn, *, body: bytes | None = None) -> Header:
    """A lawful header; with `body`, one that names it."""
    first, before, after = draw(st.integers(1, 10**6)), draw(st.integers(0, 20)), draw(st.integers(1, 20))
    return Header(
        inst=draw(insts),
        seq=first + before,
        group=(first, before + after),
        stream=draw(texts),
        case=draw(st.just("") | rec_ids),
        compartment=draw(st.sampled_from(COMPARTMENTS) | names),
        verb=draw(names),
        actor=draw(texts),
        wall=draw(st.integers(0, 2**53)),
        body_hash=hash_body(body) if body is not None else draw(by_type["hash"].map(str)),
        body_form="clear",
    )


changes = st.builds(
    Change,
    rec=rec_ids,
    kind=names,
    set=st.dictionaries(texts, json_values, max_size=4),
    base=st.dictionaries(names, st.lists(op_ids, max_size=3), max_size=3),
    expect=st.dictionaries(names, json_values, max_size=2),
)
bodies = st.builds(
    make_body, st.lists(changes, max_size=4, unique_by=lambda c: c.rec), st.binary(min_size=16, max_size=16)
)


@st.composite
def ops(draw: st.DrawFn) -> Op:
    """A lawful op with its body, or without one."""
    body = draw(bodies)
    header = draw(headers(body=body))
    return Op.from_bytes(header.to_bytes(), body if draw(st.booleans()) else None)


# -- histories ------------------------------------------------------------------------------------------------------

INSTS = ("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc")
CASE = f"{INSTS[0]}.1.0"
_FIELDS = ("title", "place", "state", "state_reason", "state_since", "colour", "colour_reasons", "from_the_future")
_VALUES: tuple[Json, ...] = ("", "甲", "乙", None, 1, 2, ["丙"])


@dataclass
class History:
    """Ops as they were made by several devices that saw more or less of each other."""

    ops: list[FoldOp] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)

    def next_id(self, inst: str) -> str:
        """The id of the next op of an incarnation."""
        self.seqs[inst] = self.seqs.get(inst, 0) + 1
        return op_id(inst, self.seqs[inst])

    def add(self, made: str, changes: list[Change], *, verb: str = "edit", compartment: str = "register") -> None:
        """Note one op."""
        self.ops.append(FoldOp(made, CASE, compartment, verb, "", len(self.ops), tuple(changes)))


def _values(draw: st.DrawFn) -> dict[str, Json]:
    chosen = draw(st.lists(st.sampled_from(_FIELDS), min_size=1, max_size=3, unique=True))
    return {name: draw(st.sampled_from(_VALUES)) for name in chosen}


def _seen(draw: st.DrawFn, history: History) -> list[FoldOp]:
    """What one device has received: any part of the past in which every op lies with those it names."""
    known = {op.id: op for op in history.ops}
    todo = [op.id for op in history.ops if draw(st.booleans())]
    seen: set[str] = set()
    while todo:
        current = todo.pop()
        if current in seen or current not in known:
            continue
        seen.add(current)
        for change in known[current].changes or ():
            todo.append(creator_of(change.rec))
            todo += [b for named in change.base.values() for b in named]
    return [op for op in history.ops if op.id in seen]


def _edit(draw: st.DrawFn, state: State, made: str) -> list[Change]:
    records = [state.records[r] for r in sorted(state.records) if state.records[r].kind != "verdict"]
    changes = [overwrite(record, _values(draw)) for record in records if draw(st.booleans())]
    if draw(st.booleans()) or not changes:
        kind = draw(st.sampled_from(["contact", "kind_of_tomorrow"]))
        changes.append(Change(f"{made}.{len(changes)}", kind, {"text": draw(st.sampled_from(_VALUES))}))
    return changes


@st.composite
def histories(draw: st.DrawFn, *, verdicts: bool = True) -> History:
    """An honest history: every op is based on the heads its device saw; some settle, some judge, some lift."""
    history = History()
    history.add(history.next_id(INSTS[0]), [Change(CASE, "case", {"title": "甲", "state": "registered"})])
    for _ in range(draw(st.integers(0, 9))):
        made = history.next_id(draw(st.sampled_from(INSTS)))
        state = fold(_seen(draw, history))
        judged = [r for r in state.records.values() if r.kind == "verdict"]
        act = draw(st.sampled_from(["edit", "edit", "edit", "verdict", "lift"] if verdicts else ["edit"]))
        if act == "verdict":
            target = draw(st.sampled_from(history.ops)).id
            said: dict[str, Json] = {"target": target, "answer": "no", "reason": "无权", "code": "E-404"}
            history.add(made, [Change(made + ".0", "verdict", said)], verb="verdict", compartment="reference")
        elif act == "lift" and judged:
            change = overwrite(draw(st.sampled_from(judged)), {"answer": "yes"})
            history.add(made, [change], verb="verdict", compartment="reference")
        else:
            history.add(made, _edit(draw, state, made))
    return history


@st.composite
def wild_ops(draw: st.DrawFn) -> list[FoldOp]:
    """Ops of broken or hostile devices: bases that make rings or name nothing, records claimed twice, lost bodies."""
    count = draw(st.integers(1, 7))
    ids = [op_id(inst, seq) for inst in INSTS for seq in (1, 2, 3)][:count]
    recs = [CASE, f"{INSTS[1]}.1.0"]
    made: list[FoldOp] = []
    for number, name in enumerate(ids):
        said: dict[str, Change] = {}
        for rec in recs:
            if draw(st.booleans()):
                kind = draw(st.sampled_from(["case", "case", "verdict", "contact"]))
                few = {
                    n: draw(st.sampled_from(_VALUES)) for n in draw(st.sampled_from([["title"], ["title", "state"]]))
                }
                values = {**few, **({"target": draw(st.sampled_from(ids))} if kind == "verdict" else {})}
                if kind == "verdict":
                    values["answer"] = draw(st.sampled_from(["no", "yes"]))
                units = st.sampled_from(["title", "title", "state", "target", "verdict"])
                base = draw(st.dictionaries(units, st.lists(st.sampled_from(ids), max_size=3), max_size=3))
                said[rec] = Change(rec, kind, values, base)
        case = draw(st.sampled_from([CASE, "", f"{INSTS[1]}.1.0"]))
        body = None if draw(st.integers(0, 9)) == 9 else tuple(said.values())
        made.append(FoldOp(name, case, "register", "edit", "", number, body, draw(st.integers(0, 3))))
    return made


@st.composite
def shuffled(draw: st.DrawFn, given: list[FoldOp]) -> list[FoldOp]:
    """The same set: in another order, with some ops twice, and some copies unnumbered or without a body."""
    copies = [op for op in given if draw(st.booleans())]
    poorer = [replace(op, changes=None) for op in given if op.changes is not None and draw(st.booleans())]
    return draw(st.permutations([*given, *copies, *poorer]))


def sane_values(kind: str) -> st.SearchStrategy[dict[str, Json]]:
    """Some fields of a kind with values of their types; null clears."""
    fields = KINDS[kind].fields.values()
    return st.fixed_dictionaries({}, optional={f.name: st.none() | by_type[f.type] for f in fields})
