"""Carrying an order out inside the transaction that brought it: bodies, files, keys, drafts and index of a case go.

Headers stay, so the chains hold; what comes late is kept as a header only. An order counts where the district's pinned
authority signed it, whichever way it came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station_app.store import database, oplog, project, sealing
from station_app.store.database import Connection
from station_app.store.erasure import reports
from sync.contract.canonical import dumps
from sync.contract.erasing import KIND, Order, as_values, order_of, orders_in
from sync.contract.fold import fold
from sync.contract.op import Change, Header, parse_header

if TYPE_CHECKING:
    from station_app.store.core import Store
    from station_app.store.intake import Arrived

TIDY: Final = "erase.tidy"
"""Setting: something was erased, and what the database's file still holds of it is to be overwritten."""
LISTED: Final = "erase.listed"
"""Setting: orders that a list beside a backup brought, as their signed values (JSON)."""
_VERB: Final = b'"verb":"erase"'


@dataclass(frozen=True, slots=True)
class Bare:
    """An op of which only the header is kept (`intake.Arrived`)."""

    header: Header
    header_bytes: bytes
    rev: int | None
    body: None = None
    changes: None = None
    problem: str = ""


def standing(con: Connection) -> dict[str, Order]:
    """Case -> the order about it."""
    found = {}
    for case, said in con.execute("SELECT case_rec, said FROM erased"):
        order = order_of(json.loads(said))
        if order is not None:
            found[str(case)] = order
    return found


def genuine(store: Store, orders: Iterable[Order]) -> list[Order]:
    """The orders that the district's authority signed; none where this station is not enrolled."""
    key = bytes.fromhex(store.setting("link.ca_key"))
    return [o for o in orders if key and sealing.verifies(key, o.signature, o.message())]


def leave_out(store: Store, con: Connection, part: Sequence[Arrived], now_ms: int) -> Sequence[Arrived]:
    """Carry out the orders that these ops bring, and keep only the headers of what was erased."""
    brought = [change for one in part for change in one.changes or () if change.kind == KIND]
    for order in genuine(store, orders_in(brought)) if brought else ():
        carry_out(store, con, order, now_ms)
    orders = standing(con)
    if not orders:
        return part
    return [_bare(one) if _goes(orders, one.header) else one for one in part]


def _goes(orders: dict[str, Order], header: Header) -> bool:
    order = orders.get(header.case)
    return order is not None and order.drops_coming(header)


def _bare(one: Arrived) -> Arrived:
    return Bare(one.header, one.header_bytes, one.rev)


def carry_out(store: Store, con: Connection, order: Order, now_ms: int) -> bool:
    """Let an order stand and drop what it takes out (inside the caller's transaction); False where it, or a later one
    about the case, stands already.
    """
    known = standing(con).get(order.case)
    if known is not None and known.rank >= order.rank:
        return False
    _note(con, order)
    case_id = store.ids.pk(order.case)
    if case_id and con.execute("SELECT 1 FROM op WHERE case_id = ? LIMIT 1", (case_id,)).fetchone():
        _drop(store, con, order, case_id)
    reports.drop(store, con)
    con.execute("INSERT OR REPLACE INTO setting VALUES(?, ?)", (TIDY, str(now_ms)))
    return True


def _note(con: Connection, order: Order) -> None:
    con.execute(
        "INSERT OR REPLACE INTO erased VALUES(?, ?, ?)", (order.case, order.at, dumps(as_values(order)).decode())
    )


def _drop(store: Store, con: Connection, order: Order, case_id: int) -> None:
    ops = oplog.ops_of_case(con, store.vault, case_id)
    records = {order.case, *fold(ops).records}
    rows = oplog.rows_of_case(con, case_id)
    gone = [(key,) for key, header, body, _ in rows if body is not None and order.drops(parse_header(header))]
    con.executemany("UPDATE op SET body = NULL WHERE id = ?", gone)
    con.execute("UPDATE quarantine SET body = NULL WHERE header ->> 'case' = ?", (order.case,))
    _drop_files(con, case_id)
    _drop_local(con, order.case, records)
    for table in ("pend", "unread"):
        con.execute(f"DELETE FROM {table} WHERE {'id' if table == 'pend' else 'case_id'} = ?", (case_id,))
    con.execute("DELETE FROM idx WHERE rowid = ?", (case_id,))
    con.execute("DELETE FROM case_key WHERE case_id = ?", (case_id,))
    store.vault.reload(con)
    changed = int(database.one(con, "SELECT changes FROM head")[0]) + 1
    more = project.put_case(store, con, case_id, oplog.ops_of_case(con, store.vault, case_id), changed)
    con.execute("UPDATE head SET changes = ?, cases = cases + ?", (changed, more))


def _drop_files(con: Connection, case_id: int) -> None:
    """Files of the case; one that another case names as well stays, as that case's."""
    rows = con.execute(
        "SELECT sha FROM file_row WHERE case_id = ?1 UNION SELECT sha FROM blob WHERE case_id = ?1", (case_id,)
    ).fetchall()
    for (sha,) in rows:
        other = con.execute(
            "SELECT case_id FROM file_row WHERE sha = ? AND case_id <> ? LIMIT 1", (sha, case_id)
        ).fetchone()
        if other is not None:
            con.execute("UPDATE blob SET case_id = ? WHERE sha = ?", (other[0], sha))
            continue
        for table in ("blob", "piece", "missed", "wanted", "damaged"):
            con.execute(f"DELETE FROM {table} WHERE sha = ?", (sha,))


def _drop_local(con: Connection, case: str, records: set[str]) -> None:
    """Drafts about the case or one of its records; of the access log stay who, what and when (个人信息保护法 51)."""
    con.execute(
        "DELETE FROM draft WHERE record IN (SELECT value FROM json_each(?)) OR instr(data, ?) > 0",
        (json.dumps(sorted(records)), case),
    )
    con.execute("UPDATE access_log SET detail = '' WHERE case_rec = ?", (case,))


def keep_listed(con: Connection, orders: Iterable[Order]) -> None:
    """Note the orders that a list brought: their ops come later, or never (a PC that was reported lost)."""
    known = {order.case: order for order in listed(con)}
    known |= {o.case: o for o in orders if o.case not in known or known[o.case].rank < o.rank}
    said = dumps([dict(as_values(known[case])) for case in sorted(known)]).decode()
    con.execute("INSERT OR REPLACE INTO setting VALUES(?, ?)", (LISTED, said))


def listed(con: Connection) -> list[Order]:
    """The orders that a list brought."""
    row = con.execute("SELECT value FROM setting WHERE key = ?", (LISTED,)).fetchone()
    found = (order_of(said) for said in json.loads(row[0])) if row else ()
    return [order for order in found if order is not None]


def put_all(store: Store, con: Connection) -> None:
    """The table of orders anew from the ops and lists that brought them."""
    con.execute("DELETE FROM erased")
    found = {order.case: order for order in listed(con)}
    for header, body in con.execute("SELECT header, body FROM op WHERE instr(header, ?) > 0", (_VERB,)):
        if body is not None and parse_header(bytes(header)).body_form == "clear":
            changes: Sequence[Change] = oplog.changes_of(bytes(body)) or ()
            for order in genuine(store, orders_in(changes)):
                if order.case not in found or found[order.case].rank < order.rank:
                    found[order.case] = order
    for order in found.values():
        _note(con, order)


def faults(con: Connection) -> list[str]:
    """What lies here although it was erased; empty when all is gone."""
    found = []
    for case, order in standing(con).items():
        rows = con.execute("SELECT header FROM op WHERE body IS NOT NULL AND header ->> 'case' = ?", (case,))
        if any(order.drops(parse_header(bytes(header))) for (header,) in rows):
            found.append(f"a body of the erased case {case} is here")
    return found
