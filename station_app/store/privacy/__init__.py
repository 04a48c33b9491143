"""Who of this PC's users reads notes of one side and psychological notes: who wrote them, and the case's mediator.

Another PC lacks the key; another user of the same PC, whose program holds it, is not shown what they say. Everybody
sees that there are such notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.contract.catalogue import KINDS
from sync.contract.fold import State
from sync.contract.op import CLOSED_COMPARTMENTS, creator_of, parse_header

if TYPE_CHECKING:
    from station_app.store.core import Store

KINDS_CLOSED: Final = frozenset(kind.name for kind in KINDS.values() if kind.compartment in CLOSED_COMPARTMENTS)


def visible(store: Store, state: State, case: str, person: str) -> State:
    """The fold as this person may see it; the records that are held back count as unreadable."""
    closed = [r for r in state.records.values() if r.kind in KINDS_CLOSED]
    if not closed:
        return state
    record = state.records.get(case)
    if record is not None and record.get("mediator") == person:
        return state
    held = {r.id: creator_of(r.id) for r in closed if _author(store, creator_of(r.id)) not in ("", person)}
    if not held:
        return state
    shown = {rec: r for rec, r in state.records.items() if rec not in held}
    return State(shown, state.unreadable | set(held.values()), state.excluded)


def held_back(store: Store, case: str, state: State) -> int:
    """How many acts on such notes of a case this person, whose view `state` is, does not see."""
    return len(closed_ops(store, case) & set(state.unreadable))


def closed_ops(store: Store, case: str) -> set[str]:
    """The acts of a case that wrote such notes."""
    rows = store.con.execute(
        "SELECT header FROM op WHERE case_id = ? AND (instr(header, ?) > 0 OR instr(header, ?) > 0)",
        (store.ids.pk(case), *(f'"compartment":"{name}"'.encode() for name in sorted(CLOSED_COMPARTMENTS))),
    )
    return {parse_header(bytes(row[0])).id for row in rows}


def _author(store: Store, op: str) -> str:
    """Who wrote an op; "" for one that is only being written."""
    row = store.con.execute("SELECT header FROM op WHERE id = ?", (store.ids.pk(op),)).fetchone()
    return parse_header(bytes(row[0])).actor if row else ""
