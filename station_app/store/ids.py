"""Integer keys for op and record ids: incarnations get a small local number; key = number << 32 | seq."""

from __future__ import annotations

from station_app.store.database import Connection
from sync.contract.errors import BugError


class Ids:
    """The table inst, held in memory; grows when an unknown incarnation arrives."""

    def __init__(self, con: Connection) -> None:
        """Read the known incarnations."""
        self._no: dict[str, int] = {}
        self._inst: dict[int, str] = {}
        self.reload(con)

    def reload(self, con: Connection) -> None:
        """Read the table again (another process may have added to it)."""
        for no, inst in con.execute("SELECT no, inst FROM inst"):
            self._no[inst], self._inst[no] = no, inst

    def number(self, con: Connection, inst: str) -> int:
        """The local number of an incarnation; a new one is entered (inside the caller's transaction)."""
        no = self._no.get(inst)
        if no is None:
            row = con.execute("SELECT no FROM inst WHERE inst = ?", (inst,)).fetchone()
            if row is None:
                con.execute("INSERT INTO inst(inst, own) VALUES(?, 0)", (inst,))
                row = con.execute("SELECT no FROM inst WHERE inst = ?", (inst,)).fetchone()
            no = int(row[0])
            self._no[inst], self._inst[no] = no, inst
        return no

    def forget(self, con: Connection) -> None:
        """After a rollback: numbers entered in it are gone."""
        self._no.clear()
        self._inst.clear()
        self.reload(con)

    def pk(self, any_id: str) -> int:
        """Key of an op or record id whose incarnation is known here; 0 for "" and for unknown ones."""
        if not any_id:
            return 0
        inst, seq = any_id.split(".")[:2]
        no = self._no.get(inst)
        return 0 if no is None else (no << 32) | int(seq)

    def pk_entering(self, con: Connection, any_id: str) -> int:
        """Like `pk`, entering an unknown incarnation."""
        if not any_id:
            return 0
        inst, seq = any_id.split(".")[:2]
        return (self.number(con, inst) << 32) | int(seq)

    def op_id(self, pk: int) -> str:
        """The op id of a key."""
        inst = self._inst.get(pk >> 32)
        if inst is None:
            raise BugError(f"no incarnation for key {pk}")
        return f"{inst}.{pk & 0xFFFFFFFF}"

    def case_rec(self, case_id: int) -> str:
        """The record id of a case: a case is always change 0 of the op that created it."""
        return self.op_id(case_id) + ".0"
