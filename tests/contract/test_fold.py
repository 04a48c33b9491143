"""The fold is a function of the set of ops; no value is lost, a settling op settles, a group is always whole."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, fields_of_unit, knows, unit_of
from sync.contract.fold import UNNUMBERED, FoldOp, Head, State, _created, fold, late_edits, overwrite
from sync.contract.op import Change
from tests.contract.strategies import CASE, INSTS, History, histories, shuffled, wild_ops

A, B, C = INSTS


def make(name: str, *changes: Change, rank: int = UNNUMBERED, case: str = CASE) -> FoldOp:
    return FoldOp(name, case, "register", "edit", "", 0, tuple(changes), rank)


def born(**values: Json) -> FoldOp:
    return make(f"{A}.1", Change(CASE, "case", values))


def shown(state: State, rec: str = CASE) -> dict[str, Json]:
    return state.records[rec].values


def head_ids(state: State, unit: str, rec: str = CASE) -> list[str]:
    return [head.op for head in state.records[rec].units[unit]]


# -- a function of the set --------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(st.data())
def test_order_copies_and_lateness_do_not_matter(data: st.DataObject) -> None:
    ops = data.draw(histories()).ops
    assert fold(data.draw(shuffled(ops))) == fold(ops)


@settings(max_examples=150)
@given(st.data())
def test_not_even_for_broken_devices(data: st.DataObject) -> None:
    ops = data.draw(wild_ops())
    assert fold(data.draw(shuffled(ops))) == fold(ops)


@settings(max_examples=100)
@given(st.data())
def test_replicas_that_met_in_any_way_are_equal(data: st.DataObject) -> None:
    """Two replicas take the ops in slices and exchange the rest in another order."""
    ops = data.draw(histories()).ops
    cut = data.draw(st.integers(0, len(ops)))
    left, right = ops[:cut], ops[cut:]
    assert fold([*left, *reversed(right)]) == fold([*right, *left, *left])


@settings(max_examples=100)
@given(histories(), st.lists(st.integers(0, 50)))
def test_the_servers_numbers_order_what_is_shown_and_change_nothing_else(history: History, ranks: list[int]) -> None:
    numbered = [replace(op, rank=ranks[n] if n < len(ranks) else UNNUMBERED) for n, op in enumerate(history.ops)]
    one, other = fold(history.ops), fold(numbered)
    assert one.records.keys() == other.records.keys()
    for rec, record in one.records.items():
        if record.kind == "verdict":
            continue
        for unit, heads in record.units.items():
            assert {h.op for h in heads} == {h.op for h in other.records[rec].units[unit]}
            rank = {op.id: op.rank for op in numbered}
            order = [rank[h.op] for h in other.records[rec].units[unit]]
            assert order == sorted(order)


@settings(max_examples=100)
@given(histories(verdicts=False))
def test_the_short_way_for_new_records_gives_the_same(history: History) -> None:
    fresh = [op for op in history.ops if all(not c.base for c in op.changes or ())]
    quick = _created(fresh)
    never = make(f"{C}.999", Change(f"{C}.999.0", "contact", {}, {"x": [f"{C}.1"]}))
    slow = fold([*fresh, never])
    del slow.records[f"{C}.999.0"]
    assert quick in (None, slow)


# -- nothing is lost --------------------------------------------------------------------------------------------------


def _sayings(ops: list[FoldOp], state: State) -> dict[tuple[str, str], dict[str, set[str]]]:
    """(record, unit) -> op -> the ops it names, for the ops that stand."""
    table: dict[tuple[str, str], dict[str, set[str]]] = {}
    for op in ops:
        for change in op.changes or () if op.id not in state.excluded else ():
            for name in change.set:
                unit = unit_of(change.kind, name)
                own = [b for n, named in change.base.items() if unit_of(change.kind, n) == unit for b in named]
                if not own and not knows(change.kind, unit):  # of a later program: its group is not known here
                    own = [b for n, named in change.base.items() if not knows(change.kind, n) for b in named]
                table.setdefault((change.rec, unit), {}).setdefault(op.id, set()).update(own)
    return table


def _reachable(start: set[str], named: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    todo = list(start)
    while todo:
        current = todo.pop()
        if current not in reached:
            reached.add(current)
            todo += named.get(current, ())
    return reached


@settings(max_examples=150)
@given(histories())
def test_every_value_is_a_head_or_lies_below_one(history: History) -> None:
    state = fold(history.ops)
    for (rec, unit), named in _sayings(history.ops, state).items():
        heads = {h.op for h in state.records[rec].units[unit]}
        assert named.keys() <= _reachable(heads, named)
        assert heads == {op for op in named if not any(op in bases for bases in named.values())}, "honest: no ring"


@settings(max_examples=150)
@given(wild_ops())
def test_no_ring_swallows_a_value(ops: list[FoldOp]) -> None:
    state = fold(ops)
    for (rec, unit), named in _sayings(ops, state).items():
        kinds = {c.kind for op in ops if op.id not in state.excluded for c in op.changes or () if c.rec == rec}
        if len(kinds) > 1:
            continue  # the smaller kind is shown; the other is a fault of a broken device
        heads = {h.op for h in state.records[rec].units[unit]}
        assert heads
        assert named.keys() <= _reachable(heads, named)


@settings(max_examples=100)
@given(histories(verdicts=False), st.data())
def test_a_settling_op_leaves_one_head(history: History, data: st.DataObject) -> None:
    record = fold(history.ops).records[CASE]
    name = data.draw(st.sampled_from([n for u in record.units.values() for n in u[0].values]))
    made = f"{C}.999"
    after = fold([*history.ops, make(made, overwrite(record, {name: "定"}))])
    assert head_ids(after, record.unit(name)) == [made]
    assert shown(after)[name] == "定"
    untouched = {u: h for u, h in after.records[CASE].units.items() if u != record.unit(name)}
    assert untouched == {u: h for u, h in record.units.items() if u != record.unit(name)}


@settings(max_examples=100)
@given(wild_ops())
def test_even_a_ring_is_settled_by_one_op(ops: list[FoldOp]) -> None:
    state = fold(ops)
    for rec, record in state.records.items():
        if record.kind != "case" or not record.units:
            continue
        names = [next(iter(heads[0].values)) for heads in record.units.values()]
        made = f"{C}.999"
        after = fold([*ops, make(made, overwrite(record, dict.fromkeys(names, "定")), case=record.case)])
        if after.records[rec].kind == "case" and after.excluded == state.excluded:
            assert all(head_ids(after, unit, rec) == [made] for unit in record.units)


@settings(max_examples=100)
@given(histories(verdicts=False))
def test_a_group_is_always_whole(history: History) -> None:
    """Every field of a group that was ever known below a head is shown with it, from one line of succession."""
    state = fold(history.ops)
    said = {op.id: {c.rec: c.set for c in op.changes or ()} for op in history.ops}
    below = _sayings(history.ops, state)
    for rec, record in state.records.items():
        for unit, heads in record.units.items():
            for head in heads:
                line = _reachable({head.op}, below[(rec, unit)])
                names = {n for op in line for n in said.get(op, {}).get(rec, {}) if unit_of(record.kind, n) == unit}
                assert head.values.keys() == names


def test_ops_that_name_each_other_or_themselves_all_stand() -> None:
    first = make(f"{A}.1", Change(CASE, "case", {"title": "甲"}, {"title": [f"{B}.1"]}))
    second = make(f"{B}.1", Change(CASE, "case", {"title": "乙"}, {"title": [f"{C}.1"]}))
    third = make(f"{C}.1", Change(CASE, "case", {"title": "丙"}, {"title": [f"{A}.1", f"{C}.1"]}))
    hanging = make(f"{C}.2", Change(CASE, "case", {"title": "丁"}))
    named = make(f"{C}.3", Change(CASE, "case", {"title": "戊"}, {"title": [f"{C}.2", f"{C}.3"]}))
    ring = fold([first, second, third])
    assert head_ids(ring, "title") == [f"{A}.1", f"{B}.1", f"{C}.1"]
    assert head_ids(fold([hanging, named]), "title") == [f"{C}.3"], "naming oneself hides nobody"
    settled = make(f"{C}.9", overwrite(ring.records[CASE], {"title": "定"}))
    assert head_ids(fold([first, second, third, settled]), "title") == [f"{C}.9"]


def test_a_base_may_be_named_by_a_field_of_the_group() -> None:
    first = born(state="registered")
    after = make(f"{A}.2", Change(CASE, "case", {"state": "accepted"}, {"state_reason": [f"{A}.1"]}))
    assert head_ids(fold([first, after]), "state") == [f"{A}.2"]


def test_overwriting_sets_the_whole_group_and_names_every_head() -> None:
    record = fold([born(title="甲", state="registered", state_reason="乙")]).records[CASE]
    change = overwrite(record, {"state": "accepted"})
    assert change.set == {"state": "accepted", "state_reason": "乙"}
    assert change.base == {"state": [f"{A}.1"]}


def test_two_people_change_two_fields_of_one_group_and_both_stand_whole() -> None:
    first = born(state="registered", state_reason="", state_since="2026-11-20T08:52")
    record = fold([first]).records[CASE]
    one = make(f"{A}.2", overwrite(record, {"state": "accepted", "state_since": "2026-11-20T09:00"}), rank=2)
    other = make(f"{B}.1", overwrite(record, {"state_reason": "不属受理范围"}), rank=1)
    state = fold([first, one, other])
    conflict = state.records[CASE].conflicts["state"]
    assert [h.op for h in conflict] == [f"{B}.1", f"{A}.2"], "lowest server number first"
    assert [h.values["state"] for h in conflict] == ["registered", "accepted"]
    assert [h.values["state_since"] for h in conflict] == ["2026-11-20T08:52", "2026-11-20T09:00"]


def test_a_part_of_a_group_set_alone_is_completed_from_what_it_was_based_on() -> None:
    first = born(state="registered", state_reason="甲")
    part = make(f"{A}.2", Change(CASE, "case", {"state": "accepted"}, {"state": [f"{A}.1"]}))
    assert fold([first, part]).records[CASE].units["state"] == [
        Head(f"{A}.2", {"state": "accepted", "state_reason": "甲"})
    ]


def test_notes_of_two_people_never_conflict() -> None:
    notes = [make(f"{i}.7", Change(f"{i}.7.0", "contact", {"text": i})) for i in INSTS]
    state = fold([born(title="甲"), *notes])
    assert len(state.of_kind("contact")) == 3
    assert not any(record.conflicts for record in state.records.values())


# -- verdicts ---------------------------------------------------------------------------------------------------------


def judge(name: str, target: str, answer: str, base: dict[str, list[str]] | None = None, rec: str = "") -> FoldOp:
    said: dict[str, Json] = {"answer": answer, "reason": "无权办理"}
    if not rec:
        said["target"] = target
    return make(name, Change(rec or name + ".0", "verdict", said, base or {}))


def test_a_verdict_takes_an_op_out_and_lifting_it_brings_it_back() -> None:
    first, second = born(title="甲"), make(f"{B}.1", Change(CASE, "case", {"title": "乙"}, {"title": [f"{A}.1"]}))
    no = judge(f"{C}.1", f"{B}.1", "no")
    yes = judge(f"{C}.2", f"{B}.1", "yes", {"verdict": [f"{C}.1"]}, f"{C}.1.0")
    assert shown(fold([first, second])) == {"title": "乙"}
    assert (shown(fold([no, second, first])), fold([no, second]).excluded) == (
        {"title": "甲"},
        {f"{B}.1": "无权办理"},
    )
    assert shown(fold([yes, no, second, first])) == {"title": "乙"}


def test_of_two_standing_answers_no_prevails() -> None:
    no = judge(f"{C}.1", f"{B}.1", "no")
    yes = judge(f"{A}.5", f"{B}.1", "yes", {}, f"{C}.1.0")
    assert fold([no, yes]).excluded.keys() == {f"{B}.1"}


@settings(max_examples=100)
@given(histories())
def test_an_excluded_op_leaves_no_trace_in_any_value(history: History) -> None:
    state = fold(history.ops)
    standing = [op for op in history.ops if op.id not in state.excluded]
    assert {h.op for r in state.records.values() for u in r.units.values() for h in u} <= {op.id for op in standing}
    assert state.unreadable == set()


# -- what this program does not know, cannot read, or comes late ---------------------------------------------------


def test_unknown_kinds_and_fields_survive_an_edit_by_an_older_program() -> None:
    first = born(title="甲", urgency_of_tomorrow={"level": 3})
    odd = make(f"{B}.1", Change(f"{B}.1.0", "kind_of_tomorrow", {"x": [1], "y": None}))
    record = fold([first, odd]).records[CASE]
    edited = make(f"{A}.2", overwrite(record, {"title": "乙"}))
    state = fold([first, odd, edited])
    assert shown(state) == {"title": "乙", "urgency_of_tomorrow": {"level": 3}}
    assert (state.records[f"{B}.1.0"].kind, shown(state, f"{B}.1.0")) == ("kind_of_tomorrow", {"x": [1], "y": None})


def test_an_op_without_its_body_is_present_and_unreadable() -> None:
    erased = replace(make(f"{B}.1"), changes=None)
    state = fold([born(title="甲"), erased])
    assert (state.unreadable, shown(state)) == ({f"{B}.1"}, {"title": "甲"})


def test_of_two_copies_the_readable_one_counts() -> None:
    op = born(title="甲")
    assert fold([replace(op, changes=None, rank=4), op]).unreadable == set()


def test_a_late_edit_is_listed_under_the_seal_it_came_after() -> None:
    first = born(title="甲")
    signed = make(f"{A}.2", Change(f"{A}.2.0", "signature", {"froze": [f"{A}.1"]}))
    late = make(f"{B}.1", Change(CASE, "case", {"title": "乙"}, {"title": [f"{A}.1"]}))
    apart = make(f"{B}.2", Change(f"{B}.2.0", "contact", {"text": "电话"}))
    assert late_edits([late, apart, signed, first], {f"{A}.2.0": {f"{A}.1"}}) == {f"{A}.2.0": [f"{B}.1"]}


def test_every_group_of_the_catalogue_is_one_unit_whichever_field_is_named() -> None:
    for kind in KINDS.values():
        for known in kind.fields.values():
            assert unit_of(kind.name, known.name) == known.unit
            assert known.name in fields_of_unit(kind.name, known.unit)
