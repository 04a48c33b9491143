"""Erasure: what the district's order says, what it is signed over, and which ops of a case lose their bodies.

An order names a case. Of every op of that case but those of `reference` and those it keeps, body and files go, whenever
they come; headers stay, so the chains hold. Of several orders about one case the latest says what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sync.contract.canonical import Json, dumps
from sync.contract.op import BadOp, Change, Header, is_op_id, is_rec_id
from sync.contract.wire import b64, unb64

KIND: Final = "erasure"
GROUNDS: Final = ("purpose", "period", "consent", "unlawful", "law")
"""个人信息保护法 47 第 1 款第 1 至 5 项, in that order by `purpose`, `period`, `consent`, `unlawful`, `law`."""
WHILE_KEPT: Final = frozenset({"purpose", "consent"})
"""Grounds that do not reach a legal file: its term of keeping has not run out (个人信息保护法 47 第 2 款)."""
KEPT_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "case": frozenset(
        "service channel type labour people amount found_at registered_at accepted_at resolved_at confirmed_at"
        " fedback_at legal_date number state state_since colour station holder community committee mediator recorder"
        " court discarded demo ended_at agreement_form merged_into key_area reopened_at first_resolved_at"
        " first_confirmed_at first_fedback_at".split()
    ),
    "number": frozenset("committee kind year series n text state".split()),
    "paper_mark": frozenset("paper template number version pages facts_hash state".split()),
}
"""What of a case's register remains: nothing that names a party. A number is for ever, a printed page is verified."""
TITLE: Final = "（已依法删除）"
"""The title of a case that was erased."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `keeps`: ops whose bodies stay; `at` ms; `targets`: the ops known when it was given.

    `values`: all that the record says, its signature aside, unknown fields too.
    """

    case: str
    keeps: frozenset[str]
    at: int
    signature: bytes
    values: Mapping[str, Json] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, bytes]:
        """Of two orders about one case the higher one counts."""
        return self.at, self.signature

    def message(self) -> bytes:
        """The bytes the district authority signs."""
        return message(self.values)

    def drops(self, header: Header) -> bool:
        """Whether the body of this op goes."""
        return header.case == self.case and header.compartment != "reference" and header.id not in self.keeps

    def drops_coming(self, header: Header) -> bool:
        """Whether the body of an op that comes only now goes. What the district left of the case at a later order may
        come before that order does: it stays, and is judged when the order is here.
        """
        return self.drops(header) and not (header.verb == "erase" and header.wall > self.at)


def message(values: Mapping[str, Json]) -> bytes:
    """What is signed: `GM1 erasure`, a zero byte, the record's values without the signature as canonical JSON."""
    return b"GM1 erasure\0" + dumps({name: value for name, value in values.items() if name != "signature"})


def order_of(values: Mapping[str, Json]) -> Order | None:
    """Read an order from a record's values; None where it is out of shape."""
    case, keeps, at = values.get("case"), values.get("keeps"), values.get("at")
    if not is_rec_id(case) or type(at) is not int or not isinstance(keeps, list):
        return None
    if not all(isinstance(op, str) and is_op_id(op) for op in keeps):
        return None
    try:
        signature = unb64(values.get("signature"))
    except BadOp:
        return None
    kept = {name: value for name, value in values.items() if name != "signature"}
    return Order(str(case), frozenset(str(op) for op in keeps), at, signature, kept)


def as_values(order: Order) -> dict[str, Json]:
    """The record's values with the signature."""
    return {**order.values, "signature": b64(order.signature)}


def orders_in(changes: Iterable[Change]) -> list[Order]:
    """The well-formed orders that changes bring; who signed them is still to be looked at."""
    found = (order_of(change.set) for change in changes if change.kind == KIND)
    return [order for order in found if order is not None]
