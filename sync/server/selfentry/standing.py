"""Where an entry stands, for who has its code; and withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.contract import ticket
from sync.contract.fold import fold
from sync.contract.op import Change
from sync.server import projection
from sync.server.clock import iso
from sync.server.own import OwnOp
from sync.server.projection.reading import as_text
from sync.server.public.progress import Standing, standing
from sync.server.selfentry.taking import VERB
from sync.server.server import Server
from sync.server.storage.port import Tx

RECEIVED: Final = "received"
ACCEPTED: Final = "accepted"
UNREADABLE: Final = "unreadable"
WITHDRAWN: Final = "withdrawn"
_DECLINED: Final = frozenset({"elsewhere", "duplicate", "invalid", UNREADABLE})


@dataclass(frozen=True, slots=True)
class Appointment:
    """A time the mediator chose to show: moments of Shanghai."""

    at: str
    place: str
    who: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its page shows it; `case` is None until it is one and the district has it."""

    rec: str
    stream: str
    station: str
    name: str
    address: str
    phone: str
    state: str
    at: str
    hours: int
    reason: str
    withdrawn: str
    case: Standing | None
    appointment: Appointment | None

    @property
    def may_withdraw(self) -> bool:
        """Whether there is anything to withdraw."""
        over = self.case is not None and self.case.over
        return not self.withdrawn and self.state in (RECEIVED, ACCEPTED) and not over


def of_code(tx: Tx, typed: str, now_ms: int) -> Entry | None:
    """The entry of a code as typed; None where there is none."""
    if not ticket.read(typed):
        return None
    row = tx.row(
        "SELECT e.rec, e.stream, e.station, e.at, e.hours, e.readers, e.answer, e.reason, e.case_rec, e.withdrawn,"
        " coalesce(s.name, ''), coalesce(s.address, ''), coalesce(s.phone, '') FROM self_entry e"
        " LEFT JOIN station s ON s.code = e.station WHERE e.ticket = ?",
        (ticket.ticket_of(typed),),
    )
    if row is None:
        return None
    rec, stream, station, at = (str(value) for value in row[:4])
    readers, answer, reason, case, withdrawn, name, address, phone = (str(value) for value in row[5:])
    found = standing(tx, case) if answer == ACCEPTED and case else None
    state = _state(tx, answer, withdrawn, readers)
    shown = appointment_of(tx, found, now_ms) if found is not None else None
    return Entry(
        rec, stream, station, name, address, phone, state, at, int(row[4]), reason, withdrawn, found, shown
    )  # fmt: skip


def _state(tx: Tx, answer: str, withdrawn: str, readers: str) -> str:
    if answer == ACCEPTED or answer in _DECLINED:
        return answer
    if withdrawn:
        return WITHDRAWN
    test, value = tx.among("id", readers.split())
    left = tx.row(f"SELECT 1 FROM device WHERE {test} AND revoked = 0", (value,))
    return RECEIVED if left is not None else UNREADABLE


def appointment_of(tx: Tx, case: Standing, now_ms: int) -> Appointment | None:
    """The next time of a case that is shown to its people; a past one is shown until its day ends."""
    key = (case.stream, case.rec)
    records = fold(projection.stored_ops(tx, [key]).get(key, [])).records.values()
    today = iso(now_ms)[:10]
    found = sorted(
        (as_text(r.get("at")), as_text(r.get("place")), as_text(r.get("who")))
        for r in records
        if r.kind == "appointment" and not r.get("removed") and as_text(r.get("at"))[:10] >= today
    )
    return Appointment(*found[0]) if found else None


def withdraw(server: Server, typed: str) -> None:
    """撤回: noted once; what was not taken up yet is deleted with it. Else nothing happens."""
    now = server.clock.now_ms()

    def work(tx: Tx) -> None:
        found = of_code(tx, typed, now)
        if found is None:
            return
        tx.row(f"SELECT code FROM stream WHERE code = ?{tx.locked}", (found.stream,))
        again = of_code(tx, typed, now)
        if again is None or not again.may_withdraw:
            return
        change = Change(found.rec, "self_entry", {"withdrawn_at": iso(now)})
        server.chain.publish(tx, [OwnOp(found.stream, VERB, [change])], wall=now)

    server.storage.write(work)
