"""Asking for an erasure and deciding it: two people, a ground of the law, and who allowed it, or nothing happens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from sync.contract.canonical import Json
from sync.contract.erasing import GROUNDS, WHILE_KEPT, Order
from sync.contract.errors import KnownError
from sync.contract.fold import fold, overwrite
from sync.server import projection, scope
from sync.server.admin import accounts
from sync.server.erasure import carrying_out, listing, standing
from sync.server.ingest import store
from sync.server.own import OwnOp
from sync.server.server import Server, meta, note
from sync.server.storage.port import Row, Tx

PLACES: Final = "backup.places"
"""Meta: folders that hold backups (JSON); the erase list is laid beside them."""
OPEN, YES, NO = "", "yes", "no"
_COLUMNS: Final = "no, rec, stream, case_rec, ground, reason, asked_by, at, answer, authority, by_name, note"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `rec`: the station's record, "" where an account of the district asked; `at` ms."""

    no: int
    rec: str
    stream: str
    case: str
    ground: str
    reason: str
    asked_by: str
    at: int
    answer: str
    authority: str
    by: str
    note: str


def asks(server: Server, *, every: bool = False) -> list[Ask]:
    """The requests that wait, oldest first; with `every` also those that were decided."""
    where = "" if every else " WHERE answer = ''"
    with server.storage.read() as tx:
        return [_ask(row) for row in tx.rows(f"SELECT {_COLUMNS} FROM erase_ask{where} ORDER BY no")]


def ask(server: Server, *, case: str, ground: str, reason: str, by: str) -> int:
    """An account of the district asks for the erasure of a case; the number of the request.

    E-217 another ground, E-408 no reason, E-223 no such case here, E-414 asked or erased already.
    """
    if ground not in GROUNDS:
        raise KnownError("E-217", field="ground", value=ground)
    if not reason.strip():
        raise KnownError("E-408")
    now = server.clock.now_ms()

    def work(tx: Tx) -> int:
        stream = scope.streams_of(tx, [case]).get(case)
        if stream is None:
            raise KnownError("E-223", what=case)
        waiting = tx.row("SELECT no FROM erase_ask WHERE case_rec = ? AND answer = ''", (case,))
        if waiting is not None or standing.orders(tx, [case]):
            raise KnownError("E-414", case=case)
        note(tx, now, "erase ask", case, actor=by)
        return enter(tx, Ask(0, "", stream, case, ground, reason.strip(), by, now, OPEN, "", "", ""))

    return server.storage.write(work)


def enter(tx: Tx, asked: Ask) -> int:
    """Write a request down; its number."""
    row = tx.row("SELECT coalesce(max(no), 0) + 1 FROM erase_ask")
    no = int(row[0]) if row else 1
    tx.run(
        "INSERT INTO erase_ask VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (no, asked.rec, asked.stream, asked.case, asked.ground, asked.reason, asked.asked_by, asked.at, asked.answer,
         asked.authority, asked.by, asked.note),
    )  # fmt: skip
    return no


def grant(server: Server, *, no: int, authority: str, by: str) -> Order:
    """A second person lets the erasure happen; it cannot be taken back. `authority`: who decided it, and its number.

    E-223 no such request, E-414 decided already, E-216 without authority, E-412 the same person, E-411 a legal file
    whose term of keeping has not run out.
    """
    if not authority.strip():
        raise KnownError("E-216", field="authority")
    now = server.clock.now_ms()

    def work(tx: Tx) -> Order:
        asked = _waiting(tx, no)
        if by in (asked.asked_by, _name(tx, asked.asked_by)):
            raise KnownError("E-412", name=by)
        if asked.ground in WHILE_KEPT and _legal_file(tx, asked.case):
            raise KnownError("E-411", case=asked.case)
        values: dict[str, Json] = {
            "case": asked.case,
            "ground": asked.ground,
            "authority": authority.strip(),
            "asked_by": _name(tx, asked.asked_by) or asked.asked_by,
            "by": by,
        }
        streams = carrying_out.streams_of(tx, asked.case, asked.stream)
        order = carrying_out.carry_out(tx, server, values, now=now)
        _answered(tx, no, YES, authority.strip(), by)
        note(tx, now, "erase", asked.case, actor=by)
        # before the commit: a server that ends in between finds the order on the list and carries it out at its start
        listing.keep(server.district, [listing.Entry(order, tuple(streams))], places(tx))
        return order

    order = server.storage.write(work)
    server.storage.scrub()
    return order


def decline(server: Server, *, no: int, why: str, by: str) -> None:
    """Decline a request, with a reason; the station reads the answer. E-223, E-414, E-408."""
    if not why.strip():
        raise KnownError("E-408")
    now = server.clock.now_ms()

    def work(tx: Tx) -> None:
        asked = _waiting(tx, no)
        _answered(tx, no, NO, "", by, why.strip())
        if asked.rec:
            _tell_station(tx, server, asked, why.strip(), by, now)
        note(tx, now, "erase declined", asked.case, actor=by)

    server.storage.write(work)


def _tell_station(tx: Tx, server: Server, asked: Ask, why: str, by: str, now: int) -> None:
    key = (asked.stream, asked.case)
    record = fold(projection.stored_ops(tx, [key]).get(key, [])).records.get(asked.rec)
    if record is None:
        return
    change = overwrite(record, {"answer": NO, "note": why, "answered_at": now, "answered_by": by})
    origin = scope.origins(tx, [asked.case])[asked.case]
    own = OwnOp(asked.stream, "erase", [change], asked.case, compartment="register", origin=origin)
    store(tx, server.chain.place(tx, [own], wall=now))


def officer(server: Server, *, name: str, password: str) -> str:
    """The account that acts, where it is a data officer's; E-501 wrong password, E-413 another role."""
    if accounts.verify(server, name=name, password=password) != accounts.DATA_OFFICER:
        raise KnownError("E-413", name=name)
    return name


def places(tx: Tx) -> list[str]:
    """Folders that hold backups."""
    found: list[str] = json.loads(meta(tx, PLACES, "[]"))
    return found


def apply_list(server: Server) -> int:
    """Carry out what stands on the list and not in the database: a backup from before it was restored, or the server
    ended in between. How many orders.
    """
    entries = listing.read(server.district.directory / listing.FILE, server.district.ca.public)
    if not entries:
        return 0
    now = server.clock.now_ms()

    def work(tx: Tx) -> int:
        known = standing.orders(tx, (e.order.case for e in entries))
        new = [e for e in entries if e.order.case not in known or known[e.order.case].rank < e.order.rank]
        for entry in new:
            _again(tx, server, entry, now)
        return len(new)

    done = server.storage.write(work)
    if done:
        server.storage.scrub()
    return done


def _again(tx: Tx, server: Server, entry: listing.Entry, now: int) -> None:
    case = entry.order.case
    if case in scope.streams_of(tx, [case]):
        values = {n: v for n, v in entry.order.values.items() if n not in ("keeps", "targets", "at")}
        order = carrying_out.carry_out(tx, server, values, now=max(now, entry.order.at + 1))
        tx.run("UPDATE erase_ask SET answer = ? WHERE case_rec = ? AND answer = ''", (YES, case))
        listing.keep(server.district, [listing.Entry(order, entry.streams)], places(tx))
    elif standing.note(tx, entry.order):
        carrying_out.tell(tx, server, entry.order, entry.streams, now=now)
    note(tx, now, "erase from the list", case, actor="server")


def _waiting(tx: Tx, no: int) -> Ask:
    row = tx.row(f"SELECT {_COLUMNS} FROM erase_ask WHERE no = ?", (no,))
    if row is None:
        raise KnownError("E-223", what=str(no))
    asked = _ask(row)
    if asked.answer or standing.orders(tx, [asked.case]):
        raise KnownError("E-414", case=asked.case)
    return asked


def _answered(tx: Tx, no: int, answer: str, authority: str, by: str, why: str = "") -> None:
    tx.run(
        "UPDATE erase_ask SET answer = ?, authority = ?, by_name = ?, note = ? WHERE no = ?",
        (answer, authority, by, why, no),
    )


def _legal_file(tx: Tx, case: str) -> bool:
    """Whether papers were issued about a case that stand: a file that is kept for its term."""
    return tx.row("SELECT 1 FROM paper_mark WHERE case_rec = ? AND state <> 'void'", (case,)) is not None


def _name(tx: Tx, who: str) -> str:
    row = tx.row("SELECT name FROM person_row WHERE rec = ?", (who,))
    return str(row[0]) if row else ""


def _ask(row: Row) -> Ask:
    no, rec, stream, case, ground, reason, asked_by, at, answer, authority, by, why = row
    return Ask(no, rec, stream, case, ground, reason, asked_by, at, answer, authority, by, why)
