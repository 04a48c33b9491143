"""After an erasure: what the database's file, its log and copies beside it still hold of it is overwritten or removed.

Rows that go are overwritten with zeros as they go (secure_delete); here the index is merged, because a merged index
drops the words of cases that went, the log is emptied, and safety copies of migrations are removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from station_app.store import database
from station_app.store.erasure.applying import TIDY

if TYPE_CHECKING:
    from station_app.store.core import Store

_PAGES: Final = 256
"""Pages of the index merged in one transaction."""
_STEPS: Final = 10_000


def due(store: Store) -> bool:
    """Whether something was erased and not tidied up yet."""
    return store.con.execute("SELECT 1 FROM setting WHERE key = ?", (TIDY,)).fetchone() is not None


def tidy(store: Store) -> bool:
    """Do what is due, in short transactions; False where nothing is. Begun again where the program ended in between."""
    row = store.con.execute("SELECT value FROM setting WHERE key = ?", (TIDY,)).fetchone()
    if row is None:
        return False
    while store.flush_index():
        pass
    _merge(store)
    for copy in store.path.parent.glob(store.path.name + ".v*.bak"):
        copy.unlink(missing_ok=True)
    with store.raw_write() as con:
        con.execute("DELETE FROM setting WHERE key = ? AND value = ?", (TIDY, row[0]))
    store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.make_room(store.con, store.path)
    return True


def _merge(store: Store) -> None:
    """Merge the whole index, a few pages a transaction: a negative number begins it, positive ones go on."""
    for step in range(_STEPS):
        with store.raw_write() as con:
            before = con.total_changes
            con.execute("INSERT INTO idx(idx, rank) VALUES('merge', ?)", (_PAGES if step else -_PAGES,))
            if con.total_changes - before <= 1 and step:
                return
