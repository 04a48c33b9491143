"""Migrations of truth: a copy is made first, then one numbered step after the other; a newer database is refused.

Projections are never migrated: they carry a version and are folded anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from station_app.store import database, schema
from station_app.store.database import Connection

Step = Callable[[Connection], None]

STEPS: Final[dict[int, Step]] = {}
"""Target version -> step from the version before it. Version 1 is the first released one."""


def upgrade(con: Connection, path: Path, *, steps: dict[int, Step] | None = None, target: int | None = None) -> int:
    """Bring truth to the current version; the copy lies beside as station.db.v<old>.bak. Returns the old version."""
    steps = STEPS if steps is None else steps
    target = schema.TRUTH_VERSION if target is None else target
    version = int(database.one(con, "PRAGMA user_version")[0])
    if version >= target:
        return version
    database.copy_to(con, path.with_suffix(f".db.v{version}.bak"))
    with database.transaction(con, path):
        for number in range(version + 1, target + 1):
            steps[number](con)
        con.execute(f"PRAGMA user_version = {target}")
    return version


def projections_are_old(con: Connection) -> bool:
    """True when the lists were folded by a program of other lists, or of another catalogue."""
    row = con.execute("SELECT value FROM meta WHERE key = 'projection'").fetchone()
    return row is None or str(row[0]) != schema.projection_mark()
