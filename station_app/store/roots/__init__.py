"""The device's own root keys: one that the committee shares, one for what only the case team reads; both renewed."""

from __future__ import annotations

from pathlib import Path

from station_app.store import database, sealing
from station_app.store.database import Connection
from station_app.store.vault import CLOSED, CLOSED_BEFORE, SHARED


def begin_closed(con: Connection) -> None:
    """Make the root key for what only the case team reads (inside the caller's transaction)."""
    _insert(con, CLOSED)


def ensure_closed(con: Connection, path: Path) -> None:
    """The same on a PC that was set up before there was one."""
    if con.execute("SELECT 1 FROM root_key WHERE own = ?", (CLOSED,)).fetchone() is None:
        with database.transaction(con, path):
            begin_closed(con)


def renew(con: Connection) -> None:
    """New root keys from now on; the old ones stay, to read what was sealed with them (inside a transaction)."""
    con.execute("UPDATE root_key SET own = 0 WHERE own = ?", (SHARED,))
    con.execute("UPDATE root_key SET own = ? WHERE own = ?", (CLOSED_BEFORE, CLOSED))
    _insert(con, SHARED)
    _insert(con, CLOSED)


def keep(con: Connection, root_id: str, root: bytes, *, closed: bool) -> None:
    """Keep a root key of another device, as what it is there (inside the caller's transaction)."""
    con.execute("INSERT OR IGNORE INTO root_key VALUES(?, ?, ?)", (root_id, root, CLOSED_BEFORE if closed else 0))


def _insert(con: Connection, own: int) -> None:
    root = sealing.new_root_key()
    con.execute("INSERT INTO root_key VALUES(?, ?, ?)", (sealing.key_id(root), root, own))
