"""Reading ops back: from stored bytes to what the fold takes. The bytes were checked when written or let in."""

from __future__ import annotations

from typing import Any, Final

import orjson

from station_app.store import database
from station_app.store.database import Connection
from station_app.store.vault import Vault
from sync.contract.check import shape_problems
from sync.contract.fold import UNNUMBERED, FoldOp, State, fold, grow
from sync.contract.op import BadOp, Change, Header, parse_body, parse_header

_FROM_NEWER: Final = "verb:"
"""What a newer program may have written is no problem."""


def changes_of(plain: bytes | None) -> tuple[Change, ...] | None:
    """Changes of a plain body that was checked before; None stays None."""
    if plain is None:
        return None
    raw: list[dict[str, Any]] = orjson.loads(plain)["changes"]
    return tuple(Change(c["rec"], c["kind"], c["set"], c.get("base") or {}, c.get("expect") or {}) for c in raw)


def fold_op(vault: Vault, header_bytes: bytes, body: bytes | None, rev: int | None) -> FoldOp:
    """One stored op as the fold takes it; unreadable bodies give changes None."""
    head: dict[str, Any] = orjson.loads(header_bytes)
    compartment, case = head["compartment"], head["case"]
    plain = vault.open_or_none(body, sealed=head["body_form"] == "sealed", compartment=compartment, case=case)
    return FoldOp(
        id=f"{head['inst']}.{head['seq']}",
        case=case,
        compartment=compartment,
        verb=head["verb"],
        actor=head["actor"],
        wall=head["wall"],
        changes=changes_of(plain),
        rank=UNNUMBERED if rev is None else rev,
    )


_OF_CASE: Final = """
SELECT id, header, body, rev FROM op WHERE id IN (?1, ?1 + 1) AND case_id = ?1
UNION ALL
SELECT id, header, body, rev FROM op INDEXED BY op_later WHERE case_id = ?1 AND id - case_id NOT IN (0, 1)
ORDER BY id
"""


def rows_of_case(con: Connection, case_id: int) -> list[tuple[int, bytes, bytes | None, int | None]]:
    """(key, header, body, rev) of all ops of one case (0: the ops about no case), in local order."""
    rows = con.execute(_OF_CASE, (case_id,))
    return [(int(i), bytes(h), b if b is None else bytes(b), rev) for i, h, b, rev in rows]


def ops_of_case(con: Connection, vault: Vault, case_id: int) -> list[FoldOp]:
    """All ops of one case (0: the ops about no case) as the fold takes them.

    Bodies that were taken in and not looked at yet are examined here too; a misshapen one counts as unreadable.
    """
    rows = rows_of_case(con, case_id)
    if con.execute("SELECT 1 FROM unread WHERE case_id = ?", (case_id,)).fetchone() is None:
        return [fold_op(vault, header, body, rev) for _, header, body, rev in rows]
    return [_examined_op(vault, header, body, rev) for _, header, body, rev in rows]


def _examined_op(vault: Vault, header_bytes: bytes, body: bytes | None, rev: int | None) -> FoldOp:
    header = parse_header(header_bytes)
    changes, problem = examined(vault, header, body)
    return FoldOp(
        header.id,
        header.case,
        header.compartment,
        header.verb,
        header.actor,
        header.wall,
        None if problem else changes,
        UNNUMBERED if rev is None else rev,
    )


def examined(vault: Vault, header: Header, body: bytes | None) -> tuple[tuple[Change, ...] | None, str]:
    """(changes, or None where the body cannot be read; what is wrong with its shape, or "")."""
    sealed = header.body_form == "sealed"
    plain = vault.open_or_none(body, sealed=sealed, compartment=header.compartment, case=header.case)
    if plain is None:
        return None, ""
    try:
        changes = tuple(parse_body(plain))
    except BadOp as exc:
        return (), f"body: {exc}"
    wrong = [p for p in shape_problems(header, changes) if not p.startswith(_FROM_NEWER)]
    return changes, wrong[0] if wrong else ""


class Recent:
    """The ops of the case that this process wrote to last, so that many acts on one case do not read it anew each time.

    For the writer alone, inside its lock. Whatever else may have changed an op (a pull, another process, a transaction
    that failed) makes it forget.
    """

    def __init__(self) -> None:
        self._case = 0
        self._ops: list[FoldOp] = []
        self._state: State | None = None

    def forget(self) -> None:
        """Nothing is known any more."""
        self._case, self._ops, self._state = 0, [], None

    def ops(self, con: Connection, vault: Vault, case_id: int) -> list[FoldOp]:
        """What `ops_of_case` says; not to be changed by who asks."""
        if not case_id or self._case != case_id:
            self._case, self._ops, self._state = case_id, ops_of_case(con, vault, case_id), None
        return self._ops

    def with_new(
        self, con: Connection, vault: Vault, case_id: int, fresh: list[FoldOp], *, born_here: bool
    ) -> tuple[list[FoldOp], State]:
        """The ops of a case of which `fresh` were just stored in this transaction, folded; `born_here`: no others."""
        if born_here and self._case != case_id:
            return fresh, fold(fresh)
        if not case_id or self._case != case_id:
            self._case, self._ops, self._state = case_id, ops_of_case(con, vault, case_id), None
        else:
            self._ops = [*self._ops, *fresh]
        if self._state is None or not grow(self._state, fresh):
            self._state = fold(self._ops)
        return self._ops, self._state


class Reference:
    """The fold of the ops about no case, kept while nothing was written: rounds and duty lists make them many.

    For any thread: what is kept is never changed, only replaced. Inside a transaction it is folded anew, since that
    may still come to nothing.
    """

    def __init__(self) -> None:
        self._kept: tuple[int, State] | None = None

    def state(self, con: Connection, vault: Vault) -> State:
        """The fold; not to be changed by who asks."""
        if con.in_transaction:
            return fold(ops_of_case(con, vault, 0))
        changes, kept = int(database.one(con, "SELECT changes FROM head")[0]), self._kept
        if kept is None or kept[0] != changes:
            self._kept = kept = (changes, fold(ops_of_case(con, vault, 0)))
        return kept[1]
