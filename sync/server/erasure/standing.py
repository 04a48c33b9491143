"""The orders that stand: read before anything is stored, so that what is gone never comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sync.contract.canonical import dumps
from sync.contract.erasing import Order, as_values, order_of
from sync.server.storage.port import Tx


def orders(tx: Tx, cases: Iterable[str]) -> dict[str, Order]:
    """Case -> the order about it, of those cases that were erased."""
    wanted = sorted(set(cases) - {""})
    if not wanted:
        return {}
    test, value = tx.among("case_rec", wanted)
    return {
        str(case): _order(said) for case, said in tx.rows(f"SELECT case_rec, said FROM erased WHERE {test}", (value,))
    }


def every(tx: Tx) -> list[Order]:
    """All orders, oldest first."""
    return [_order(row[0]) for row in tx.rows("SELECT said FROM erased ORDER BY at, case_rec")]


def note(tx: Tx, order: Order) -> bool:
    """Let an order stand; False where it, or a later one about the case, stands already."""
    known = orders(tx, [order.case]).get(order.case)
    if known is not None and known.rank >= order.rank:
        return False
    tx.run(
        "INSERT INTO erased VALUES(?, ?, ?) ON CONFLICT(case_rec) DO UPDATE SET at = excluded.at, said = excluded.said",
        (order.case, order.at, dumps(as_values(order))),
    )
    return True


def _order(said: object) -> Order:
    found = order_of(json.loads(bytes(said)))  # type: ignore[call-overload]  # bytes of either driver
    if found is None:
        raise AssertionError("an order that stands is well-formed")
    return found
