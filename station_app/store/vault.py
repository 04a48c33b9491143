"""The keys this station holds, in memory while the database is open: which bodies it can read and seal."""

from __future__ import annotations

from station_app.store import sealing
from station_app.store.database import Connection
from station_app.store.ids import Ids
from sync.contract.op import CLEAR_COMPARTMENTS, CLOSED_COMPARTMENTS, BadOp

SHARED, CLOSED, CLOSED_BEFORE = 1, 2, 3
"""`root_key.own`: what this device seals with, for the committee and for the case team alone; a closed one of before
(0: any other root key, which the committee shares)."""


class Vault:
    """Root keys and granted case keys; opens and seals bodies."""

    def __init__(self, con: Connection, ids: Ids) -> None:
        """Read all keys of the database into memory."""
        self._ids = ids
        self._roots: dict[str, bytes] = {}
        self._granted: dict[tuple[int, str, str], bytes] = {}
        self._own = self._closed = ""
        self._kept: set[str] = set()
        self.reload(con)

    def reload(self, con: Connection) -> None:
        """Read the keys again (after a pull brought some)."""
        rows = con.execute("SELECT id, key, own FROM root_key").fetchall()
        self._roots = {row[0]: bytes(row[1]) for row in rows}
        self._own = next((row[0] for row in rows if row[2] == SHARED), "")
        self._closed = next((row[0] for row in rows if row[2] == CLOSED), "")
        self._kept = {row[0] for row in rows if row[2] in (CLOSED, CLOSED_BEFORE)}
        cases = con.execute("SELECT case_id, compartment, root, key FROM case_key").fetchall()
        self._granted = {(row[0], row[1], row[2]): bytes(row[3]) for row in cases}

    @property
    def own_root(self) -> tuple[str, bytes]:
        """Id and bytes of the root key this device seals with."""
        return self._own, self._roots[self._own]

    @property
    def closed_root(self) -> tuple[str, bytes]:
        """Id and bytes of the root key for what only the case team reads; it is given to no other device whole."""
        return self._closed, self._roots[self._closed]

    def roots(self) -> dict[str, bytes]:
        """Every root key held here that the committee shares, by its id."""
        return {name: key for name, key in self._roots.items() if name not in self._kept}

    def closed_roots(self) -> dict[str, bytes]:
        """The closed root keys held here, by their ids: for the recovery sheet alone."""
        return {name: key for name, key in self._roots.items() if name in self._kept}

    def seal(self, plain: bytes, compartment: str, case: str) -> bytes:
        """Seal a body of a case written here."""
        root_id, root = self.closed_root if compartment in CLOSED_COMPARTMENTS else self.own_root
        key = sealing.case_key(root, compartment, case)
        return sealing.seal(plain, key=key, root_id=root_id, compartment=compartment, case=case)

    def key_for(self, root_id: str, compartment: str, case: str) -> bytes | None:
        """The key of a case and compartment under a root key, or None where it was never given to us."""
        root = self._roots.get(root_id)
        if root is not None:
            return sealing.case_key(root, compartment, case)
        return self._granted.get((self._ids.pk(case), compartment, root_id))

    def holds(self, body: bytes, compartment: str, case: str) -> bool:
        """True when the key of a sealed body is held here; whether the body is sound is seen when it is opened."""
        root = sealing.root_id_of(body)
        return root in self._roots or (self._ids.pk(case), compartment, root) in self._granted

    def open(self, body: bytes | None, *, sealed: bool, compartment: str, case: str) -> bytes | None:
        """The plain body, or None where it was erased or the key is lacking. BadOp where it does not open."""
        if body is None or not sealed:
            return body
        key = self.key_for(sealing.root_id_of(body), compartment, case)
        if key is None:
            return None
        return sealing.unseal(body, key=key, compartment=compartment, case=case)

    def open_or_none(self, body: bytes | None, *, sealed: bool, compartment: str, case: str) -> bytes | None:
        """Like `open`; a body that was tampered with counts as unreadable, and is listed as such."""
        try:
            return self.open(body, sealed=sealed, compartment=compartment, case=case)
        except BadOp:
            return None


def must_seal(compartment: str) -> bool:
    """True for compartments whose bodies the district does not read by default."""
    return compartment not in CLEAR_COMPARTMENTS
