"""The running server's parts in one place: district, storage, clock, own chain, epoch. Made once a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sync.contract.canonical import Json
from sync.server import keys
from sync.server.clock import Clock
from sync.server.limiter import Limiter
from sync.server.line.holding import Holding
from sync.server.own import OwnChain
from sync.server.segments.state import Shelf as Segments
from sync.server.storage.port import Storage, Tx, open_storage

EPOCH: Final = "epoch"
PROTOCOL: Final = (1, 1)
"""Lowest and highest protocol this server speaks. A push is accepted from every version ever released."""


@dataclass(slots=True)
class Server:
    """What the rooms of the server share."""

    district: keys.District
    storage: Storage
    clock: Clock
    chain: OwnChain
    holding: Holding
    limiter: Limiter = field(default_factory=Limiter)
    greeted: dict[str, dict[str, Json]] = field(default_factory=dict)
    segments: Segments = field(default_factory=Segments)
    went_back: set[str] = field(default_factory=set)

    def close(self) -> None:
        """Close the database."""
        self.storage.close()


def open_server(directory: Path, clock: Clock) -> Server:
    """Open a district's directory and database; what is on its erase list goes before anything is served.

    E-510, E-517, E-508, E-509, E-514, E-415 where the erase list cannot be believed.
    """
    district = keys.load(directory)
    storage = open_storage(district.database)
    try:
        storage.prepare()
        storage.write(lambda tx: set_once(tx, EPOCH, "1"))
        server = Server(district, storage, clock, OwnChain(district), Holding(clock.now_ms))
        from sync.server.erasure import deciding  # these stand on this module
        from sync.server.relay import upgrade

        deciding.apply_list(server)
        upgrade.upgrade(server)
    except BaseException:
        storage.close()
        raise
    return server


def set_once(tx: Tx, key: str, value: str) -> None:
    """Write a meta value where there is none yet."""
    tx.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO NOTHING", (key, value))


REPORT: Final = "report "
"""Key of the meta values in which a PC's own report is kept: this and the device's id."""


def meta(tx: Tx, key: str, default: str = "") -> str:
    """A meta value."""
    row = tx.row("SELECT value FROM meta WHERE key = ?", (key,))
    return str(row[0]) if row else default


def set_meta(tx: Tx, key: str, value: str) -> None:
    """Write a meta value."""
    tx.run("INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", (key, value))


def epoch_after(epoch: int, now_ms: int) -> int:
    """The epoch of a district that is restored at a time, from a backup of this epoch: above the backup's, and another
    one than at every restore before, even of the same backup. Stations that met one of those would notice nothing, and
    their cursors would pass over what is numbered anew.
    """
    return max(epoch + 1, now_ms)


def note(tx: Tx, at: int, act: str, detail: str, *, actor: str = "cli") -> None:
    """One line of the audit log: who did what; no personal data of parties."""
    tx.run("INSERT INTO audit VALUES(?, ?, ?, ?)", (at, actor, act, detail))
