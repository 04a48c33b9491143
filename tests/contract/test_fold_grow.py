"""Growing a state by new records is folding everything: for lawful histories and for broken devices alike."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.fold import FoldOp, fold, grow
from sync.contract.op import Change
from tests.contract.strategies import CASE, INSTS, History, histories, wild_ops


@settings(max_examples=120)
@given(histories(), st.data())
def test_a_state_grown_is_the_state_folded(history: History, data: st.DataObject) -> None:
    _same(history.ops, data.draw(st.integers(0, len(history.ops))))


@settings(max_examples=120)
@given(wild_ops(), st.data())
def test_not_even_broken_devices_make_a_difference(ops: list[FoldOp], data: st.DataObject) -> None:
    unique = list({op.id: op for op in ops}.values())
    _same(unique, data.draw(st.integers(0, len(unique))))


def _same(ops: list[FoldOp], cut: int) -> None:
    state = fold(ops[:cut])
    before = dict(state.records)
    for place in range(cut, len(ops)):
        if grow(state, [ops[place]]):
            before = dict(state.records)
        else:
            assert state.records == before, "a refusal changes nothing"
            state = fold(ops[: place + 1])
            before = dict(state.records)
        assert state == fold(ops[: place + 1])


def test_new_records_alone_need_no_folding() -> None:
    state = fold([_op(1, Change(CASE, "case", {"title": "甲"}))])
    assert grow(state, [_op(2, Change(f"{INSTS[0]}.2.0", "term", {"text": "付清"}))])
    assert state.records[f"{INSTS[0]}.2.0"].get("text") == "付清"
    assert not grow(state, [_op(3, Change(CASE, "case", {"title": "乙"}, {"title": [f"{INSTS[0]}.1"]}))])
    assert not grow(state, [FoldOp(f"{INSTS[0]}.4", CASE, "content", "edit", "", 0, None)])


def _op(seq: int, *changes: Change) -> FoldOp:
    return FoldOp(f"{INSTS[0]}.{seq}", CASE, "register", "edit", "", 0, tuple(changes))
