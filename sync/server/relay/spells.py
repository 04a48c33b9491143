"""Spells: which stretch of numbers was given between two starts of the district's server.

A disk that goes back behind the program's back (a snapshot of a virtual machine, files copied into place, a database
that failed over) keeps its epoch. But what was numbered before in a spell lies beyond where that spell ended as this
database knows it, or the spell is not known at all. Who read it is told, reads anew and brings back what is lacking.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from sync.contract.canonical import Json
from sync.server.own import OwnChain
from sync.server.server import Server, meta, note, set_meta
from sync.server.storage.port import Tx

CURRENT: Final = "spell"
_ENDED: Final = "spell "
"""Key of the meta values that say where the streams stood at the end of a spell: this and its name."""
_BYTES: Final = 6
JUMP_SECONDS: Final = 60
"""A clock that moves so much otherwise than the time that passed: the machine may have been put back as it ran."""


def current(tx: Tx) -> str:
    """The spell there is now; "" before a server was ever started."""
    return meta(tx, CURRENT)


def begin(server: Server) -> str:
    """A new spell begins; the one before ends where the streams stand. The server's own chain is opened anew with it:
    of two machines that ran on from one moment none goes on with the other's numbers.
    """
    name = os.urandom(_BYTES).hex()

    def work(tx: Tx) -> None:
        ends = {str(code): int(rev) for code, rev in tx.rows(f"SELECT code, rev FROM stream ORDER BY code{tx.locked}")}
        if last := current(tx):
            set_meta(tx, _ENDED + last, json.dumps(ends))
        set_meta(tx, CURRENT, name)

    server.storage.write(work)
    server.chain = OwnChain(server.district)
    return name


def gone(tx: Tx, named: Json, cursors: Json) -> dict[str, Json]:
    """{stream: spell} of those cursors that lie beyond what this database knows of the spell they were read in."""
    found: dict[str, Json] = {}
    if not isinstance(named, dict) or not isinstance(cursors, dict):
        return found
    now = current(tx)
    for stream, spell in named.items():
        cursor = cursors.get(stream)
        if isinstance(spell, str) and type(cursor) is int and cursor > _end(tx, stream, spell, now):
            found[stream] = spell
    return found


def _end(tx: Tx, stream: str, spell: str, now: str) -> int:
    if spell == now:
        row = tx.row("SELECT rev FROM stream WHERE code = ?", (stream,))
        return int(row[0]) if row else 0
    raw = meta(tx, _ENDED + spell)
    return int(json.loads(raw).get(stream, 0)) if raw else 0


def note_gone(server: Server, device: str, spells: dict[str, Json]) -> None:
    """Once a process and spell: the district's log says that its disk went back, and to whom it showed."""
    fresh = sorted({str(spell) for spell in spells.values()} - server.went_back)
    if fresh:
        server.went_back.update(fresh)
        at = server.clock.now_ms()
        server.storage.write(
            lambda tx: note(tx, at, "went back", f"{' '.join(sorted(spells))} {fresh[0]}", actor=device)
        )


@dataclass(slots=True)
class Lookout:
    """Notices, while the server runs, that its machine or its database was put back under it."""

    server: Server
    seconds: Callable[[], float] = monotonic
    ahead: float = field(init=False)
    stood: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember how the clock stands to the time that passes."""
        self.ahead = self._ahead()

    def _ahead(self) -> float:
        return self.server.clock.now_ms() / 1000 - self.seconds()

    def look(self) -> bool:
        """Begin a new spell where the clock jumped or a stream is shorter than it was; whether that was so."""
        with self.server.storage.read() as tx:
            stands = {str(code): int(rev) for code, rev in tx.rows("SELECT code, rev FROM stream")}
        ahead, before = self._ahead(), self.ahead
        shorter = any(stands.get(code, 0) < rev for code, rev in self.stood.items())
        self.ahead, self.stood = ahead, stands
        if shorter or abs(ahead - before) > JUMP_SECONDS:
            begin(self.server)
            return True
        return False
