"""Verdicts about verdicts: a lifting without right does not lift; rings end alike everywhere."""

from __future__ import annotations

import itertools

from sync.contract.fold import FoldOp, fold
from sync.contract.op import Change

SERVER, HEAD, OTHER = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"


def _op(name: str, change: Change) -> FoldOp:
    return FoldOp(name, "", "reference", "verdict", "", 0, (change,))


def _no(seq: int, target: str) -> FoldOp:
    values = {"target": target, "answer": "no", "code": "E-407", "reason": ""}
    return _op(f"{SERVER}.{seq}", Change(f"{SERVER}.{seq}.0", "verdict", dict(values)))


def _lift(inst: str, seq: int, verdict: int) -> FoldOp:
    base = {"verdict": [f"{SERVER}.{verdict}"]}
    return _op(f"{inst}.{seq}", Change(f"{SERVER}.{verdict}.0", "verdict", {"answer": "lifted"}, base))


BAD = _op(f"{OTHER}.1", Change(f"{OTHER}.1.0", "person", {"name": "某人"}))


def _excluded(*ops: FoldOp) -> set[str]:
    results = {frozenset(fold(order).excluded) for order in itertools.permutations((BAD, *ops))}
    assert len(results) == 1, "the order must not matter"
    return set(results.pop())


def test_a_lifting_by_right_lifts() -> None:
    assert _excluded(_no(1, BAD.id)) == {BAD.id}
    assert _excluded(_no(1, BAD.id), _lift(HEAD, 1, 1)) == set()


def test_a_lifting_without_right_does_not_lift() -> None:
    lift = _lift(OTHER, 2, 1)
    assert _excluded(_no(1, BAD.id), lift, _no(2, lift.id)) == {BAD.id, lift.id}


def test_a_lifting_of_that_verdict_without_right_does_not_help() -> None:
    first, second = _lift(OTHER, 2, 1), _lift(OTHER, 3, 2)
    ops = (_no(1, BAD.id), first, _no(2, first.id), second, _no(3, second.id))
    assert _excluded(*ops) == {BAD.id, first.id, second.id}


def test_a_verdict_without_right_takes_nothing_out() -> None:
    forged = _op(f"{OTHER}.2", Change(f"{OTHER}.2.0", "verdict", {"target": BAD.id, "answer": "no"}))
    assert _excluded(forged, _no(1, forged.id)) == {forged.id}


def test_rings_end() -> None:
    one = _op(f"{OTHER}.2", Change(f"{OTHER}.2.0", "verdict", {"target": f"{OTHER}.3", "answer": "no"}))
    two = _op(f"{OTHER}.3", Change(f"{OTHER}.3.0", "verdict", {"target": f"{OTHER}.2", "answer": "no"}))
    self_ = _op(f"{OTHER}.4", Change(f"{OTHER}.4.0", "verdict", {"target": f"{OTHER}.4", "answer": "no"}))
    assert _excluded(one, two) == {one.id, two.id}
    assert _excluded(self_) == {self_.id}
