"""Looking over the stored files in idle time: is each what its hash says? What is damaged is fetched again or named.

One file a step, so that nobody waits; a pass begins a week after the last one ended.
"""

from __future__ import annotations

import hashlib
from typing import Final

from station_app.store.core import Store
from station_app.store.database import Connection
from sync.contract.errors import KnownError

EVERY_MS: Final = 7 * 24 * 3600 * 1000
_AT, _DONE = "sweep.at", "sweep.done"


def step(store: Store, now_ms: int) -> bool:
    """Look at the next file; False when nothing is to be done now."""
    at = store.setting(_AT)
    if not at and now_ms - int(store.setting(_DONE) or 0) < EVERY_MS:
        return False
    row = store.con.execute("SELECT sha, sent FROM blob WHERE sha > ? ORDER BY sha LIMIT 1", (at,)).fetchone()
    if row is None:
        store.set_settings({_AT: "", _DONE: str(now_ms)})
        return False
    sha = str(row[0])
    if not _sound(store, sha):
        with store.raw_write() as con:
            _set_aside(con, sha, sent=bool(row[1]), now_ms=now_ms)
    store.set_settings({_AT: sha})
    return True


def look_at_all(store: Store, now_ms: int) -> int:
    """A whole pass at once; how many files are damaged."""
    store.set_settings({_AT: "", _DONE: "0"})
    while step(store, now_ms):
        pass
    return len(damaged(store))


def damaged(store: Store) -> list[str]:
    """Hashes of damaged files that have not come back yet."""
    return [str(r[0]) for r in store.reader.execute("SELECT sha FROM damaged ORDER BY at, sha")]


def _sound(store: Store, sha: str) -> bool:
    try:
        row = store.con.execute("SELECT data FROM blob WHERE sha = ?", (sha,)).fetchone()
    except KnownError:
        return False
    except Exception as error:  # the driver's own classes: a page that no longer decrypts
        if "Error" not in type(error).__name__:
            raise
        return False
    return row is not None and hashlib.sha256(bytes(row[0])).hexdigest() == sha


def _set_aside(con: Connection, sha: str, *, sent: bool, now_ms: int) -> None:
    """One that the server has is dropped, and so fetched again; of one it lacks even the damaged bytes are kept."""
    con.execute("INSERT OR REPLACE INTO damaged VALUES(?, ?)", (sha, now_ms))
    if sent:
        con.execute("DELETE FROM blob WHERE sha = ?", (sha,))
        con.execute("DELETE FROM piece WHERE sha = ?", (sha,))
        con.execute("DELETE FROM missed WHERE sha = ?", (sha,))
