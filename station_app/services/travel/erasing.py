"""Erasure as seen from a station: asking the district for it, its answer, what was erased, tidying up after it.

Only the district erases (CONTRACT 8): the head of a committee asks, a data officer of the platform decides, and the
signed order takes the case out wherever it is. What was asked, by whom and why stays in the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.case import text
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.erasure import applying, copies, tidying
from sync.contract.erasing import WHILE_KEPT, Order
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

_ASKED: Final = b'"verb":"ask_erasure"'


@dataclass(frozen=True, slots=True)
class Erased:
    """A case that was erased: when (ms), on which ground (code), by whose authority, who asked and who decided."""

    case: str
    number: str
    at: int
    ground: str
    authority: str
    asked_by: str
    by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; `answer` "" while it waits, else yes or no, with the district's note."""

    case: str
    rec: str
    title: str
    ground: str
    reason: str
    on: str
    answer: str
    note: str


def ask(station: Station, *, case: str, ground: str, reason: str) -> Changes:
    """Ask the district to erase a case; it travels with the next round, and nothing is erased before it is granted.

    E-404 by role, E-107 not enrolled, E-217 another ground, E-408 no reason, E-410 erased already, E-414 asked already,
    E-411 a legal file whose term of keeping has not run out (个人信息保护法 47).
    """
    station.require("ask_erasure")
    if not station.store.setting("link.key"):
        raise KnownError("E-107")
    codes.load("erasure_grounds").check(ground)
    if not reason.strip():
        raise KnownError("E-408", step="ask_erasure")
    view = station.case(case)
    if waiting(view.state.of_kind("erasure_request")):
        raise KnownError("E-414")
    if ground in WHILE_KEPT and any(r.get("state") != "void" for r in view.state.of_kind("paper_mark")):
        raise KnownError("E-411")
    values = {"ground": ground, "reason": reason.strip(), "on": station.clock.today().isoformat()}
    with station.write("ask_erasure") as tx:
        op = tx.op("ask_erasure", "register", case=case)
        op.new("erasure_request", {**values, "by": station.user.person})
    return changes_of(tx, label="申请依法删除")


def withdraw(station: Station, *, case: str) -> Changes:
    """Take back a request that waits. E-223 where none does."""
    open_ones = waiting(station.case(case).state.of_kind("erasure_request"))
    if not open_ones:
        raise KnownError("E-223", what=case)
    with station.write("ask_erasure") as tx:
        op = tx.op("ask_erasure", "register", case=case)
        for record in open_ones:
            op.put(overwrite(record, {"removed": True}))
    return changes_of(tx, label="撤回删除申请")


def waiting(requests: list[Record]) -> list[Record]:
    """The requests that were neither answered nor taken back."""
    return [r for r in requests if not r.get("answer") and not r.get("removed")]


def asked(station: Station) -> list[Asked]:
    """Every request of the cases that are here, oldest first."""
    store, found = station.store, list[Asked]()
    rows = store.reader.execute(
        "SELECT DISTINCT case_id FROM op WHERE instr(header, ?) > 0 ORDER BY case_id", (_ASKED,)
    )
    for (case_id,) in rows.fetchall():
        case = store.ids.case_rec(int(case_id))
        state = store.folded(case, store.reader)
        title = text(state.records.get(case), "title")
        for r in state.of_kind("erasure_request"):
            if not r.get("removed"):
                said = [text(r, name) for name in ("ground", "reason", "on", "answer", "note")]
                found.append(Asked(case, r.id, title, *said))
    return found


def erased(station: Station) -> list[Erased]:
    """The cases that were erased, oldest first; also those that never were here."""
    orders = sorted(applying.standing(station.store.reader).values(), key=lambda o: (o.at, o.case))
    return [_erased(station, order) for order in orders]


def erased_case(station: Station, case: str) -> Erased | None:
    """What is known of the erasure of one case; None where it stands."""
    order = applying.standing(station.store.reader).get(case)
    return None if order is None else _erased(station, order)


def _erased(station: Station, order: Order) -> Erased:
    row = station.store.reader.execute(
        "SELECT coalesce(number, '') FROM case_row WHERE rec = ?", (order.case,)
    ).fetchone()
    said = [str(order.values.get(name) or "") for name in ("ground", "authority", "asked_by", "by")]
    return Erased(order.case, str(row[0]) if row else "", order.at, *said)


def settle(station: Station) -> bool:
    """Tidy up after an erasure that a round, a stick or a letter brought; False where nothing was to be done."""
    if not tidying.due(station.store):
        return False
    copies.lay(station.store)
    return tidying.tidy(station.store)
