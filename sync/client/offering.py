"""Bringing back what a restored server lost of others: ops that its own old pages vouch for (PROTOCOL 6, offer)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sync.client.calls import OFFER, Line
from sync.client.codec import ServerRefusal
from sync.client.ledger import Relay
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import is_inst
from sync.contract.wire import b64, certificate_to_json, pack_ops

_PASSES: Final = 12
"""A chain may lie in pages of several streams, and wait for own ops: what left a gap may follow in the next pass."""
_PASSED_OVER: Final = frozenset({"E-104", "E-106", "E-112", "E-114", "E-116"})
"""Refusals of one page's ops that do not keep the round from going on."""


def offer(
    line: Line, streams: Mapping[str, int], cancel: Callable[[], bool], push: Callable[[Mapping[str, int]], int]
) -> tuple[int, bool]:
    """(ops that the server took, whether it was brought to an end). KnownError of the line: another round goes on.

    Own ops go in between, by `push` (up to a number of each incarnation): a server that hears of a case or a grant only
    after what was written upon it refuses that for good. So of one case everything goes in the order the server had.
    """
    ledger = line.ledger
    have = ledger.held()
    total = 0
    for _ in range(_PASSES):
        wanted = _ask(line, have) if have else {}
        if not wanted:
            ledger.offered(None)
            return total, True
        sent, stored = push(ledger.free_own(wanted)), 0
        for relay in ledger.relays(wanted):
            if cancel():
                return total + stored, False
            stored += _give(line, relay)
        total += stored
        if not stored and not sent:
            break
    ledger.offered(streams)
    return total, True


def _ask(line: Line, have: Mapping[str, int]) -> dict[str, int]:
    try:
        raw, _ = line.call(OFFER, {"have": dict[str, Json](have)})
    except ServerRefusal as refusal:
        if refusal.code != "E-104":  # a server of before this room
            raise
        return {}
    wanted = raw.get("wanted")
    if not isinstance(wanted, dict):
        raise KnownError("E-106", what="offer")
    return {i: n for i, n in wanted.items() if is_inst(i) and type(n) is int and n > 0 and i in have}


def _give(line: Line, relay: Relay) -> int:
    head: dict[str, Json] = {
        "certificate": certificate_to_json(relay.certificate, frozenset(relay.ops)),
        "opens": {inst: [device, b64(before)] for inst, (device, before) in relay.opens.items()},
    }
    try:
        raw, _ = line.call(OFFER, head, pack_ops(relay.ops.values()))
    except ServerRefusal as refusal:
        if refusal.code not in _PASSED_OVER:
            raise
        return 0
    stored = raw.get("stored")
    if type(stored) is not int:
        raise KnownError("E-106", what="offer")
    return stored
