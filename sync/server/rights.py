"""Per-op authorisation: role x verb of the actor where known, and the device's station must own or be granted the case.

What is not allowed is stored all the same (ingest never refuses), listed, and taken out of the fold by a verdict. What
a later program wrote and this one cannot judge is listed (E-125) and stands: no verdict is given for lack of knowledge.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sync.contract.catalogue import KINDS, fields_of_unit, knows
from sync.contract.check import shape_problems
from sync.contract.op import COMPARTMENTS, Change, Header, creator_of, is_rec_id
from sync.contract.permissions import HEAD, ROLES, SECRETARY, SERVER, allowed, verbs
from sync.server import scope
from sync.server.auth import Caller
from sync.server.ingest import EVERYONE, NEWER, NOBODY, WAITS, Placed
from sync.server.storage.port import Tx

_VERBS: Final = verbs()
_SERVER_KINDS: Final = frozenset({"device", "receipt", "erasure"})
_ANSWERS: Final = frozenset(fields_of_unit("self_entry", "answer")) | {"by"}
"""What a station says about an entry of a resident."""


@dataclass(slots=True)
class Rules:
    """What the judgement of one push needs, read once. `absent`: cases that are not here and do not come with it;
    `roles` grows with people the push itself brings.
    """

    caller: Caller
    streams: frozenset[str]
    granted: frozenset[str]
    origins: dict[str, int]
    case_streams: dict[str, str]
    absent: frozenset[str]
    roles: dict[str, frozenset[str]] = field(default_factory=dict)


def rules(tx: Tx, caller: Caller, headers: Sequence[Header], now_ms: int) -> Rules:
    """Read what judging these ops needs."""
    cases = {h.case for h in headers if h.case}
    born = {h.id for h in headers}
    others = {case for case in cases if creator_of(case) not in born}
    here = scope.streams_of(tx, others)
    actors = sorted({h.actor for h in headers if is_rec_id(h.actor)})
    test, value = tx.among("rec", actors)
    people = tx.rows(f"SELECT rec, roles FROM person_row WHERE {test}", (value,))
    return Rules(
        caller,
        frozenset(str(r[0]) for r in tx.rows("SELECT code FROM stream")),
        frozenset(case for case, _ in scope.grants_of(tx, caller.station, now_ms)),
        scope.origins(tx, cases),
        here,
        frozenset(others - here.keys()),
        {str(rec): frozenset(json.loads(roles)) for rec, roles in people},
    )


def place(rules: Rules, item: Placed) -> None:
    """Fill in where an op is kept and who may read it; its header alone decides."""
    header = item.op.header
    item.stream = header.stream if header.stream in rules.streams else rules.caller.stream
    everyone = not header.case or header.compartment == "reference"
    item.origin = EVERYONE if everyone else rules.origins.get(header.case, NOBODY)
    if rules.caller.revoked or _early(rules, header):
        item.origin = NOBODY


def _early(rules: Rules, header: Header) -> bool:
    """Whether an op is about a case that is not here, so that nobody knows yet who may write in it."""
    if header.case not in rules.absent:
        return False
    return rules.origins.get(header.case) != rules.caller.station_no and header.case not in rules.granted


def judge(rules: Rules, item: Placed, *, roles: bool = True) -> None:
    """Fill in what is wrong with an op that was placed. Asks no database. `roles`: whether the actor's role counts."""
    header = item.op.header
    _note_people(rules, item.changes)
    if rules.caller.revoked:
        item.problem, item.detail = "E-109", "device revoked"
        return
    if _early(rules, header):
        item.problem, item.detail = WAITS, "case not here yet"
        return
    denied, detail = _denied(rules, header, item.changes)
    if denied:
        item.denied, item.problem, item.detail = denied, denied, detail
        return
    wrong = [p for p in shape_problems(header, item.changes) if not p.startswith("verb:")]
    beyond = _beyond_role(rules, header, item.changes) if roles else ""
    if beyond and not (header.newer or rules.roles.get(header.actor, frozenset()) - frozenset(ROLES)):
        item.denied, item.problem, item.detail = "E-404", "E-404", beyond
    elif wrong:
        item.denied, item.problem, item.detail = "E-113", "E-113", wrong[0]
    elif header.stream not in rules.streams:
        item.problem, item.detail = "E-113", f"stream {header.stream} unknown"
    elif strange := _strange(header, item.changes) or beyond:
        item.problem, item.detail = NEWER if header.newer or beyond else "E-113", strange


def _strange(header: Header, changes: Sequence[Change] | None) -> str:
    """What an op says that this program's catalogue does not have; a strange field counts only where a later program
    wrote it.
    """
    if header.compartment not in COMPARTMENTS:
        return f"compartment {header.compartment} unknown"
    for change in changes or ():
        if change.kind not in KINDS:
            return f"kind {change.kind} unknown"
        if header.newer and (fields := sorted(n for n in change.set if not knows(change.kind, n))):
            return f"field {change.kind}.{fields[0]} unknown"
    return "" if header.verb in _VERBS else f"verb {header.verb} unknown"


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
    if any(c.kind == "self_entry" and (creator_of(c.rec) == header.id or not set(c.set) <= _ANSWERS)
           for c in changes or ()):  # fmt: skip
        return "E-404", "an entry is written by the server, a station answers it"
    roles = rules.roles.get(header.actor)
    if "verdict" in kinds and not (roles or frozenset()) & {HEAD, SECRETARY}:
        return "E-404", "a verdict is lifted by a head or a secretary"
    return "", ""


def _beyond_role(rules: Rules, header: Header, changes: Sequence[Change] | None) -> str:
    """Why the actor's role does not allow the verb, "" where it does or the verb is not known."""
    if header.verb not in _VERBS or _may(rules.roles.get(header.actor), header.verb):
        return ""
    return "" if any(c.kind == "verdict" for c in changes or ()) else f"role may not {header.verb}"


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
