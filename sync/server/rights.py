"""Per-op authorisation: role x verb of the actor where known, and the device's station must own or be granted the case.

What is not allowed is stored all the same (ingest never refuses), listed, and taken out of the fold by a verdict.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sync.contract.catalogue import KINDS
from sync.contract.check import shape_problems
from sync.contract.op import Change, Header, creator_of, is_rec_id
from sync.contract.permissions import HEAD, SECRETARY, SERVER, allowed, verbs
from sync.server import scope
from sync.server.auth import Caller
from sync.server.ingest import EVERYONE, NOBODY, Placed
from sync.server.storage.port import Tx

_VERBS: Final = verbs()
_SERVER_KINDS: Final = frozenset({"device", "receipt", "erasure"})


@dataclass(slots=True)
class Rules:
    """What the judgement of one push needs, read once. `roles` grows with people the push itself brings."""

    caller: Caller
    streams: frozenset[str]
    granted: frozenset[str]
    origins: dict[str, int]
    case_streams: dict[str, str]
    roles: dict[str, frozenset[str]] = field(default_factory=dict)


def rules(tx: Tx, caller: Caller, headers: Sequence[Header], now_ms: int) -> Rules:
    """Read what judging these ops needs."""
    cases = {h.case for h in headers if h.case}
    born = {h.id for h in headers}
    actors = sorted({h.actor for h in headers if is_rec_id(h.actor)})
    test, value = tx.among("rec", actors)
    people = tx.rows(f"SELECT rec, roles FROM person_row WHERE {test}", (value,))
    return Rules(
        caller,
        frozenset(str(r[0]) for r in tx.rows("SELECT code FROM stream")),
        frozenset(case for case, _ in scope.grants_of(tx, caller.station, now_ms)),
        scope.origins(tx, cases),
        scope.streams_of(tx, (case for case in cases if creator_of(case) not in born)),
        {str(rec): frozenset(json.loads(roles)) for rec, roles in people},
    )


def place(rules: Rules, item: Placed) -> None:
    """Fill in where an op is kept and who may read it; its header alone decides."""
    header = item.op.header
    item.stream = header.stream if header.stream in rules.streams else rules.caller.stream
    everyone = not header.case or header.compartment == "reference"
    item.origin = EVERYONE if everyone else rules.origins.get(header.case, NOBODY)
    if rules.caller.revoked:
        item.origin = NOBODY


def judge(rules: Rules, item: Placed) -> None:
    """Fill in what is wrong with an op that was placed. Asks no database."""
    header = item.op.header
    _note_people(rules, item.changes)
    if rules.caller.revoked:
        item.problem, item.detail = "E-109", "device revoked"
        return
    denied, detail = _denied(rules, header, item.changes)
    if denied:
        item.denied, item.problem, item.detail = denied, denied, detail
        return
    wrong = [p for p in shape_problems(header, item.changes) if not p.startswith("verb:")]
    if wrong:
        item.denied, item.problem, item.detail = "E-113", "E-113", wrong[0]
    elif header.stream not in rules.streams:
        item.problem, item.detail = "E-113", f"stream {header.stream} unknown"
    elif unknown := sorted({c.kind for c in item.changes or () if c.kind not in KINDS}):
        item.problem, item.detail = "E-113", f"kind {unknown[0]} unknown"
    elif header.verb not in _VERBS:
        item.problem, item.detail = "E-113", f"verb {header.verb} unknown"


def _denied(rules: Rules, header: Header, changes: Sequence[Change] | None) -> tuple[str, str]:
    if header.case:
        own = rules.origins.get(header.case) == rules.caller.station_no
        if not own and header.case not in rules.granted:
            return "E-407", "case not of this station and not granted to it"
        if rules.case_streams.get(header.case, header.stream) != header.stream:
            return "E-407", "case lies in another stream"
    elif header.stream in rules.streams and header.stream != rules.caller.stream:
        return "E-407", "stream of another community"
    kinds = {c.kind for c in changes or ()}
    if kinds & _SERVER_KINDS:
        return "E-404", "kind is written by the server only"
    roles = rules.roles.get(header.actor)
    if "verdict" in kinds and not (roles or frozenset()) & {HEAD, SECRETARY}:
        return "E-404", "a verdict is lifted by a head or a secretary"
    if "verdict" not in kinds and header.verb in _VERBS and not _may(roles, header.verb):
        return "E-404", f"role may not {header.verb}"
    return "", ""


def _may(roles: frozenset[str] | None, verb: str) -> bool:
    """Unknown actors pass where any station role may: their person record may still be on the way."""
    if roles is not None:
        return allowed(roles, verb)
    return verb == "set_station" or not (allowed((SERVER,), verb) and verb != "set_station")


def _note_people(rules: Rules, changes: Sequence[Change] | None) -> None:
    for change in changes or ():
        roles = change.set.get("roles")
        if change.kind == "person" and isinstance(roles, list):
            rules.roles[change.rec] = frozenset(str(role) for role in roles)
