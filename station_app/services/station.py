"""The open station a verb works on: store, clock, and who is sitting in front of it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from station_app.clock import Clock
from station_app.domain.case import Case
from station_app.services.changes import Changes
from station_app.store.core import Store, Tx
from station_app.store.privacy import visible
from sync.contract.errors import KnownError
from sync.contract.permissions import allowed


@dataclass(frozen=True, slots=True)
class User:
    """Who acts: person record id, name, roles."""

    person: str
    name: str
    roles: tuple[str, ...]


@dataclass(slots=True)
class Station:
    """One open data directory and one user. Verbs take it first and change nothing of it but the store."""

    store: Store
    clock: Clock
    user: User
    demo: bool = False

    def can(self, verb: str) -> bool:
        """True when the user's roles may do the verb."""
        return allowed(self.user.roles, verb)

    def require(self, verb: str) -> None:
        """E-404 where the user's roles may not do the verb."""
        if not self.can(verb):
            raise KnownError("E-404", user=self.user.name, verb=verb)

    def write(self, verb: str) -> AbstractContextManager[Tx]:
        """One group of ops by this user; all or nothing."""
        self.require(verb)
        return self.store.write(actor=self.user.person, wall=self.clock.now_ms())

    def case(self, rec: str, tx: Tx | None = None) -> Case:
        """A case as it stands; with `tx` as it will stand after what that transaction said. E-223: none here."""
        whole = self.store.folded(rec) if tx is None else tx.folded(rec)
        state = visible(self.store, whole, rec, self.user.person)
        if rec not in state.records or state.records[rec].kind != "case":
            raise KnownError("E-223", what=rec)
        return Case(state, rec)


def changes_of(tx: Tx, *, label: str = "") -> Changes:
    """Sum up the ops of a transaction."""
    kinds = frozenset(c.kind for d in tx.drafts for c in d.changes)
    ids = tuple(c.rec for d in tx.drafts for c in d.changes)
    touched = tuple(dict.fromkeys(d.case for d in tx.drafts if d.case))
    return Changes(kinds, ids, tuple(d.id for d in tx.drafts), touched[0] if touched else "", label, touched[1:])
